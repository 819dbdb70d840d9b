"""The queue of questions that need a remedy, and the conversations they come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery

from halopst.assistant import permissions
from halopst.assistant.models import Conversation, Correction, QuestionGroup, Turn
from halopst.assistant.models.conversations import FORGOTTEN_AFTER
from halopst.assistant.rules.learning.low_confidence import LOW
from halopst.core.actors import Actor
from halopst.units.models import Unit

PERIODS = (7, 30, 90, 365)
WHATS: dict[str, Q] = {
    "tak": Q(outcome=Turn.Outcome.UNKNOWN),
    "salah": Q(verdict=Turn.Verdict.WRONG),
    "ragu": Q(outcome=Turn.Outcome.ANSWERED, confidence__lt=LOW),
    "jawab": Q(outcome=Turn.Outcome.ANSWERED),
}
"""What a list can be narrowed to by the outcome of the answers."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a list is narrowed to: words, the outcome of the answers, the last `days` (0 for all)."""

    text: str = ""
    what: str = ""
    days: int = 0

    def since(self, now: datetime) -> datetime | None:
        return now - timedelta(days=self.days) if self.days else None


def learning_offices(actor: Actor) -> list[Unit]:
    """The offices whose queue the person may look at."""
    return list(Unit.objects.in_units(actor, permissions.VIEW).order_by("code"))


def with_open_groups(offices: Sequence[Unit]) -> list[tuple[Unit, int]]:
    """Each office with the number of its open groups, the most first."""
    rows = QuestionGroup.objects.filter(unit__in=offices, state=QuestionGroup.State.OPEN)
    readable = rows.filter(turns__conversation__kept=True).order_by().values_list("unit")
    counts = dict(readable.annotate(Count("pk", distinct=True)))
    return sorted(((one, counts.get(one.pk, 0)) for one in offices), key=lambda pair: -pair[1])


def kept_turns(unit: Unit) -> QuerySet[Turn]:
    """The turns of an office's conversations that it may read."""
    rows: QuerySet[Turn] = Turn.objects.filter(conversation__unit=unit, conversation__kept=True)
    return rows


def groups(unit: Unit, choice: Choice, *, state: str, now: datetime) -> QuerySet[QuestionGroup]:
    """The groups with questions that the office may read, the most asked first.

    Each has `times`, `unanswered` and `disliked` as numbers, `first_at`, `last_at` and its newest `question`.
    """
    turns = _narrowed(kept_turns(unit), choice, now)
    rows = with_questions(QuestionGroup.objects.filter(unit=unit))
    if state in QuestionGroup.State.values:
        rows = rows.filter(state=state)
    if choice.text or choice.what or choice.days:
        rows = rows.filter(pk__in=turns.exclude(group=None).values("group"))
    return rows.order_by("-times", "-last_at", "-pk")


def with_questions(rows: QuerySet[QuestionGroup]) -> QuerySet[QuestionGroup]:
    """Only groups with a question that may be read; withdrawn questions are not counted."""
    kept = Q(turns__conversation__kept=True)
    newest = Turn.objects.filter(group=OuterRef("pk"), conversation__kept=True).order_by("-pk")
    return rows.annotate(
        times=Count("turns", filter=kept),
        unanswered=Count("turns", filter=kept & Q(turns__outcome=Turn.Outcome.UNKNOWN)),
        disliked=Count("turns", filter=kept & Q(turns__verdict=Turn.Verdict.WRONG)),
        first_at=Min("turns__asked_at", filter=kept),
        last_at=Max("turns__asked_at", filter=kept),
        question=Subquery(newest.values("question")[:1]),
    ).filter(times__gt=0)


def group_of(unit: Unit, pk: int) -> QuestionGroup:
    """The group; raises `DoesNotExist` if it is not there or may no longer be read."""
    rows = with_questions(QuestionGroup.objects.filter(unit=unit)).select_related("unit", "closed_by")
    found: QuestionGroup = rows.get(pk=pk)
    return found


def turns_of(group: QuestionGroup) -> QuerySet[Turn]:
    rows: QuerySet[Turn] = Turn.objects.filter(group=group, conversation__kept=True)
    return rows.select_related("conversation").prefetch_related("corrections__written_by").order_by("-pk")


def corrected_text(group: QuestionGroup) -> str:
    """What officers wrote to correct the answers, each text once."""
    rows = Correction.objects.filter(turn__group=group, turn__conversation__kept=True).order_by("pk")
    return "\n\n".join(dict.fromkeys(rows.values_list("text", flat=True)))


def unreadable(unit: Unit, *, now: datetime) -> int:
    """How many questions of the last day need a remedy but may not be read; only the number is known."""
    rows = Turn.objects.wanting().filter(conversation__unit=unit, conversation__kept=False)
    count: int = rows.filter(asked_at__gte=now - FORGOTTEN_AFTER).count()
    return count


def kept_conversations(unit: Unit, choice: Choice, *, now: datetime) -> QuerySet[Conversation]:
    """The conversations, newest first, each with its first question and the outcome of its answers."""
    turns = _narrowed(kept_turns(unit), choice, now)
    first = Turn.objects.filter(conversation=OuterRef("pk")).order_by("pk").values("question")[:1]
    rows: QuerySet[Conversation] = Conversation.objects.filter(unit=unit, kept=True)
    return (
        rows.filter(pk__in=turns.values("conversation"))
        .annotate(
            begins=Subquery(first),
            said=Count("turns"),
            unanswered=Count("turns", filter=Q(turns__outcome=Turn.Outcome.UNKNOWN)),
            disliked=Count("turns", filter=Q(turns__verdict=Turn.Verdict.WRONG)),
        )
        .order_by("-last_at", "-pk")
    )


def conversation_of(unit: Unit, pk: int) -> Conversation:
    found: Conversation = Conversation.objects.filter(unit=unit, kept=True).get(pk=pk)
    return found


def kept_turn(unit: Unit, pk: int) -> Turn:
    return kept_turns(unit).select_related("conversation").get(pk=pk)


def _narrowed(turns: QuerySet[Turn], choice: Choice, now: datetime) -> QuerySet[Turn]:
    for word in choice.text.split()[:8]:
        turns = turns.filter(question__icontains=word)
    if choice.what in WHATS:
        turns = turns.filter(WHATS[choice.what])
    since = choice.since(now)
    return turns.filter(asked_at__gte=since) if since else turns
