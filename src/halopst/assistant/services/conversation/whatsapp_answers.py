"""AIDA over WhatsApp: for one message at most one text, answered by the service of the page."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from halopst.accounts.services import guest_with_phone
from halopst.assistant.models import Conversation, Turn
from halopst.assistant.models.conversations import FORGOTTEN_AFTER
from halopst.assistant.notices import ANSWER
from halopst.assistant.queries.whatsapp_conversations import current_chat, listening, times_asked
from halopst.assistant.rules.conversation.whatsapp_commands import Command, addressed, choice, command, fitted
from halopst.assistant.rules.question.understanding import LONGEST_QUESTION
from halopst.assistant.services.conversation.consenting import keep
from halopst.assistant.services.conversation.conversing import as_kept, begin, hand_over, say
from halopst.assistant.services.conversation.whatsapp_feedback import meant_answer, spoken
from halopst.assistant.services.conversation.whatsapp_misdirected import misdirected_text
from halopst.assistant.services.conversation.whatsapp_texts import (
    answer_text,
    forgotten_text,
    kept_text,
    options_of,
    other_number_text,
    unreadable_text,
)
from halopst.assistant.services.learning.gathering import prune
from halopst.assistant.services.limits.allowances import AskedTooMuch, AskedTooOften, spend_as_sender
from halopst.assistant.services.wording.by_model import word
from halopst.cases.models import Case
from halopst.core.actors import ANONYMOUS, Actor
from halopst.core.errors import Refused
from halopst.core.visible import visible
from halopst.notifications.models import Contact, Inbound
from halopst.notifications.services import forget_chat, opt_in
from halopst.units.models import Unit

MOST_AGAIN, AGAIN_WITHIN = 3, timedelta(minutes=10)
TEXT = "text"
GREETING = "Halo"  # the question of a message that only names an office


class AskedAgain(Refused):
    message = _("Pesan yang sama sudah saya jawab tiga kali. Tulis dengan kata lain, atau balas PETUGAS.")


@dataclass(frozen=True, slots=True)
class Reply:
    """What to write back, and the `key` by which it is written only once.

    An answer comes with its turn; `below` is put under whatever is written.
    """

    text: str
    key: str
    turn: Turn | None = None
    is_first: bool = False
    below: str = ""


@dataclass(frozen=True, slots=True)
class Chat:
    """What `contact`, known in conversations as `sender`, asks AIDA of `unit`; they go on with `before`."""

    contact: Contact
    unit: Unit
    sender: str
    message: Inbound
    asked: str
    before: Conversation | None


def chat_of(message: Inbound, contact: Contact, *, now: datetime) -> Chat | None:
    """The chat a message belongs to; None when the office it is for does not listen.

    That is the office the message names, else that of the conversation, else that of the number.
    """
    sender = sender_key(contact)
    _named, asked = addressed(visible(message.text))
    before = current_chat(sender, since=now - FORGOTTEN_AFTER)
    called = named_office(message)
    if called is not None and before is not None and before.unit_id != called.pk:
        before = None
    unit = called or (before.unit if before else message.unit)
    if unit is None or not listening().filter(pk=unit.pk).exists():
        return None
    return Chat(contact, unit, sender, message, asked if called else visible(message.text).strip(), before)


def named_office(message: Inbound) -> Unit | None:
    """The listening office whose short address stands in the message."""
    named, _asked = addressed(visible(message.text))
    return listening().filter(slug=named).first() if named else None


def sender_key(contact: Contact) -> str:
    """A keyed hash of the number: the same for the same number, and useless without our key."""
    named = f"aida.sender:{contact.phone or contact.external_id}"
    return hmac.new(settings.SECRET_KEY.encode(), named.encode(), hashlib.sha256).hexdigest()[:32]


def answered(chat: Chat, *, now: datetime) -> Reply:
    """What to write back at once, empty for nothing; `reworded` may find better words."""
    key = f"aida.answer:{chat.message.pk}"
    try:
        spend_as_sender(f"wa{chat.sender[2:]}", now=now)
        said = _answer(chat, now=now)
    except (AskedAgain, AskedTooMuch) as refusal:
        return Reply(str(refusal.message), f"aida.busy:{chat.sender}:{now:%Y%m%d%H}")
    except AskedTooOften as refusal:
        return Reply(str(refusal.message), f"aida.busy:{chat.sender}:{now:%Y%m%d%H%M}")
    except Refused as refusal:
        return Reply(str(refusal.message), key)
    return Reply(said, key) if isinstance(said, str) else replace(said, key=key)


def reworded(reply: Reply, *, now: datetime) -> str:
    """The answer in a model's words, where one is in use. That takes time, so no row is locked meanwhile."""
    if reply.turn is None:
        return reply.text
    conversation = reply.turn.conversation
    word(ANONYMOUS, reply.turn, client=conversation.sender, now=now)
    return fitted(answer_text(reply.turn, conversation, is_first=reply.is_first), reply.below)


