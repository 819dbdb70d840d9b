"""A conversation: each question is answered at once, and kept with the answer that was given."""

import time
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from halopst.accounts.models import User
from halopst.assistant.models import Conversation, Turn
from halopst.assistant.models.conversations import FORGOTTEN_AFTER, new_secret
from halopst.assistant.rules.evaluation.setups import NO_MODEL, Using
from halopst.assistant.rules.privacy.masking import masked
from halopst.assistant.rules.question.understanding import LONGEST_QUESTION
from halopst.assistant.services.answering.asking import ask
from halopst.assistant.services.answering.replies import Answer
from halopst.assistant.services.conversation.consenting import keep
from halopst.assistant.services.conversation.engine_version import engine
from halopst.assistant.services.learning.gathering import prune
from halopst.assistant.services.limits.allowances import spend_in_conversation
from halopst.assistant.services.wording.by_model import prepare, used_by, word
from halopst.cases.models import Case
from halopst.cases.queries import next_officer
from halopst.cases.services import submit_request
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.units.models import Unit

SUBJECT = 150  # characters
SERVICE = "konsultasi"
ON_PAGES = frozenset({Conversation.Channel.WEB, Conversation.Channel.WIDGET})


class NothingAsked(Refused):
    message = gettext_lazy("Percakapan ini masih kosong. Tulis pertanyaan Anda dulu.")


class AlreadyHandedOver(Refused):
    message = gettext_lazy("Percakapan ini sudah diteruskan ke petugas. Lihat di Permintaan saya.")


def begin(
    unit: Unit,
    *,
    channel: str = Conversation.Channel.WEB,
    sender: str = "",
    kept: bool = False,
    now: datetime,
) -> Conversation:
    """Begin a conversation.

    `sender` is a keyed hash of who writes over WhatsApp; `kept` says that the office may read it.
    """
    return Conversation.objects.create(unit=unit, channel=channel, sender=sender, kept=kept, last_at=now)


def rekey(conversation: Conversation) -> Conversation:
    """Give the conversation a new secret; the old one no longer opens it."""
    conversation.secret = new_secret()
    conversation.save(update_fields=["secret", "updated_at"])
    return conversation


def say(
    actor: Actor,
    conversation: Conversation,
    *,
    question: str,
    client: str,
    now: datetime,
    later: bool = False,
    using: Using | None = None,
) -> Turn:
    """Answer `question`, which may refer to the one before; raises AskedTooOften.

    Where a model is in use, it then words the answer; with `later` the caller has to call `word`. `using` is
    a model to be tried instead.
    """
    if client and conversation.channel in ON_PAGES:
        spend_in_conversation(conversation.pk, now=now)
    began = time.perf_counter()
    follow = _follow(conversation)
    unit = conversation.unit
    answer = ask(actor, question=question, unit=unit, client=client, now=now, follow=follow)
    took = time.perf_counter() - began
    with transaction.atomic():
        Conversation.objects.filter(pk=conversation.pk).update(last_at=now)
        turn = keep_turn(conversation, question=question, answer=answer, took=took, now=now)
        prepared = prepare(turn, answer, using=using or used_by(unit))
    if prepared and not later:
        word(actor, turn, client=client, now=now)
    return turn


def ask_first(actor: Actor, unit: Unit, *, question: str, kept: bool, client: str, now: datetime) -> Turn:
    """Begin a program's conversation with its first question, answered in plain words.

    Where the question is refused, no conversation is left.
    """
    with transaction.atomic():
        conversation = begin(unit, channel=Conversation.Channel.API, kept=kept, now=now)
        return say(actor, conversation, question=question, client=client, now=now, using=NO_MODEL)


def as_kept(question: str) -> str:
    """A question with what leads to a person masked; a mask may be longer than what it hides."""
    return masked(question)[:LONGEST_QUESTION]


def keep_turn(
    conversation: Conversation, *, question: str, answer: Answer, took: float, now: datetime
) -> Turn:
    """Keep the question and its answer as it was given; `took` is in seconds."""
    return Turn.objects.create(
        conversation=conversation,
        question=as_kept(question),
        answer=asdict(answer),
        known=answer.known,
        outcome=_outcome(answer),
        confidence=answer.confidence,
        asked_at=now,
        milliseconds=round(1000 * took),
        engine=engine(),
    )


def _follow(conversation: Conversation) -> str:
    before: Turn | None = conversation.turns.last()
    return str(before.answer.get("follow", "")) if before else ""


def _outcome(answer: Answer) -> str:
    if answer.declined:
        return Turn.Outcome.DECLINED
    if answer.known and not answer.tentative:
        return Turn.Outcome.ANSWERED
    return Turn.Outcome.ASKED_BACK if answer.asks_back else Turn.Outcome.UNKNOWN


@transaction.atomic
def hand_over(
    actor: Actor, conversation: Conversation, *, channel: str = Case.Channel.WEB, now: datetime
) -> Case:
    """Make the conversation a request of the person who is signed in; who may read one may read both.

    It goes to the officer with the least in hand; without an officer the office's leads assign it.
    """
    visitor = _signed_in(actor)
    locked = Conversation.objects.locked(conversation.pk)
    if locked.case_id is not None:
        raise AlreadyHandedOver
    turns = list(locked.turns.all())
    if not turns:
        raise NothingAsked
    locked.case = submit_request(
        actor,
        unit=locked.unit,
        kind_code=SERVICE,
        visitor=visitor,
        subject=Truncator(turns[-1].question).chars(SUBJECT),
        body=turns[-1].question,
        channel=channel,
        officer=next_officer(locked.unit, now.astimezone(locked.unit.tz).date()),
        now=now,
    )
    locked.save(update_fields=["case", "updated_at"])
    return locked.case


def _signed_in(actor: Actor) -> User:
    person: User | None = User.objects.filter(pk=actor.user_id).first() if actor.user_id else None
    if person is None:
        raise NotPermitted
    return person


def forget_conversations(*, now: datetime) -> int:
    """Delete what nobody agreed to keep after a day, and the rest after the days of the setting.

    What was handed over belongs to its request and stays with it; after those days nobody else reads it.
    """
    old = Q(kept=False, last_at__lt=now - FORGOTTEN_AFTER)
    older = Q(last_at__lt=now - timedelta(days=settings.AIDA_KEPT_DAYS))
    gone = Conversation.objects.filter(old | older, case=None)
    count = gone.count()
    gone.delete()
    handed_over = list(Conversation.objects.filter(older, kept=True))
    keep(handed_over, kept=False)
    if count:
        prune()
    return count
