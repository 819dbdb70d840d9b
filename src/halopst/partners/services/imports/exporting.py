"""The register as a file people can change and import again: the same columns, every cell as text."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Refused
from halopst.core.spreadsheets import NoTable, text_workbook
from halopst.partners import permissions, spreadsheets
from halopst.partners.models import ImportRun, Registration
from halopst.partners.queries.people.imports import cell_of
from halopst.partners.rules.cells import as_it_was
from halopst.partners.rules.columns import TITLES
from halopst.partners.rules.tables import layouts
from halopst.partners.secrecy import unseal_all
from halopst.partners.services.authority import must
from halopst.partners.services.imports.importing import open_run
from halopst.partners.wording.faults import said_of
from halopst.units.models import Unit

# Where each column comes from, seen from a registration; sealed numbers are opened on the way out.
SOURCES = {
    "nik": "person__nik_locked",
    "id_sobat": "person__id_sobat",
    "name": "person__name",
    "birth_date": "person__birth_date",
    "sex": "person__sex",
    "email": "person__email",
    "phone": "person__phone",
    "npwp": "person__npwp_locked",
    "address": "person__address",
    "district": "person__district",
    "village": "person__village",
    "education": "person__education",
    "occupation": "person__occupation",
    "other_employment": "person__other_employment",
    "capi_experience": "person__capi_experience",
    "position": "position",
    "status": "status",
    "decree": "decree",
    "bank": "person__bank_account__bank",
    "account_number": "person__bank_account__number_locked",
    "account_holder": "person__bank_account__holder",
}


PIECE_ROWS = 5_000
Row = tuple[Any, ...]


class FileGone(Refused):
    """The file of an import is kept for a week."""

    message = _("Berkas impor ini sudah dihapus, karena lebih dari 7 hari atau semua barisnya masuk.")


def export(actor: Actor, *, unit: Unit, rows: QuerySet[Registration], as_csv: bool = False) -> bytes:
    """These registrations of the office with their whole numbers, on record who took them and how many."""
    must(actor, permissions.MANAGE, unit.pk)
    heads = [TITLES[name] for name in SOURCES]
    values = rows.order_by("person__name", "pk").values_list(*SOURCES.values())
    taken = [
        row for piece in _pieces(values.iterator(chunk_size=PIECE_ROWS)) for row in _written(heads, piece)
    ]
    record(actor, "partners.exported", unit, unit_id=unit.pk, rows=len(taken))
    return _file(heads, taken, as_csv=as_csv)


def template() -> bytes:
    """An empty file with our own heads."""
    return _file([TITLES[name] for name in SOURCES], [], as_csv=False)


def bad_rows(actor: Actor, run: ImportRun) -> bytes:
    """The rows that stayed out, as they were, with columns in front that say what to mend."""
    must(actor, permissions.MANAGE, run.unit_id)
    reasons: dict[int, list[str]] = {}
    for fault in run.faults.filter(is_warning=False):
        reasons.setdefault(fault.row, []).append(f"{cell_of(run, fault)}: {said_of(run, fault)}")
    heads, found = _as_they_were(run, reasons)
    heads = _unique([say("Yang perlu diperbaiki"), *heads])
    rows = [dict(zip(heads, [" ".join(reasons[at]), *row], strict=True)) for at, row in found]
    record(actor, "partners.bad-rows-taken", run, rows=len(rows))
    return text_workbook(heads, rows, sheet=say("Perlu diperbaiki"))


def _as_they_were(run: ImportRun, wanted: Container[int]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """These rows under the heads of the file; under ours, where its sheets have different ones."""
    read = [run.tables[number] for number in run.mappings]
    alike = len(layouts(read)) == 1
    fields = [name for name in TITLES if any(name in table["mapping"] for table in read)]
    heads = max((table["heads"] for table in read), key=len) if alike else [TITLES[name] for name in fields]
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, sheet in open_run(run):
            mapping = run.mappings[number]
            places = range(len(heads)) if alike else [mapping.get(name, -1) for name in fields]
            rows += [(at, _cells(row, places)) for at, row in sheet if at in wanted]
    except (FileNotFoundError, NoTable) as error:
        raise FileGone from error
    return heads, rows


def _file(heads: Sequence[str], rows: Sequence[Mapping[str, str]], *, as_csv: bool) -> bytes:
    if as_csv:
        return spreadsheets.write_plain(heads, rows)
    return text_workbook(heads, rows, sheet="Mitra")


def _pieces(values: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(values)
    while piece := list(islice(rows, PIECE_ROWS)):
        yield piece


def _written(heads: Sequence[str], rows: Sequence[Row]) -> Iterator[dict[str, str]]:
    """Write column by column, so that checks only a few columns need are not made for every cell."""
    columns = dict(zip(SOURCES, map(list, zip(*rows, strict=True)), strict=True))
    for name in ("bank", "account_holder"):
        columns[name] = [value or "" for value in columns[name]]
    columns["birth_date"] = [f"{day:%d-%m-%Y}" if day else "" for day in columns["birth_date"]]
    columns["capi_experience"] = ["ya" if known else "belum" for known in columns["capi_experience"]]
    columns["account_number"] = unseal_all(columns["account_number"])
    known = dict(zip(columns["nik"], unseal_all(columns["nik"]), strict=True))
    others = [sealed for sealed in columns["npwp"] if sealed not in known]
    known |= dict(zip(others, unseal_all(others), strict=True))
    columns["nik"], columns["npwp"] = (
        [known[sealed] for sealed in columns[name]] for name in ("nik", "npwp")
    )
    return (dict(zip(heads, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _cells(row: Sequence[Any], places: Iterable[int]) -> list[str]:
    """The cells of these columns; blank for a column the row has not."""
    return [as_it_was(row[at]) if 0 <= at < len(row) else "" for at in places]


def _unique(heads: Sequence[str]) -> list[str]:
    """Two columns may bear one head; in a file of ours each has its own."""
    seen: dict[str, int] = {}
    named = []
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        named.append(f"{head} {seen[head]}" if seen[head] > 1 else head)
    return named
