"""What is done in a month, at which year's price."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from halopst.partners.models import ActivityDuty, Assignment
from halopst.partners.rules.money import next_month
from halopst.units.models import Unit


def duties_of(unit: Unit, month: date) -> QuerySet[ActivityDuty]:
    """What is done in that month at its year's price, as long as it is open or somebody does it already."""
    taken = Assignment.objects.filter(duty=OuterRef("pk"), volume__gt=0)
    return (
        ActivityDuty.objects.filter(held_in(month), activity__unit=unit)
        .filter(Q(activity__is_open=True) | Exists(taken))
        .filter(priced_for(month.year))
        .select_related("activity__unit", "position", "unit_price")
        .prefetch_related("activity__parts__budget_line")
        .order_by("activity__period", "activity__short_name", "activity", "position__code", "pk")
    )


def priced_for(year: int) -> Q:
    """Duties at a price of that year.

    Some were given the part of a new year at the old one's price before prices went by year: they stay.
    """
    taken = Assignment.objects.filter(duty=OuterRef("pk"), volume__gt=0, registration__year=year)
    return Q(unit_price__year=year) | Q(Exists(taken))


def held_in(month: date) -> Q:
    """Duties of activities that run in `month`."""
    return runs_in(month, of="activity__")


def runs_in(month: date, *, of: str = "") -> Q:
    """A condition: the activity runs in `month`; `of` is the lookup from the rows asked to the activity."""
    return Q(**{f"{of}period__startswith__lt": next_month(month), f"{of}period__endswith__gt": month})
