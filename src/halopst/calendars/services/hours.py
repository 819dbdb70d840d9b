"""Who may set the hours of an office or of the platform, and what every change tells the rest.

An owner is a unit, or None for the platform's own hours, which the head office keeps.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from halopst.audit.rules import changes
from halopst.audit.services import record
from halopst.calendars import permissions
from halopst.calendars.events import CalendarChanged
from halopst.calendars.models import Interval, Schedule
from halopst.calendars.queries import week_of
from halopst.calendars.rules import Week, overlaps, week_text
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.core.events import publish
from halopst.units.models import Unit
from halopst.units.queries import head_office

ALWAYS, FOREVER = "0001-01-01", "9999-12-31"
LONGEST_SPECIAL = timedelta(days=366)


class NoOpenHours(Invalid):
    message = _("Isi jam layanan paling sedikit untuk satu hari.")


class HoursOverlap(Invalid):
    message = _("Jam pada hari yang sama tidak boleh bertumpuk, dan jam tutup harus setelah jam buka.")


class EndsBeforeItBegins(Invalid):
    message = _("Tanggal selesai tidak boleh mendahului tanggal mulai.")


class TooLong(Invalid):
    message = _("Jam khusus berlaku paling lama satu tahun. Untuk selebihnya, ubah jam biasa.")


class SpecialHoursOverlap(Refused):
    message = _("Sudah ada jam khusus pada tanggal itu. Ubah atau hapus yang lama lebih dulu.")


class PlatformHoursStay(Refused):
    message = _("Jam bawaan tidak dapat dihapus karena dipakai satker yang belum mengatur jamnya.")


@transaction.atomic
def set_weekly_hours(
    actor: Actor, unit: Unit | None, *, effective_from: date, weekly: Week, title: str, legal_basis: str
) -> Schedule:
    """The regular week from a day on; earlier days keep the hours they had."""
    _begin(actor, unit)
    _check(weekly)
    if not any(weekly.values()):
        raise NoOpenHours
    regular = Schedule.objects.filter(unit=unit, kind=Schedule.Kind.REGULAR)
    before = regular.filter(period__contains=effective_from).first()
    old = _content(before) if before else {}
    ends = _make_room(regular, before, effective_from)
    schedule = Schedule.objects.create(
        unit=unit,
        kind=Schedule.Kind.REGULAR,
        title=title,
        legal_basis=legal_basis,
        period=DateRange(effective_from, ends),
    )
    _write_week(schedule, weekly)
    _record(actor, "calendars.hours-set", schedule, old, _content(schedule))
    _tell(unit, effective_from, ends and ends - timedelta(days=1))
    return schedule


@transaction.atomic
def inherit_hours(actor: Actor, unit: Unit | None, *, effective_from: date) -> None:
    """Give up an office's own regular week from a day on: its province's or the platform's holds again."""
    if unit is None:
        raise PlatformHoursStay
    _begin(actor, unit)
    regular = Schedule.objects.filter(unit=unit, kind=Schedule.Kind.REGULAR)
    for schedule in regular.filter(period__endswith=None) | regular.filter(
        period__endswith__gt=effective_from
    ):
        starts = schedule.first_day
        if starts and starts >= effective_from:
            _record(actor, "calendars.hours-removed", schedule, _content(schedule), {})
            schedule.delete()
            continue
        before, schedule.period = _content(schedule), DateRange(starts, effective_from)
        schedule.save(update_fields=["period", "updated_at"])
        _record(actor, "calendars.hours-ended", schedule, before, _content(schedule))
    _tell(unit, effective_from, None)


