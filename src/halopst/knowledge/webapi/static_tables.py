"""A static table as figures with all they are about, or the reason why they cannot be read for certain."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from halopst.knowledge.rules.figures import measures, separators, table_titles
from halopst.knowledge.rules.figures.periods import MONTH, PARTS, QUARTER, SEMESTER, Period
from halopst.knowledge.rules.figures.regions import Gazetteer, Region
from halopst.knowledge.rules.figures.table_titles import Title, TitleUnclear
from halopst.knowledge.rules.figures.table_words import JOINT, listed
from halopst.knowledge.rules.figures.values import Value, is_absent
from halopst.knowledge.webapi.grid import Grid
from halopst.knowledge.webapi.static_labels import Facet, Labels, facet_of
from halopst.knowledge.webapi.static_measures import by_measure
from halopst.knowledge.webapi.static_shape import Shape, Unclear, shape_of

YEARS_IN_PARTS = [set(PARTS[kind]) for kind in (MONTH, QUARTER, SEMESTER)]
LONGEST_BREAKDOWN, LONGEST_MEASURE = 310, 60
OLDEST_BESIDE = 30
"""A table may show figures of so many years before the one in its title."""


@dataclass(frozen=True, slots=True)
class StaticFigure:
    region: Region
    period: Period
    breakdown: str
    value: Value


@dataclass(frozen=True, slots=True)
class StaticTable:
    """A measure with its unit and all figures of the table; only missing ones are left out."""

    name: str
    measure: str
    figures: tuple[StaticFigure, ...]


def static_tables(title: str, grid: Grid, gazetteer: Gazetteer, domain: str) -> tuple[StaticTable, ...]:
    """A table for each measure.

    Raises Unclear with the reason where anything could be read in two ways.
    """
    try:
        read = table_titles.read(title, gazetteer, domain)
    except TitleUnclear as error:
        raise Unclear(error.code) from error
    apart = by_measure(read, shape_of(grid))
    return tuple(_of_one_measure(about, shape, gazetteer) for about, shape in apart)


def _of_one_measure(read: Title, shape: Shape, gazetteer: Gazetteer) -> StaticTable:
    measure = _measure(read, shape)
    labels = Labels(gazetteer, read, shape)
    whole = not any(is_absent(box.text) for line in shape.lines for box in line.values)
    heads = [facet_of(labels.of_column(column)) for column in _own_heads(shape, read)]
    columns = _with_wholes(heads, is_whole=whole)
    rows = _with_wholes(list(labels.rows()), is_whole=whole)
    _check_times(columns, rows, read)
    figures = tuple(_figures(shape, columns, rows, read, measure))
    places = Counter((one.region.code, one.period, one.breakdown.casefold()) for one in figures)
    if twice := next((place for place, times in places.items() if times > 1), None):
        raise Unclear("twice", " ".join((twice[0], twice[1].label(), twice[2])))
    if not figures:
        raise Unclear("no-figures")
    return StaticTable(read.name, measure, figures)


def _measure(title: Title, shape: Shape) -> str:
    """The one unit that title, heads and labels name."""
    said = [*shape.preface, *(line.label.text for line in shape.lines)]
    said += [box.text for column in shape.columns for box in column]
    found = [*title.units, *(unit for text in said for unit in measures.units_in(text))]
    found += [bare for text in shape.preface if measures.is_unit(bare := _stated(text))]
    if len({unit.casefold() for unit in found}) > 1 or any(len(unit) > LONGEST_MEASURE for unit in found):
        raise Unclear("units", ", ".join(dict.fromkeys(found)))
    if any(measures.says_scale(_without(text, found)) for text in (*shape.footnotes, *shape.preface)):
        raise Unclear("units")
    if not found and title.name.split()[0].casefold() not in listed("units", "none"):
        raise Unclear("no-unit")
    return found[0] if found else ""


def _without(text: str, units: Sequence[str]) -> str:
    """What is said beside the units: `dalam ribuan`."""
    for unit in units:
        text = re.sub(re.escape(unit), " ", text, flags=re.IGNORECASE)
    return text


def _stated(text: str) -> str:
    """`Satuan: jiwa` without its first word."""
    return re.sub(r"^\s*satuan\s*:?\s*", "", text, flags=re.IGNORECASE).strip()


def _own_heads(shape: Shape, title: Title) -> list[list[str]]:
    """For each column the heads that tell it apart.

    A head that all columns share is dropped if the title says it, and kept if not.
    """
    said = [[measures.without_units(box.text) for box in column] for column in shape.columns]
    shared = set(said[0]).intersection(*map(set, said))
    known = _words(title.name)
    dropped = {text for text in shared if _words(text) <= known or not _words(text)}
    return [[text for text in column if text and text not in dropped] for column in said]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.casefold()))


def _with_wholes(side: Sequence[Facet], *, is_whole: bool) -> list[Facet]:
    """Beside all parts of a year, a column without a part is the figure of the whole year."""
    parts = {one.part for one in side if one.part is not None}
    totals = [one for one in side if one.part is None and not one.parts and one.region is None]
    if parts and totals and not (is_whole and parts in YEARS_IN_PARTS):
        raise Unclear("total")
    return [replace(one, part=0) if parts and one in totals else one for one in side]


def _check_times(columns: Sequence[Facet], rows: Sequence[Facet], title: Title) -> None:
    """Check that years and their parts stand on one side, throughout, and agree with the title."""
    for side, other in ((columns, rows), (rows, columns)):
        for kind in ("year", "part"):
            said = [one for one in side if getattr(one, kind) is not None]
            if said and (len(said) < len(side) or any(getattr(one, kind) is not None for one in other)):
                raise Unclear("period")
    years = [one.year for one in (*columns, *rows) if one.year is not None]
    named = sorted({period.year for period in title.periods})
    if not years or not named:
        return
    first = named[0] if len(named) > 1 else named[0] - OLDEST_BESIDE
    if min(years) < first or max(years) > named[-1] or named[-1] not in years:
        raise Unclear("period")


def _figures(
    shape: Shape, columns: Sequence[Facet], rows: Sequence[Facet], title: Title, measure: str
) -> Iterator[StaticFigure]:
    texts = [box.text for line in shape.lines for box in line.values if not is_absent(box.text)]
    written = separators.of_figures(texts, counted=measures.is_counted(measure))
    if written is None:
        raise Unclear("separators")
    for line, row in zip(shape.lines, rows, strict=True):
        for box, column in zip(line.values, columns, strict=True):
            if is_absent(box.text):
                continue
            value = separators.value(box.text, written)
            status = value.status or row.status or column.status
            breakdown = JOINT.join((*row.parts, *column.parts))
            if len(breakdown) > LONGEST_BREAKDOWN:
                raise Unclear("labels", breakdown)
            yield StaticFigure(
                row.region or title.about,
                _period(row, column, title),
                breakdown,
                replace(value, status=status),
            )


def _period(row: Facet, column: Facet, title: Title) -> Period:
    """The period that row and column give; what they leave open the title has to give."""
    year = row.year if row.year is not None else column.year
    part = row.part if row.part is not None else column.part
    named = {period.part for period in title.periods}
    if year is None:
        years = {period.year for period in title.periods}
        alone = len(title.periods) == 1 or (title.spans and bool(part))
        if len(years) != 1 or not alone:
            raise Unclear("period")
        year = years.pop()
        if part is not None and len(title.periods) == 1 and named != {0}:
            raise Unclear("period")
    if part is None:
        if len(named) > 1:
            raise Unclear("period")
        part = named.pop() if named else 0
    return Period(year, part)
