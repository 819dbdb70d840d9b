"""A grid split into heads, rows and footnotes; stops where a part could be one or the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from halopst.knowledge.rules.figures import periods, separators
from halopst.knowledge.rules.figures.table_words import listed
from halopst.knowledge.rules.figures.values import is_absent, unmarked
from halopst.knowledge.webapi.grid import MISSING, Box, Grid, Row

_NUMBERING = re.compile(r"\(\d{1,2}\)|\[\d{1,2}\]")
_FOOTNOTE = re.compile(
    r"(?:sumber|catatan|keterangan|ket|source|note|notes|\*{1,2}\)?|[a-z0-9]\))(?![a-z])", re.IGNORECASE
)
_MARKED = re.compile(r"[^(]*\d\)")
"""`Asemrowo1)`, `451)`: a footnote mark, which could be taken for one more digit."""
FEWEST_COLUMNS = 2


class Unclear(Exception):
    """Why a table stays text: `code` is one of `wording.STATIC`, `detail` a place in the table."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail[:100]
        super().__init__(code, detail)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the body: its label, the section heading above it, and its values."""

    label: Box
    section: str
    values: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Heads, rows and footnotes; `columns` has for each column of values its heads from above, each once."""

    corner: str
    corner_is_head: bool
    columns: tuple[tuple[Box, ...], ...]
    lines: tuple[Line, ...]
    preface: tuple[str, ...]
    footnotes: tuple[str, ...]


def shape_of(grid: Grid) -> Shape:
    if grid.flaws:
        raise Unclear(min(grid.flaws))
    rows, before = _without_preface(list(grid.rows))
    head, body = _split(rows)
    label = _label_column(head, body)
    body, after = _without_footnotes(body, label)
    corner = _once([row[label] for row in head])
    columns = tuple(_once([row[at] for row in head]) for at in range(label + 1, len(head[0])))
    if not columns or not all(columns) or not corner:
        raise Unclear("head")
    if any(is_marked(box) for box in (*corner, *(box for column in columns for box in column))):
        raise Unclear("footnote")
    said = " ".join(box.text for box in corner)
    is_head = any(box.is_head for box in corner)
    lines = tuple(_lines(body, label))
    return Shape(
        said, is_head, columns, lines, tuple(box.said for box in before), tuple(box.said for box in after)
    )


def _without_preface(rows: list[Row]) -> tuple[list[Row], list[Box]]:
    """The rows from the heads on, and the titles and units above them."""
    said: list[Box] = []
    while rows and (alone := _alone(rows[0])) is not None and len(rows[0]) > 1:
        said.append(alone)
        rows = rows[1:]
    if not rows or len(rows[0]) < FEWEST_COLUMNS:
        raise Unclear("no-table")
    return rows, said


def _alone(row: Row) -> Box | None:
    """The one box of a row with text in it; None for none or several."""
    said = {id(box): box for box in row if box.text}
    return next(iter(said.values())) if len(said) == 1 else None


def _split(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Heads and body, which begins after a row that numbers the columns, or with the first figures."""
    numbered = next((at for at, row in enumerate(rows) if _is_numbering(row)), None)
    begins = next((at for at, row in enumerate(rows) if _has_figures(row)), len(rows))
    at = begins if numbered is None else numbered
    head, body = rows[:at], rows[at + (numbered is not None) :]
    while head and (alone := _alone(head[-1])) is not None and alone.wide >= len(head[-1]):
        head, body = head[:-1], [head[-1], *body]
    if not head or not body or (numbered is not None and begins < numbered):
        raise Unclear("head")
    for above, below in pairwise(head):
        if any(box is MISSING for box in below[1:]) or (below[0].text and below[0] is not above[0]):
            raise Unclear("head")
    return head, [row for row in body if not _is_numbering(row)]


def _is_numbering(row: Row) -> bool:
    """Whether the row numbers the columns: `(1) (2) (3)`, or plain numbers from 1."""
    said = [box.text for box in row if box.text]
    return len(said) > 1 and (
        all(_NUMBERING.fullmatch(one) for one in said)
        or said == [str(number) for number in range(1, len(row) + 1)]
    )


def _has_figures(row: Row) -> bool:
    """Whether a row has figures, or marks for missing ones, beside one or two labels.

    Years alone are heads.
    """
    said = [box.text for box in row[1:] if box.text]
    if not said or _alone(row) is not None:
        return False
    said = said[1:] or said
    are_years = all(periods.of_label(unmarked(one)[0]) is not None for one in said)
    return not are_years and all(map(is_value, said))


def is_value(text: str) -> bool:
    return is_absent(text) or separators.may_be_figure(text)


def is_marked(box: Box) -> bool:
    return bool(box.raised or _MARKED.fullmatch(box.text))


def _label_column(head: Sequence[Row], body: Sequence[Row]) -> int:
    """The place of the one column of labels; only one that numbers the rows may stand before it."""
    counts = " ".join(box.text for box in _once([row[0] for row in head])).casefold() in listed(
        "heads", "counting"
    )
    label = int(counts)
    if counts and not all(re.fullmatch(r"\d{0,4}\.?", row[0].text) or _alone(row) for row in body):
        raise Unclear("labels")
    for row in head[1:]:
        if row[label].text and row[label] is not head[0][label]:
            raise Unclear("head")
    return label


def _once(boxes: Sequence[Box]) -> tuple[Box, ...]:
    return tuple({id(box): box for box in boxes if box.text}.values())


def _without_footnotes(rows: list[Row], label: int) -> tuple[list[Row], list[Box]]:
    said: list[Box] = []
    while rows and (alone := _alone(rows[-1])) is not None:
        if alone.wide <= label + 1 and not _FOOTNOTE.match(alone.text):
            break
        said.append(alone)
        rows = rows[:-1]
    return rows, said


def _lines(rows: Sequence[Row], label: int) -> Iterator[Line]:
    section = ""
    for row in rows:
        alone = _alone(row)
        if alone is not None and alone.wide >= len(row) - label:
            section = alone.text
            continue
        yield _line(row, label, section)


def _line(row: Row, label: int, section: str) -> Line:
    name, values = row[label], row[label + 1 :]
    if not name.text or any(box is MISSING for box in row):
        raise Unclear("ragged", name.text)
    if any(box.wide > 1 or box.high > 1 for box in row[label:]):
        raise Unclear("merged", name.text)
    if any(is_marked(box) for box in row):
        raise Unclear("footnote", name.text)
    if bad := next((box.text for box in values if box.text and not is_value(box.text)), ""):
        raise Unclear("labels" if any(one.isalpha() for one in bad) else "value", bad)
    return Line(name, section, tuple(values))
