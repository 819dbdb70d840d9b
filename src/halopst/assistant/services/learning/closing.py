"""Groups of questions are closed once they are answered, or set aside by a person."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.assistant import permissions
from halopst.assistant.models import QuestionGroup, Remedy, Turn
from halopst.assistant.services.answering.asking import ask
from halopst.assistant.services.answering.figure_replies import renewed
from halopst.assistant.services.answering.replies import Answer
from halopst.assistant.services.learning.drafting import held_open
from halopst.assistant.services.learning.gathering import previous
from halopst.assistant.services.learning.notifying_askers import tell
from halopst.audit.services import record
from halopst.core.actors import ANONYMOUS, SYSTEM, Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.knowledge.models import DataRequest, Document, Synonym

AT_ONCE = 200
IN_FORCE = (
    Q(document__state=Document.State.PUBLISHED)
    | Q(synonym__state=Synonym.State.APPROVED)
    | Q(request__state=DataRequest.State.FILLED)
)


class NotSetAside(Refused):
    message = _("Kelompok ini tidak sedang disisihkan. Muat ulang halaman.")


@transaction.atomic
def set_aside(actor: Actor, group: QuestionGroup, *, note: str, now: datetime) -> QuestionGroup:
    """Take a group that needs no answer here out of the queue; the same question asked again stays out."""
    held = held_open(actor, group)
    held.state, held.note = QuestionGroup.State.DISMISSED, note.strip()
    held.closed_by_id, held.closed_at = actor.user_id, now
    held.save()
    record(actor, "assistant.set-aside", held)
    return held


@transaction.atomic
def reopen(actor: Actor, group: QuestionGroup) -> QuestionGroup:
    held: QuestionGroup = QuestionGroup.objects.locked(group.pk)
    if not actor.may(permissions.IMPROVE, held.unit_id):
        raise NotPermitted
    if held.state != QuestionGroup.State.DISMISSED:
        raise NotSetAside
    held.state, held.note, held.closed_by, held.closed_at = QuestionGroup.State.OPEN, "", None, None
    held.save()
    record(actor, "assistant.reopened", held)
    return held


def try_remedies(*, now: datetime, **what: int) -> int:
    """Ask again the questions that a published draft was made for; returns how many are answered.

    The draft is named as in `document_id=...`.
    """
    groups = QuestionGroup.objects.filter(
        pk__in=Remedy.objects.filter(**what).values("group"), state=QuestionGroup.State.OPEN
    )
    return sum(try_again(group, now=now) for group in groups.order_by("pk"))


def try_open_groups(*, now: datetime) -> int:
    """Ask the newest open groups again, as figures may have come in; returns how many are answered."""
    groups = QuestionGroup.objects.filter(state=QuestionGroup.State.OPEN).order_by("-pk")[:AT_ONCE]
    return sum(try_again(group, now=now) for group in groups)


@transaction.atomic
def try_again(group: QuestionGroup, *, now: datetime) -> bool:
    """Ask the newest question of a group as a visitor would; close the group if the answer is better."""
    held: QuestionGroup = QuestionGroup.objects.locked(group.pk)
    turn = _newest(held)
    if held.state != QuestionGroup.State.OPEN or turn is None:
        return False
    answer = _asked_again(turn, held, now)
    remedies = _in_force(held)
    held.remedies.filter(pk__in=[one.pk for one in remedies]).update(tried_at=now)
    if not _is_better(answer, turn, remedies):
        return False
    held.state, held.closed_at = QuestionGroup.State.ANSWERED, now
    held.save()
    record(SYSTEM, "assistant.answered", held)
    tell(held, now=now)
    return True


def is_answered_by(request: DataRequest, now: datetime) -> bool:
    """Whether the question behind the data request is answered now.

    Where no question may be read, the request's own words are asked.
    """
    remedy = Remedy.objects.filter(request=request).select_related("group__unit").first()
    turn = _newest(remedy.group) if remedy else None
    if remedy is None or turn is None:
        named = (request.topic, request.region.name if request.region else "", request.period)
        answer = ask(ANONYMOUS, question=" ".join(filter(None, named)), unit=request.unit, client="", now=now)
        return answer.settles
    if remedy.group.state == QuestionGroup.State.ANSWERED:
        return True
    return _is_better(_asked_again(turn, remedy.group, now), turn, _in_force(remedy.group))


def _newest(group: QuestionGroup) -> Turn | None:
    turns = Turn.objects.filter(group=group, conversation__kept=True).select_related("conversation")
    found: Turn | None = turns.last()
    return found


def _in_force(group: QuestionGroup) -> list[Remedy]:
    return list(group.remedies.filter(IN_FORCE).select_related("document"))


def _asked_again(turn: Turn, group: QuestionGroup, now: datetime) -> Answer:
    before = previous(turn)
    follow = renewed(before.answer.get("follow", "")) if before else ""
    return ask(ANONYMOUS, question=turn.question, unit=group.unit, client="", now=now, follow=follow)


def _is_better(answer: Answer, turn: Turn, remedies: list[Remedy]) -> bool:
    """Whether the question is settled now and was not before.

    One that had been answered is settled by a draft of the group, or, with such drafts, from other sources.
    """
    cited = {one.external_id for one in answer.citations}
    if not answer.settles:
        return False
    if any(one.document and one.document.external_id in cited for one in remedies):
        return True
    then = {one["external_id"] for one in turn.answer.get("citations", ())}
    return turn.outcome != Turn.Outcome.ANSWERED or (bool(remedies) and cited != then)
