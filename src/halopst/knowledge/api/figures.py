"""Published figures for programs, open to everybody: indicators, their cells, and what these said before."""

from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from halopst.core.forms import cleaned, plain
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.knowledge import permissions
from halopst.knowledge.addressed import indicator_of, unit_of
from halopst.knowledge.api.parameters import MOST, After, PeriodCode, RegionCode, Words, Year
from halopst.knowledge.data_forms import AliasesForm, ReleaseForm
from halopst.knowledge.models import Cell, CellRevision, Indicator, ReleaseDate
from halopst.knowledge.queries import figure_keeping, unit_named
from halopst.knowledge.rules.figures.periods import Period
from halopst.knowledge.services import indicator_names as naming
from halopst.knowledge.services import releases

router = Router()
MOST_CELLS = 500
MANAGED = "/units/{slug}/indicators/{int:pk}"
THE_INDICATOR: Final[dict[str, Any]] = {
    "id": 7,
    "unit": "3578",
    "name": "Tingkat Pengangguran Terbuka",
    "aliases": ["TPT", "pengangguran"],
    "measure": "Persen",
    "subject": "Tenaga Kerja",
    "origin": "file",
    "is_example": False,
    "figures": 132,
    "latest_period": "2025",
    "is_being_fetched": False,
}
THE_RELEASE: Final[dict[str, Any]] = {"id": 3, "period": "2026", "due_on": "2027-02-05", "note": ""}
THE_FIGURE: Final[dict[str, Any]] = {
    "id": 4711,
    "value": "4,19",
    "number": "4.19",
    "published": "4,19*",
    "status": "sementara",
    "source": "Tingkat Pengangguran Terbuka menurut Kabupaten/Kota",
    "url": "https://contoh.example/tabel",
    "retrieved_at": "2026-11-01T02:00:00Z",
}
THE_CELL: Final[dict[str, Any]] = {
    **THE_FIGURE,
    "region": "Kota Surabaya",
    "region_code": "3578",
    "period": "2024",
    "breakdown": "",
}
"""What the description shows."""


class IndicatorOut(Schema):
    """What is measured, as one office (`unit`, its BPS code) publishes it.

    `origin` is variable, strategic or static (of the WebAPI), file, or example: those are no official
    figures. `figures` counts its cells; `is_being_fetched` says that more may come in right now.
    """

    model_config = example(**THE_INDICATOR)

    id: int
    unit: str
    name: str
    aliases: list[str]
    measure: str
    subject: str
    origin: str
    is_example: bool
    figures: int
    latest_period: str
    is_being_fetched: bool


class ReleaseOut(Schema):
    """When the figure of a period is due."""

    model_config = example(**THE_RELEASE)

    id: int
    period: str
    due_on: date
    note: str

    @staticmethod
    def resolve_period(row: ReleaseDate) -> str:
        return Period.of_code(row.period).label()


class WholeIndicatorOut(IndicatorOut):
    """An indicator with what it means, and what of it is due."""

    model_config = example(
        **THE_INDICATOR,
        definition="Persentase penganggur terhadap angkatan kerja.",
        notes="",
        checked_at="2026-11-01T02:00:00Z",
        releases=[THE_RELEASE],
    )

    definition: str
    notes: str
    checked_at: datetime | None
    releases: list[ReleaseOut]


class FigureOut(Schema):
    """`value` is written as Indonesian readers do, `number` as programs do, `published` as it was found."""

    model_config = example(**THE_FIGURE)

    id: int
    value: str
    number: str
    published: str
    status: str
    source: str
    url: str
    retrieved_at: datetime

    @staticmethod
    def resolve_value(row: Cell | CellRevision) -> str:
        return row.shown

    @staticmethod
    def resolve_number(row: Cell | CellRevision) -> str:
        return str(row.value)

    @staticmethod
    def resolve_source(row: Cell | CellRevision) -> str:
        return row.source.title

    @staticmethod
    def resolve_url(row: Cell | CellRevision) -> str:
        return row.source.link


class CellOut(FigureOut):
    """One published figure in its place; `id` is what answers call `cell`. No `breakdown` is the whole."""

    model_config = example(**THE_CELL)

    region: str
    region_code: str
    period: str
    breakdown: str

    @staticmethod
    def resolve_region(row: Cell) -> str:
        return row.region.name

    @staticmethod
    def resolve_region_code(row: Cell) -> str:
        return row.region.code

    @staticmethod
    def resolve_period(row: Cell) -> str:
        return row.when.label()

    @staticmethod
    def resolve_breakdown(row: Cell) -> str:
        return row.breakdown.label


class FormerFigureOut(FigureOut):
    """What a cell said until `replaced_at`."""

    model_config = example(**THE_FIGURE, replaced_at="2026-11-20T02:00:00Z")

    replaced_at: datetime


class IndicatorsIn(Schema):
    """`q` searches names, other names and subjects; `unit` is an office's BPS code or slug."""

    q: Words = ""
    unit: Words = ""
    after: After = 0


