"""Hours and holidays for programs: reading is public; changing needs the admin's permission."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema, Status

from halopst.calendars import services
from halopst.calendars.forms import INTERVALS_A_DAY
from halopst.calendars.models import Holiday, HolidayDecree, Schedule
from halopst.calendars.queries import NATIONAL, calendar_of, holidays_for, open_now, owner_named, why_closed
from halopst.calendars.rules import Week
from halopst.core.errors import Invalid
from halopst.core.forms import EARLIEST, LATEST, plain
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.units.models import Unit

router = Router(tags=["calendars"])

LONGEST = timedelta(days=100)
Day = date  # a schema with a field named date needs the type under another name


class PeriodTooLong(Invalid):
    message = _("Minta paling banyak 100 hari, dengan tanggal akhir setelah tanggal awal.")


class TooManyIntervals(Invalid):
    message = _("Paling banyak tiga rentang jam dalam sehari.")


class OpenOut(Schema):
    model_config = example(open=True, until="2026-11-20T08:30:00Z", next_opening=None, reason=None)

    open: bool
    until: datetime | None
    next_opening: datetime | None
    reason: str | None


class IntervalOut(Schema):
    opens: datetime
    closes: datetime


class DayOut(Schema):
    model_config = example(
        date="2026-11-20",
        open=[{"opens": "2026-11-20T01:00:00Z", "closes": "2026-11-20T08:30:00Z"}],
        reason=None,
    )

    date: Day
    open: list[IntervalOut]
    reason: str | None


class CalendarPeriod(Schema):
    first: date = Field(ge=EARLIEST, le=LATEST)
    last: date = Field(ge=EARLIEST, le=LATEST)


class HolidayOut(Schema):
    model_config = example(
        id=7, date="2026-12-25", name="Hari Raya Natal", kind="libur_nasional", decree="SKB 3 Menteri 2026"
    )

    id: int
    date: Day
    name: str
    kind: str
    decree: str

    @staticmethod
    def resolve_decree(holiday: Holiday) -> str:
        return holiday.decree.number


MONDAY: Final = {"weekday": 0, "opens": "08:00:00", "closes": "15:30:00"}
"""What the description shows."""


class IntervalIn(Schema):
    """Local time of the office; `weekday` counts from 0, Monday."""

    model_config = example(**MONDAY)

    weekday: int = Field(ge=0, le=6)
    opens: time
    closes: time


class WeekIn(Schema):
    title: str = Field(min_length=1, max_length=120)
    legal_basis: str = Field("", max_length=300)
    hours: list[IntervalIn] = Field(max_length=21)


class HoursIn(WeekIn):
    model_config = example(
        title="Jam layanan",
        legal_basis="SK Kepala BPS Kota 5/2026",
        hours=[MONDAY],
        effective_from="2027-01-04",
    )

    effective_from: date = Field(ge=EARLIEST, le=LATEST)


class SpecialIn(WeekIn):
    model_config = example(
        title="Jam Ramadan", legal_basis="SE 3/2027", hours=[MONDAY], first="2027-02-08", last="2027-03-09"
    )

    first: date = Field(ge=EARLIEST, le=LATEST)
    last: date = Field(ge=EARLIEST, le=LATEST)


class Made(Schema):
    model_config = example(id=7)

    id: int


class JointLeaveIn(Schema):
    model_config = example(is_closed=True)

    is_closed: bool


class DecreeIn(Schema):
    model_config = example(
        title="Libur nasional dan cuti bersama 2027",
        number="SKB 1/2026",
        decided_on="2026-10-01",
        legal_basis="",
    )

    title: str = Field(min_length=1, max_length=200)
    number: str = Field(min_length=1, max_length=150)
    decided_on: date = Field(ge=EARLIEST, le=LATEST)
    legal_basis: str = Field("", max_length=300)


class HolidayIn(Schema):
    model_config = example(date="2027-08-17", name="Hari Kemerdekaan", kind="libur_nasional")

    date: Day = Field(ge=EARLIEST, le=LATEST)
    name: str = Field(min_length=1, max_length=150)
    kind: Literal["libur_nasional", "cuti_bersama", "libur_lokal"]


@router.get("/{slug}/now", response=OpenOut, auth=None)
def calendar_now(request: Request, slug: str) -> Any:
    """Tell whether the office serves at this moment, until when, and when it opens next."""
    return open_now(_unit(request, slug), timezone.now())


@router.get("/{slug}/days", response=list[DayOut], auth=None)
def calendar_days(request: Request, slug: str, given: Query[CalendarPeriod]) -> list[dict[str, Any]]:
    """List the opening hours of each day, holidays and special hours counted in; at most 100 days."""
    unit = _unit(request, slug)
    length = given.last - given.first
    if not timedelta(0) <= length < LONGEST:
        raise PeriodTooLong
    calendar = calendar_of(unit, given.first, given.last)
    days = [given.first + timedelta(days=number) for number in range(length.days + 1)]
    return [
        {
            "date": day,
            "open": [{"opens": opens, "closes": closes} for opens, closes in calendar.intervals(day)],
            "reason": None if calendar.is_working_day(day) else why_closed(calendar, day),
        }
        for day in days
    ]


@router.get("/{slug}/holidays", response=list[HolidayOut], auth=None)
def calendar_holidays(request: Request, slug: str, year: int) -> Any:
    """List the days of a year on which decrees close the office; `nasional` for the national ones."""
    unit = None if slug == NATIONAL else _unit(request, slug)
    return holidays_for(unit, min(max(year, EARLIEST.year), LATEST.year))


@router.put("/{owner}/hours", response=Made)
@idempotent
def calendar_set_hours(request: Request, owner: str, given: HoursIn) -> Schedule:
    """Set the regular week that holds from a day on."""
    return services.set_weekly_hours(
        request.actor,
        owner_named(request.actor, owner),
        effective_from=given.effective_from,
        weekly=_week(given),
        title=given.title,
        legal_basis=given.legal_basis,
    )


@router.post("/{owner}/special-hours", response={201: Made})
@idempotent
def calendar_add_special(request: Request, owner: str, given: SpecialIn) -> Status[Schedule]:
    """Add special hours: another week between two days; without hours the office is closed."""
    schedule = services.add_special_hours(
        request.actor,
        owner_named(request.actor, owner),
        title=given.title,
        first=given.first,
        last=given.last,
        weekly=_week(given),
        legal_basis=given.legal_basis,
    )
    return Status(201, schedule)


@router.delete("/special-hours/{pk}", response={204: None})
@idempotent
def calendar_remove_special(request: Request, pk: int) -> Status[None]:
    """Take special hours back; the regular week holds again."""
    visible = Schedule.objects.visible_to(request.actor).filter(kind=Schedule.Kind.SPECIAL)
    services.remove_special_hours(request.actor, get_object_or_404(visible, pk=pk))
    return Status(204, None)


@router.put("/{owner}/joint-leave", response={204: None})
@idempotent
def calendar_joint_leave(request: Request, owner: str, given: JointLeaveIn) -> Status[None]:
    """Say whether the office closes on days of joint leave."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), slug=plain(owner))
    services.set_joint_leave(request.actor, unit, is_closed=given.is_closed)
    return Status(204, None)


