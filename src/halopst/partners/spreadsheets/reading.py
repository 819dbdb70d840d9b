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
from halopst.partners.rules.columns import ROWS_LOOKED_AT, heads_of, is_numbering
from halopst.partners.rules.tables import place
from halopst.partners.spreadsheets.beginnings import first_rows

MOST_ROWS = 150_000
MOST_COLUMNS = 104
LARGEST_UNPACKED = 600 * 1024 * 1024
# A reference to a cell beyond CZ150000: a reader would make room for every cell before it.
FAR_CELL = re.compile(rb'r="(?:[D-Z][A-Z]|[A-Z]{3})\d|r="[A-Z]{1,3}(?:1[5-9]\d{4}|[2-9]\d{5}|\d{7,})"')
_BLANK = {"", None}
ColumnsMerged = Mapping[int, Sequence[tuple[int, int]]]


@dataclass(slots=True)
class Sheet:
    """A table: its heads, and its rows below, numbered by `place`. Rows without any content are left out.

    `head_row` is 0 where there are no heads. `height` is how many rows there are below them, blank ones
    included; reading is for one time. `name` is what the workbook calls the sheet.
    """

    heads: list[str]
    head_row: int
    height: int
    _rows: Iterable[tuple[int, Sequence[Any]]]
    name: str = ""

    def __iter__(self) -> Iterator[tuple[int, Sequence[Any]]]:
        for number, row in self._rows:
            for cell in row:
                if cell not in _BLANK:
                    yield number, row
                    break


def open_sheets(content: bytes, names: Mapping[int, str]) -> Iterator[tuple[int, Sheet]]:
    """These tables of a file by their numbers, one after the other; a CSV file has but one."""
    book = workbook(content) if content.startswith(XLSX_START) else None
    for number, name in names.items():
        yield number, _of_workbook(book, name, number) if book else _of_text(content)


def sheets_of(content: bytes) -> list[Sheet]:
    """The table of a CSV file, or every visible sheet with anything in it, whatever the file's name says."""
    if not content.startswith(XLSX_START):
        return [_of_text(content)]
    book = workbook(content)
    found = [sheet for name in _visible(book) if (sheet := _of_workbook(book, name, 0)).heads]
    if not found:
        raise NoTable("empty")
    return found


def _of_text(content: bytes) -> Sheet:
    text = text_of(content)
    height = text.count("\n") + (not text.endswith("\n"))
    if height > MOST_ROWS:
        raise NoTable("rows")
    return _table(csv_rows(text, looked_at=ROWS_LOOKED_AT), height)


def _table(
    rows: Iterable[Sequence[Any]],
    height: int,
    name: str = "",
    number: int = 0,
    columns_merged: ColumnsMerged | None = None,
) -> Sheet:
    numbered = enumerate(rows, place(number, 1))
    start = list(islice(numbered, ROWS_LOOKED_AT))
    if not start:
        raise NoTable("empty")
    at, heads = heads_of(_as_texts(row for _number, row in start))
    below = start[at + 1 :]
    if at >= 0 and is_numbering([str(cell) for _number, row in below[:1] for cell in row]):
        below = below[1:]
    short = [head.strip()[:80] for head in heads]
    data = chain(below, numbered)
    spread = _spread(data, columns_merged) if columns_merged else data
    return Sheet(short, at + 1, max(0, height - at - 1), spread, name)


def _spread(
    numbered: Iterable[tuple[int, Sequence[Any]]], merged: ColumnsMerged
) -> Iterator[tuple[int, Sequence[Any]]]:
    """A cell merged over several rows, such as the district of its mitra, is said of each that says more."""
    held: dict[int, tuple[int, Any]] = {}
    for number, row in numbered:
        starting = [(column, last) for column, last in merged.get(number, ()) if column < len(row)]
        held = {column: (last, said) for column, (last, said) in held.items() if number <= last}
        held |= {column: (last, row[column]) for column, last in starting}
        if held and any(str(cell).strip() for cell in row):
            cells = list(row)
            for column, (_last, said) in held.items():
                cells[column] = said
            yield number, cells
        else:
            yield number, row


def _as_texts(rows: Iterable[Sequence[Any]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


def first_look(content: bytes) -> list[Sheet]:
    """Heads, first rows, and how many there are, of every table of a file whose size was checked.

    Of a plain XLSX of one sheet no more is read than that; of any other all of it.
    """
    last = check_size(content)
    try:
        sheets = sheets_of(first_rows(content)) if last else []
    except (NoTable, *BROKEN):
        sheets = []
    return [replace(one, height=max(0, last - one.head_row)) for one in sheets] or sheets_of(content)


def check_size(content: bytes) -> int:
    """Refuse a file that would unpack to more than a worker can hold; gives its last row, 0 if unknown."""
    return spreadsheets.check_size(content, far_cell=FAR_CELL, most=LARGEST_UNPACKED)


def write_plain(heads: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """CSV as spreadsheets read it: a byte order mark, and no cell that would run as a formula."""
    file = BytesIO()
    write_csv(never_none(heads, rows), file, sanitize_formulas=True, bom=True)
    return file.getvalue()


def _of_workbook(book: CalamineWorkbook, name: str, number: int) -> Sheet:
    """Every row and column from the first, empty ones too; a sheet with nothing has no heads."""
    try:
        sheet = book.get_sheet_by_name(name)
    except CalamineError as error:
        raise NoTable("format") from error
    if sheet.start is None or sheet.end is None:
        return Sheet([], 0, 0, (), name)
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise NoTable("rows")
    return _table(_rows_of(sheet), sheet.end[0] + 1, name, number, _columns_merged(sheet, number))


def _columns_merged(sheet: CalamineSheet, number: int) -> ColumnsMerged:
    """What is merged downwards within one column: where it starts, and the last row of each."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right and top < bottom:
            found.setdefault(place(number, top + 1), []).append((left, place(number, bottom + 1)))
    return found


def _visible(book: CalamineWorkbook) -> list[str]:
    """The sheets that are not hidden: what is hidden is not meant to be read."""
    visible = (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    return [one.name for one in book.sheets_metadata if (one.typ, one.visible) == visible]


def _rows_of(sheet: CalamineSheet) -> Iterator[Sequence[Any]]:
    before = [""] * (sheet.start[1] if sheet.start else 0)
    rows = sheet.iter_rows()
    return (before + row for row in rows) if before else rows
