"""The times on offer: of one expert, of anyone in a field, and those nearest to a wish."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from halopst.calendars.queries import why_closed
from halopst.scheduling import rules
from halopst.scheduling.models import BookingPolicy, Expert, Field
from halopst.scheduling.queries.diaries import Book, days, open_book
from halopst.scheduling.rules import DaySummary, Policy, Slot
from halopst.units.models import Unit

Target = Expert | Field | Unit
# Close to the wish first: most searches end there without reading a month.
_BEFORE, _AFTER = timedelta(days=2), timedelta(days=5)


def policy_of(unit: Unit, expert: Expert | None = None) -> Policy:
    """The rules that apply to `expert`, or to the office when none is named."""
    rows = {row.expert_id: row.values for row in BookingPolicy.objects.filter(unit=unit)}
    office = rows.get(None, Policy())
    return rows.get(expert.pk, office) if expert else office


def slots(expert: Expert, first_day: date, last_day: date, *, now: datetime, lead: bool = True) -> list[Slot]:
    """The expert's times from `first_day` to `last_day`, both included; the taken ones with `free=False`."""
    book = open_book(expert.unit, [expert], first_day, last_day, now=now)
    return book.slots(expert.pk, days(first_day, last_day), lead=lead)


def any_expert_slots(
    unit: Unit, field: Field | None, first_day: date, last_day: date, *, now: datetime
) -> list[Slot]:
    """The times at which someone of `field` (or of the office) can be met; `experts` says who is free."""
    _, found = _slots_of(field or unit, first_day, last_day, now=now)
    return found


def day_summary(target: Target, first_day: date, last_day: date, *, now: datetime) -> list[DaySummary]:
    """One line per day for the day picker: how many times, how many free, and why a day is closed."""
    book, found = _slots_of(target, first_day, last_day, now=now)
    by_day: dict[date, list[bool]] = {day: [] for day in days(first_day, last_day)}
    for slot in found:
        by_day[slot.starts_at.astimezone(book.zone).date()].append(slot.free)
    return [
        DaySummary(
            day=day,
            total=len(frees),
            free=sum(frees),
            reason="" if frees or book.calendar.is_working_day(day) else why_closed(book.calendar, day),
        )
        for day, frees in by_day.items()
    ]


def nearest(target: Target, around: datetime, *, now: datetime, limit: int = 3) -> list[Slot]:
    """The free times closest to `around`, earliest first."""
    tz = _unit_of(target).tz
    today, wanted = now.astimezone(tz).date(), around.astimezone(tz).date()
    free = _free_between(target, max(today, wanted - _BEFORE), wanted + _AFTER, now=now)
    if len(free) < limit:
        free = _free_between(target, today, today + timedelta(days=_farthest(target)), now=now)
    closest = sorted(free, key=lambda slot: (abs(slot.starts_at - around), slot.starts_at))[:limit]
    return sorted(closest, key=lambda slot: slot.starts_at)


def first_free(experts: Sequence[Expert], *, now: datetime) -> dict[int, Slot]:
    """The earliest free time of each expert (all of one office) who has one before the horizon."""
    if not experts:
        return {}
    unit = experts[0].unit
    today = now.astimezone(unit.tz).date()
    book = open_book(unit, experts, today, today + timedelta(days=_farthest(unit)), now=now)
    found = {}
    for expert in experts:
        last = today + timedelta(days=book.diaries[expert.pk].policy.horizon_days)
        offered = (slot for day in days(today, last) for slot in book.slots(expert.pk, [day]) if slot.free)
        if slot := next(offered, None):
            found[expert.pk] = slot
    return found


def _free_between(target: Target, first: date, last: date, *, now: datetime) -> list[Slot]:
    if first > last:
        return []
    return [slot for slot in _slots_of(target, first, last, now=now)[1] if slot.free]


def _slots_of(target: Target, first: date, last: date, *, now: datetime) -> tuple[Book, list[Slot]]:
    unit, experts = _unit_of(target), candidates(target)
    book = open_book(unit, experts, first, last, now=now)
    if isinstance(target, Expert):
        return book, book.slots(target.pk, days(first, last))
    return book, rules.merged({e.pk: book.slots(e.pk, days(first, last)) for e in experts})


def candidates(target: Target) -> list[Expert]:
    """Who may serve: the expert, or every bookable expert of the field or office, in order of name."""
    if isinstance(target, Expert):
        return [target]
    experts = Expert.objects.bookable().select_related("unit").by_name()
    return list(experts.filter(fields=target) if isinstance(target, Field) else experts.filter(unit=target))


def _unit_of(target: Target) -> Unit:
    return target if isinstance(target, Unit) else target.unit


def _farthest(target: Target) -> int:
    if isinstance(target, Expert):
        return policy_of(target.unit, target).horizon_days
    rows = BookingPolicy.objects.filter(unit=_unit_of(target)).values_list("horizon_days", flat=True)
    return max([Policy().horizon_days, *rows])
