"""What a kind of letter is filled with: names, shapes, examples; and what is still missing."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from halopst.letters.rules.words import DAYS, LARGEST, MONTHS, date_in_words, number_in_words, rupiah_in_words

LONGEST_TEXT: Final = 4000
MOST_ROWS: Final = 2000
KEPT: Final = 4


class Shape(StrEnum):
    TEXT = "text"
    MONEY = "money"
    INTEGER = "int"
    DATE = "date"
    PERSON = "person"
    LINES = "lines"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One value of a letter.

    In the data a text is a string, money and integers are whole numbers, a date is `2026-04-01`, a person
    maps the names of `columns` to values, and lines are a list of such maps. `optional` ones may be blank.
    `private` ones, which are texts, are printed whole, shown on screens with their middle hidden, and
    sealed where they are kept.
    """

    name: str
    label: Any  # a string, or one that is translated when shown
    example: Any
    shape: Shape = Shape.TEXT
    columns: tuple["Field", ...] = ()
    optional: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that is missing or of the wrong shape; `row` counts from 1 within lines."""

    labels: tuple[Any, ...]
    row: int = 0


def gaps(fields: Sequence[Field], data: Mapping[str, Any]) -> Iterator[Gap]:
    """Everything `data` lacks, in the order of the fields."""
    for field in fields:
        yield from _gaps_of(field, data.get(field.name))


def presentable(fields: Sequence[Field], data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` as templates print it: `honor` is `Rp1.048.000` and `honor_terbilang` its words, and so on."""
    written: dict[str, Any] = {}
    for field in fields:
        written |= _written(field, data.get(field.name))
    return written


def shown(field: Field, value: Any) -> str:
    """One value on one line, for a page that lists what a letter holds; of lines, how many."""
    if value in (None, "", [], {}):
        return ""
    if field.shape is Shape.LINES:
        return str(len(value))
    if field.shape is Shape.PERSON:
        return ", ".join(filter(None, (shown(column, value.get(column.name)) for column in field.columns)))
    text = str(_written(field, value)[field.name])
    return hidden(text) if field.private else text


def with_private(
    fields: Sequence[Field], data: Mapping[str, Any], change: Callable[[str], str]
) -> dict[str, Any]:
    """`data` with `change` made to each private text in it, those of persons and of lines too."""
    changed = dict(data)
    for field in fields:
        value = changed.get(field.name)
        if field.private and isinstance(value, str) and value:
            changed[field.name] = change(value)
        elif field.shape is Shape.PERSON and isinstance(value, Mapping):
            changed[field.name] = with_private(field.columns, value, change)
        elif field.shape is Shape.LINES and isinstance(value, list):
            changed[field.name] = [with_private(field.columns, line, change) for line in value]
    return changed


def hidden(text: str) -> str:
    """`3578010101900001` as `3578••••••••0001`; short ones hide all but their end."""
    ends = KEPT if len(text) > 3 * KEPT else 0
    return f"{text[:ends]}{'•' * max(len(text) - ends - KEPT, 4)}{text[-KEPT:]}"


def _gaps_of(field: Field, value: Any) -> Iterator[Gap]:
    if value in (None, "", [], {}) or (isinstance(value, str) and not value.strip()):
        if not field.optional:
            yield Gap((field.label,))
    elif field.shape is Shape.LINES:
        yield from _gaps_of_lines(field, value)
    elif field.shape is Shape.PERSON:
        inner = gaps(field.columns, value) if isinstance(value, Mapping) else [Gap(())]
        yield from (Gap((field.label, *gap.labels)) for gap in inner)
    elif not _fits(field.shape, value):
        yield Gap((field.label,))


def _gaps_of_lines(field: Field, value: Any) -> Iterator[Gap]:
    if not isinstance(value, list) or len(value) > MOST_ROWS:
        yield Gap((field.label,))
        return
    for row, line in enumerate(value, 1):
        inner = gaps(field.columns, line) if isinstance(line, Mapping) else [Gap(())]
        yield from (Gap((field.label, *gap.labels), row) for gap in inner)


def _fits(shape: Shape, value: Any) -> bool:
    if shape is Shape.TEXT:
        return isinstance(value, str) and len(value) <= LONGEST_TEXT and "\0" not in value
    if shape is Shape.DATE:
        return _as_date(value) is not None
    whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST
    return whole and (shape is Shape.INTEGER or value >= 0)


def _written(field: Field, value: Any) -> dict[str, Any]:
    name = field.name
    if value in (None, "", [], {}):
        return {name: [] if field.shape is Shape.LINES else ""}
    if field.shape is Shape.PERSON:
        return {name: presentable(field.columns, value)}
    if field.shape is Shape.LINES:
        return {name: [presentable(field.columns, line) for line in value]}
    return {name + ending: text for ending, text in _spelled(field.shape, value).items()}


def _spelled(shape: Shape, value: Any) -> dict[str, str]:
    """A value as it is printed, and by ending the other ways a template may print it."""
    if shape is Shape.MONEY:
        return {"": f"Rp{_dotted(value)}", "_terbilang": rupiah_in_words(value)}
    if shape is Shape.INTEGER:
        return {"": _dotted(value), "_terbilang": number_in_words(value)}
    if shape is Shape.DATE and (day := _as_date(value)):
        long = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        return {"": long, "_hari": DAYS[day.weekday()], "_terbilang": date_in_words(day)}
    return {"": str(value)}


def _as_date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _dotted(value: int) -> str:
    return f"{math.trunc(value):,}".replace(",", ".")
