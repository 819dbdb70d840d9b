"""Holiday decrees and their days, and whether an office closes on cuti bersama: every change is recorded."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.rules import changes
from halopst.audit.services import record
from halopst.calendars import permissions
from halopst.calendars.events import CalendarChanged
from halopst.calendars.models import Holiday, HolidayDecree, JointLeave
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.core.events import publish
from halopst.units.models import Unit
from halopst.units.queries import head_office

ALWAYS, FOREVER = date.min, date.max
DECREE = ("title", "number", "decided_on", "legal_basis")
DAY = ("date", "name", "kind")


class DecreeNumberTaken(Refused):
    message = _("Keputusan dengan nomor ini sudah ada. Buka keputusan itu untuk mengubahnya.")


class DateTaken(Refused):
    message = _("Tanggal itu sudah ada dalam keputusan ini.")


class WrongKindOfHoliday(Invalid):
    message = _(
        "Libur lokal hanya untuk keputusan daerah; libur nasional dan cuti bersama hanya untuk pusat."
    )


@transaction.atomic
def add_decree(
    actor: Actor, unit: Unit | None, *, title: str, number: str, decided_on: date, legal_basis: str
) -> HolidayDecree:
    """A decision for `unit` and those below it, or without a unit for the whole country; days come after."""
    _must_manage(actor, unit.pk if unit else None)
    with refuse_on("one_decree_per_number", DecreeNumberTaken):
        decree = HolidayDecree.objects.create(
            unit=unit, title=title, number=number, decided_on=decided_on, legal_basis=legal_basis
        )
    record(actor, "calendars.decree-added", decree, number=number, title=title)
    return decree


@transaction.atomic
def change_decree(
    actor: Actor, decree: HolidayDecree, *, title: str, number: str, decided_on: date, legal_basis: str
) -> HolidayDecree:
    decree = _locked(actor, decree)
    before = {name: getattr(decree, name) for name in DECREE}
    decree.title, decree.number = title, number
    decree.decided_on, decree.legal_basis = decided_on, legal_basis
    with refuse_on("one_decree_per_number", DecreeNumberTaken):
        decree.save()
    after = {name: getattr(decree, name) for name in DECREE}
    record(actor, "calendars.decree-changed", decree, changes=changes(before, after))
    return decree


@transaction.atomic
def remove_decree(actor: Actor, decree: HolidayDecree) -> None:
    """Take back a decision with all its days. A removed national decree is not loaded again."""
    decree = _locked(actor, decree)
    days = list(decree.holidays.values_list("date", "name"))
    record(
        actor,
        "calendars.decree-removed",
        decree,
        number=decree.number,
        title=decree.title,
        days=[f"{day} {name}" for day, name in days],
    )
    decree.delete()
    if days:
        _tell(decree.unit_id, days[0][0], days[-1][0])


@transaction.atomic
def add_holiday(actor: Actor, decree: HolidayDecree, *, day: date, name: str, kind: str) -> Holiday:
    decree = _locked(actor, decree)
    _check_kind(decree, kind)
    with refuse_on("one_holiday_per_date_and_decree", DateTaken):
        holiday = Holiday.objects.create(decree=decree, date=day, name=name, kind=kind)
    record(
        actor,
        "calendars.holiday-added",
        holiday,
        unit_id=decree.unit_id,
        changes=changes({}, _values(holiday)),
    )
    _tell(decree.unit_id, day, day)
    return holiday


@transaction.atomic
def change_holiday(actor: Actor, holiday: Holiday, *, day: date, name: str, kind: str) -> Holiday:
    decree = _locked(actor, holiday.decree)
    _check_kind(decree, kind)
    holiday = Holiday.objects.locked(holiday.pk)
    before, old_day = _values(holiday), holiday.date
    holiday.date, holiday.name, holiday.kind = day, name, kind
    with refuse_on("one_holiday_per_date_and_decree", DateTaken):
        holiday.save()
    record(
        actor,
        "calendars.holiday-changed",
        holiday,
        unit_id=decree.unit_id,
        changes=changes(before, _values(holiday)),
    )
    _tell(decree.unit_id, min(day, old_day), max(day, old_day))
    return holiday


@transaction.atomic
def remove_holiday(actor: Actor, holiday: Holiday) -> None:
    decree = _locked(actor, holiday.decree)
    holiday = Holiday.objects.locked(holiday.pk)
    record(
        actor,
        "calendars.holiday-removed",
        holiday,
        unit_id=decree.unit_id,
        changes=changes(_values(holiday), {}),
    )
    holiday.delete()
    _tell(decree.unit_id, holiday.date, holiday.date)


@transaction.atomic
def set_joint_leave(actor: Actor, unit: Unit, *, is_closed: bool) -> JointLeave:
    """Whether `unit` (and those below it without a choice of their own) closes on cuti bersama."""
    _must_manage(actor, unit.pk)
    Unit.objects.locked(unit.pk)
    before = JointLeave.objects.filter(unit=unit).values_list("is_closed", flat=True).first()
    choice, _created = JointLeave.objects.update_or_create(unit=unit, defaults={"is_closed": is_closed})
    difference = changes({"is_closed": before}, {"is_closed": is_closed})
    record(actor, "calendars.joint-leave-set", choice, changes=difference)
    if difference:
        _tell(unit.pk, ALWAYS, FOREVER)
    return choice


def _must_manage(actor: Actor, unit_id: int | None) -> None:
    if not actor.may(permissions.MANAGE, unit_id if unit_id is not None else head_office().pk):
        raise NotPermitted


def _locked(actor: Actor, decree: HolidayDecree) -> HolidayDecree:
    _must_manage(actor, decree.unit_id)
    return HolidayDecree.objects.locked(decree.pk)


def _check_kind(decree: HolidayDecree, kind: str) -> None:
    if (decree.unit_id is None) == (kind == Holiday.Kind.LOCAL):
        raise WrongKindOfHoliday


def _values(holiday: Holiday) -> dict[str, object]:
    return {name: getattr(holiday, name) for name in DAY}


def _tell(unit_id: int | None, first: date, last: date) -> None:
    publish(CalendarChanged(unit_id=unit_id, first=first.isoformat(), last=last.isoformat()))
