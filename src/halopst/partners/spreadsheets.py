"""Read the files of mitra people bring, XLSX and CSV: every cell as it is, rows numbered as on the sheet."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain, islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
from rustpy_xlsxwriter import write_csv

from halopst.core import spreadsheets
from halopst.core.spreadsheets import BROKEN, XLSX_START, NoTable, csv_rows, never_none, text_of, workbook
from halopst.partners.beginnings import first_rows
from halopst.partners.rules.columns import REQUIRED_ONE_OF, ROWS_LOOKED_AT, guess, heads_of, is_numbering

MOST_ROWS = 150_000
MOST_COLUMNS = 104
LARGEST_UNPACKED = 600 * 1024 * 1024
# A reference to a cell beyond CZ150000: a reader would make room for every cell before it.
FAR_CELL = re.compile(rb'r="(?:[D-Z][A-Z]|[A-Z]{3})\d|r="[A-Z]{1,3}(?:1[5-9]\d{4}|[2-9]\d{5}|\d{7,})"')
_BLANK = {"", None}


@dataclass(slots=True)
class Sheet:
    """A table: its heads, and its rows below with their numbers. Rows without any content are left out.

    `head_row` is 0 where there are no heads. `height` is how many rows there are below them, blank ones
    included; reading is for one time. `name` is what the workbook calls the sheet, `others` are the sheets
    of the same workbook that look like a table of mitra too, and are not read.
    """

    heads: list[str]
    head_row: int
    height: int
    _rows: Iterable[tuple[int, Sequence[Any]]]
    name: str = ""
    others: Sequence[str] = ()

    def __iter__(self) -> Iterator[tuple[int, Sequence[Any]]]:
        for number, row in self._rows:
            for cell in row:
                if cell not in _BLANK:
                    yield number, row
                    break


def open_sheet(content: bytes) -> Sheet:
    """A CSV file, or of an XLSX file the first visible sheet with mitra, whatever the file's name says."""
    if content.startswith(XLSX_START):
        return _of_workbook(content)
    text = text_of(content)
    height = text.count("\n") + (not text.endswith("\n"))
    if height > MOST_ROWS:
        raise NoTable("rows")
    return _table(csv_rows(text, looked_at=ROWS_LOOKED_AT), height)


def _table(rows: Iterable[Sequence[Any]], height: int, name: str = "", others: Sequence[str] = ()) -> Sheet:
    numbered = enumerate(rows, 1)
    start = list(islice(numbered, ROWS_LOOKED_AT))
    if not start:
        raise NoTable("empty")
    at, heads = heads_of(_as_texts(row for _number, row in start))
    below = start[at + 1 :]
    if at >= 0 and is_numbering([str(cell) for _number, row in below[:1] for cell in row]):
        below = below[1:]
    short = [head.strip()[:80] for head in heads]
    return Sheet(short, at + 1, max(0, height - at - 1), chain(below, numbered), name, others)


def _as_texts(rows: Iterable[Sequence[Any]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


def first_look(content: bytes) -> Sheet:
    """The heads and the first rows, and how many there are, of a file whose size was checked.

    Of a plain XLSX of one sheet no more is read than that; of any other all of it.
    """
    last = check_size(content)
    try:
        sheet = open_sheet(first_rows(content)) if last else None
    except (NoTable, *BROKEN):
        sheet = None
    return replace(sheet, height=max(0, last - sheet.head_row)) if sheet else open_sheet(content)


def check_size(content: bytes) -> int:
    """Refuse what would unpack to more than a worker can hold; the number of its last row, 0 if unknown."""
    return spreadsheets.check_size(content, far_cell=FAR_CELL, most=LARGEST_UNPACKED)


def write_plain(heads: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """CSV as spreadsheets read it: a byte order mark, and no cell that would run as a formula."""
    file = BytesIO()
    write_csv(never_none(heads, rows), file, sanitize_formulas=True, bom=True)
    return file.getvalue()


def _of_workbook(content: bytes) -> Sheet:
    """Every row and column from the first, empty ones too."""
    try:
        sheet, *others = _visible_tables(workbook(content))
    except CalamineError as error:
        raise NoTable("format") from error
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise NoTable("rows")
    height = sheet.end[0] + 1 if sheet.end else 0
    return _table(_rows_of(sheet), height, sheet.name, [other.name for other in others])


def _visible_tables(book: CalamineWorkbook) -> list[CalamineSheet]:
    """The sheets with mitra, or the first that holds anything; what is hidden is not meant to be read."""
    visible = (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    shown = [one.name for one in book.sheets_metadata if (one.typ, one.visible) == visible]
    filled = [sheet for sheet in map(book.get_sheet_by_name, shown) if sheet.start is not None]
    if not filled:
        raise NoTable("empty")
    return [sheet for sheet in filled if len(filled) > 1 and _holds_mitra(sheet)] or filled[:1]


def _rows_of(sheet: CalamineSheet) -> Iterator[Sequence[Any]]:
    before = [""] * (sheet.start[1] if sheet.start else 0)
    rows = sheet.iter_rows()
    return (before + row for row in rows) if before else rows


def _holds_mitra(sheet: CalamineSheet) -> bool:
    """Whether its heads name somebody and say by which number they are known."""
    known = guess(heads_of(_as_texts(islice(_rows_of(sheet), ROWS_LOOKED_AT)))[1])
    return "name" in known and any(name in known for name in REQUIRED_ONE_OF)
