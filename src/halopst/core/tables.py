"""Tables that leave as files people open in a spreadsheet, which runs none of their texts as a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import TypeGuard

Cell = str | int | float | date | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(table: Iterable[Sequence[Cell]], *, separator: str = ",") -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read the names right."""
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(map(_harmless, table))
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(table: Iterable[Sequence[Cell]], sheet: str) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415  # a tenth of a worker's memory, for the few that write sheets
    from openpyxl.cell.cell import Cell as Written  # noqa: PLC0415
    from openpyxl.cell.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)

    def as_text(text: str) -> Written:
        """Read as it stands, and not as a formula once somebody edits it either."""
        cell = WriteOnlyCell(page, text)
        cell.data_type, cell.quotePrefix = "s", True
        return cell

    for row in table:
        page.append([as_text(cell) if _runs(cell) else cell for cell in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _harmless(row: Sequence[Cell]) -> list[Cell]:
    """No text a spreadsheet would take for a formula: an apostrophe is all CSV has to say so."""
    return [f"'{cell}" if _runs(cell) else cell for cell in row]


def _runs(cell: Cell) -> TypeGuard[str]:
    """Whether a spreadsheet would take it for a formula; numbers and dates are none."""
    return isinstance(cell, str) and cell.startswith(FORMULA)
