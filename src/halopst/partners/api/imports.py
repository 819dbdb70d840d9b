"""A file of mitra for programs: upload, name its columns, see what is wrong, take in the good rows."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Form, Router, Schema, Status
from ninja.errors import ValidationError
from pydantic import Field

from halopst.core.forms import cleaned, filed
from halopst.core.http import Request, download, example, gives
from halopst.core.idempotency import idempotent
from halopst.core.spreadsheets import XLSX_TYPE, NoTable
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import import_of, unit_of
from halopst.partners.api.parameters import MOST, After, Table
from halopst.partners.forms import UploadForm
from halopst.partners.models import ImportFault, ImportRun, Registration
from halopst.partners.rules.columns import TITLES, layout
from halopst.partners.rules.tables import Look, table_and_row
from halopst.partners.services.imports.importing import MOST_COLUMNS_ASKED
from halopst.partners.spreadsheets import MOST_COLUMNS, Sheet
from halopst.partners.wording.faults import said_of

router = Router()
IMPORTS = "/units/{slug}/imports"
ONE = IMPORTS + "/{int:pk}"
FILE = gives(XLSX_TYPE)
Place = Annotated[int, Field(ge=0, lt=MOST_COLUMNS)]


RUN: Final[dict[str, Any]] = dict(  # noqa: C408  # as `example` takes it
    id=7,
    name="mitra.xlsx",
    year=2026,
    state="checked",
    tables=[
        {
            "name": "Mitra",
            "heads": ["Nama", "NIK", "Kecamatan"],
            "head_row": 1,
            "rows": 120,
            "layout": "lain",
            "mapping": {"name": 0, "nik": 1, "district": 2},
            "taken": True,
        }
    ],
    position="pendataan",
    status="aktif",
    total=120,
    done=120,
    good=117,
    bad=3,
    added=0,
    changed=0,
    unchanged=0,
    created_at="2026-11-02T02:10:00Z",
    started_at="2026-11-02T02:12:00Z",
    finished_at=None,
)


class ImportTableOut(Schema):
    """A sheet: `mapping` names the column (from 0) of each field, suggested at first, then as it was said.

    `taken` ones are read; `layout` is halopst (our template), sobat or lain.
    """

    name: str
    heads: list[str]
    head_row: int
    rows: int
    layout: str
    mapping: dict[str, int]
    taken: bool

    @staticmethod
    def resolve_layout(table: Look) -> str:
        return layout(table["heads"])


class ImportOut(Schema):
    """`state` is uploaded, checking, checked, importing, done, cancelled or failed.

    `tables` are the sheets that could hold mitra, one for a CSV; `done` of `total` rows are behind it.
    """

    model_config = example(**RUN)

    id: int
    name: str
    year: int
    state: str
    tables: list[ImportTableOut]
    position: str
    status: str
    total: int
    done: int
    good: int
    bad: int
    added: int
    changed: int
    unchanged: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ImportStateOut(ImportOut):
    """An import as in the list. A `stuck` one stands still; a `stopping` one finishes the rows at hand.

    `can_resume` is true of a stuck one, and of a cancelled one while its file is kept.
    """

    model_config = example(**RUN, warnings=2, stuck=False, stopping=False, can_resume=False)

    warnings: int
    stuck: bool
    stopping: bool
    can_resume: bool

    @staticmethod
    def resolve_warnings(row: ImportRun) -> int:
        return queries.faults(row, warnings=True).count()

    @staticmethod
    def resolve_stuck(row: ImportRun) -> bool:
        return services.is_stuck(row, now=timezone.now())

    @staticmethod
    def resolve_stopping(row: ImportRun) -> bool:
        return services.is_stopping(row, now=timezone.now())

    @staticmethod
    def resolve_can_resume(row: ImportRun) -> bool:
        return services.can_resume(row, now=timezone.now())


class UploadIn(Schema):
    """The `year` its mitra are registered for."""

    year: int = Field(0, examples=[2026])


class ImportColumnOut(Schema):
    """A column of a table (from 0) with its first values, long numbers masked.

    `field` is empty where nothing is known of it.
    """

    model_config = example(
        table=0,
        at=1,
        letter="B",
        head="NIK",
        samples=["9999••••••••0001", "9999••••••••0002"],
        field="nik",
    )

    table: int
    at: int
    letter: str
    head: str
    samples: list[str]
    field: str


class TableIn(Schema):
    """Which column (from 0) of a table (from 0) holds each field."""

    table: int = Field(ge=0, lt=2**31)
    mapping: dict[str, Place] = Field(max_length=len(TITLES))


class ColumnsIn(Schema):
    """Only the tables named are read; `position` and `status` fill what a row lacks."""

    model_config = example(
        tables=[{"table": 0, "mapping": {"name": 0, "nik": 1, "district": 2}}],
        position="pendataan",
        status="aktif",
    )

    tables: list[TableIn] = Field(max_length=MOST_COLUMNS_ASKED)
    position: Registration.Position
    status: Registration.Status


class FaultOut(Schema):
    """Why a cell keeps its row out (or, of a warning, does not), and what to do. Its content is not told."""

    model_config = example(
        id=91,
        table=0,
        row=14,
        cell="B14",
        field="nik",
        title="NIK",
        code="nik-length",
        said="NIK terdiri dari 16 angka; ini 15 angka. Tulis ulang seperti di KTP.",
        is_warning=False,
    )

    id: int
    table: int
    row: int
    cell: str
    field: str
    title: str
    code: str
    said: str
    is_warning: bool

    @staticmethod
    def resolve_table(row: ImportFault) -> int:
        return table_and_row(row.row)[0]

    @staticmethod
    def resolve_row(row: ImportFault) -> int:
        return table_and_row(row.row)[1]

    @staticmethod
    def resolve_cell(row: ImportFault) -> str:
        return queries.cell_of(row.run, row)

    @staticmethod
    def resolve_title(row: ImportFault) -> str:
        return TITLES.get(row.field, "")

    @staticmethod
    def resolve_said(row: ImportFault) -> str:
        return said_of(row.run, row)


@router.get(IMPORTS, response=list[ImportOut], url_name="partners-imports")
def imports(request: Request, slug: str, after: After = 0) -> QuerySet[ImportRun]:
    """List the office's imports, by id, at most 500; the next ones with `after` = the last id."""
    unit = unit_of(request, slug, permissions.MANAGE)
    return queries.imports(request.actor, unit).filter(pk__gt=after).order_by("pk")[:MOST]


