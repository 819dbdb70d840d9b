"""Rows that were checked, as the lines in which COPY takes them: numbers sealed and found by their hash.

What a line holds and in which order is said once, here; `incoming` makes its table from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

from halopst.partners.rules.imports import Fault, Table
from halopst.partners.secrecy import Sealer

TEXTS = (
    "id_sobat",
    "name",
    "sex",
    "email",
    "phone",
    "address",
    "district",
    "village",
    "education",
    "occupation",
    "other_employment",
)
COLUMNS = (
    "row",
    "nik_hash",
    "nik_locked",
    "npwp_hash",
    "npwp_locked",
    "number_hash",
    "number_locked",
    "tail",
    "bank",
    "holder",
    "position",
    "status",
    "decree",
    "birth_date",
    "capi_experience",
    *TEXTS,
)
NOTHING = r"\N"
Column = Sequence[str]


@dataclass(slots=True)
class Packed:
    """Some rows of a file: the lines of the good ones by row, what is wrong with the others, how many in all.

    `keys` are lines too, of what tells who a row is about: its number, the hash of its NIK, its SOBAT id.
    """

    lines: dict[int, str]
    keys: bytes
    faults: list[Fault]
    count: int


class Packer:
    def __init__(self) -> None:
        self._sealer = Sealer()

    def pack(self, table: Table) -> Packed:
        bad = table.bad
        good = [row not in bad for row in table.rows] if bad else None
        rows = list(compress(table.rows, good)) if good else list(table.rows)
        columns = self._columns(table, rows, good)
        keys = _joined(zip(columns["row"], columns["nik_hash"], columns["id_sobat"], strict=True))
        lines = map("\t".join, zip(*(columns[name] for name in COLUMNS), strict=True))
        return Packed(dict(zip(rows, lines, strict=True)), keys, table.faults, len(table.rows))

    def _columns(self, table: Table, rows: list[int], good: list[bool] | None) -> dict[str, Column]:
        blanks = [""] * len(rows)

        def given(name: str) -> list[Any]:
            values = table.values.get(name, blanks)
            return list(compress(values, good)) if good and values is not blanks else values

        columns = {name: _escaped(given(name)) for name in (*TEXTS, "position", "status", "decree")}
        columns |= self._account(_escaped(given("bank")), given("account_number"), given("account_holder"))
        columns |= self._numbers(given("nik"), given("npwp"))
        columns["row"] = list(map(str, rows))
        columns["birth_date"] = [day.isoformat() if day else NOTHING for day in given("birth_date")]
        columns["capi_experience"] = [_YES_OR_NO.get(known, NOTHING) for known in given("capi_experience")]
        return columns

    def _numbers(self, niks: Column, npwps: Column) -> dict[str, Column]:
        """Since 2024 the NPWP of most is their NIK: hashed and sealed once for both."""
        hashes, locked = self._hidden(niks)
        both = list(zip(npwps, niks, hashes, locked, strict=True))
        hide, seal = self._sealer.fingerprint, self._sealer.seal
        return {
            "nik_hash": hashes,
            "nik_locked": locked,
            "npwp_hash": [known if npwp == nik else hide(npwp) for npwp, nik, known, _sealed in both],
            "npwp_locked": [sealed if npwp == nik else seal(npwp) for npwp, nik, _known, sealed in both],
        }

    def _account(self, banks: Column, numbers: Column, holders: Column) -> dict[str, Column]:
        """An account without its bank or its holder is none."""
        named = zip(banks, numbers, holders, strict=True)
        numbers = [number if bank and holder else "" for bank, number, holder in named]
        hashes, locked = self._hidden(numbers)
        return {
            "bank": banks,
            "holder": _escaped(holders),
            "tail": [number[-4:] for number in numbers],
            "number_hash": hashes,
            "number_locked": locked,
        }

    def _hidden(self, numbers: Column) -> tuple[Column, Column]:
        return list(map(self._sealer.fingerprint, numbers)), list(map(self._sealer.seal, numbers))


def whole(lines: Iterable[str]) -> bytes:
    """The lines as one block, as COPY takes them."""
    return "".join(f"{line}\n" for line in lines).encode()


def _joined(rows: Iterable[Iterable[str]]) -> bytes:
    return whole(map("\t".join, rows))


def _escaped(texts: Column) -> Column:
    """No text holds a tab or an end of line (they were read as blanks), but one may hold a backslash."""
    if "\\" not in "".join(texts):
        return texts
    return [text.replace("\\", "\\\\") for text in texts]


_YES_OR_NO: dict[Any, str] = {True: "t", False: "f"}
