"""A row of a file of figures: what it says, or which of its cells is wrong."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, ParamSpec, TypeVar

from halopst.core.spreadsheets import column_letter
from halopst.knowledge.rules.figures import periods, plausibility, values
from halopst.knowledge.rules.figures.measures import same_measure
from halopst.knowledge.rules.figures.periods import Period
from halopst.knowledge.rules.figures.regions import Gazetteer, Region
from halopst.knowledge.rules.figures.table_words import listed

P = ParamSpec("P")
R = TypeVar("R")
# The heads of our template, and how else people write them.
HEADS: dict[str, tuple[str, ...]] = {
    "indicator": ("indikator", "nama indikator", "judul"),
    "measure": ("satuan", "unit"),
    "region": ("wilayah", "nama wilayah", "kode wilayah", "daerah"),
    "period": ("periode", "tahun", "waktu"),
    "breakdown": ("rincian", "karakteristik", "kelompok"),
    "value": ("nilai", "angka", "data"),
    "source": ("sumber", "judul sumber"),
    "link": ("tautan", "link", "url"),
}
REQUIRED = ("indicator", "region", "period", "value", "source")
LENGTHS = {"indicator": 300, "measure": 60, "breakdown": 300, "source": 300, "link": 500}
WHOLE = listed("heads", "whole") | {"", "-"}
EXAMPLE_INDICATOR = "Jumlah Penduduk (contoh)"
"""The indicator of the rows in our template that show how to fill it in."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell; `row` and `column` are those of the spreadsheet. Its row stays out."""

    row: int
    column: str
    field: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of the file.

    `doubt` says why it can hardly be the published one (`rules.figures.plausibility`).
    """

    row: int
    indicator: str
    measure: str
    region: Region
    period: Period
    breakdown: str
    value: values.Value
    source: str
    link: str
    doubt: str = ""

    @property
    def place(self) -> tuple[str, str, Period, str]:
        """The cell it belongs to."""
        return self.indicator.casefold(), self.region.code, self.period, self.breakdown.casefold()


@dataclass(frozen=True, slots=True)
class FigureRows:
    """What a file says.

    `without` counts the rows that say there is no figure, or repeat another row.
    """

    rows: list[FigureRow]
    faults: list[Fault]
    without: int

    @property
    def good(self) -> list[FigureRow]:
        return [row for row in self.rows if not row.doubt]

    @property
    def doubtful(self) -> list[FigureRow]:
        return [row for row in self.rows if row.doubt]

    @property
    def bad(self) -> int:
        """How many rows stay out; one row may have several faults."""
        return len({fault.row for fault in self.faults})


class _Bad(Exception):
    def __init__(self, field: str, code: str, detail: str = "") -> None:
        self.field, self.code, self.detail = field, code, detail
        super().__init__(code)


def places(heads: Iterable[str]) -> dict[str, int]:
    """Which column holds what."""
    plain = [" ".join(head.casefold().split()) for head in heads]
    found = {
        field: next((plain.index(name) for name in names if name in plain), -1)
        for field, names in HEADS.items()
    }
    return {field: at for field, at in found.items() if at >= 0}


def twice(heads: Sequence[str], columns: Mapping[str, int]) -> list[str]:
    """Columns with the same head as one to their left, so that nobody knows which is meant."""
    plain = [" ".join(head.casefold().split()) for head in heads]
    used = {plain[at]: at for at in columns.values()}
    return [column_letter(at) for at, head in enumerate(plain) if head in used and used[head] != at]


class RowReader:
    """Reads the rows of one file in order; of rows that differ about one cell none is taken.

    `kept_in` are the units in which the office keeps its indicators, by folded name: all figures of an
    indicator have one unit. `labels` are the breakdowns it has; in other capitals they are still the same.
    """

    def __init__(
        self,
        columns: Mapping[str, int],
        gazetteer: Gazetteer,
        kept_in: Mapping[str, str],
        labels: Iterable[str],
    ) -> None:
        self._columns, self._gazetteer = columns, gazetteer
        self._kept_in, self._measured = kept_in, dict[str, tuple[int, str]]()
        self._seen = dict[tuple[object, ...], FigureRow]()
        self._disputed = dict[tuple[object, ...], int]()
        self._labels = {label.casefold(): label for label in labels}

    def read_all(self, rows: Iterable[tuple[int, Sequence[Any]]]) -> FigureRows:
        read = [self.read(number, cells) for number, cells in rows]
        found = [one for one in read if isinstance(one, FigureRow)]
        faults = [fault for one in read if isinstance(one, list) for fault in one]
        faults += [self._dispute(row) for row in found if row.place in self._disputed]
        kept = [row for row in found if row.place not in self._disputed]
        return FigureRows(kept, sorted(faults, key=lambda one: one.row), read.count(None))

    def _label(self, breakdown: str) -> str:
        folded = breakdown.casefold()
        return "" if folded in WHOLE else self._labels.setdefault(folded, breakdown)

    def _dispute(self, row: FigureRow) -> Fault:
        at = column_letter(self._columns["value"])
        return Fault(row.row, at, "value", "twice", str(self._disputed[row.place]))

    def read(self, number: int, cells: Sequence[Any]) -> FigureRow | list[Fault] | None:
        """The row; None if it says that there is no figure. All that is wrong with a bad row is noted."""
        texts = {field: _text(cells[at]) if at < len(cells) else "" for field, at in self._columns.items()}
        wrong = list[_Bad]()
        row = self._whole(number, texts, cells, wrong)
        return [self._fault(number, bad) for bad in wrong] if wrong else row

    def _fault(self, number: int, bad: "_Bad") -> Fault:
        at = self._columns.get(bad.field)
        return Fault(number, "" if at is None else column_letter(at), bad.field, bad.code, bad.detail)

    def _cell(self, field: str, cells: Sequence[Any]) -> Any:
        at = self._columns.get(field, len(cells))
        return cells[at] if at < len(cells) else ""

    def _whole(
        self, number: int, texts: Mapping[str, str], cells: Sequence[Any], wrong: list[_Bad]
    ) -> FigureRow | None:
        wrong += _unfilled(texts)
        value = _tried(wrong, _value, self._cell("value", cells)) if texts["value"] else None
        measure = _tried(wrong, self._measure, texts["indicator"], texts.get("measure", ""), number)
        region = _tried(wrong, self._region, texts["region"]) if texts["region"] else None
        period = _tried(wrong, _period, self._cell("period", cells)) if texts["period"] else None
        link = _tried(wrong, _link, texts.get("link", ""))
        if wrong or measure is None or region is None or period is None or link is None:
            return None
        row = FigureRow(
            number,
            texts["indicator"],
            measure,
            region,
            period,
            self._label(texts.get("breakdown", "")),
            value or values.Value("", Decimal(0)),
            texts["source"],
            link,
            plausibility.doubt(texts["indicator"], measure, value) if value else "",
        )
        return _tried(wrong, self._once, row) if value else None

    def _measure(self, indicator: str, said: str, number: int) -> str:
        """The unit of this indicator's figures; it needs to be given only once."""
        name = indicator.casefold()
        kept = self._kept_in.get(name, "")
        if said and kept and not same_measure(said, kept):
            raise _Bad("measure", "measure-kept", kept)
        if not said:
            return kept or self._measured.get(name, (0, ""))[1]
        first, before = self._measured.setdefault(name, (number, said))
        if not same_measure(said, before):
            raise _Bad("measure", "measure-twice", f"{first} ({before})")
        return said

    def _region(self, text: str) -> Region:
        found = self._gazetteer.written(text)
        if len(found) == 1:
            return found[0]
        names = ", ".join(f"{one.code} {one.name}" for one in found[:4])
        raise _Bad("region", "region-several" if found else "region-unknown", names)

    def _once(self, row: FigureRow) -> FigureRow | None:
        first = self._seen.setdefault(row.place, row)
        if first is row:
            return row
        if (first.value.number, first.value.status) == (row.value.number, row.value.status):
            return None
        self._disputed.setdefault(row.place, row.row)
        raise _Bad("value", "twice", str(first.row))


