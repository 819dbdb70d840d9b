"""A static table of several measures, split into one table for each.

Only where every column (or every row) names its own unit, nothing else names a unit, and the title begins
with the list of these measures in the same words: `Luas Panen, Produksi, dan Produktivitas Padi`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from halopst.knowledge.rules.figures import measures
from halopst.knowledge.rules.figures.regions import plain_words
from halopst.knowledge.rules.figures.table_titles import Title
from halopst.knowledge.webapi.grid import Box
from halopst.knowledge.webapi.static_shape import Line, Shape, Unclear

_JOINT = r"\s*(?:,\s*(?:dan|serta|and)\s+|,|\b(?:dan|serta|and)\b|&)\s*"


@dataclass(frozen=True, slots=True)
class _Measure:
    """The measure that a head names, and its unit."""

    name: str
    unit: str


def by_measure(title: Title, shape: Shape) -> list[tuple[Title, Shape]]:
    """The tables, one for each measure; the table as it is where it has one unit or none."""
    of_columns = [_named(column) for column in shape.columns]
    of_lines = [_named((line.label,)) for line in shape.lines]
    said = {unit.casefold() for named in (*of_columns, *of_lines) for unit in _units(named)}
    outside = [*title.units, *(unit for text in shape.preface for unit in measures.units_in(text))]
    if len(said) < 2:  # noqa: PLR2004  # several
        if not outside and any(any(side) and not all(side) for side in (of_columns, of_lines)):
            raise Unclear("units")  # one head names a unit and another does not
        return [(title, shape)]
    along, across = (of_columns, of_lines) if any(of_columns) else (of_lines, of_columns)
    if outside or any(across) or any(len(named) != 1 for named in along):
        raise Unclear("units", ", ".join(sorted(said)))
    return _apart(title, shape, [named[0] for named in along], is_columns=along is of_columns)


def _apart(
    title: Title, shape: Shape, each: Sequence[_Measure], *, is_columns: bool
) -> list[tuple[Title, Shape]]:
    kinds = list(dict.fromkeys(each))
    rest = _rest(title.name, [one.name for one in kinds])
    if rest is None:
        raise Unclear("unit-names", ", ".join(one.name for one in kinds))
    take = _columns if is_columns else _rows
    whole = replace(shape, preface=tuple(text for text in shape.preface if not _repeats(text, title)))
    return [
        (
            replace(title, name=f"{one.name} {rest}".strip(), units=(one.unit,)),
            take(whole, [at for at, kind in enumerate(each) if kind == one]),
        )
        for one in kinds
    ]


def _named(boxes: Sequence[Box]) -> list[_Measure]:
    """Of the heads of a column, or of a label, those that name a unit."""
    return [
        _Measure(measures.without_units(box.text), unit)
        for box in boxes
        for unit in measures.units_in(box.text)
    ]


def _units(named: Sequence[_Measure]) -> list[str]:
    return [one.unit for one in named]


def _rest(title: str, names: Sequence[str]) -> str | None:
    """The title without the list of all measures; None where it does not begin with that list."""
    left, missing = title, {name.casefold() for name in names}
    while missing:
        found = [name for name in missing if re.match(rf"{re.escape(name)}(?!\w)", left, re.IGNORECASE)]
        if not found or not all(missing):
            return None
        longest = max(found, key=len)
        missing.discard(longest)
        left = left[len(longest) :]
        joint = re.match(_JOINT, left, re.IGNORECASE)
        if missing and joint is None:
            return None
        left = left[joint.end() :] if missing and joint else left
    if re.match(_JOINT, left, re.IGNORECASE):
        return None  # the title lists a measure that has no column
    return left.strip(" ,")


def _repeats(text: str, title: Title) -> bool:
    """Whether a line above the heads only repeats the title."""
    said = {
        *plain_words(title.name),
        *plain_words(title.about.name),
        "tabel",
        "di",
        "tahun",
        title.about.kind,
    }
    years = {str(period.year) for period in title.periods}
    return set(plain_words(text)) <= said | years


def _columns(shape: Shape, places: Sequence[int]) -> Shape:
    columns = tuple(shape.columns[at] for at in places)
    lines = tuple(replace(line, values=tuple(line.values[at] for at in places)) for line in shape.lines)
    return replace(shape, columns=columns, lines=lines)


def _rows(shape: Shape, places: Sequence[int]) -> Shape:
    """The rows of each measure; a label that names nothing but the measure is that of the whole."""
    return replace(shape, lines=tuple(_whole(shape.lines[at]) for at in places))


def _whole(line: Line) -> Line:
    return replace(line, label=replace(line.label, text="Jumlah"))
