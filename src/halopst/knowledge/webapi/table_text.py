"""A static table as lines of text, each with the heads of its columns.

`Kecamatan Asemrowo: Laki-laki 24.123, Perempuan 23.900.` can be found and quoted alone; a bare row cannot.
"""

import re
from collections.abc import Iterator, Sequence

from halopst.knowledge.rules.figures import values
from halopst.knowledge.webapi.grid import Grid
from halopst.knowledge.webapi.text import clean_lines

LONGEST = 200_000
_NUMBERING = re.compile(r"\(?\d{1,2}\)?")
_COUNTED = re.compile(r"^\d{1,4}[.)]? +(?=\D)")
_FOOTNOTE = re.compile(r" \(\w{1,3}\)$")
_FEWEST_NUMBERED = 2
Row = list[str]


def lines_of(escaped: object, grid: Grid) -> str:
    """A line for every row of `grid`; of a page without a table its text, if it has any."""
    rows = [[box.said for box in row] for row in grid.rows]
    return "\n".join(_told(rows) if rows else clean_lines(escaped).splitlines())[:LONGEST]


def _told(rows: Sequence[Row]) -> Iterator[str]:
    first = next((at for at, row in enumerate(rows) if _has_figures(row)), len(rows))
    heads: list[list[str]] = [[] for _column in rows[0]]
    for row in rows[:first]:
        if _is_numbering(row):
            continue
        if len(set(filter(None, row))) == 1:
            yield _ended(next(filter(None, row)))
            continue
        for at, text in enumerate(row):
            if text and text not in heads[at]:
                heads[at].append(text)
    for row in rows[first:]:
        if not _is_numbering(row):
            yield _ended(_row(row, [" ".join(said) for said in heads]))


def _has_figures(row: Row) -> bool:
    """Whether a row has figures beside a name; one that only numbers the columns has none."""
    return not _is_numbering(row) and any(map(_is_figure, row[1:])) and not all(map(_is_year, row[1:]))


def _is_numbering(row: Row) -> bool:
    said = [text for text in row if text]
    return len(said) >= _FEWEST_NUMBERED and all(map(_NUMBERING.fullmatch, said)) and said == _in_order(said)


def _in_order(said: Row) -> Row:
    return sorted(set(said), key=lambda text: int(text.strip("()")))


def _is_year(text: str) -> bool:
    return not text or bool(re.fullmatch(r"(19|20)\d\d", text))


def _is_figure(text: str) -> bool:
    try:
        return values.of_written(_FOOTNOTE.sub("", text)) is not None
    except values.NotAFigure as error:
        return error.code == "two-meanings"


def _row(row: Row, heads: Sequence[str]) -> str:
    """The line of a row; its name is what stands before the first figure or missing figure."""
    marked = (
        at for at, text in enumerate(row) if at and (_is_figure(text) or (text and values.is_absent(text)))
    )
    first = next(marked, len(row))
    name = _COUNTED.sub("", " ".join(dict.fromkeys(filter(None, row[:first]))))
    cells = [f"{head} {text}".strip() for head, text in zip(heads[first:], row[first:], strict=False) if text]
    return f"{name}: {', '.join(cells)}" if cells else name


def _ended(line: str) -> str:
    return line if line.endswith((".", ":", "?", "!")) else f"{line}."
