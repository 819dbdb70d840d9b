"""The tables of a page of HTML as a grid of boxes, with notes on what could be read in two ways."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from halopst.knowledge.rules.figures.values import MARKS
from halopst.knowledge.webapi.text import SILENT, unescaped

MOST_ROWS, MOST_COLUMNS, LONGEST = 3_000, 60, 1_600_000
_RAISED_UNIT = re.compile(r"(?:^|[^a-z])[kc]?m$", re.IGNORECASE)
"""After such a unit a raised digit is part of it (`km²`); elsewhere it marks a footnote."""


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """What one cell of HTML says, however many places it takes up; `raised` are its footnote marks."""

    text: str = ""
    raised: str = ""
    is_head: bool = False
    wide: int = 1
    high: int = 1

    @property
    def said(self) -> str:
        return f"{self.text} ({self.raised})" if self.raised else self.text


MISSING = Box()
"""A place where the row has no cell of its own and none from above reaches."""
Row = Sequence[Box]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows that hold anything. `flaws` name what browsers mend by guessing, and what was cut off."""

    rows: tuple[tuple[Box, ...], ...]
    flaws: frozenset[str]


def grid_of(escaped: object) -> Grid:
    """All rows of all tables; a box that spans several places is repeated in each of them."""
    html = unescaped(escaped, LONGEST)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(html) >= LONGEST:
        reader.flaws.add("long")
    return reader.grid()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.flaws: set[str] = set()
        self._rows: list[dict[int, Box]] = []
        self._row: dict[int, Box] | None = None
        self._below: dict[int, tuple[int, Box]] = {}  # by column: the rows still to fill, and their box
        self._said: list[str] | None = None
        self._raised: list[str] = []
        self._opening = (False, 1, 1)
        self._depth = self._tables = self._silent = self._high = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        if tag == "table":
            self._begin_table()
        elif tag == "tr":
            self._end_row()
            self._row = {}
        elif tag in {"td", "th"}:
            self._begin_box(tag, dict(attrs))
        elif tag == "br" and self._said is not None:
            self._said.append(" ")
        self._high += tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in SILENT))
        self._high = max(0, self._high - (tag == "sup"))
        if tag in {"td", "th"}:
            self._end_box()
        elif tag in {"tr", "table"}:
            self._end_row()
            self._depth = max(0, self._depth - (tag == "table"))
            self._below = {} if tag == "table" else self._below

    def handle_data(self, data: str) -> None:
        if self._said is None or self._silent:
            return
        is_mark = self._high and not _RAISED_UNIT.search("".join(self._said))
        (self._raised if is_mark else self._said).append(data)

    def grid(self) -> Grid:
        """The grid without rows and columns that are empty throughout."""
        self._end_row()
        rows = [row for row in self._rows if any(box.text for box in row.values())]
        used = sorted({at for row in rows for at, box in row.items() if box.text})
        filled = tuple(tuple(row.get(at, MISSING) for at in used) for row in rows)
        return Grid(filled, frozenset(self.flaws))

    def _begin_table(self) -> None:
        self._tables += not self._depth
        self.flaws |= {"nested"} if self._depth else set()
        self.flaws |= {"several"} if self._tables > 1 and self._rows else set()
        self._depth += 1

    def _begin_box(self, tag: str, given: dict[str, str | None]) -> None:
        if self._row is None:
            self.flaws.add("broken")
            return
        self._end_box()
        wide, high = _span(given.get("colspan")), _span(given.get("rowspan"))
        self._opening = tag == "th", wide, high
        self._said, self._raised = [], []

    def _end_box(self) -> None:
        if self._said is None or self._row is None:
            return
        text, raised = (" ".join("".join(said).split()) for said in (self._said, self._raised))
        if raised.strip(")") in MARKS:  # the status of a figure, not a footnote
            text, raised = f"{text}{raised.strip(')')}", ""
        is_head, wide, high = self._opening
        box, self._said = Box(text, raised, is_head, wide, high), None
        self._fill_from_above()
        at = next(at for at in range(len(self._row) + 1) if at not in self._row)
        self.flaws |= {"wide"} if at + wide > MOST_COLUMNS else set()
        for column in range(at, min(at + wide, MOST_COLUMNS)):
            if column in self._row:
                self.flaws.add("overlap")
            self._row[column] = box
            if high > 1:
                self._below[column] = (high, box)

    def _fill_from_above(self) -> None:
        """Fill in the cells of rows above that reach into this one, once."""
        if self._row is not None and not self._row:
            self._row |= {column: box for column, (_left, box) in self._below.items()}

    def _end_row(self) -> None:
        self._end_box()
        if self._row is None:
            return
        self._fill_from_above()
        self._below = {at: (left - 1, box) for at, (left, box) in self._below.items() if left > 1}
        if len(self._rows) >= MOST_ROWS:
            self.flaws.add("long")
        elif self._row:
            self._rows.append(self._row)
        self._row = None


def _span(given: str | None) -> int:
    """How many places a cell takes up; 1 where it does not say, or says no number."""
    if not (given and given.isascii() and given.isdigit()):
        return 1
    return min(max(int(given[:9]), 1), MOST_ROWS)
