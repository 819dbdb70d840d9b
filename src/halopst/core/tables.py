"""Tables that leave as files people open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

from openpyxl import Workbook

Cell = str | int | float | date | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(table: Iterable[Sequence[Cell]], *, separator: str = ",") -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read the names right."""
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(table)
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(table: Iterable[Sequence[Cell]], sheet: str) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for row in table:
        page.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def harmless(text: str) -> str:
    """A text no spreadsheet will take for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
