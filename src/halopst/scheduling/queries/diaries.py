"""Load what decides the times of some experts of one office: as many queries for all as for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from halopst.calendars.queries import calendar_of
from halopst.calendars.rules import WorkingCalendar
from halopst.core.errors import Invalid
from halopst.scheduling import rules
from halopst.scheduling.models import (
    Availability,
    AvailabilityException,
    BookingPolicy,
    Expert,
    Leave,
    Reservation,
)
from halopst.scheduling.rules import Diary, Interval, Policy, Slot, Weekly
from halopst.units.models import Unit

FARTHEST = timedelta(days=400)
LONGEST = timedelta(days=200)


class BadPeriod(Invalid):
    message = _("Rentang tanggal itu tidak dapat dibuka. Pilih paling lama 200 hari di sekitar hari ini.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """The diaries of an office's experts for some days, with its calendar and the moment of looking."""

    calendar: WorkingCalendar
    zone: ZoneInfo
    diaries: dict[int, Diary]
    now: datetime

    def slots(self, expert_id: int, days: Iterable[date], *, lead: bool = True) -> list[Slot]:
        diary = self.diaries[expert_id]
        return [
            slot
            for day in days
            for slot in rules.slots_of_day(
                diary, day, self.calendar.intervals(day), self.zone, now=self.now, lead=lead
            )
        ]


def open_book(unit: Unit, experts: Sequence[Expert], first: date, last: date, *, now: datetime) -> Book:
    """Everything about `experts` (all of `unit`) from `first` to `last`, both included.

    Refuses (`BadPeriod`) what ends before it starts, is longer than 200 days or far from today.
    """
    today = now.astimezone(unit.tz).date()
    if not today - FARTHEST <= first <= last <= today + FARTHEST or last - first > LONGEST:
        raise BadPeriod
    return Book(
        calendar=calendar_of(unit, first, last),
        zone=unit.tz,
        now=now,
        diaries=_diaries(unit, [expert.pk for expert in experts], first, last, now),
    )


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _diaries(unit: Unit, ids: list[int], first: date, last: date, now: datetime) -> dict[int, Diary]:
    window = rules.whole_day(first, unit.tz)[0], rules.whole_day(last, unit.tz)[1]
    policies, weekly = _policies(unit, ids), _weekly(ids, first, last)
    exceptions, leave, taken = (
        _exceptions(ids, window),
        _leave(ids, first, last),
        _taken(ids, first, last, now),
    )
    return {
        pk: Diary(
            policy=policies[pk],
            weekly=tuple(weekly[pk]),
            extra=tuple(exceptions[pk, AvailabilityException.Kind.EXTRA]),
            blocked=tuple(exceptions[pk, AvailabilityException.Kind.BLOCKED]),
            leave=tuple(leave[pk]),
            taken=tuple(taken[pk]),
        )
        for pk in ids
    }


def _policies(unit: Unit, ids: list[int]) -> dict[int, Policy]:
    rows = BookingPolicy.objects.filter(unit=unit)
    stored = {row.expert_id: row.values for row in rows if row.expert_id is None or row.expert_id in ids}
    office = stored.get(None, Policy())
    return {pk: stored.get(pk, office) for pk in ids}


def _weekly(ids: list[int], first: date, last: date) -> dict[int, list[Weekly]]:
    rows = (
        Availability.objects.filter(expert__in=ids)
        .exclude(valid_from__gt=last)
        .exclude(valid_until__lt=first)
    )
    found: dict[int, list[Weekly]] = defaultdict(list)
    for pk, weekday, starts, ends, valid_from, valid_until in rows.values_list(
        "expert_id", "weekday", "starts_at", "ends_at", "valid_from", "valid_until"
    ):
        hours = Weekly(
            weekday=weekday, starts=starts, ends=ends, valid_from=valid_from, valid_until=valid_until
        )
        found[pk].append(hours)
    return found


def _exceptions(ids: list[int], window: Interval) -> dict[tuple[int, Any], list[Interval]]:
    rows = AvailabilityException.objects.filter(
        expert__in=ids, starts_at__lt=window[1], ends_at__gt=window[0]
    ).values_list("expert_id", "kind", "starts_at", "ends_at")
    found: dict[tuple[int, Any], list[Interval]] = defaultdict(list)
    for pk, kind, starts, ends in rows:
        found[pk, kind].append((starts.astimezone(UTC), ends.astimezone(UTC)))
    return found


def _leave(ids: list[int], first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    rows = Leave.objects.filter(expert__in=ids, first_day__lte=last, last_day__gte=first)
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for pk, first_day, last_day in rows.values_list("expert_id", "first_day", "last_day"):
        found[pk].append((first_day, last_day))
    return found


def _taken(ids: list[int], first: date, last: date, now: datetime) -> dict[int, list[Interval]]:
    # A buffer can reach past midnight, so the day before counts too.
    window = (first - timedelta(days=1), last)
    rows = Reservation.objects.live(now).filter(expert__in=ids, day__range=window)
    found: dict[int, list[Interval]] = defaultdict(list)
    for pk, blocked in rows.values_list("expert_id", "blocked"):
        found[pk].append((blocked.lower.astimezone(UTC), blocked.upper.astimezone(UTC)))
    return found