class CellsIn(Schema):
    """`region` is a BPS code, `within` that of the region around; `period` such as 2024 or Maret 2025.

    `breakdown` is one of those shown, empty for figures that are not narrowed further.
    """

    region: RegionCode | None = None
    within: RegionCode | None = None
    period: PeriodCode | None = None
    first_year: Year | None = None
    last_year: Year | None = None
    breakdown: Words | None = None
    after: After = 0


class AliasesIn(Schema):
    """What people call it; one that begins with `en:` is its English name."""

    model_config = example(aliases=["TPT", "pengangguran", "en: Unemployment Rate"])

    aliases: list[Words]


class ReleaseIn(Schema):
    """On which day the figure of a period is due; a second time moves it."""

    model_config = example(period="2026", due_on="2027-02-05", note="")

    period: str
    due_on: date
    note: str = ""


@router.get("/indicators", response=list[IndicatorOut], auth=None, url_name="knowledge-indicators")
def indicators(request: Request, given: Query[IndicatorsIn]) -> list[dict[str, Any]]:  # noqa: ARG001  # ninja gives it
    """List indicators of one office or of all, by id, at most 200; more with `after` = the last id."""
    unit = unit_named(given.unit) if given.unit else None
    rows = figure_keeping.indicators_of(unit, plain(given.q)).filter(pk__gt=given.after)
    return _indicators(rows.select_related("unit").order_by("pk")[:MOST])


@router.get("/indicators/{int:pk}", response=WholeIndicatorOut, auth=None, url_name="knowledge-indicator")
def indicator(request: Request, pk: int) -> dict[str, Any]:  # noqa: ARG001  # ninja gives it
    """Show an indicator: what it means, and when more of it is due."""
    return _whole(indicator_of(pk))


@router.get("/indicators/{int:pk}/cells", response=list[CellOut], auth=None, url_name="knowledge-cells")
def cells(request: Request, pk: int, given: Query[CellsIn]) -> QuerySet[Cell]:
    """List an indicator's figures, by id, at most 500; the next ones with `after` = the last id."""
    by = figure_keeping.Narrowed(**given.model_dump(exclude={"after"}))
    rows = figure_keeping.narrowed_cells(request.actor, indicator_of(pk), by).filter(pk__gt=given.after)
    return rows.order_by("pk")[:MOST_CELLS]


@router.get(
    "/cells/{int:pk}/revisions", response=list[FormerFigureOut], auth=None, url_name="knowledge-revisions"
)
def revisions(request: Request, pk: int) -> QuerySet[CellRevision]:
    """List what a figure was before it was published anew, the latest first."""
    cell = get_object_or_404(Cell.objects.visible_to(request.actor), pk=pk)
    rows: QuerySet[CellRevision] = cell.revisions.select_related("source")
    return rows[:MOST]


@router.put(MANAGED + "/names", response=WholeIndicatorOut, url_name="knowledge-names")
@idempotent
def call_indicator(request: Request, slug: str, pk: int, body: AliasesIn) -> dict[str, Any]:
    """Set the names questions may call an indicator by, instead of the earlier ones."""
    found = indicator_of(pk, unit_of(request, slug, permissions.DATA))
    given = cleaned(AliasesForm({"aliases": "\n".join(body.aliases)}))
    return _whole(naming.call_indicator(request.actor, found, **given))


@router.post(MANAGED + "/releases", response={201: ReleaseOut}, url_name="knowledge-releases")
@idempotent
def set_release(request: Request, slug: str, pk: int, body: ReleaseIn) -> Status[ReleaseDate]:
    """Say when a figure is due: until then an answer says so instead of not knowing."""
    found = indicator_of(pk, unit_of(request, slug, permissions.DATA))
    given = cleaned(ReleaseForm(body.model_dump()))
    return Status(201, releases.set_release(request.actor, indicator=found, **given))


@router.delete(MANAGED + "/releases/{int:release}", response={204: None}, url_name="knowledge-release")
@idempotent
def remove_release(request: Request, slug: str, pk: int, release: int) -> Status[None]:
    """Take a day back."""
    found = indicator_of(pk, unit_of(request, slug, permissions.DATA))
    releases.remove_release(request.actor, get_object_or_404(figure_keeping.releases_of(found), pk=release))
    return Status(204, None)


def _indicators(rows: QuerySet[Indicator] | list[Indicator]) -> list[dict[str, Any]]:
    shown = figure_keeping.with_counts(rows)
    coming = figure_keeping.all_being_fetched(one.unit_id for one, _count, _latest in shown)
    return [
        {
            "id": one.pk,
            "unit": one.unit.code,
            "name": one.name,
            "aliases": one.aliases.splitlines(),
            "measure": one.measure,
            "subject": one.subject,
            "origin": one.origin,
            "is_example": one.is_example,
            "figures": count,
            "latest_period": Period.of_code(latest).label() if latest else "",
            "is_being_fetched": (one.unit_id, one.origin) in coming,
        }
        for one, count, latest in shown
    ]


def _whole(row: Indicator) -> dict[str, Any]:
    names = ("definition", "notes", "checked_at")
    told = {name: getattr(row, name) for name in names}
    return {**_indicators([row])[0], **told, "releases": figure_keeping.releases_of(row)}
