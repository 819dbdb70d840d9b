"""What the people who keep an office's figures are shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Q, QuerySet

from halopst.core.actors import Actor
from halopst.knowledge.models import (
    CatalogueItem,
    Cell,
    CellRevision,
    FigureImport,
    Indicator,
    ReleaseDate,
    Sync,
    WebApiAccess,
)
from halopst.knowledge.rules.figures.figure_rows import FigureRow
from halopst.knowledge.rules.figures.periods import Period
from halopst.units.models import Unit

ALWAYS_FIGURES = {Sync.Kind.FIGURES, Sync.Kind.INDICATORS}
HOLD_FIGURES = {*ALWAYS_FIGURES, Sync.Kind.STATIC_TABLES}  # of static tables only the list is counted
FETCHED_BY = {
    Indicator.Origin.VARIABLE: Sync.Kind.FIGURES,
    Indicator.Origin.STRATEGIC: Sync.Kind.INDICATORS,
    Indicator.Origin.STATIC: Sync.Kind.STATIC_TABLES,
}


@dataclass(frozen=True, slots=True)
class KindOfData:
    """One kind of data of an office: how much there is, and the state of its fetching, if it ever began."""

    kind: str
    label: str
    sync: Sync | None
    held: int
    done: int
    whole: int


def kinds_of_data(unit: Unit) -> list[KindOfData]:
    syncs = {sync.kind: sync for sync in Sync.objects.filter(unit=unit)}
    held = _held(unit)
    return [
        KindOfData(kind, str(label), syncs.get(kind), held.get(kind, 0), *_progress(unit, syncs.get(kind)))
        for kind, label in Sync.Kind.choices
    ]


def own_access(unit: Unit) -> WebApiAccess | None:
    found: WebApiAccess | None = WebApiAccess.objects.filter(unit=unit).first()
    return found


def figures_as_of(kinds: Iterable[KindOfData]) -> datetime | None:
    """When the figures were last complete: the oldest such time of the kinds of which there are any.

    None while one of these was never complete. Lists of tables and news are no figures.
    """
    holding = [one for one in kinds if one.kind in HOLD_FIGURES and one.held and one.sync]
    times = {one.kind: one.sync.last_good_at for one in holding if one.sync}
    if any(at is None for kind, at in times.items() if kind in ALWAYS_FIGURES):
        return None
    return min((at for at in times.values() if at), default=None)


def holds_some_figures(kinds: Iterable[KindOfData]) -> bool:
    """Whether any figures were fetched, even if not all yet."""
    return any(one.held for one in kinds if one.kind in ALWAYS_FIGURES)


def static_tables_of(unit: Unit, text: str, read_as: str = "") -> QuerySet[CatalogueItem]:
    """The static tables of the office that were read, the newest change first; of one outcome, if given."""
    rows: QuerySet[CatalogueItem] = CatalogueItem.objects.filter(
        unit=unit, kind=CatalogueItem.Kind.STATIC_TABLE
    ).exclude(read_as="")
    rows = rows.filter(read_as=read_as) if read_as else rows
    for word in text.split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(subject__icontains=word))
    return rows.order_by(F("changed_on").desc(nulls_last=True), "title", "pk")


def static_outcomes(unit: Unit) -> dict[str, int]:
    """How many static tables became figures and how many stayed text."""
    rows = static_tables_of(unit, "").order_by().values_list("read_as")
    return dict(rows.annotate(Count("pk")))


def indicators_of(unit: Unit | None, text: str) -> QuerySet[Indicator]:
    """The indicators of an office, or of all offices, whose names hold every word."""
    rows: QuerySet[Indicator] = Indicator.objects.filter(unit=unit) if unit else Indicator.objects.all()
    for word in text.split()[:8]:
        rows = rows.filter(Q(name__icontains=word) | Q(aliases__icontains=word) | Q(subject__icontains=word))
    return rows.order_by("name", "pk")


def with_counts(indicators: Iterable[Indicator]) -> list[tuple[Indicator, int, int]]:
    """The indicators, each with the number of its figures and the code of its newest period."""
    shown = list(indicators)
    cells = Cell.objects.filter(indicator__in=shown).values_list("indicator")
    counts = {pk: (count, latest) for pk, count, latest in cells.annotate(Count("pk"), Max("period"))}
    return [(one, *counts.get(one.pk, (0, 0))) for one in shown]


def being_fetched(unit: Unit) -> frozenset[str]:
    """The origins from which the office's figures are being fetched right now."""
    return frozenset(origin for _unit, origin in all_being_fetched([unit.pk]))


