"""A static table, which comes as a page of HTML, as lines that say each row with the heads of its columns.

`Kecamatan Asemrowo: Laki-laki 24.123, Perempuan 23.900.` can be found and quoted alone; a bare row cannot.
"""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from halopst.knowledge.rules import values
from halopst.knowledge.webapi.text import clean_lines, unescaped

MOST_ROWS, MOST_COLUMNS, LONGEST = 3_000, 60, 200_000
_NUMBERING = re.compile(r"\(?\d{1,2}\)?")
_COUNTED = re.compile(r"^\d{1,4}[.)]? +(?=\D)")
_FEWEST_NUMBERED = 2
Row = list[str]


def lines_of(escaped: object) -> str:
    """Every row in a line of its own; text around the table as it stands; empty where there is no text."""
    reader = _TableReader()
    reader.feed(unescaped(escaped, LONGEST * 8))
    reader.close()
    rows = reader.filled()
    return "\n".join(_told(rows) if rows else clean_lines(escaped).splitlines())[:LONGEST]


class _TableReader(HTMLParser):
    """The cells of all rows; one that spans several places is said in each of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[Row] = []
        self._row: dict[int, str] | None = None
        self._below: dict[int, tuple[int, str]] = {}  # by column: rows still to fill, and with what
        self._cell: list[str] | None = None
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self._begin_row()
        elif tag in {"td", "th"} and self._row is not None:
            self._end_cell()
            given = dict(attrs)
            self._spans = _span(given.get("colspan"), MOST_COLUMNS), _span(given.get("rowspan"), MOST_ROWS)
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def filled(self) -> list[Row]:
        """The rows that say something, each as long as its last cell says."""
        self._end_row()
        return [row for row in self._rows if any(row)]

    def _begin_row(self) -> None:
        """With what cells above reach into it."""
        self._row = {column: text for column, (_left, text) in self._below.items()}
        self._below = {column: (left - 1, text) for column, (left, text) in self._below.items() if left > 1}

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        text, self._cell = " ".join("".join(self._cell).split()), None
        at = next(at for at in range(len(self._row) + 1) if at not in self._row)
        wide, high = self._spans
        for column in range(at, min(at + wide, MOST_COLUMNS)):
            self._row[column] = text
            if high > 1:
                self._below[column] = (high - 1, text)

    def _end_row(self) -> None:
        self._end_cell()
        if self._row and len(self._rows) < MOST_ROWS:
            self._rows.append([self._row.get(at, "") for at in range(max(self._row) + 1)])
        self._row = None


def _span(given: str | None, most: int) -> int:
    return min(max(int(given), 1), most) if given and given.isascii() and given.isdigit() else 1


def _told(rows: Sequence[Row]) -> Iterator[str]:
    first = next((at for at, row in enumerate(rows) if _has_figures(row)), len(rows))
    heads: list[list[str]] = [[] for _column in range(MOST_COLUMNS)]
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
    """Figures beside a name; a row that only numbers the columns has none."""
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
        return values.of_written(text) is not None
    except values.NotAFigure as error:
        return error.code == "two-meanings"


def _row(row: Row, heads: Sequence[str]) -> str:
    """What stands before the first figure, or the mark that there is none, names the row."""
    marks = values.ABSENT - {""}
    first = next(
        (at for at, text in enumerate(row) if at and (_is_figure(text) or text.casefold() in marks)), len(row)
    )
    name = _COUNTED.sub("", " ".join(dict.fromkeys(filter(None, row[:first]))))
    cells = [f"{head} {text}".strip() for head, text in zip(heads[first:], row[first:], strict=False) if text]
    return f"{name}: {', '.join(cells)}" if cells else name


def _ended(line: str) -> str:
    return line if line.endswith((".", ":", "?", "!")) else f"{line}."