@router.post(IMPORTS, response={201: ImportStateOut}, url_name="partners-imports")
@idempotent
def upload(request: Request, slug: str, body: Form[UploadIn], file: Table = None) -> Status[ImportRun]:
    """Give one `file` as multipart form data, XLSX or CSV, at most 30 MB. Nothing is registered yet."""
    unit = unit_of(request, slug, permissions.MANAGE)
    values = cleaned(UploadForm(body.model_dump(), filed(file)))
    return Status(201, services.upload(request.actor, unit=unit, **values))


@router.get(ONE, response=ImportStateOut, url_name="partners-import")
def import_run(request: Request, slug: str, pk: int) -> ImportRun:
    """Show where an import stands."""
    return import_of(request, unit_of(request, slug, permissions.MANAGE), pk)


@router.get(ONE + "/columns", response=list[ImportColumnOut], url_name="partners-import-columns")
def import_columns(request: Request, slug: str, pk: int) -> list[ImportColumnOut]:
    """List the columns of the file with their first values, and the field each is taken for.

    409 once it is deleted.
    """
    found = import_of(request, unit_of(request, slug, permissions.MANAGE), pk)
    try:
        sheets = services.open_run(found, range(len(found.tables)))
        return [one for number, sheet in sheets for one in _columns(found, number, sheet)]
    except (FileNotFoundError, NoTable) as error:
        raise services.FileGone from error


@router.put(ONE + "/columns", response=ImportStateOut, url_name="partners-import-columns")
@idempotent
def check_import(request: Request, slug: str, pk: int, body: ColumnsIn) -> ImportRun:
    """Say what the columns hold, and have every row checked in the background."""
    found = import_of(request, unit_of(request, slug, permissions.MANAGE), pk)
    return services.check_import(
        request.actor,
        found,
        mappings=_mappings(found.tables, body.tables),
        position=body.position,
        status=body.status,
        now=timezone.now(),
    )


