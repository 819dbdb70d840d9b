"""Read and write the files people bring, XLSX and CSV: every cell as it is, rows numbered as on the sheet."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO, StringIO
from itertools import chain, islice
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook
from rustpy_xlsxwriter import Format, write_csv, write_worksheet

from halopst.core import spreadsheets
from halopst.core.spreadsheets import BROKEN, XLSX_START
from halopst.partners.beginnings import first_rows
from halopst.partners.rules.columns import ROWS_LOOKED_AT, header_row

MOST_ROWS = 150_000
MOST_COLUMNS = 104
LARGEST_UNPACKED = 600 * 1024 * 1024
# A reference to a cell beyond CZ150000: a reader would make room for every cell before it.
FAR_CELL = re.compile(rb'r="(?:[D-Z][A-Z]|[A-Z]{3})\d|r="[A-Z]{1,3}(?:1[5-9]\d{4}|[2-9]\d{5}|\d{7,})"')
_BLANK = {"", None}


class Unreadable(Exception):
    """The file is no table we can read; `code` says why: `format`, `locked`, `size`, `rows`, `empty`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(slots=True)
class Sheet:
    """A table: its heads, and its rows below with their numbers. Rows without any content are left out.

    `height` is how many rows there are below the heads, blank ones included; reading is for one time.
    """

    heads: list[str]
    head_row: int
    height: int
    _rows: Iterable[tuple[int, Sequence[Any]]]

    def __iter__(self) -> Iterator[tuple[int, Sequence[Any]]]:
        for number, row in self._rows:
            for cell in row:
                if cell not in _BLANK:
                    yield number, row
                    break


def open_sheet(content: bytes) -> Sheet:
    """The first sheet of an XLSX file, or a CSV file, whatever its name says."""
    if content.startswith(XLSX_START):
        rows, height = _workbook_rows(content)
    elif b"\0" in content[:4096] or content.startswith(b"%PDF"):
        raise Unreadable("format")
    else:
        rows, height = _csv_rows(content)
    numbered = enumerate(rows, 1)
    start = list(islice(numbered, ROWS_LOOKED_AT))
    if not start:
        raise Unreadable("empty")
    at = header_row([[str(cell) for cell in row] for _number, row in start])
    number, heads = start[at]
    below = chain(start[at + 1 :], numbered)
    return Sheet([str(head).strip()[:80] for head in heads], number, max(0, height - number), below)


def first_look(content: bytes) -> Sheet:
    """The heads and the first rows, and how many there are, of a file whose size was checked.

    Of a plain XLSX of one sheet no more is read than that; of any other all of it.
    """
    last = check_size(content)
    try:
        sheet = open_sheet(first_rows(content)) if last else None
    except (Unreadable, *BROKEN):
        sheet = None
    return replace(sheet, height=max(0, last - sheet.head_row)) if sheet else open_sheet(content)


def check_size(content: bytes) -> int:
    """Refuse what would unpack to more than a worker can hold; the number of its last row, 0 if unknown."""
    try:
        return spreadsheets.check_size(content, far_cell=FAR_CELL, most=LARGEST_UNPACKED)
    except spreadsheets.Unfit as error:
        raise Unreadable(error.code) from error


def write_xlsx(heads: Sequence[str], rows: Iterable[Mapping[str, str]], *, sheet: str) -> bytes:
    """Every cell as text, so that no program shortens a number; the heads frozen and bold."""
    file = BytesIO()
    text = Format().set_num_format("@")
    write_worksheet(
        _never_none(heads, rows),
        file,
        sheet_name=sheet,
        freeze_row=1,
        bold_headers=True,
        column_widths=dict.fromkeys(heads, 20.0),
        column_formats=dict.fromkeys(heads, text),
    )
    return file.getvalue()


def write_plain(heads: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """CSV as spreadsheets read it: a byte order mark, and no cell that would run as a formula."""
    file = BytesIO()
    write_csv(_never_none(heads, rows), file, sanitize_formulas=True, bom=True)
    return file.getvalue()


def _workbook_rows(content: bytes) -> tuple[Iterator[Sequence[Any]], int]:
    """Every row and column from the first, empty ones too; and how many rows."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheet = book.get_sheet_by_index(0)
    except CalamineError as error:
        raise Unreadable("locked" if type(error).__name__ == "PasswordError" else "format") from error
    if sheet.start is None:
        raise Unreadable("empty")
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise Unreadable("rows")
    before = [""] * sheet.start[1]
    rows = sheet.iter_rows()
    height = sheet.end[0] + 1 if sheet.end else 0
    return (before + row for row in rows) if before else rows, height


def _csv_rows(content: bytes) -> tuple[Iterator[Sequence[Any]], int]:
    """Comma, semicolon or tab, whichever the first lines hold most of; UTF-8, else Windows Latin."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    head = "\n".join(text.splitlines()[:ROWS_LOOKED_AT])
    separator = max(",;\t", key=head.count)
    height = text.count("\n") + (not text.endswith("\n"))
    if height > MOST_ROWS:
        raise Unreadable("rows")
    return _fields(text, separator), height


def _fields(text: str, separator: str) -> Iterator[Sequence[Any]]:
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise Unreadable("format") from error


def _never_none(heads: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Iterator[Mapping[str, str]]:
    """The writer takes its heads from the first row, so there has to be one."""
    rows = iter(rows)
    yield next(rows, dict.fromkeys(heads, ""))
    yield from rows
