"""An activity over New Year: each year's part is paid from a line, and at prices, of its own year."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import Invalid, Refused
from halopst.partners import permissions
from halopst.partners.models import (
    Activity,
    ActivityDuty,
    ActivityPart,
    BudgetLine,
    Registration,
    Share,
    UnitPrice,
    in_force,
)
from halopst.partners.queries.months import being_paid
from halopst.partners.services.allocation.writing import the_database_agrees, withdraw
from halopst.partners.services.authority import must, must_be_as_seen
from halopst.partners.services.ledger import lock
from halopst.partners.services.planning.activities import ActivityInUse, add_duty, check_line


class YearOutside(Invalid):
    message = _("Kegiatan ini tidak berjalan pada tahun itu. Muat ulang halaman.")


class NothingToCarryOn(Refused):
    message = _("Semua penugasan kegiatan ini sudah ada pada tahun itu.")


class NoPriceThatYear(Refused):
    message = _(
        "Harga satuan %(year)d untuk %(work)s belum ada. Tambahkan dulu di Acuan, lalu teruskan penugasannya."
    )

    def __init__(self, price: UnitPrice, year: int) -> None:
        super().__init__(str(self.message) % {"work": price.name, "year": year})


@transaction.atomic
def set_budget_line(
    actor: Actor,
    activity: Activity,
    *,
    year: int,
    budget_line: BudgetLine,
    now: datetime,
    version: datetime | None = None,
) -> ActivityPart:
    """Choose what pays the part of `year`; with `version`, only where the activity is as when it was read.

    Months of it that an earlier release charged to another year's line go over to it, and their approvals
    are taken back, but what stands in a payment list stays.
    """
    must(actor, permissions.MANAGE, activity.unit_id)
    activity = Activity.objects.locked(activity.pk)
    must_be_as_seen(activity, version)
    if year not in activity.years:
        raise YearOutside
    check_line(activity.unit, budget_line, year)
    with refuse_on("what_assignments_rest_on_keeps_its_terms", ActivityInUse):
        part, _made = ActivityPart.objects.update_or_create(
            activity=activity, year=year, defaults={"budget_line": budget_line}
        )
    activity.save(update_fields=["updated_at"])
    moved = _charge_again(actor, activity, year, now=now)
    code = budget_line.code
    record(actor, "partners.activity-line-set", activity, year=year, budget_line=code, moved=moved)
    return part


@transaction.atomic
def carry_duties(actor: Actor, activity: Activity, *, year: int, today: date) -> list[ActivityDuty]:
    """Give the part of `year` the duties of the year before, each at the price in force in `year`."""
    must(actor, permissions.MANAGE, activity.unit_id)
    if year not in activity.years:
        raise YearOutside
    rows = activity.duties.select_related("position", "unit_price")
    known = {(row.position.code, row.unit_price.name) for row in rows if row.unit_price.year == year}
    added = []
    for row in rows.filter(unit_price__year=year - 1):
        if (row.position.code, row.unit_price.name) not in known:
            price = _price_of(activity, row.unit_price, year)
            added.append(add_duty(actor, activity, duty=row.position.code, unit_price=price, today=today))
    if not added:
        raise NothingToCarryOn
    return added


def _price_of(activity: Activity, before: UnitPrice, year: int) -> UnitPrice:
    """The row of the same work on the first day of that year's part, the nearest office's first."""
    rows = UnitPrice.objects.holding_in(activity.unit).filter(
        name=before.name, volume_unit=before.volume_unit
    )
    near = {activity.unit_id: 0, activity.unit.parent_id: 1}
    held = sorted(in_force(rows, activity.within(year)[0]), key=lambda row: near.get(row.unit_id, 2))
    if not held:
        raise NoPriceThatYear(before, year)
    return held[0]


def _charge_again(actor: Actor, activity: Activity, year: int, *, now: datetime) -> int:
    """Have the months of `year` that another year's line pays be paid by its own; how many."""
    rows = Share.objects.filter(assignment__duty__activity=activity, month__year=year)
    rows = rows.exclude(budget_line__year=year).select_related("assignment")
    months = sorted(set(rows.values_list("month", flat=True)))
    people = rows.values_list("person", flat=True)
    lines = {
        *rows.values_list("budget_line", flat=True),
        *activity.parts.values_list("budget_line", flat=True),
    }
    lock(sorted(set(people)), months, sorted(lines))
    paying = being_paid(Registration.objects.filter(assignments__shares__in=rows), months)
    moving = [row for row in rows if (row.assignment.registration_id, row.month) not in paying]
    touched = {(row.assignment.registration_id, row.month) for row in moving}
    changed = {(row.assignment.registration_id, activity.pk) for row in moving}
    with the_database_agrees():
        withdraw(actor, touched, changed=changed, now=now)
        Share.objects.filter(pk__in=[row.pk for row in moving]).delete()
        Share.objects.bulk_create(
            [
                Share(assignment=row.assignment, person_id=row.person_id, month=row.month, amount=row.amount)
                for row in moving
            ]
        )
    return len(moving)
