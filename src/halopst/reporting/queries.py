"""The figures of an office and of those below it, read from daily summaries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from halopst.core.actors import Actor
from halopst.reporting import permissions
from halopst.reporting.models import DailySummary
from halopst.reporting.rules import Totals, by_week, percent, total
from halopst.satisfaction.queries import current_instrument
from halopst.satisfaction.rules import Score, score
from halopst.units.models import Unit

PERIODS = (12, 26, 52)
"""The spans a reader may choose from, in weeks."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What some days add up to. `minimum` ratings are needed before a `rating` may be shown."""

    totals: Totals
    rating: Score | None
    minimum: int

    @property
    def reply_percent(self) -> float | None:
        return percent(self.totals.replied_on_time, self.totals.replied)

    @property
    def finish_percent(self) -> float | None:
        return percent(self.totals.finished_on_time, self.totals.finished)


@dataclass(frozen=True, slots=True)
class Line:
    """One office's row of the dashboard."""

    unit: Unit
    figures: Figures


@dataclass(frozen=True, slots=True)
class Dashboard:
    unit: Unit
    first: date
    last: date
    figures: Figures
    weeks: Mapping[date, Figures]
    lines: list[Line]


def reportable_units(actor: Actor) -> QuerySet[Unit]:
    """The offices whose figures `actor` may read."""
    units = Unit.objects.visible_to(actor)
    return units if actor.is_system else units.filter(pk__in=actor.units(permissions.VIEW))


def dashboard(actor: Actor, unit: Unit, *, weeks: int, today: date) -> Dashboard:
    """Figures of `unit` and every office below it that `actor` may read, for the last `weeks` weeks."""
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    offices = [office for office in Unit.objects.below(unit) if actor.may(permissions.VIEW, office.pk)]
    rows = DailySummary.objects.visible_to(actor).filter(unit__in=offices, day__range=(first, today))
    of_office: defaultdict[int, list[DailySummary]] = defaultdict(list)
    days = list(rows)
    for day in days:
        of_office[day.unit_id].append(day)
    minimum = current_instrument().minimum_published
    return Dashboard(
        unit=unit,
        first=first,
        last=today,
        figures=_figures(total(days), minimum),
        weeks={
            monday: _figures(week, minimum) for monday, week in by_week(days, first=first, last=today).items()
        },
        lines=_busiest_first(
            [Line(office, _figures(total(of_office[office.pk]), minimum)) for office in offices]
        ),
    )


def _busiest_first(lines: list[Line]) -> list[Line]:
    """Offices with nothing to show come last, in the order of their codes."""
    return sorted(lines, key=lambda line: -line.figures.totals.requests)


def figures(unit: Unit, *, today: date) -> Figures:
    """The past year of one office, as its public home page shows it: aggregates only."""
    rows = DailySummary.objects.filter(unit=unit, day__gt=today - timedelta(days=365), day__lte=today)
    return _figures(total(rows), current_instrument().minimum_published)


def helped_per_day(unit: Unit, *, days: Iterable[date]) -> list[int]:
    """People helped on each of `days`: what the office's Kain Layanan is woven from. Aggregates only."""
    wanted = list(days)
    finished = dict(DailySummary.objects.filter(unit=unit, day__in=wanted).values_list("day", "finished"))
    return [finished.get(day, 0) for day in wanted]


def _figures(totals: Totals, minimum: int) -> Figures:
    return Figures(totals=totals, rating=score(totals.rating_counts, minimum=minimum), minimum=minimum)
