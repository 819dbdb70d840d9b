"""Read the files of figures offices bring, XLSX and CSV, and write the template for them."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook
from rustpy_xlsxwriter import Format, write_worksheet

from halopst.core import spreadsheets

MOST_ROWS, MOST_COLUMNS = 20_000, 50
LARGEST_UNPACKED = 200 * 1024 * 1024
# A cell beyond AX39999: a reader would make room for every cell before it.
FAR_CELL = re.compile(rb'r="(?:A[YZ]|[B-Z][A-Z]|[A-Z]{3})\d|r="[A-Z]{1,3}(?:[4-9]\d{4}|\d{6,})"')


class Unreadable(Exception):
    """No table we can read; `code`: `format`, `locked`, `rows` or `empty`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The heads, and the rows below with their numbers on the sheet; rows without content left out."""

    heads: list[str]
    rows: list[tuple[int, Sequence[Any]]]


def open_sheet(content: bytes) -> Sheet:
    """The first sheet of an XLSX file, or a CSV file, whatever its name says; heads in its first row."""
    if content.startswith(spreadsheets.XLSX_START):
        read: Iterable[Sequence[Any]] = _workbook_rows(content)
    elif b"\0" in content[:4096] or content.startswith(b"%PDF"):
        raise Unreadable("format")
    else:
        read = _csv_rows(content)
    rows: list[tuple[int, Sequence[Any]]] = [
        (number, row) for number, row in enumerate(read, 1) if any(cell not in {"", None} for cell in row)
    ]
    if len(rows) < 2:  # noqa: PLR2004  # heads and a row
        raise Unreadable("empty")
    if len(rows) > MOST_ROWS + 1:
        raise Unreadable("rows")
    return Sheet([str(head).strip()[:80] for head in rows[0][1]], rows[1:])


def write_template(heads: Sequence[str], example: Sequence[Sequence[str]]) -> bytes:
    """Every cell as text, so that no program shortens a number; the heads frozen and bold."""
    file = BytesIO()
    text = Format().set_num_format("@")
    write_worksheet(
        [dict(zip(heads, row, strict=True)) for row in example],
        file,
        sheet_name="angka",
        freeze_row=1,
        bold_headers=True,
        column_widths=dict.fromkeys(heads, 22.0),
        column_formats=dict.fromkeys(heads, text),
    )
    return file.getvalue()


def _workbook_rows(content: bytes) -> list[list[Any]]:
    try:
        spreadsheets.check_size(content, far_cell=FAR_CELL, most=LARGEST_UNPACKED)
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        if sheet.start is None:
            raise Unreadable("empty")
        if sheet.total_height > MOST_ROWS * 2 or sheet.total_width > MOST_COLUMNS:
            raise Unreadable("rows")
        return sheet.to_python(skip_empty_area=False)
    except spreadsheets.Unfit as error:
        raise Unreadable("rows" if error.code == "size" else error.code) from error
    except CalamineError as error:
        raise Unreadable("locked" if type(error).__name__ == "PasswordError" else "format") from error


def _csv_rows(content: bytes) -> Iterator[Sequence[Any]]:
    """Comma, semicolon or tab, whichever the heads hold most of; UTF-8, else Windows Latin."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    separator = max(",;\t", key=text.partition("\n")[0].count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise Unreadable("format") from error
