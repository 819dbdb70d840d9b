"""Build the working calendar of offices from what is stored: as many queries for all as for one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from halopst.calendars.models import Holiday, Interval, JointLeave, Schedule
from halopst.calendars.rules import Hours, Override, Week, WorkingCalendar
from halopst.units.models import Unit

LOOK_AHEAD = timedelta(days=120)
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class OpenState:
    """Whether an office serves at this moment. `reason` says why a day is closed, for people to read."""

    open: bool
    until: datetime | None
    next_opening: datetime | None
    reason: str | None


def calendar_of(unit: Unit, first: date, last: date) -> WorkingCalendar:
    """The working calendar of `unit`; holidays and special hours are loaded for `first` to `last`."""
    return calendars_of([unit], first, last)[unit.pk]


def calendars_of(units: Iterable[Unit], first: date, last: date) -> dict[int, WorkingCalendar]:
    """The working calendars of many offices by their id, in four queries."""
    units = list(units)
    owners = {unit.pk for unit in units} | {unit.province_id for unit in units if unit.province_id}
    hours = _hours(owners, first, last)
    days = _holidays(owners, first, last)
    closes = dict(JointLeave.objects.filter(unit__in=owners).values_list("unit", "is_closed"))
    return {unit.pk: _calendar(unit, hours, days, closes) for unit in units}


def open_now(unit: Unit, now: datetime) -> OpenState:
    today = now.astimezone(unit.tz).date()
    calendar = calendar_of(unit, today, today + LOOK_AHEAD)
    until = calendar.closes_at(now)
    reason = None if calendar.is_working_day(today) else why_closed(calendar, today)
    return OpenState(until is not None, until, calendar.next_opening(now), reason)


def week_of(schedule: Schedule) -> Week:
    """The hours of a schedule by weekday."""
    week: dict[int, Hours] = {}
    for interval in schedule.intervals.all():
        week[interval.weekday] = (*week.get(interval.weekday, ()), (interval.opens, interval.closes))
    return week


def why_closed(calendar: WorkingCalendar, day: date) -> str:
    """The holiday that closes `day`, or that its weekday has no service hours."""
    return calendar.why_closed(day) or _("tidak ada layanan pada hari %(hari)s") % {
        "hari": WEEKDAYS[day.weekday()]
    }


@dataclass(frozen=True, slots=True)
class _Hours:
    """A schedule as the arithmetic wants it: inclusive dates, hours per weekday."""

    first: date
    last: date
    weekly: Week


_Owner = int | None
_Schedules = dict[tuple[_Owner, str], list[_Hours]]
_Days = dict[_Owner, list[tuple[date, str, str]]]


def _hours(owners: set[int], first: date, last: date) -> _Schedules:
    window = DateRange(first, last, "[]")
    schedules = list(
        (Schedule.objects.filter(unit__in=owners) | Schedule.objects.filter(unit=None)).filter(
            period__overlap=window
        )
    )
    weeks: dict[int, dict[int, Hours]] = defaultdict(dict)
    rows = Interval.objects.filter(schedule__in=[s.pk for s in schedules]).order_by("weekday", "opens")
    for schedule_id, weekday, opens, closes in rows.values_list("schedule_id", "weekday", "opens", "closes"):
        weeks[schedule_id][weekday] = (*weeks[schedule_id].get(weekday, ()), (opens, closes))
    found: _Schedules = defaultdict(list)
    for schedule in schedules:
        starts, ends = schedule.first_day or date.min, schedule.last_day or date.max
        found[schedule.unit_id, schedule.kind].append(_Hours(starts, ends, weeks[schedule.pk]))
    return found


def _holidays(owners: set[int], first: date, last: date) -> _Days:
    rows = Holiday.objects.filter(date__range=(first, last))
    rows = rows.filter(decree__unit__in=owners) | rows.filter(decree__unit=None)
    found: _Days = defaultdict(list)
    for owner, day, name, kind in rows.order_by("date", "kind", "pk").values_list(
        "decree__unit", "date", "name", "kind"
    ):
        found[owner].append((day, name, kind))
    return found


def _calendar(unit: Unit, hours: _Schedules, days: _Days, closes: dict[int, bool]) -> WorkingCalendar:
    """Special hours before regular ones; each from the office, then its province, then the platform."""
    chain: list[_Owner] = [unit.pk, None]
    if unit.province_id:
        chain.insert(1, unit.province_id)
    layers = [
        layer
        for kind in (Schedule.Kind.SPECIAL, Schedule.Kind.REGULAR)
        for owner in chain
        for layer in hours.get((owner, kind), [])
    ]
    joint_leave = next((closes[owner] for owner in chain if owner in closes), True)
    closed = {
        day: name
        for owner in reversed(chain)
        for day, name, kind in days.get(owner, [])
        if joint_leave or kind != Holiday.Kind.JOINT_LEAVE
    }
    overrides = tuple(Override(first=x.first, last=x.last, weekly=x.weekly) for x in layers)
    return WorkingCalendar(zone=unit.tz, weekly={}, overrides=overrides, closed=closed)
