"""A copied block as it is understood: which of its columns say for whom, which are volumes, and of what.

A first row of heads decides by name, whatever the order; without one the volumes go on to the right.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from halopst.partners.queries.allocation.grid import Column
from halopst.partners.rules.columns import plain_head
from halopst.partners.rules.volumes import (
    HEAD_NAMES,
    LETTER,
    Block,
    is_head,
    is_naming,
    naming_columns,
    words_of,
)

NUMBERINGS = {"no", "nomor", "no urut", "nomor urut"}
SKIPPED, SAMPLE = 0, 3


@dataclass(frozen=True, slots=True)
class Head:
    """A head over volumes: its column in the block, its words, and what on the sheet they may mean.

    `sample` are the first volumes below it.
    """

    at: int
    text: str
    means: Sequence[Column]
    sample: Sequence[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the block: whom it names, and its volumes."""

    number: int
    names: Sequence[str]
    volumes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """`columns` are what the volumes of each row go into; `unknown` heads wait for a person to say."""

    named: bool
    rows: Sequence[Row]
    columns: Sequence[Column]
    known: Sequence[tuple[Head, Column]] = ()
    unknown: Sequence[Head] = ()

    @property
    def size(self) -> int:
        return sum(len(row.volumes) for row in self.rows)


def read(
    block: Block,
    columns: Sequence[Column],
    *,
    first: int,
    said: Mapping[int, int],
    is_somebody: Callable[[Sequence[str]], bool],
) -> Reading:
    """By its heads, of which `said` tells what the unknown ones mean (a duty, or `SKIPPED`); else by place.

    By place the first volume goes into the duty `first`.
    """
    if heads := _heads(block, columns, is_somebody):
        return _by_heads(block, columns, heads, said)
    keys = naming_columns(block)
    start = next((n for n, column in enumerate(columns) if column.duty.pk == first), 0)
    rows = [
        Row(number, row[:keys], row[keys:])
        for number, row in enumerate(block, 1)
        if not (keys and (not any(row) or (number == 1 and is_head(row[:keys]))))
    ]
    return Reading(bool(keys), rows, columns[start:])


def _by_heads(
    block: Block, columns: Sequence[Column], heads: Sequence[Head], said: Mapping[int, int]
) -> Reading:
    """Heads nobody knows, and two that mean the same, are left open until it is said what they are."""
    offered = {column.duty.pk: column for column in columns}
    meant: dict[int, Column] = {}
    unknown = []
    for head in heads:
        known = head.means[0] if len(head.means) == 1 else None
        column = offered.get(said[head.at]) if head.at in said else known
        if column and column not in meant.values():
            meant[head.at] = column
        elif said.get(head.at) != SKIPPED:
            unknown.append(head)
    over = {head.at for head in heads}
    keys = [at for at in range(len(block[0])) if at not in over and is_naming(_below(block, at))]
    rows = [
        Row(number, [row[at] for at in keys], [row[at] for at in meant])
        for number, row in enumerate(block[1:], 2)
        if any(row)
    ]
    known_heads = [(head, meant[head.at]) for head in heads if head.at in meant]
    return Reading(bool(keys), rows, list(meant.values()), known_heads, unknown)


def _heads(
    block: Block, columns: Sequence[Column], is_somebody: Callable[[Sequence[str]], bool]
) -> list[Head]:
    """The heads over the volumes, if the first row holds heads."""
    if len(block) <= 1:
        return []
    labels = _labels(columns)
    if not any(words_of(cell) in labels for cell in block[0] if cell) and not _are_heads(block, is_somebody):
        return []
    return list(_over_volumes(block, labels))


def _are_heads(block: Block, is_somebody: Callable[[Sequence[str]], bool]) -> bool:
    """Whether a first row that names no activity of the sheet holds heads even so: words over numbers."""
    keys = naming_columns(block[1:])
    names, over = block[0][:keys], [cell for cell in block[0][keys:] if cell]
    return bool(over) and all(map(LETTER.search, over)) and (is_head(names) or not is_somebody(names))


def _over_volumes(block: Block, labels: Mapping[str, Sequence[Column]]) -> Iterator[Head]:
    for at, text in enumerate(block[0]):
        below, plain = _below(block, at), plain_head(text)
        means = labels.get(words_of(text), ()) if text else ()
        aside = plain in HEAD_NAMES or plain in NUMBERINGS or is_naming(below) or not any(below)
        if means or not aside:
            yield Head(at, text, means, [cell for cell in below if cell][:SAMPLE])


def _below(block: Block, at: int) -> list[str]:
    return [row[at] for row in block[1:]]


def _labels(columns: Sequence[Column]) -> dict[str, list[Column]]:
    """What people write over each column: names long and short, with or without the duty, and the MAK."""
    found: defaultdict[str, list[Column]] = defaultdict(list)
    for column in columns:
        activity, position = column.duty.activity, column.duty.position
        names = (activity.short_name, activity.name)
        full = [f"{name} {duty}" for name in names for duty in (position.title, position.code)]
        line = [column.line.code] if column.line else []
        for label in {words_of(text) for text in (*names, *full, *line)}:
            found[label].append(column)
    return found
