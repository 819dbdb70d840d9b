"""Activities of several months or years, and whom they concern; what a month lacks to be given out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from halopst.partners.models import Activity, ActivityDuty, ActivityPart, Assignment, Registration
from halopst.partners.queries.months import Caps, days_of
from halopst.partners.queries.planning.duties import held_in, runs_in
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


def unfunded(unit: Unit, month: date) -> list[Activity]:
    """Open activities of this month whose part of its year has no budget line, or no duty at its prices."""
    rows = Activity.objects.filter(runs_in(month), unit=unit, is_open=True)
    line = ActivityPart.objects.filter(activity=OuterRef("pk"), year=month.year)
    duty = ActivityDuty.objects.filter(activity=OuterRef("pk"), unit_price__year=month.year)
    begun_before = Q(period__startswith__year__lt=month.year) & ~Exists(duty)
    return list(rows.filter(~Exists(line) | begun_before))


def unregistered(unit: Unit, month: date) -> int:
    """How many did an activity of this month the year before and are not registered for this year yet."""
    running = ActivityDuty.objects.filter(held_in(month), activity__period__startswith__year__lt=month.year)
    known = Registration.objects.filter(unit=unit, year=month.year).values("person")
    rows = Assignment.objects.filter(registration__unit=unit, duty__in=running, volume__gt=0)
    return rows.exclude(registration__person__in=known).values("registration__person").distinct().count()


def uncapped(duties: Sequence[ActivityDuty], month: date) -> list[ActivityDuty]:
    """Those of these duties nobody can be given that month, as no cap is on record for them; one query."""
    caps = Caps([duty.pk for duty in duties], [month])
    return [duty for duty in duties if caps.of(duty.pk, month) is None]
