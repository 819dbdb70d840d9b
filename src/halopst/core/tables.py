"""Tables that leave as files people open in a spreadsheet, which runs none of their texts as a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

Cell = str | int | float | date | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(table: Iterable[Sequence[Cell]], *, separator: str = ",") -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read the names right."""
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(map(_harmless, table))
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(table: Iterable[Sequence[Cell]], sheet: str) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415  # a tenth of a worker's memory, for the few that write sheets

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for row in table:
        page.append(_harmless(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _harmless(row: Sequence[Cell]) -> list[Cell]:
    """No text a spreadsheet would take for a formula; numbers and dates as they are."""
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in row]
