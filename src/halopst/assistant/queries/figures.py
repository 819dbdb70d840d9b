"""The indicators an office can answer about, and the cells that answers are made of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from halopst.assistant.rules.question.indicators import Catalogue, Named
from halopst.core.once import once
from halopst.core.spelling import words
from halopst.knowledge.models import Breakdown, Cell, Indicator, ReleaseDate
from halopst.knowledge.queries.regions import region_ids
from halopst.knowledge.rules.figures.other_names import other_names
from halopst.knowledge.rules.figures.periods import PARTS, Period
from halopst.knowledge.rules.figures.regions import NATION_CODE
from halopst.units.models import Unit

MOST_KEPT = 32
STATIC = Indicator.Origin.STATIC
WELL_COVERED = 0.8
"""To be ranked, a period needs this share of the regions that the fullest period has."""
_catalogues: dict[Any, tuple[Any, Catalogue]] = {}
_breakdowns: dict[Any, dict[int, frozenset[str]]] = {}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A cell, with what has to be said beside its figure."""

    id: int
    indicator_id: int
    region_code: str
    region: str
    breakdown: str
    period: Period
    value: Decimal
    status: str
    retrieved_at: datetime
    source_id: int
    source: str
    link: str


def offices(unit: Unit | None, codes: Collection[str]) -> dict[int, int]:
    """The offices whose indicators can answer: its own, those above it, those of the regions asked about."""
    wanted = [unit.code if unit else NATION_CODE]
    wanted += [unit.parent.code] if unit and unit.parent else []
    wanted += [NATION_CODE, *sorted(codes), *sorted(f"{code[:2]}00" for code in codes)]
    named = frozenset(wanted)
    ids = once(("offices", named), lambda: _unit_ids(named))
    ranked = [ids[code] for code in dict.fromkeys(wanted) if code in ids]
    return {pk: rank for rank, pk in enumerate(ranked)}


def _unit_ids(codes: Collection[str]) -> dict[str, int]:
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))


def catalogue(ranks: Mapping[int, int]) -> Catalogue:
    """The names of these offices' indicators, static tables last; cached until one changes."""
    key = tuple(sorted(ranks.items()))
    return once(("catalogue", key), lambda: _catalogue(key))


def _catalogue(key: tuple[tuple[int, int], ...]) -> Catalogue:
    ranks = dict(key)
    rows = Indicator.objects.filter(unit__in=ranks)
    stamp = tuple(rows.aggregate(Count("pk"), Max("updated_at")).values())
    if key not in _catalogues or _catalogues[key][0] != stamp:
        named = [
            Named(pk, name, other_names(aliases), ranks[unit_id] + (len(ranks) if origin == STATIC else 0))
            for pk, name, aliases, unit_id, origin in rows.values_list(
                "pk", "name", "aliases", "unit_id", "origin"
            )
        ]
        while len(_catalogues) >= MOST_KEPT:
            _catalogues.pop(next(iter(_catalogues)), None)
        _catalogues[key] = (stamp, Catalogue(named))
    return _catalogues[key][1]


def breakdown_words() -> dict[int, frozenset[str]]:
    """The words of every breakdown by its id, cached until one is added."""
    return once("breakdowns", _breakdown_words)


def _breakdown_words() -> dict[int, frozenset[str]]:
    stamp = tuple(Breakdown.objects.aggregate(Count("pk"), Max("pk")).values())
    if stamp not in _breakdowns:
        read = {pk: frozenset(words(label)) for pk, label in Breakdown.objects.values_list("pk", "label")}
        _breakdowns.clear()
        _breakdowns[stamp] = read
    return _breakdowns[stamp]


def any_indicator() -> bool:
    return Indicator.objects.exists()


def provinces_with_figures() -> list[Unit]:
    return list(Unit.objects.filter(kind=Unit.Kind.PROVINCE, pk__in=Indicator.objects.values("unit")))


def indicators(ids: Collection[int]) -> dict[int, Indicator]:
    rows: QuerySet[Indicator] = Indicator.objects.filter(pk__in=ids).select_related("unit")
    return {one.pk: one for one in rows}


def measured_in(indicator_ids: Collection[int], kind: str) -> set[int]:
    """Those of the indicators that have figures for this kind of period."""
    cells = Cell.objects.filter(indicator__in=indicator_ids).annotate(part=F("period") % 100)
    return set(cells.filter(part__in=PARTS[kind]).values_list("indicator_id", flat=True).distinct())


def of_static_tables(indicator_ids: Collection[int]) -> set[int]:
    rows = Indicator.objects.filter(pk__in=indicator_ids, origin=STATIC)
    return set(rows.values_list("pk", flat=True))


