"""Volumes as people type and copy them, alone or as a block of a spreadsheet."""

import csv
import re
from collections.abc import Sequence
from io import StringIO

from halopst.partners.rules.columns import HEADS, plain_head

MOST_VOLUME = 1_000_000
GROUPED = re.compile(r"[0-9]{1,3}([.,\u00a0 ][0-9]{3})+")
# A cell that says who, not how much: a name, or a number longer than any volume.
LETTER = re.compile(r"[^\W\d_]")
NAMING = re.compile(r"[^\W\d_]|(?:\d\D?){9}")
HEAD_NAMES = {name for names in HEADS.values() for name in names}
Block = list[list[str]]


def volume_of(text: str) -> int:
    """A whole number: `24`, ` 1.200 `, nothing for none; ValueError for anything else, `1,5` among it."""
    plain = text.strip()
    if GROUPED.fullmatch(plain):
        plain = re.sub(r"[^0-9]", "", plain)
    if not plain or plain in {"-", "–"}:
        return 0
    if not plain.isascii() or not plain.isdigit() or len(plain) > len(str(MOST_VOLUME)):
        raise ValueError(text)
    if int(plain) > MOST_VOLUME:
        raise ValueError(text)
    return int(plain)


def block_of(text: str) -> Block:
    """Rows of cells, as a spreadsheet copies them; every row as wide as the widest, none blank at the end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO(lines), "excel-tab")]
    except csv.Error:
        rows = [[cell.strip() for cell in line.split("\t")] for line in lines.split("\n")]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def is_naming(column: Sequence[str]) -> bool:
    """Whether most of its cells are names or long numbers."""
    filled = [cell for cell in column if cell]
    return bool(filled) and 2 * sum(bool(NAMING.search(cell)) for cell in filled) > len(filled)


def naming_columns(block: Block) -> int:
    """How many columns at the left say who: up to the last in which most cells are names or long numbers."""
    columns = enumerate(zip(*block, strict=True), 1)
    return max((at for at, column in columns if is_naming(column)), default=0)


def words_of(text: str) -> str:
    """What two ways of writing a name have in common: `Ma'ruf,  S.Pd` is `maruf s pd`."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("'", "")))


def is_head(names: Sequence[str]) -> bool:
    """Whether these cells are the heads over names rather than somebody's."""
    return any(plain_head(name) in HEAD_NAMES for name in names if name)
