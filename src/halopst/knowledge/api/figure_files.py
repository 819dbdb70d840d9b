"""Files of figures for programs: looked at first, then taken in when someone says so."""

from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status

from halopst.core.forms import cleaned, filed
from halopst.core.http import Request, download, example, gives
from halopst.core.idempotency import idempotent
from halopst.core.spreadsheets import XLSX_TYPE
from halopst.knowledge import permissions
from halopst.knowledge.addressed import figures_file_of, unit_of
from halopst.knowledge.api.parameters import MOST, Id, Table
from halopst.knowledge.data_forms import FiguresFileForm
from halopst.knowledge.models import FigureImport
from halopst.knowledge.queries import figure_keeping
from halopst.knowledge.services import figure_import
from halopst.knowledge.wording import told_doubts, told_faults

router = Router()
FILES = "/units/{slug}/figure-files"
ONE = FILES + "/{int:pk}"
THE_ROW: Final[dict[str, Any]] = {
    "row": "2",
    "indicator": "Tingkat Pengangguran Terbuka",
    "region": "Kota Surabaya",
    "period": "2024",
    "breakdown": "",
    "value": "4,19*",
    "measure": "Persen",
}
THE_FILE: Final[dict[str, Any]] = {
    "id": 5,
    "name": "angka.xlsx",
    "state": "checked",
    "good": 117,
    "bad": 1,
    "doubtful": 0,
    "without": 2,
    "corrected": 1,
    "added": 0,
    "changed": 0,
    "same": 0,
    "took_doubtful": False,
    "created_at": "2026-11-20T02:10:00Z",
    "finished_at": None,
}
"""What the description shows."""


class FigureFileOut(Schema):
    """`state` is checked, done or cancelled; `doubtful` rows are hardly what was published.

    `without` rows say that there is no figure, `corrected` say otherwise than their cells do now; `added`,
    `changed` and `same` are known once it is done.
    """

    model_config = example(**THE_FILE)

    id: int
    name: str
    state: str
    good: int
    bad: int
    doubtful: int
    without: int
    corrected: int
    added: int
    changed: int
    same: int
    took_doubtful: bool
    created_at: datetime
    finished_at: datetime | None


class FigureFaultOut(Schema):
    """Why a cell of the file keeps its row out, and what to do."""

    cell: str
    title: str
    said: str


class FigureRowOut(Schema):
    row: str
    indicator: str
    region: str
    period: str
    breakdown: str
    value: str
    measure: str


class DoubtfulRowOut(FigureRowOut):
    said: str


class CorrectionRowOut(FigureRowOut):
    """`before` is what its cell says now."""

    before: str


class CheckedFigureFileOut(FigureFileOut):
    """A file with what was found in it: the beginning of each list."""

    model_config = example(
        **THE_FILE,
        faults=[
            {
                "cell": "F6",
                "title": "Nilai",
                "said": "Bukan angka. Tulis angkanya saja, tanpa catatan kaki. Contoh: 2.884.090 atau 4,19.",
            }
        ],
        doubts=[],
        preview=[THE_ROW],
        corrections=[{**THE_ROW, "before": "4,21*"}],
    )

    faults: list[FigureFaultOut]
    doubts: list[DoubtfulRowOut]
    preview: list[FigureRowOut]
    corrections: list[CorrectionRowOut]

    @staticmethod
    def resolve_faults(row: FigureImport) -> list[dict[str, str]]:
        return told_faults(row)

    @staticmethod
    def resolve_doubts(row: FigureImport) -> list[dict[str, Any]]:
        return told_doubts(row)


class TakeInIn(Schema):
    """`with_doubtful` says that the doubtful figures were compared with their source too."""

    model_config = example(with_doubtful=False)

    with_doubtful: bool = False


@router.get(FILES, response=list[FigureFileOut], url_name="knowledge-figure-files")
def figure_files(request: Request, slug: str, before: Id | None = None) -> QuerySet[FigureImport]:
    """List the office's files, newest first, at most 200; the next ones with `before` = the last id."""
    rows = figure_keeping.imports_of(unit_of(request, slug, permissions.DATA))
    return (rows.filter(pk__lt=before) if before else rows)[:MOST]


@router.post(FILES, response={201: CheckedFigureFileOut}, url_name="knowledge-figure-files")
@idempotent
def upload_figure_file(request: Request, slug: str, file: Table = None) -> Status[FigureImport]:
    """Give one `file` as multipart form data, XLSX or CSV, at most 10 MB. No figure changes yet."""
    unit = unit_of(request, slug, permissions.DATA)
    given = cleaned(FiguresFileForm({}, filed(file)))["file"]
    return Status(201, figure_import.upload_figures(request.actor, unit=unit, file=given))


@router.get(ONE, response=CheckedFigureFileOut, url_name="knowledge-figure-file")
def figure_file(request: Request, slug: str, pk: int) -> FigureImport:
    """Show what is in a file: what would be taken in, what would change, what stays out and why."""
    return figures_file_of(request, slug, pk)


@router.post(ONE + "/take-in", response=CheckedFigureFileOut, url_name="knowledge-take-in")
@idempotent
def take_in_figure_file(request: Request, slug: str, pk: int, body: TakeInIn) -> FigureImport:
    """Put the good rows into cells, in one transaction; the others stay out. What cells said is kept."""
    run = figures_file_of(request, slug, pk)
    return figure_import.take_in_figures(
        request.actor, run, now=timezone.now(), with_doubtful=body.with_doubtful
    )


@router.post(ONE + "/cancel", response=CheckedFigureFileOut, url_name="knowledge-cancel-file")
@idempotent
def cancel_figure_file(request: Request, slug: str, pk: int) -> FigureImport:
    """Take nothing of it in."""
    run = figures_file_of(request, slug, pk)
    return figure_import.cancel_figures(request.actor, run, now=timezone.now())


@router.get(
    "/units/{slug}/figure-template", url_name="knowledge-figure-template", openapi_extra=gives(XLSX_TYPE)
)
def figure_template(request: Request, slug: str) -> HttpResponse:
    """Download a workbook with our column heads and two rows that show how to fill them."""
    unit_of(request, slug, permissions.DATA)
    return download(figure_import.template(), "templat-angka.xlsx", XLSX_TYPE)
