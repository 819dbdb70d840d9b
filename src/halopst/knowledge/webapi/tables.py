"""Dynamic data: from the headings of a table and its values to single figures, each with what it is about.

The key of a value is what `vervar`, `var`, `turvar`, `tahun` and `turtahun` are, written one after another
without separators. Keys are therefore built from the headings and never taken apart; two combinations of
headings that give the same key are both left out, since nobody can say whose value it is.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from halopst.knowledge.rules.figures import values
from halopst.knowledge.rules.figures.periods import FIRST_YEAR, LAST_YEAR, Period, part_of
from halopst.knowledge.rules.figures.regions import TOTAL
from halopst.knowledge.rules.figures.table_words import JOINT
from halopst.knowledge.webapi.text import clean

EPOCH = 1900
LONGEST_YEAR = 4
NOTHING = {"", "tidak ada", "tidak ada turunan", "-", "none"}
MOST_COMBINATIONS = 2_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure; `row` is the heading of its row, often a region, `breakdown` all else that narrows it."""

    row_code: str
    row: str
    breakdown: str
    period: Period
    value: values.Value


@dataclass(slots=True)
class Table:
    title: str
    unit: str
    figures: list[Figure]
    unclear: int = 0
    """Values left out because two combinations of headings claim them."""
    unread: int = 0
    """Values that are no figures."""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class _Heading:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class _Headings:
    rows: list[_Heading]
    var: _Heading
    narrower: list[_Heading]
    years: list[_Heading]
    parts: list[_Heading]

    def combinations(self) -> Iterator[tuple[str, tuple[_Heading, _Heading, _Heading, _Heading]]]:
        for chosen in product(self.rows, self.narrower, self.years, self.parts):
            row, narrower, year, part = chosen
            yield f"{row.code}{self.var.code}{narrower.code}{year.code}{part.code}", chosen

    @property
    def count(self) -> int:
        return len(self.rows) * len(self.narrower) * len(self.years) * len(self.parts)


@dataclass(slots=True)
class _Tally:
    figures: list[Figure] = field(default_factory=list)
    unread: int = 0


def table_of(answer: dict[str, Any]) -> Table | None:
    """The figures of an answer of `model/data`; None when its headings make no table."""
    variables = answer.get("var")
    content = answer.get("datacontent")
    if not isinstance(variables, list) or not variables or not isinstance(content, dict):
        return None
    headings = _headings(answer, _heading(variables[0]))
    if headings.count > MOST_COMBINATIONS:
        return None
    wanted = [(key, chosen) for key, chosen in headings.combinations() if key in content]
    claims = Counter(key for key, _chosen in wanted)
    tally = _Tally()
    for key, chosen in wanted:
        if claims[key] == 1:
            _read(tally, chosen, content[key])
    first = variables[0] if isinstance(variables[0], dict) else {}
    unclear = sum(1 for times in claims.values() if times > 1)
    unit, notes = clean(first.get("unit"), 60), clean(first.get("note") or first.get("notes"), 1000)
    return Table(headings.var.label, unit, tally.figures, unclear, tally.unread, notes)


def _read(tally: _Tally, chosen: tuple[_Heading, ...], published: object) -> None:
    row, narrower, year, part = chosen
    value = values.of_json(published)
    period, other = _period(year, part)
    if value is None or period is None:
        tally.unread += not values.is_absent(str(published).strip())
        return
    narrowed = JOINT.join(label for label in (narrower.label, other) if label)
    tally.figures.append(Figure(row.code, row.label, narrowed, period, value))


def _period(year: _Heading, part: _Heading) -> tuple[Period | None, str]:
    """The period, and the label of a part of the year that we do not know (`Ganjil`, `Kumulatif`)."""
    is_number = year.code.isascii() and year.code.isdigit() and len(year.code) <= LONGEST_YEAR
    number = int(year.code) + EPOCH if is_number else 0
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None, ""
    known = part_of(part.label)
    return (Period(number), part.label) if known is None else (Period(number, known), "")


def _headings(answer: dict[str, Any], var: _Heading) -> _Headings:
    return _Headings(
        rows=_listed(answer.get("vervar")) or [_Heading(TOTAL, "")],
        var=var,
        narrower=[_without_nothing(one) for one in _listed(answer.get("turvar"))] or [_Heading("0", "")],
        years=_listed(answer.get("tahun")),
        parts=_listed(answer.get("turtahun")) or [_Heading("0", "")],
    )


def _listed(value: object) -> list[_Heading]:
    found = [_heading(one) for one in value] if isinstance(value, list) else []
    return list({one.code: one for one in found if one.code}.values())


def _heading(value: object) -> _Heading:
    if not isinstance(value, dict):
        return _Heading("", "")
    return _Heading(str(value.get("val", "")).strip(), clean(value.get("label"), 150))


def _without_nothing(heading: _Heading) -> _Heading:
    return _Heading(heading.code, "") if heading.label.casefold() in NOTHING else heading