@router.post("/{owner}/decrees", response={201: Made})
@idempotent
def calendar_add_decree(request: Request, owner: str, given: DecreeIn) -> Status[HolidayDecree]:
    """Write down a decree; its days are added one by one."""
    return Status(201, services.add_decree(request.actor, owner_named(request.actor, owner), **given.dict()))


@router.delete("/decrees/{pk}", response={204: None})
@idempotent
def calendar_remove_decree(request: Request, pk: int) -> Status[None]:
    """Take a decree back with all its days."""
    services.remove_decree(request.actor, _decree(request, pk))
    return Status(204, None)


@router.post("/decrees/{pk}/holidays", response={201: Made})
@idempotent
def calendar_add_holiday(request: Request, pk: int, given: HolidayIn) -> Status[Holiday]:
    """Add a day on which the decree closes the office."""
    holiday = services.add_holiday(
        request.actor, _decree(request, pk), day=given.date, name=given.name, kind=given.kind
    )
    return Status(201, holiday)


@router.delete("/holidays/{pk}", response={204: None})
@idempotent
def calendar_remove_holiday(request: Request, pk: int) -> Status[None]:
    """Take one day of a decree back."""
    visible = Holiday.objects.visible_to(request.actor).select_related("decree")
    services.remove_holiday(request.actor, get_object_or_404(visible, pk=pk))
    return Status(204, None)


def _unit(request: Request, slug: str) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.actor), slug=plain(slug))


def _decree(request: Request, pk: int) -> HolidayDecree:
    return get_object_or_404(HolidayDecree.objects.visible_to(request.actor), pk=pk)


def _week(given: WeekIn) -> Week:
    week: dict[int, tuple[tuple[time, time], ...]] = {}
    for row in given.hours:
        week[row.weekday] = (*week.get(row.weekday, ()), (_minute(row.opens), _minute(row.closes)))
    _check_count(week)
    return week


def _check_count(week: Mapping[int, tuple[tuple[time, time], ...]]) -> None:
    if any(len(hours) > INTERVALS_A_DAY for hours in week.values()):
        raise TooManyIntervals


def _minute(moment: time) -> time:
    return moment.replace(second=0, microsecond=0, tzinfo=None)