def _answer(chat: Chat, *, now: datetime) -> Reply | str:
    wish = command(chat.asked)
    if unheard := _unheard(chat):
        return unheard
    if wish == Command.FORGET:
        return _forget(chat, now=now)
    last = chat.before.turns.last() if chat.before else None
    if chat.before and last and wish in {Command.KEEP, Command.DO_NOT_KEEP}:
        keep([chat.before], kept=wish == Command.KEEP)
        return kept_text(kept=wish == Command.KEEP)
    if chat.before and last and wish is None and (said := _opinion(chat, chat.before, last, now=now)):
        return said
    conversation = chat.before or begin(
        chat.unit, channel=Conversation.Channel.WHATSAPP, sender=chat.sender, now=now
    )
    if wish == Command.OFFICER:
        return _to_officer(chat, conversation, now=now)
    return _asked(chat, conversation, last, now=now)


def _unheard(chat: Chat) -> str:
    """The answer to a message that is no text, or is meant for an office that does not answer here."""
    if chat.message.kind != TEXT or not chat.message.text.strip():
        return unreadable_text()
    return misdirected_text(visible(chat.message.text), chat.unit)


def _opinion(chat: Chat, before: Conversation, last: Turn, *, now: datetime) -> str | None:
    """The reply to a verdict on the quoted answer, else on the last one."""
    return spoken(before, chat.asked, meant_answer(chat.message, chat.sender) or last, now=now)


def _asked(chat: Chat, conversation: Conversation, last: Turn | None, *, now: datetime) -> Reply | str:
    asked = chat.asked or GREETING
    options, number = options_of(last), choice(asked)
    if options and number:
        if number > len(options):
            return other_number_text(options)
        asked = options[number - 1]["url"]
    question = asked[:LONGEST_QUESTION]
    if asked == chat.asked and _answered_enough(conversation, question, now=now):
        raise AskedAgain
    turn = say(ANONYMOUS, conversation, question=question, client=chat.sender, now=now, later=True)
    is_first = last is None
    return Reply(answer_text(turn, conversation, is_first=is_first), "", turn, is_first)


def _answered_enough(conversation: Conversation, question: str, *, now: datetime) -> bool:
    """Whether the same words came too often: another machine may be answering all that we write."""
    return times_asked(conversation, as_kept(question), since=now - AGAIN_WITHIN) >= MOST_AGAIN


def _to_officer(chat: Chat, conversation: Conversation, *, now: datetime) -> str:
    """Hand the conversation over as a request of the person behind the number.

    The notice of the request tells them; from here on officers read.
    """
    person = chat.contact.user or guest_with_phone(phone=chat.contact.phone, name=chat.contact.name)
    opt_in(person, phone=chat.contact.phone, how="message", now=now)
    visitor = Actor(user_id=person.pk, label=f"whatsapp:{person.pk}")
    hand_over(visitor, conversation, channel=Case.Channel.WHATSAPP, now=now)
    return ""


def _forget(chat: Chat, *, now: datetime) -> str:
    Conversation.objects.filter(sender=chat.sender, case=None).delete()
    prune()
    forget_chat(chat.contact, kind=ANSWER.code, before=now)
    return forgotten_text()