@router.get(ONE + "/faults", response=list[FaultOut], url_name="partners-import-faults")
def import_faults(
    request: Request,
    slug: str,
    pk: int,
    warnings: bool = False,  # noqa: FBT001, FBT002  # a parameter of the address, by its name
    after: After = 0,
) -> QuerySet[ImportFault]:
    """List what keeps rows out, or with `warnings` what looks odd, by id, at most 500; more with `after`."""
    found = import_of(request, unit_of(request, slug, permissions.MANAGE), pk)
    return queries.faults(found, warnings=warnings).filter(pk__gt=after).order_by("pk")[:MOST]


@router.post(ONE + "/bad-rows", url_name="partners-import-bad-rows", openapi_extra=FILE)
def bad_rows(request: Request, slug: str, pk: int) -> HttpResponse:
    """Download the rows that stayed out, as a file to mend; its first columns say what to mend.

    They are as they were in the file, so each taking is put on record, and no key keeps it.
    """
    found = import_of(request, unit_of(request, slug, permissions.MANAGE), pk)
    return download(services.bad_rows(request.actor, found), _("mitra-perlu-diperbaiki.xlsx"), XLSX_TYPE)


@router.post(ONE + "/start", response=ImportStateOut, url_name="partners-import-start")
@idempotent
def start_import(request: Request, slug: str, pk: int) -> ImportRun:
    """Put the good rows into the register in the background; the others stay out."""
    found = import_of(request, unit_of(request, slug, permissions.MANAGE), pk)
    return services.start_import(request.actor, found, now=timezone.now())


@router.post(ONE + "/resume", response=ImportStateOut, url_name="partners-import-resume")
@idempotent
def resume_import(request: Request, slug: str, pk: int) -> ImportRun:
    """Resume a `stuck` import where it stands, or have a cancelled one checked again from its file.

    What is in the register already stays and counts as unchanged.
    """
    found = import_of(request, unit_of(request, slug, permissions.MANAGE), pk)
    return services.resume_import(request.actor, found, now=timezone.now())


@router.post(ONE + "/cancel", response=ImportStateOut, url_name="partners-import-cancel")
@idempotent
def cancel_import(request: Request, slug: str, pk: int) -> ImportRun:
    """Stop an import; what is in the register stays there."""
    found = import_of(request, unit_of(request, slug, permissions.MANAGE), pk)
    return services.cancel_import(request.actor, found, now=timezone.now())


@router.get("/units/{slug}/import-template", url_name="partners-import-template", openapi_extra=FILE)
def import_template(request: Request, slug: str) -> HttpResponse:
    """Download an empty file with our own column heads."""
    unit_of(request, slug, permissions.MANAGE)
    return download(services.template(), "templat-mitra.xlsx", XLSX_TYPE)


def _columns(found: ImportRun, number: int, sheet: Sheet) -> Iterator[ImportColumnOut]:
    held = {at: name for name, at in found.tables[number]["mapping"].items()}
    for one in queries.columns(sheet):
        yield ImportColumnOut(
            table=number,
            at=one.at,
            letter=one.letter,
            head=one.head,
            samples=one.samples,
            field=held.get(one.at, ""),
        )


def _mappings(tables: Sequence[Look], chosen: Sequence[TableIn]) -> dict[int, dict[str, int]]:
    """What was said of the columns, table by table; refuses what names no table, column or field."""
    mappings: dict[int, dict[str, int]] = {}
    for one in chosen:
        if one.table >= len(tables) or one.table in mappings:
            raise _wrong(
                _("Lembar ke-%(n)d tidak ada atau disebut dua kali. Lembar dihitung dari 0.")
                % {"n": one.table}
            )
        mappings[one.table] = _mapping(tables[one.table], one)
    return mappings


def _mapping(table: Look, said: TableIn) -> dict[str, int]:
    taken: set[int] = set()
    for name, at in said.mapping.items():
        if name not in TITLES:
            known = {"isian": name[:40], "ada": ", ".join(TITLES)}
            raise _wrong(_("Isian %(isian)s tidak dikenal. Pilih dari: %(ada)s.") % known)
        if at >= len(table["heads"]):
            raise _wrong(_("Berkas ini tidak punya kolom ke-%(n)d. Kolom dihitung dari 0.") % {"n": at})
        if at in taken:
            raise _wrong(_("Kolom ke-%(n)d dipilih untuk dua isian. Pilih satu.") % {"n": at})
        taken.add(at)
    return said.mapping


def _wrong(said: str) -> ValidationError:
    return ValidationError([{"loc": ("body", "tables"), "msg": said}])