def all_being_fetched(units: Iterable[int]) -> frozenset[tuple[int, str]]:
    """The same for several offices, each origin with its office."""
    running = Sync.objects.filter(unit__in=set(units), state=Sync.State.RUNNING)
    kinds = set(running.values_list("unit", "kind"))
    return frozenset(
        (unit, str(origin)) for unit, kind in kinds for origin, by in FETCHED_BY.items() if by == kind
    )


def cells_of(indicator: Indicator, text: str) -> QuerySet[Cell]:
    rows: QuerySet[Cell] = Cell.objects.filter(indicator=indicator)
    for word in text.split()[:8]:
        rows = rows.filter(Q(region__name__icontains=word) | Q(breakdown__label__icontains=word))
    return rows.select_related("region", "breakdown", "source").order_by(
        "-period", "region__code", "breakdown__label"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Which cells of an indicator to show; None does not narrow, an empty `breakdown` means the whole."""

    region: str | None = None
    within: str | None = None
    period: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    breakdown: str | None = None


def narrowed_cells(actor: Actor, indicator: Indicator, by: Narrowed) -> QuerySet[Cell]:
    """The cells of the indicator that the actor may read, as narrowed."""
    wanted = {
        "region__code": by.region,
        "region__parent_code": by.within,
        "period": by.period,
        "period__gte": by.first_year and Period(by.first_year).code,
        "period__lt": by.last_year and Period(by.last_year + 1).code,
        "breakdown__label__iexact": by.breakdown,
    }
    chosen = {name: value for name, value in wanted.items() if value is not None}
    rows: QuerySet[Cell] = Cell.objects.visible_to(actor).filter(indicator=indicator, **chosen)
    return rows.select_related("region", "breakdown", "source")


def revisions_of(indicator: Indicator) -> QuerySet[CellRevision]:
    rows: QuerySet[CellRevision] = CellRevision.objects.filter(cell__indicator=indicator)
    return rows.select_related("cell__region", "cell__breakdown").order_by("-replaced_at", "-pk")


def labels_of(unit: Unit) -> list[str]:
    """The breakdowns in figures that came from the office's files."""
    indicators = Indicator.objects.filter(unit=unit, origin=Indicator.Origin.FILE)
    cells = Cell.objects.filter(indicator__in=indicators).order_by("breakdown__label")
    return list(cells.values_list("breakdown__label", flat=True).distinct())


def corrections_of(unit: Unit, rows: Collection[FigureRow]) -> list[tuple[FigureRow, str]]:
    """The rows of a file that differ from their cells, each with what its cell says."""
    cells = Cell.objects.filter(indicator__unit=unit, indicator__origin=Indicator.Origin.FILE)
    named = cells.filter(indicator__external_id__in={row.indicator.casefold() for row in rows})
    kept = {
        (name, region, period, breakdown): said
        for name, region, period, breakdown, said in named.values_list(
            "indicator__external_id", "region__code", "period", "breakdown__label", "published"
        )
    }
    now = [(row, kept.get((*row.place[:2], row.period.code, row.breakdown), row.value.text)) for row in rows]
    return [(row, before) for row, before in now if before != row.value.text]


def releases_of(indicator: Indicator) -> QuerySet[ReleaseDate]:
    rows: QuerySet[ReleaseDate] = indicator.releases.all()
    return rows


def imports_of(unit: Unit) -> QuerySet[FigureImport]:
    rows: QuerySet[FigureImport] = FigureImport.objects.filter(unit=unit)
    return rows.select_related("asked_by", "unit")


def _held(unit: Unit) -> dict[str, int]:
    items = CatalogueItem.objects.filter(unit=unit).values_list("kind").annotate(Count("pk"))
    origins = dict(Indicator.objects.filter(unit=unit).values_list("origin").annotate(Count("pk")).order_by())
    variables = Cell.objects.filter(indicator__unit=unit, indicator__origin=Indicator.Origin.VARIABLE)
    return {
        **dict(items.order_by()),
        Sync.Kind.VARIABLES: origins.get(Indicator.Origin.VARIABLE, 0),
        Sync.Kind.INDICATORS: origins.get(Indicator.Origin.STRATEGIC, 0),
        Sync.Kind.FIGURES: variables.count(),
    }


def _progress(unit: Unit, sync: Sync | None) -> tuple[int, int]:
    """How much of a run is done, of how much: tables for figures, pages for lists."""
    if sync is None or sync.state == Sync.State.RESTING:
        return 0, 0
    if sync.kind == Sync.Kind.FIGURES:
        at = sync.position.get("indicator", 0)
        variables = Indicator.objects.filter(unit=unit, origin=Indicator.Origin.VARIABLE)
        return variables.filter(pk__lte=at).count(), variables.count()
    return min(sync.position.get("page", 1) - 1, sync.steps_in_all), sync.steps_in_all
