"""Read the files of figures offices bring, XLSX and CSV."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from halopst.core.spreadsheets import (
    XLSX_START,
    NoTable,
    check_size,
    column_letter,
    csv_rows,
    sheet_name,
    text_of,
    workbook,
)

MOST_ROWS, MOST_COLUMNS = 20_000, 50
LARGEST_UNPACKED = 200 * 1024 * 1024
# Cells beyond AX39999 are refused, as a reader makes room for every cell before them.
FAR_CELL = re.compile(rb'r="(?:A[YZ]|[B-Z][A-Z]|[A-Z]{3})\d|r="[A-Z]{1,3}(?:[4-9]\d{4}|\d{6,})"')
SHEETS, STYLES = "xl/worksheets/", "xl/styles.xml"
_STYLED = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})" s="(\d{1,5})"')
_FORMAT = re.compile(rb'<numFmt numFmtId="(\d+)" formatCode="[^"]*%')
_STYLE = re.compile(rb'<xf [^>]*?numFmtId="(\d+)"')
_PERCENT = {b"9", b"10"}  # built-in formats of every workbook


@dataclass(frozen=True, slots=True)
class Sheet:
    """The heads, and the rows below with their numbers on the sheet; rows without content are left out."""

    heads: list[str]
    rows: list[tuple[int, Sequence[Any]]]


def open_sheet(content: bytes) -> Sheet:
    """The first visible sheet of an XLSX file, or a CSV file; its heads are in the first row."""
    if content.startswith(XLSX_START):
        read: Iterable[Sequence[Any]] = _workbook_rows(content)
    else:
        read = csv_rows(text_of(content), looked_at=1)
    rows: list[tuple[int, Sequence[Any]]] = [
        (number, row) for number, row in enumerate(read, 1) if any(cell not in {"", None} for cell in row)
    ]
    if len(rows) < 2:  # noqa: PLR2004  # heads and a row
        raise NoTable("empty")
    if len(rows) > MOST_ROWS + 1:
        raise NoTable("rows")
    return Sheet([str(head).strip()[:80] for head in rows[0][1]], rows[1:])


def _workbook_rows(content: bytes) -> list[list[Any]]:
    try:
        check_size(content, far_cell=FAR_CELL, most=LARGEST_UNPACKED)
        book = workbook(content)
        name = _first_seen(book)
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            raise NoTable("empty")
        if sheet.total_height > MOST_ROWS * 2 or sheet.total_width > MOST_COLUMNS:
            raise NoTable("rows")
        percents = _percent_cells(content, name)
        rows = sheet.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise NoTable("format") from error
    return [_as_seen(number, row, percents) for number, row in enumerate(rows, 1)] if percents else rows


def _first_seen(book: CalamineWorkbook) -> str:
    """The first visible sheet: nobody means one that they hid."""
    wanted = (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    found = next((one.name for one in book.sheets_metadata if (one.typ, one.visible) == wanted), None)
    if found is None:
        raise NoTable("empty")
    return found


def _as_seen(number: int, row: list[Any], percents: frozenset[str]) -> list[Any]:
    """A cell as people see it: one shown as 12,5% holds 0.125, and is read as the text `12,5%`."""
    return [
        f"{cell * 100:.10g}%"
        if isinstance(cell, int | float) and f"{column_letter(at)}{number}" in percents
        else cell
        for at, cell in enumerate(row)
    ]


def _percent_cells(content: bytes, sheet: str) -> frozenset[str]:
    """The names of the cells that show a percentage."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        styles = archive.read(STYLES) if STYLES in archive.namelist() else b""
        formats = _PERCENT | set(_FORMAT.findall(styles))
        used = styles.partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]
        shown = {at for at, name in enumerate(_STYLE.findall(used)) if name in formats}
        if not shown:
            return frozenset()
        parts = [part for part in archive.infolist() if part.filename.startswith(SHEETS)]
        names = {"", f"{sheet}!"}  # a single sheet may be left unnamed
        read = next((archive.read(part) for part in parts if sheet_name(archive, part) in names), b"")
    return frozenset(name.decode() for name, style in _STYLED.findall(read) if int(style) in shown)
