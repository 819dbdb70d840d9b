"""The rows of a spreadsheet into mitra, or what is wrong with them, cell by cell."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import compress, zip_longest
from typing import Any

from halopst.partners.rules import cells
from halopst.partners.rules.identity import (
    ACCOUNT_DIGITS,
    SOBAT_DIGITS,
    TAX_DIGITS,
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
    "birth_date",
}
# Fields whose blank is nothing at all rather than an empty text.
NOT_TEXT = {"birth_date", "capi_experience"}
_REMEMBERED = {str, date, datetime}
_NOTHING: frozenset[str] = frozenset()
_SILENT = {"", None}
_DASHES = cells.DASHES
Broken = Mapping[int, AbstractSet[str]]
AtOnce = Callable[[str, Sequence[str]], list[str] | None]


@dataclass(slots=True)
class Fault:
    """`row` is the sheet's; a warning lets the row in."""

    row: int
    field: str
    code: str
    detail: str = ""
    is_warning: bool = False


@dataclass(slots=True)
class Table:
    """What some rows say: under each field one value per row, blank where the cell is; and what is wrong."""

    rows: Sequence[int]
    values: dict[str, list[Any]]
    faults: list[Fault] = field(default_factory=list)

    @property
    def bad(self) -> set[int]:
        """The rows that stay out."""
        return {fault.row for fault in self.faults if not fault.is_warning}


class TableReader:
    """Reads the rows of one table in order; remembers the numbers it has met, to find rows given twice.

    `met` are those of the tables before it, and is added to.
    `year` is the one the mitra are for: nobody is born in it. A row that says nothing in any of the columns
    in use, such as the name of a district over its mitra, is left out as a blank one.
    `positions` are the names an office calls its positions by, in small letters, and what each is.
    Column by column, as a hundred thousand rows of twenty cells are read while somebody waits.
    """

    def __init__(
        self,
        mapping: Mapping[str, int],
        *,
        year: int,
        met: dict[str, int] | None = None,
        positions: Mapping[str, str] | None = None,
    ) -> None:
        self._year = year
        readers = {**_READERS, "position": _of_text(_position_among(positions or {}))}
        self._columns = [
            (name, at, _Memory(readers[name]).__getitem__ if name in REPEATED else readers[name])
            for name, at in mapping.items()
        ]
        self._seen: dict[str, int] = {} if met is None else met

    def read(self, numbered: Sequence[tuple[int, Sequence[Any]]]) -> Table:
        """`numbered` are rows with their numbers on the sheet; one that is shorter ends in blanks."""
        rows = [number for number, _row in numbered]
        columns = list(zip_longest(*(row for _number, row in numbered), fillvalue=""))
        table = Table(rows, {})
        for name, at, read in self._columns:
            cells = columns[at] if at < len(columns) else [""] * len(rows)
            table.values[name] = _column(table, name, cells, read)
        table = _without_silent_rows(table)
        self._look_at_the_whole(table)
        table.faults.sort(key=lambda fault: fault.row)
        return table

    def _look_at_the_whole(self, table: Table) -> None:
        broken: dict[int, set[str]] = {}
        for fault in table.faults:
            broken.setdefault(fault.row, set()).add(fault.field)
        _missing(table, broken)
        _incomplete(table, broken)
        _unborn(table, self._year)
        _contradicted(table)
        self._met_before(table, "nik", "nik-twice")
        self._met_before(table, "id_sobat", "sobat-twice")

    def _met_before(self, table: Table, name: str, code: str) -> None:
        met = self._seen.setdefault
        for row, number in _rows(table, name):
            if number and (first := met(number, row)) != row:
                table.faults.append(Fault(row, name, code, str(first)))


def _without_silent_rows(table: Table) -> Table:
    """Quickly done where every row names somebody, as in most files."""
    if all(table.values.get("name", [""])):
        return table
    broken = {fault.row for fault in table.faults}
    columns = list(table.values.values())
    heard = [
        row in broken or any(column[at] not in _SILENT for column in columns)
        for at, row in enumerate(table.rows)
    ]
    if all(heard):
        return table
    values = {name: list(compress(column, heard)) for name, column in table.values.items()}
    return Table(list(compress(table.rows, heard)), values, table.faults)


