"""WhatsApp messages that come in go to the officer of an open request, or else to AIDA (R-15)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from halopst.assistant.models import Heard
from halopst.assistant.notices import ANSWER
from halopst.assistant.queries.whatsapp_conversations import case_of
from halopst.assistant.rules.conversation.whatsapp_commands import fitted
from halopst.assistant.services.conversation.whatsapp_answers import (
    Reply,
    answered,
    chat_of,
    named_office,
    reworded,
    sender_key,
)
from halopst.assistant.services.conversation.whatsapp_feedback import meant_answer, reacted
from halopst.assistant.services.conversation.whatsapp_texts import still_open_text
from halopst.cases.models import Case
from halopst.cases.services import reply as write_back
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.notifications.models import Contact, Inbound
from halopst.notifications.queries import WINDOW
from halopst.notifications.services import START_WORDS, STOP_WORDS, Recipient, let_go, tell_alone

Outcome = Heard.Outcome
REACTION = "reaction"


def hear(message_id: int, *, now: datetime) -> None:
    """Pass a message on, and what else waits from the same person, in the order it was written."""
    contact_id = Inbound.objects.filter(pk=message_id).values_list("contact_id", flat=True).first()
    waiting = Inbound.objects.filter(
        Q(pk=message_id) | Q(at__gt=now - WINDOW), contact=contact_id, heard=None
    )
    for pk in waiting.order_by("at", "pk").values_list("pk", flat=True):
        with override("id"):
            reply = _carry_on(pk, now=now)
            if reply:
                _say(pk, reworded(reply, now=now), now=now)
    for unsaid in Heard.objects.filter(inbound=message_id).exclude(reply=""):  # left by a worker that died
        _say(message_id, unsaid.reply, now=now)


@transaction.atomic
def _carry_on(message_id: int, *, now: datetime) -> Reply | None:
    """Pass a message on, once.

    The person's row is locked meanwhile: their next message waits, and the same message again finds it done.
    """
    message = Inbound.objects.select_related("unit").get(pk=message_id)
    contact = _held(message.contact_id)
    if Heard.objects.filter(inbound=message).exists():
        return None
    outcome, reply = _outcome(message, contact, now=now)
    kept = {"reply": reply.text, "key": reply.key} if reply else {}
    Heard.objects.create(inbound=message, outcome=outcome, **kept)
    if outcome != Outcome.LEFT:
        let_go(message)
    return reply


def _held(contact_id: int) -> Contact:
    """The person, locked until the transaction ends."""
    rows = Contact.objects.select_related("user").select_for_update(of=("self",))
    contact: Contact = rows.get(pk=contact_id)
    return contact


def _outcome(message: Inbound, contact: Contact, *, now: datetime) -> tuple[Outcome, Reply | None]:
    word = message.text.strip().strip(".!").upper()
    if word in STOP_WORDS | START_WORDS:  # already dealt with when it came in
        return Outcome.LEFT, None
    if message.kind == REACTION:
        return _reaction(message, contact, now=now)
    case, called = case_of(contact), named_office(message)
    is_aside = case is not None and called is not None and called.pk != case.unit_id
    if case is not None and not is_aside and _to_case(case, message, now=now):
        return Outcome.TO_CASE, None
    chat = chat_of(message, contact, now=now)
    if chat is None or not _may_write(message, contact, now=now):
        return Outcome.LEFT, None
    reply = answered(chat, now=now)
    if case is not None and is_aside and reply.text:
        below = still_open_text(case, chat.unit)
        reply = replace(reply, text=fitted(reply.text, below), below=below)
    return Outcome.ANSWERED, reply if reply.text else None


def _reaction(message: Inbound, contact: Contact, *, now: datetime) -> tuple[Outcome, Reply | None]:
    """Take a sign under an answer of AIDA as a verdict, under anything else as a line of the open request."""
    case, turn = case_of(contact), meant_answer(message, sender_key(contact))
    if turn is not None and _may_write(message, contact, now=now):
        said = reacted(turn, message.text, may_ask=case is None, now=now)
        return Outcome.ANSWERED, Reply(said, f"aida.answer:{message.pk}") if said else None
    if case is not None and turn is None and message.text and _to_case(case, message, now=now):
        return Outcome.TO_CASE, None
    return Outcome.LEFT, None


def _may_write(message: Inbound, contact: Contact, *, now: datetime) -> bool:
    return bool(contact.phone) and contact.opted_out_at is None and message.at > now - WINDOW


def _to_case(case: Case, message: Inbound, *, now: datetime) -> bool:
    """Add the message to the request as a line of the visitor; False when it takes no more."""
    visitor = Actor(user_id=case.visitor_id, label=f"whatsapp:{case.visitor_id}")
    body = message.text.strip() or _("[Kiriman lewat WhatsApp yang bukan tulisan. Mintalah lewat surel.]")
    try:
        with transaction.atomic():
            write_back(visitor, case, body=body, channel=Case.Channel.WHATSAPP, now=now)
    except (Refused, NotPermitted):
        return False
    return True


@transaction.atomic
def _say(message_id: int, text: str, *, now: datetime) -> None:
    """Write back once, even if two workers try: the notice has the key of the message."""
    heard = (
        Heard.objects.select_for_update(of=("self",))
        .select_related("inbound__contact")
        .get(inbound=message_id)
    )
    if not heard.reply:
        return
    to = Recipient(user_id=None, name="", email="", phone=heard.inbound.contact.phone)
    tell_alone(kind=ANSWER.code, to=to, context={"jawaban": text}, key=heard.key, now=now)
    Heard.objects.filter(pk=heard.pk).update(reply="")
