"""What a mitra is offered to do, and whether their word on it is still asked for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from halopst.letters.models import Letter
from halopst.letters.rules import SIGNED
from halopst.partners.letter_kinds.addenda import about_activity_addendum, about_addendum
from halopst.partners.letter_kinds.contracts import about_activity, about_month
from halopst.partners.models import Assignment, Handover, OfferAnswer, Registration, Share
from halopst.partners.queries.allocation.idle import of_idle
from halopst.partners.rules.own import Mitra, Withheld, is_answerable


@dataclass(frozen=True, slots=True)
class Offer:
    """An assignment as its mitra reads it; `answer` counts only while it is about what is offered now."""

    assignment: Assignment
    months: list[tuple[date, int]]
    answer: OfferAnswer | None
    is_open: bool
    is_done: bool
    withheld: Withheld | None = None


def offers(mitra: Mitra, *, now: datetime) -> list[Offer]:
    """The mitra's assignments that have not ended, the earliest first."""
    rows = list(_assignments(mitra).prefetch_related("shares"))
    agreed, done, withheld = agreed_of(rows), handed_over_of(rows), withheld_from(rows)
    drawn = [
        _offer(row, now, is_agreed=row.pk in agreed, is_done=row.pk in done, withheld=withheld.get(row.pk))
        for row in rows
    ]
    return [offer for offer in drawn if offer is not None]


def withheld_from(assignments: Sequence[Assignment]) -> dict[int, Withheld]:
    """Those of these assignments that will not be approved as their mitra stands, and why."""
    idle = of_idle(Share.objects.filter(assignment__in=assignments))
    return {
        pk: Withheld.BLACKLISTED if status == Registration.Status.ACTIVE else Withheld.INACTIVE
        for pk, status in idle.values_list("assignment", "assignment__registration__status")
    }


def own_assignment(mitra: Mitra, pk: int) -> Assignment:
    """The assignment, if it is this mitra's; else `DoesNotExist`."""
    return _assignments(mitra).get(pk=pk)


def _assignments(mitra: Mitra) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(registration__person=mitra.person_id, volume__gt=0)
    return rows.select_related(
        "registration__unit", "duty__activity__unit", "duty__position", "duty__unit_price", "answer"
    ).order_by("duty__activity__period", "pk")


def _offer(
    row: Assignment, now: datetime, *, is_agreed: bool, is_done: bool, withheld: Withheld | None
) -> Offer | None:
    today, last = now.astimezone(row.registration.unit.tz).date(), row.last_day
    if today > last:
        return None
    answer = getattr(row, "answer", None)
    if answer is not None and (answer.volume, answer.value) != (row.volume, row.value):
        answer = None
    waits = is_answerable(volume=row.volume, last_day=last, today=today, is_settled=is_agreed or is_done)
    months = [(share.month, share.amount) for share in row.shares.all()]
    return Offer(row, months, answer, waits and not withheld, is_done, withheld if waits else None)


def agreed_of(assignments: Sequence[Assignment]) -> set[int]:
    """Those of these assignments a signed contract speaks of."""
    shares = Share.objects.filter(assignment__in=assignments).values_list(
        "assignment", "assignment__registration", "assignment__duty__activity", "month"
    )
    abouts: defaultdict[str, set[int]] = defaultdict(set)
    for assignment, registration, activity, month in shares:
        for about in (
            about_month(registration, month),
            about_addendum(registration, month),
            about_activity(registration, activity),
            about_activity_addendum(registration, activity),
        ):
            abouts[about].add(assignment)
    signed = Letter.objects.filter(about__in=list(abouts), state__in=SIGNED).values_list("about", flat=True)
    return {assignment for about in signed for assignment in abouts[about]}


def handed_over_of(assignments: Sequence[Assignment]) -> set[int]:
    """Those of these assignments whose every month is on record as handed over, as it is approved now.

    Their contract may be out of date since: who has done the work is not asked whether they will do it.
    """
    done = Handover.objects.filter(
        approval__registration=OuterRef("assignment__registration"),
        approval__month=OuterRef("month"),
        approval__withdrawn_at__isnull=True,
    )
    months = Share.objects.filter(assignment__in=assignments).annotate(is_done=Exists(done))
    rows = list(months.values_list("assignment", "is_done"))
    return {pk for pk, _is_done in rows} - {pk for pk, is_done in rows if not is_done}
