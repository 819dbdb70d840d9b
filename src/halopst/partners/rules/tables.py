"""A file holds one table, or several sheets with one each: which are read, and where in one a row is."""

from collections.abc import Sequence
from typing import TypedDict

from halopst.partners.rules.columns import REQUIRED_ONE_OF, plain_head

# More rows than any sheet has: what a table's rows are counted on from, so that one number names both.
STEP = 2_000_000


class Look(TypedDict):
    """What is kept of a table: its sheet's name, its heads and their row (0: none), how many rows follow.

    `mapping` is field to column, as guessed or chosen; `taken` whether its rows are read.
    """

    name: str
    heads: list[str]
    head_row: int
    rows: int
    mapping: dict[str, int]
    taken: bool


def place(table: int, row: int) -> int:
    """One number for a row of a table; in the first it is the row's own."""
    return table * STEP + row


def table_and_row(number: int) -> tuple[int, int]:
    return divmod(number, STEP)


def names_mitra(mapping: dict[str, int]) -> bool:
    """Whether these columns say who somebody is, and by which number they are known."""
    return "name" in mapping and any(name in mapping for name in REQUIRED_ONE_OF)


def layouts(tables: Sequence[Look]) -> list[list[int]]:
    """The tables in groups whose heads are the same: what one's columns hold, the others' do too."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, table in enumerate(tables):
        plain = [plain_head(head) for head in table["heads"]]
        while plain and not plain[-1]:
            plain.pop()
        key = tuple(plain) if any(plain) else (f"{number}",)
        groups.setdefault(key, []).append(number)
    return list(groups.values())
