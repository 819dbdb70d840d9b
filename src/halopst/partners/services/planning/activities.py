"""What an office carries out in a year, and the duties people can be given in it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import Invalid, Refused
from halopst.core.validity import period_of
from halopst.partners import permissions
from halopst.partners.models import Activity, ActivityDuty, ActivityPart, BudgetLine, Team, UnitPrice
from halopst.partners.queries.reference.positions import day_of_duty
from halopst.partners.services.authority import must, must_be_as_seen
from halopst.partners.services.reference.positions import position_for
from halopst.units.models import Unit


class DutyExists(Refused):
    message = _("Penugasan dengan harga itu sudah ada di kegiatan ini.")


class DutyInUse(Refused):
    message = _("Penugasan ini sudah dialokasikan kepada mitra. Batalkan alokasinya dulu.")


class ActivityInUse(Refused):
    message = _("Kegiatan ini sudah dialokasikan. Jenis, masa, dan MAK tidak dapat diubah lagi.")


class LineOfAnotherYear(Invalid):
    message = _(
        "MAK %(code)s milik tahun anggaran %(year)d, padahal bagian kegiatan ini tahun %(wanted)d. "
        "Pilih MAK tahun %(wanted)d."
    )

    def __init__(self, line: BudgetLine, wanted: int) -> None:
        said = {"code": line.code, "year": line.year, "wanted": wanted}
        super().__init__(str(self.message) % said)


class PriceOfAnotherYear(Invalid):
    message = _("Kegiatan ini tidak berjalan pada tahun harga itu. Pilih harga satuan tahun kegiatannya.")


class PositionsDoNotFit(Refused):
    message = _(
        "Ada penugasan yang jabatannya tidak untuk jenis atau masa itu. Hapus dulu penugasannya, lalu ubah."
    )


@transaction.atomic
def add_activity(
    actor: Actor, *, unit: Unit, first_day: date, last_day: date, budget_line: BudgetLine, **values: Any
) -> Activity:
    """Add an activity from `first_day` to `last_day`, both included; it needs a duty to be assigned.

    `budget_line` pays the part of its first year; another year's is chosen with `set_budget_line`.
    """
    must(actor, permissions.MANAGE, unit.pk)
    activity = Activity(unit=unit, period=period_of(first_day, last_day), **values)
    _must_be_ours(activity)
    check_line(unit, budget_line, first_day.year)
    activity.save()
    ActivityPart.objects.create(activity=activity, year=first_day.year, budget_line=budget_line)
    record(actor, "partners.activity-added", activity, activity_name=activity.name)
    return activity


@transaction.atomic
def edit_activity(
    actor: Actor,
    activity: Activity,
    *,
    first_day: date,
    last_day: date,
    budget_line: BudgetLine | None = None,
    version: datetime | None = None,
    **values: Any,
) -> Activity:
    """Names, team and openness change freely; what money rests on only before anyone is assigned.

    With `version`, only where the activity is as when it was read.
    """
    must(actor, permissions.MANAGE, activity.unit_id)
    activity = Activity.objects.locked(activity.pk)
    must_be_as_seen(activity, version)
    before = (activity.kind, activity.period, _paid_from(activity))
    for name, value in {**values, "period": period_of(first_day, last_day)}.items():
        setattr(activity, name, value)
    _must_be_ours(activity)
    if budget_line is not None:
        check_line(activity.unit, budget_line, first_day.year)
    line = budget_line.pk if budget_line else before[2]
    if before != (activity.kind, activity.period, line) and is_assigned(activity):
        raise ActivityInUse
    with refuse_on("a_position_is_for_the_work", PositionsDoNotFit):
        activity.save()
    _keep_parts(activity, line)
    record(actor, "partners.activity-edited", activity, is_open=activity.is_open)
    return activity


@transaction.atomic
def add_duty(
    actor: Actor, activity: Activity, *, duty: str, unit_price: UnitPrice, today: date
) -> ActivityDuty:
    """Add a duty: a position (by its code) people can be given in the part of this price's year."""
    must(actor, permissions.MANAGE, activity.unit_id)
    if unit_price.year not in activity.years:
        raise PriceOfAnotherYear
    day = day_of_duty(activity, today, unit_price.year)
    position = position_for(activity.unit, duty, day=day, kind=activity.kind)
    with refuse_on("one_duty_per_activity_and_price", DutyExists):
        added = ActivityDuty.objects.create(activity=activity, position=position, unit_price=unit_price)
    record(actor, "partners.duty-added", added, unit_id=activity.unit_id, duty=duty, price_id=unit_price.pk)
    return added


@transaction.atomic
def remove_duty(actor: Actor, duty: ActivityDuty) -> None:
    """Remove a duty; refused once somebody is assigned to it."""
    must(actor, permissions.MANAGE, duty.activity.unit_id)
    record(actor, "partners.duty-removed", duty, unit_id=duty.activity.unit_id, duty=duty.position.code)
    try:
        with transaction.atomic():
            duty.delete()
    except ProtectedError as error:
        raise DutyInUse from error


def is_assigned(activity: Activity) -> bool:
    """Whether anything rests on one of its duties."""
    duties = ActivityDuty.objects.filter(activity=activity)
    return any(
        model._default_manager.filter(**{f"{relation.field.name}__in": duties}).exists()
        for relation in ActivityDuty._meta.related_objects
        if not isinstance(model := relation.related_model, str)
    )


def check_line(unit: Unit, line: BudgetLine, year: int) -> None:
    """Refuse a line of another year; a form offers only the office's own, any other is somebody else's."""
    if line.unit_id != unit.pk:
        raise BudgetLine.DoesNotExist
    if line.year != year:
        raise LineOfAnotherYear(line, year)


def _must_be_ours(activity: Activity) -> None:
    team = activity.team_id
    if team is not None and not Team.objects.filter(unit=activity.unit_id, pk=team).exists():
        raise Team.DoesNotExist


def _paid_from(activity: Activity) -> int | None:
    """Set the budget line of the activity's first year."""
    line = activity.line_of(activity.first_day.year)
    return line.pk if line else None


def _keep_parts(activity: Activity, line: int | None) -> None:
    """Keep only the parts of years the activity still touches, the first one paid from `line`."""
    activity.parts.exclude(year__in=activity.years).delete()
    if line is not None and line != _paid_from(activity):
        first = activity.first_day.year
        activity.parts.update_or_create(year=first, defaults={"budget_line_id": line})
