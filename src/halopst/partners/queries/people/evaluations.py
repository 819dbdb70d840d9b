"""How somebody's work went, from what they handed over: looked at when the next is given out."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Case, Count, F, FloatField, Q, QuerySet, When
from django.db.models.functions import Cast, Least

from halopst.core.actors import Actor
from halopst.partners.models import Delivery, Person
from halopst.units.models import Unit

RECENT = 12


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Of `count` pieces of work: None where nobody wrote it down.

    `volume` is the mean percentage of the plan that was reached, a plan surpassed counting as reached;
    `on_time` the percentage finished by its deadline; `quality` the mean mark from 1 to 5.
    """

    count: int
    volume: float
    on_time: float | None
    quality: float | None


def evaluations(unit: Unit, people: Collection[int] | QuerySet[Any, Any]) -> dict[int, Evaluation]:
    """The evaluations of those `people` who handed work over to this office; one query."""
    rows = _counting().filter(handover__approval__registration__unit=unit)
    who = "handover__approval__registration__person"
    found = rows.filter(**{f"{who}__in": people}).order_by().values(who).annotate(**FIGURES)
    return {row[who]: Evaluation(*(row[name] for name in FIGURES)) for row in found}


def evaluation_of(actor: Actor, person: Person) -> Evaluation | None:
    """One person's evaluation over every office whose register `actor` reads."""
    found = _of(actor, person).aggregate(**FIGURES)
    return Evaluation(**found) if found["count"] else None


def recent_work(actor: Actor, person: Person) -> list[Delivery]:
    """What they handed over last, newest first, with its office and activity."""
    rows = _of(actor, person).select_related(
        "handover__approval__registration__unit", "assignment__duty__activity", "assignment__duty__unit_price"
    )
    return list(rows.order_by("-deadline", "-pk")[:RECENT])


def _of(actor: Actor, person: Person) -> QuerySet[Delivery]:
    rows: QuerySet[Delivery] = Delivery.objects.visible_to(actor)
    return rows.filter(_STANDING, handover__approval__registration__person=person)


def _counting() -> QuerySet[Delivery]:
    rows: QuerySet[Delivery] = Delivery.objects.filter(_STANDING)
    return rows


# What was handed over of an approval since withdrawn is history, and counts for nobody.
_STANDING = Q(handover__approval__withdrawn_at__isnull=True)
_KEPT = Cast(Least("realised", "planned"), FloatField()) / Cast("planned", FloatField())
_ON_TIME = Case(When(finished_on__lte=F("deadline"), then=100.0), default=0.0, output_field=FloatField())
FIGURES = {
    "count": Count("pk"),
    "volume": Avg(100.0 * _KEPT),
    "on_time": Avg(_ON_TIME, filter=Q(finished_on__isnull=False)),
    "quality": Avg("quality"),
}