def _rows(table: Table, *names: str) -> Iterator[tuple[Any, ...]]:
    """Every row's number and its values of these fields; of a field the file lacks, blanks."""
    blanks = [""] * len(table.rows)
    return zip(table.rows, *(table.values.get(name, blanks) for name in names), strict=True)


def _missing(table: Table, broken: Broken) -> None:
    for row, nik, id_sobat, name in _rows(table, "nik", "id_sobat", "name"):
        if not nik and not id_sobat and not broken.get(row, _NOTHING) & {"nik", "id_sobat"}:
            table.faults.append(Fault(row, "nik", "nik-missing"))
        if not name and "name" not in broken.get(row, _NOTHING):
            table.faults.append(Fault(row, "name", "name-missing"))


def _incomplete(table: Table, broken: Broken) -> None:
    field = "account_number"
    for row, *given in _rows(table, "bank", field, "account_holder"):
        if any(given) and not all(given) and field not in broken.get(row, _NOTHING):
            table.faults.append(Fault(row, field, "account-incomplete", is_warning=True))


def _unborn(table: Table, year: int) -> None:
    for row, birth_date in _rows(table, "birth_date"):
        if birth_date and birth_date.year >= year:
            table.faults.append(Fault(row, "birth_date", "date-range"))


def _contradicted(table: Table) -> None:
    for row, nik, birth_date, sex in _rows(table, "nik", "birth_date", "sex"):
        if nik and (codes := contradictions(nik, birth_date=birth_date or None, sex=sex)):
            table.faults.extend(Fault(row, "nik", code, is_warning=True) for code in codes)


class _Memory(dict[Any, Any]):
    """What a cell was read as before. Only texts and days: `1` and `True` are one key, two cells."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Any) -> Any:
        value = self._read(cell)
        if cell.__class__ in _REMEMBERED:
            self[cell] = value
        return value


def _column(table: Table, name: str, cells: Sequence[Any], read: Callable[[Any], Any]) -> list[Any]:
    if name in _AT_ONCE and (values := _at_once(name, cells)) is not None:
        return values
    try:
        return list(map(read, cells))
    except Malformed:
        return [
            _cell(table.faults, row, name, cell, read) for row, cell in zip(table.rows, cells, strict=True)
        ]


def _at_once(name: str, cells: Sequence[Any]) -> list[Any] | None:
    """A whole column that is already written as it is kept, in one look; None when a cell needs its own."""
    try:
        text = "\n".join(cells)
    except TypeError:
        return None
    if text.count("\n") >= len(cells):
        return None
    return _AT_ONCE[name](text.replace("\n", ""), cells)


def _clean(longest: int) -> AtOnce:
    def read(text: str, cells: Sequence[str]) -> list[str] | None:
        if not text.isprintable() or "  " in text or max(map(len, cells)) > longest:
            return None
        if not _DASHES.isdisjoint(cells):
            return None
        return [cell.strip() for cell in cells]

    return read


def _figures(lengths: Container[int]) -> AtOnce:
    def read(text: str, cells: Sequence[str]) -> list[str] | None:
        if not (text.isascii() and text.isdigit()):
            return None
        return list(cells) if all(length in lengths for length in set(map(len, cells))) else None

    return read


def _cell(faults: list[Fault], row: int, name: str, cell: Any, read: Callable[[Any], Any]) -> Any:
    try:
        return read(cell)
    except Malformed as wrong:
        faults.append(Fault(row, name, wrong.code, wrong.detail, name in FORGIVEN))
        return None if name in NOT_TEXT else ""


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


def _position_among(names: Mapping[str, str]) -> Callable[[str], str]:
    return lambda text: names.get(text.strip().casefold()) or cells.position_of(text)


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
_AT_ONCE: dict[str, AtOnce] = {
    **{name: _clean(longest) for name, longest in LENGTHS.items() if name not in REPEATED},
    "id_sobat": _figures({0, SOBAT_DIGITS}),
    "npwp": _figures({0, *TAX_DIGITS}),
    "account_number": _figures({0, *ACCOUNT_DIGITS}),
}
FIELDS = tuple(_READERS)
