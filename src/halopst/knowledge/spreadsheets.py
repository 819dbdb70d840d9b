"""Read the files of figures offices bring, XLSX and CSV."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError

from halopst.core.spreadsheets import XLSX_START, NoTable, check_size, csv_rows, text_of, workbook

MOST_ROWS, MOST_COLUMNS = 20_000, 50
LARGEST_UNPACKED = 200 * 1024 * 1024
# A cell beyond AX39999: a reader would make room for every cell before it.
FAR_CELL = re.compile(rb'r="(?:A[YZ]|[B-Z][A-Z]|[A-Z]{3})\d|r="[A-Z]{1,3}(?:[4-9]\d{4}|\d{6,})"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """The heads, and the rows below with their numbers on the sheet; rows without content left out."""

    heads: list[str]
    rows: list[tuple[int, Sequence[Any]]]


def open_sheet(content: bytes) -> Sheet:
    """The first sheet of an XLSX file, or a CSV file, whatever its name says; heads in its first row."""
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
        sheet = workbook(content).get_sheet_by_index(0)
        if sheet.start is None:
            raise NoTable("empty")
        if sheet.total_height > MOST_ROWS * 2 or sheet.total_width > MOST_COLUMNS:
            raise NoTable("rows")
        return sheet.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise NoTable("format") from error
