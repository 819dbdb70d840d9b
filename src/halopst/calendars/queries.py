"""Build the working calendar of offices from what is stored: as many queries for all as for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.types.range import DateRange

from halopst.calendars import permissions
from halopst.calendars.models import Holiday, Interval, JointLeave, Schedule
from halopst.calendars.rules import Hours, Override, Week, WorkingCalendar, week_text
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.formats import clock_range, language
from halopst.core.forms import plain
from halopst.units.models import Unit

LOOK_AHEAD = timedelta(days=120)
LINES_KEPT = timedelta(minutes=10)
NATIONAL = "nasional"
WEEKDAYS = (
    gettext_lazy("Senin"),
    gettext_lazy("Selasa"),
    gettext_lazy("Rabu"),
    gettext_lazy("Kamis"),
    gettext_lazy("Jumat"),
    gettext_lazy("Sabtu"),
    gettext_lazy("Minggu"),
)
Row = TypeVar("Row", bound=Model)


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
class HoursOverview:
    """What an owner's hours page shows: the regular week in force, what comes, and what differs."""

    regular: Schedule | None
    week: list[tuple[str, str]]
    is_own: bool
    upcoming: list[Schedule]
    special: list[Schedule]


def hours_overview(unit: Unit | None, today: date) -> HoursOverview:
    """The hours of an office, or of the platform when `unit` is None, as they stand on `today`."""
    chain = owners_of(unit)
    rows = _owned(Schedule.objects.select_related("unit"), "unit", chain)
    schedules = list(rows.filter(period__overlap=DateRange(today, None)).prefetch_related("intervals"))
    regular = [s for s in schedules if s.kind == Schedule.Kind.REGULAR]
    in_force = min(
        (s for s in regular if today in s.period), key=lambda s: chain.index(s.unit_id), default=None
    )
    owner_id = unit.pk if unit else None
    return HoursOverview(
        regular=in_force,
        week=week_lines(week_of(in_force)) if in_force else [],
        is_own=in_force is not None and in_force.unit_id == owner_id,
        upcoming=[s for s in regular if s.unit_id == owner_id and today not in s.period],
        special=[s for s in schedules if s.kind == Schedule.Kind.SPECIAL],
    )


def week_lines(week: Week) -> list[tuple[str, str]]:
    """`("Senin", "08.00-12.00, 13.00-15.30")` for each weekday, empty when closed."""
    text = week_text(week)
    return [(str(label), text.get(str(weekday), "")) for weekday, label in enumerate(WEEKDAYS)]


def holidays_for(unit: Unit | None, year: int, text: str = "") -> QuerySet[Holiday]:
    """The days of a year that decrees name for an office: its own, its province's and the nation's."""
    rows = _owned(Holiday.objects.select_related("decree__unit"), "decree__unit", owners_of(unit))
    rows = rows.filter(date__year=year)
    return rows.filter(name__icontains=text) if text else rows


def joint_leave_of(unit: Unit) -> tuple[bool, bool]:
    """Whether an office closes on cuti bersama, and whether that is its own choice."""
    chain = owners_of(unit)
    choices = dict(
        JointLeave.objects.filter(unit__in=[o for o in chain if o]).values_list("unit", "is_closed")
    )
    return next((choices[owner] for owner in chain if owner in choices), True), unit.pk in choices


def owners_of(unit: Unit | None) -> list[int | None]:
    """Whose rows hold for an office, nearest first: itself, its province, the platform (None)."""
    if unit is None:
        return [None]
    return [unit.pk, unit.province_id, None] if unit.province_id else [unit.pk, None]


def _owned(rows: QuerySet[Row], path: str, owners: Sequence[int | None]) -> QuerySet[Row]:
    named = Q(**{f"{path}__in": [owner for owner in owners if owner is not None]})
    return rows.filter(named | Q(**{f"{path}__isnull": True}))


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
    schedules = list(_owned(Schedule.objects.all(), "unit", [*owners]).filter(period__overlap=window))
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
    rows = _owned(Holiday.objects.filter(date__range=(first, last)), "decree__unit", [*owners])
    found: _Days = defaultdict(list)
    for owner, day, name, kind in rows.order_by("date", "kind", "pk").values_list(
        "decree__unit", "date", "name", "kind"
    ):
        found[owner].append((day, name, kind))
    return found


def _calendar(unit: Unit, hours: _Schedules, days: _Days, closes: dict[int, bool]) -> WorkingCalendar:
    """Special hours before regular ones; each from the office, then its province, then the platform."""
    chain = owners_of(unit)
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


def owner_named(actor: Actor, slug: str) -> Unit | None:
    """The office of an address the actor may look into, else 404; None for the platform's own calendar."""
    if not actor.is_system and not actor.units(permissions.VIEW):
        raise NotPermitted
    if slug == NATIONAL:
        return None
    reach = Unit.objects.visible_to(actor).in_units(actor, permissions.VIEW)
    return get_object_or_404(reach, slug=plain(slug))


def slug_of(unit: Unit | None) -> str:
    return unit.slug if unit else NATIONAL


def hours_lines(unit: Unit, *, now: datetime) -> list[str]:
    """The hours of this week, holidays aside: `Senin–Kamis 08.00–15.30 WIB`; equal days share a line."""
    today = now.astimezone(unit.tz).date()
    key = f"calendars.hours:{unit.pk}:{today}:{language()}"
    lines: list[str] | None = cache.get(key)
    if lines is None:
        monday = today - timedelta(days=today.weekday())
        calendar = replace(calendar_of(unit, monday, monday + timedelta(days=6)), closed={})
        days = [monday + timedelta(days=number) for number in range(7)]
        hours = [_spans(calendar.intervals(day), unit) for day in days]
        lines = _grouped(hours)
        cache.set(key, lines, LINES_KEPT.total_seconds())
    return lines


def _spans(intervals: list[tuple[datetime, datetime]], unit: Unit) -> str:
    return ", ".join(clock_range(opens, closes, unit.zone, lang=language()) for opens, closes in intervals)


def _grouped(hours: list[str]) -> list[str]:
    lines = []
    for spans, numbered in groupby(enumerate(hours), key=lambda pair: pair[1]):
        if spans:
            days = [number for number, _ in numbered]
            first, last = str(WEEKDAYS[days[0]]), str(WEEKDAYS[days[-1]])
            lines.append(f"{first} {spans}" if first == last else f"{first}–{last} {spans}")
    return lines
