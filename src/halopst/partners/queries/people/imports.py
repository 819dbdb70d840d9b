"""Imports of an office, and what stood in the way of rows."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from halopst.core.actors import Actor
from halopst.core.spreadsheets import column_letter
from halopst.partners import spreadsheets
from halopst.partners.models import ImportFault, ImportRun
from halopst.partners.rules.cells import text_of
from halopst.partners.rules.identity import masked
from halopst.partners.rules.tables import table_and_row
from halopst.units.models import Unit

SAMPLES = 3
LONGEST_SAMPLE = 40
NUMBER = 9


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file as it is shown before the import: long numbers masked."""

    at: int
    letter: str
    head: str
    samples: list[str]


def imports(actor: Actor, unit: Unit) -> QuerySet[ImportRun]:
    rows: QuerySet[ImportRun] = ImportRun.objects.visible_to(actor).filter(unit=unit)
    return rows.select_related("asked_by", "unit")


def faults(run: ImportRun, *, warnings: bool) -> QuerySet[ImportFault]:
    rows: QuerySet[ImportFault] = run.faults.filter(is_warning=warnings)
    return rows


def cell_of(run: ImportRun, fault: ImportFault) -> str:
    """`C12`; `Kec. Waru!C12` where the file has several sheets."""
    table, row = table_and_row(fault.row)
    cell = f"{fault.column}{row}"
    return f"{run.tables[table]['name']}!{cell}" if len(run.tables) > 1 else cell


def columns(sheet: spreadsheets.Sheet) -> list[Column]:
    """The heads of a file with the first values under each."""
    rows = [row for _number, row in islice(sheet, SAMPLES)]
    return [
        Column(at, column_letter(at), head, [_shown(row, at) for row in rows])
        for at, head in enumerate(sheet.heads)
    ]


def _shown(row: Any, at: int) -> str:
    text = text_of(row[at]) if at < len(row) else ""
    digits = "".join(sign for sign in text if sign.isdigit())
    return masked(digits) if len(digits) >= NUMBER else text[:LONGEST_SAMPLE]