@transaction.atomic
def add_special_hours(
    actor: Actor, unit: Unit | None, *, title: str, first: date, last: date, weekly: Week, legal_basis: str
) -> Schedule:
    """Another week from `first` to `last`, both included; an empty week closes the office."""
    _begin(actor, unit)
    _check(weekly)
    with refuse_on("special_hours_do_not_overlap", SpecialHoursOverlap):
        schedule = Schedule.objects.create(
            unit=unit,
            kind=Schedule.Kind.SPECIAL,
            title=title,
            legal_basis=legal_basis,
            period=_period(first, last),
        )
    _write_week(schedule, weekly)
    _record(actor, "calendars.special-hours-added", schedule, {}, _content(schedule))
    _tell(unit, first, last)
    return schedule


@transaction.atomic
def change_special_hours(
    actor: Actor, schedule: Schedule, *, title: str, first: date, last: date, weekly: Week, legal_basis: str
) -> Schedule:
    _begin(actor, schedule.unit)
    _check(weekly)
    schedule = Schedule.objects.locked(schedule.pk)
    old_period, before = schedule.period, _content(schedule)
    schedule.title, schedule.legal_basis, schedule.period = title, legal_basis, _period(first, last)
    with refuse_on("special_hours_do_not_overlap", SpecialHoursOverlap):
        schedule.save()
    _write_week(schedule, weekly)
    _record(actor, "calendars.special-hours-changed", schedule, before, _content(schedule))
    _tell(schedule.unit, min(first, old_period.lower), max(last, old_period.upper - timedelta(days=1)))
    return schedule


@transaction.atomic
def remove_special_hours(actor: Actor, schedule: Schedule) -> None:
    _begin(actor, schedule.unit)
    schedule = Schedule.objects.locked(schedule.pk)
    _record(actor, "calendars.special-hours-removed", schedule, _content(schedule), {})
    first, last = schedule.first_day, schedule.last_day
    schedule.delete()
    _tell(schedule.unit, first, last)


def announce_zone(unit_id: int) -> None:
    """An office moved to another zone: every hour of it falls elsewhere."""
    publish(CalendarChanged(unit_id=unit_id, first=ALWAYS, last=FOREVER))


def _begin(actor: Actor, unit: Unit | None) -> None:
    """Authorise, and let one writer at a time change the hours of an owner."""
    keeper = unit or head_office()
    if not actor.may(permissions.MANAGE, keeper.pk):
        raise NotPermitted
    Unit.objects.locked(keeper.pk)


def _check(weekly: Week) -> None:
    if any(overlaps(hours) for hours in weekly.values()):
        raise HoursOverlap


def _period(first: date, last: date) -> DateRange:
    if last < first:
        raise EndsBeforeItBegins
    if last - first > LONGEST_SPECIAL:
        raise TooLong
    return DateRange(first, last + timedelta(days=1))


def _make_room(regular: QuerySet[Schedule], before: Schedule | None, starts: date) -> date | None:
    """End or replace the version in force on `starts`; returns where the new one must end."""
    if before is None:
        later = regular.filter(period__startswith__gt=starts).order_by("period").first()
        return later.first_day if later else None
    ends: date | None = before.period.upper
    if before.first_day == starts:
        before.delete()
    else:
        before.period = DateRange(before.first_day, starts)
        before.save(update_fields=["period", "updated_at"])
    return ends


def _write_week(schedule: Schedule, weekly: Week) -> None:
    schedule.intervals.all().delete()
    Interval.objects.bulk_create(
        Interval(schedule=schedule, weekday=weekday, opens=opens, closes=closes)
        for weekday, hours in weekly.items()
        for opens, closes in hours
    )


def _record(
    actor: Actor, action: str, schedule: Schedule, before: dict[str, str], after: dict[str, str]
) -> None:
    record(actor, action, schedule, title=schedule.title, changes=changes(before, after))


def _content(schedule: Schedule) -> dict[str, str]:
    """A schedule for the record: its days and its hours."""
    return {"period": str(schedule.period), **week_text(week_of(schedule))}


def _tell(unit: Unit | None, first: date | None, last: date | None) -> None:
    publish(
        CalendarChanged(
            unit_id=unit.pk if unit else None,
            first=first.isoformat() if first else ALWAYS,
            last=last.isoformat() if last else FOREVER,
        )
    )