def measured_at(
    indicator_ids: Collection[int], codes: Collection[str], periods: Iterable[Period]
) -> set[int]:
    """Those of the indicators with a figure of these regions in one of the periods, or in a part of one."""
    when = Q(pk__in=[])
    for one in periods:
        when |= Q(period=one.code) if one.part else Q(period__range=(one.code, one.code + 99))
    cells = Cell.objects.filter(when, indicator__in=indicator_ids, region__in=region_ids(codes))
    return set(cells.values_list("indicator_id", flat=True).distinct())


def breakdowns_there(indicator_id: int, codes: Collection[str]) -> dict[int, str]:
    """The breakdowns that have figures of these regions, by id."""
    ids = tuple(region_ids(codes))
    return once(("breakdowns", indicator_id, ids), lambda: _narrowed(indicator_id, ids))


def _narrowed(indicator_id: int, region_pks: Collection[int]) -> dict[int, str]:
    cells = Cell.objects.filter(indicator=indicator_id, region__in=region_pks)
    return dict(cells.values_list("breakdown_id", "breakdown__label").distinct())


def regions_there(indicator_ids: Collection[int], codes: Collection[str]) -> dict[int, set[str]]:
    """Of which of these regions each of the indicators has figures."""
    rows = Cell.objects.filter(indicator__in=indicator_ids, region__in=region_ids(codes))
    found: dict[int, set[str]] = {}
    for pk, code in rows.values_list("indicator", "region__code").distinct():
        found.setdefault(pk, set()).add(code)
    return found


def cells(indicator_id: int, codes: Collection[str], breakdown_id: int) -> list[FigureRow]:
    """All figures of these regions, by period."""
    rows = Cell.objects.filter(indicator=indicator_id, region__in=region_ids(codes), breakdown=breakdown_id)
    return _read(rows)


def cells_of(ids: Collection[int]) -> list[FigureRow]:
    return _read(Cell.objects.filter(pk__in=ids))


def cells_within(
    indicator_id: int, codes: Collection[str], breakdown_id: int, period: Period
) -> list[FigureRow]:
    """The figures of the regions in `codes` in one period, the highest first."""
    rows = Cell.objects.filter(
        indicator=indicator_id,
        period=period.code,
        region__in=region_ids(codes),
        breakdown=breakdown_id,
    )
    return sorted(_read(rows), key=lambda row: (-row.value, row.region_code))


def periods_within(indicator_id: int, codes: Collection[str], breakdown_id: int) -> list[Period]:
    """The periods in which enough of these regions have a figure to be ranked."""
    rows = Cell.objects.filter(indicator=indicator_id, region__in=region_ids(codes), breakdown=breakdown_id)
    counts = dict(rows.values_list("period").annotate(Count("pk")).order_by())
    most = max(counts.values(), default=0)
    return [Period.of_code(code) for code, count in counts.items() if count >= most * WELL_COVERED]


def periods_beside(cell_id: int, codes: Collection[str]) -> dict[str, set[Period]]:
    """The periods for which the table of this cell has figures of these regions, in its breakdown."""
    one = Cell.objects.filter(pk=cell_id).values_list("indicator", "breakdown").first()
    if one is None:
        return {}
    rows = Cell.objects.filter(indicator=one[0], breakdown=one[1], region__in=region_ids(codes))
    found: dict[str, set[Period]] = {}
    for code, period in rows.values_list("region__code", "period"):
        found.setdefault(code, set()).add(Period.of_code(period))
    return found


def due(indicator_ids: Sequence[int], period: Period | None, today: date) -> ReleaseDate | None:
    """When the figure of `period` is to be released; without a period, the next release."""
    rows = ReleaseDate.objects.filter(indicator__in=indicator_ids, due_on__gte=today)
    if period is not None:
        inside = {"period__range": (period.year * 100, period.year * 100 + 99)} if not period.part else {}
        rows = rows.filter(**inside) if inside else rows.filter(period=period.code)
    return rows.select_related("indicator__unit").order_by("due_on", "pk").first()


def next_due(unit_ids: Collection[int], today: date) -> list[ReleaseDate]:
    """The coming releases of these offices, the soonest first."""
    rows = ReleaseDate.objects.filter(indicator__unit__in=unit_ids, due_on__gte=today)
    return list(rows.select_related("indicator__unit").order_by("due_on", "indicator__name", "pk"))


def _read(rows: QuerySet[Cell]) -> list[FigureRow]:
    found = rows.order_by("period", "region__code").select_related("region", "breakdown", "source")
    return [
        FigureRow(
            cell.pk,
            cell.indicator_id,
            cell.region.code,
            cell.region.name,
            cell.breakdown.label,
            cell.when,
            cell.value,
            cell.status,
            cell.retrieved_at,
            cell.source_id,
            cell.source.title,
            cell.source.link,
        )
        for cell in found
    ]