def _tried(wrong: list[_Bad], read: Callable[P, R], *given: P.args, **named: P.kwargs) -> R | None:
    """What `read` reads; None with one more fault if it cannot."""
    try:
        return read(*given, **named)
    except _Bad as bad:
        wrong.append(bad)
        return None


def _unfilled(texts: Mapping[str, str]) -> list[_Bad]:
    """Cells that are empty and must not be, that are too long, or that are our template's example."""
    bad = [_Bad(field, "missing") for field in REQUIRED if not texts.get(field)]
    if texts.get("indicator") == EXAMPLE_INDICATOR:
        bad.append(_Bad("indicator", "example"))
    return bad + [
        _Bad(field, "long", str(most)) for field, most in LENGTHS.items() if len(texts.get(field, "")) > most
    ]


def _value(cell: Any) -> values.Value | None:
    """A number in a cell is that number; in text it has to be clear what its separators mean."""
    text = _text(cell)
    if isinstance(cell, date | time | timedelta):
        raise _Bad("value", "date")
    if "%" in text:
        raise _Bad("value", "percent")
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if is_number and (found := values.of_json(text)):
        return found
    try:
        return values.of_written(text)
    except values.NotAFigure as wrong:
        raise _Bad("value", wrong.code, str(values.LONGEST)) from wrong


def _period(cell: Any) -> Period:
    """The period. A spreadsheet keeps `Maret 2025` as the first day of that month; no other day is one."""
    if isinstance(cell, date) and cell.day != 1:
        raise _Bad("period", "day")
    found = periods.of_label(f"{cell:%Y-%m}" if isinstance(cell, date) else _text(cell))
    if found is None:
        raise _Bad("period", "period")
    return found


def _link(text: str) -> str:
    if text and not re.match(r"https?://[^\s/]", text):
        raise _Bad("link", "link")
    return text


def _text(cell: Any) -> str:
    """The text as written; a number with a point, and without decimals if it is whole."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{Decimal(repr(cell)):f}"
    text = "" if cell is None else str(cell)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
