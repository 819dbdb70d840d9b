"""Answers in a model's words for programs: checked as a visitor's are, kept for a day."""

import time
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from halopst.assistant.models import Conversation, Turn, Wording
from halopst.assistant.rules.evaluation.setups import NO_MODEL
from halopst.assistant.services.answering.asking import ask
from halopst.assistant.services.conversation.conversing import begin, keep_turn
from halopst.assistant.services.wording.by_model import is_wordable, prepare, used_by, word
from halopst.core.actors import Actor
from halopst.units.models import Unit
from halopst.units.queries import head_office

NO_MODEL_IN_USE, NOT_FOR_A_MODEL = "no-model", "not-for-a-model"


@dataclass(frozen=True, kw_only=True, slots=True)
class Worded:
    """An answer, and the `reason` why its words are the plain ones, if they are."""

    answer: dict[str, Any]
    reason: str = ""
    wording: Wording | None = None


def ask_worded(
    actor: Actor, *, question: str, unit: Unit | None, client: str, now: datetime, follow: str = ""
) -> Worded:
    """As `ask`, then in the words of the model in use; raises AskedTooOften.

    If no model can word it, the plain answer is given. What was sent to a model is kept with all that came
    back, and forgotten after a day like every conversation that nobody allowed to be kept.
    """
    began = time.perf_counter()
    answer = ask(actor, question=question, unit=unit, client=client, now=now, follow=follow)
    using = used_by(unit)
    if using == NO_MODEL:
        return Worded(answer=asdict(answer), reason=NO_MODEL_IN_USE)
    if not is_wordable(question, answer, using):
        return Worded(answer=asdict(answer), reason=NOT_FOR_A_MODEL)
    took = time.perf_counter() - began
    with transaction.atomic():
        conversation = begin(unit or head_office(), channel=Conversation.Channel.API, now=now)
        turn = keep_turn(conversation, question=question, answer=answer, took=took, now=now)
        prepare(turn, answer, using=using)
    word(actor, turn, client=client, now=now)
    return _told(turn)


def _told(turn: Turn) -> Worded:
    turn.refresh_from_db()
    row = Wording.objects.get(turn=turn)
    reason = "" if row.state == Wording.State.DONE else str(row.verdict)
    return Worded(answer=turn.answer, reason=reason, wording=row)
