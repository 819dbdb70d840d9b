"""Activities of several months or years, and whom they concern."""

from dataclasses import dataclass
from datetime import date

from halopst.partners.models import ActivityDuty, Assignment, Registration
from halopst.partners.queries.grid import held_in
from halopst.partners.queries.months import days_of
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Divided:
    """What an assignment pays in each month of its activity; nothing in some, where that was agreed."""

    assignment: Assignment
    parts: list[tuple[date, int]]


def divided(registration: Registration, month: date) -> list[Divided]:
    """What this mitra does whose activity runs through several months, this one among them."""
    rows = Assignment.objects.filter(registration=registration, volume__gt=0)
    rows = rows.filter(duty__in=ActivityDuty.objects.filter(held_in(month)))
    found = []
    for row in rows.select_related("duty__activity", "duty__unit_price").prefetch_related("shares"):
        paid = {share.month: share.amount for share in row.shares.all()}
        months = list(days_of(row.duty.activity, registration.year))
        if len(months) > 1:
            found.append(Divided(row, [(each, paid.get(each, 0)) for each in months]))
    return found


def unregistered(unit: Unit, month: date) -> int:
    """How many did an activity of this month the year before and are not registered for this year yet."""
    running = ActivityDuty.objects.filter(held_in(month), activity__period__startswith__year__lt=month.year)
    known = Registration.objects.filter(unit=unit, year=month.year).values("person")
    rows = Assignment.objects.filter(registration__unit=unit, duty__in=running, volume__gt=0)
    return rows.exclude(registration__person__in=known).values("registration__person").distinct().count()
