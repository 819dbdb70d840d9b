"""One row of a spreadsheet into one mitra, or what is wrong with it, cell by cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from halopst.partners.rules import cells
from halopst.partners.rules.identity import (
    Malformed,
    account_of,
    contradictions,
    nik_of,
    npwp_of,
    sobat_id_of,
)

LENGTHS = {
    "name": 150,
    "address": 300,
    "district": 100,
    "village": 100,
    "occupation": 100,
    "other_employment": 150,
    "decree": 150,
    "bank": 80,
    "account_holder": 150,
}
# A value not understood here leaves the field empty and says so; elsewhere it keeps the row out.
FORGIVEN = {"education", "capi_experience", "email", "phone"}
# Columns in which few different cells stand in many rows: each is read once.
REPEATED = {
    "sex",
    "district",
    "village",
    "education",
    "occupation",
    "other_employment",
    "capi_experience",
    "position",
    "status",
    "decree",
    "bank",
}


@dataclass(slots=True)
class Fault:
    """`row` is the sheet's; a warning lets the row in."""

    row: int
    field: str
    code: str
    detail: str = ""
    is_warning: bool = False


@dataclass(slots=True)
class Reading:
    """What a row says: values of the fields it has, blank where the cell is; and what is wrong."""

    row: int
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return all(fault.is_warning for fault in self.faults)


class RowReader:
    """Reads the rows of one file in order; remembers the numbers it has met, to find rows given twice."""

    def __init__(self, mapping: Mapping[str, int]) -> None:
        self._columns: list[tuple[str, int, Callable[[Any], Any], dict[Any, Any] | None]] = [
            (field, index, _READERS[field], {} if field in REPEATED else None)
            for field, index in mapping.items()
        ]
        self._seen: dict[str, int] = {}

    def read(self, row: int, sheet_row: Sequence[Any]) -> Reading:
        values: dict[str, Any] = {}
        reading = Reading(row, values)
        width = len(sheet_row)
        for name, index, read, known in self._columns:
            cell = sheet_row[index] if index < width else ""
            if known is not None and cell in known:
                values[name] = known[cell]
                continue
            try:
                values[name] = read(cell)
                if known is not None:
                    known[cell] = values[name]
            except Malformed as wrong:
                values[name] = None if name in {"birth_date", "capi_experience"} else ""
                reading.faults.append(Fault(row, name, wrong.code, wrong.detail, name in FORGIVEN))
        self._look_at_the_whole(reading)
        return reading

    def _look_at_the_whole(self, reading: Reading) -> None:
        values, faults = reading.values, reading.faults
        nik, id_sobat = values.get("nik", ""), values.get("id_sobat", "")
        broken = {fault.field for fault in faults}
        if not nik and not id_sobat and not broken & {"nik", "id_sobat"}:
            faults.append(Fault(reading.row, "nik", "nik-missing"))
        if not values.get("name") and "name" not in broken:
            faults.append(Fault(reading.row, "name", "name-missing"))
        given = [bool(values.get(name)) for name in ("bank", "account_number", "account_holder")]
        if any(given) and not all(given) and "account_number" not in broken:
            faults.append(Fault(reading.row, "account_number", "account-incomplete", is_warning=True))
        if nik:
            self._contradicted(reading, nik)
        self._met_before(reading, "nik", nik, "nik-twice")
        self._met_before(reading, "id_sobat", id_sobat, "sobat-twice")

    def _contradicted(self, reading: Reading, nik: str) -> None:
        values = reading.values
        for code in contradictions(nik, birth_date=values.get("birth_date"), sex=values.get("sex", "")):
            reading.faults.append(Fault(reading.row, "nik", code, is_warning=True))

    def _met_before(self, reading: Reading, name: str, number: str, code: str) -> None:
        if not number:
            return
        first = self._seen.setdefault(number, reading.row)
        if first != reading.row:
            reading.faults.append(Fault(reading.row, name, code, str(first)))


def _text(name: str) -> Callable[[Any], str]:
    longest = LENGTHS[name]

    def read(cell: Any) -> str:
        text = cells.text_of(cell)
        if len(text) > longest:
            raise Malformed("too-long", str(longest))
        return text

    return read


def _of_text(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda cell: read(cells.text_of(cell))


def _nik(cell: Any) -> str:
    text = cells.exact_text_of(cell, "nik-number")
    return nik_of(text) if text else ""


def _npwp(cell: Any) -> str:
    text = cells.exact_text_of(cell, "npwp-number")
    return npwp_of(text) if text else ""


def _account(cell: Any) -> str:
    text = cells.short_number_of(cell, "account-number")
    return account_of(text) if text else ""


_READERS: dict[str, Callable[[Any], Any]] = {
    **{name: _text(name) for name in LENGTHS},
    "nik": _nik,
    "id_sobat": lambda cell: sobat_id_of(cells.short_number_of(cell, "sobat-number")),
    "birth_date": cells.birth_date_of,
    "sex": _of_text(cells.sex_of),
    "email": _of_text(cells.email_of),
    "phone": _of_text(cells.phone_of),
    "npwp": _npwp,
    "education": _of_text(cells.education_of),
    "capi_experience": _of_text(cells.experience_of),
    "position": _of_text(cells.position_of),
    "status": _of_text(cells.status_of),
    "account_number": _account,
}
FIELDS = tuple(_READERS)
