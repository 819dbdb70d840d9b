"""A figure as it was published, and its number. What a separator means is never guessed."""

import re
from dataclasses import dataclass
from decimal import Decimal

from halopst.knowledge.rules.figures.periods import Lang
from halopst.knowledge.rules.figures.table_words import listed

PROVISIONAL, VERY_PROVISIONAL, REVISED, ESTIMATED = "sementara", "sangat-sementara", "revisi", "perkiraan"
MARKS = {"**": VERY_PROVISIONAL, "*": PROVISIONAL, "r": REVISED, "e": ESTIMATED}
MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
LONGEST = 40
_MARKED = re.compile(r"^(.*?\d)\s*(\*\*|\*|[re])?\)?$")
_POINT = re.compile(r"-?\d+(\.\d+)?")
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d{1,3}( \d{3})+(,\d+)?")
_COMMA = re.compile(r"-?\d+,\d+")
_TWO_MEANINGS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}|-?[1-9]\d{0,2},\d{3}")


class NotAFigure(ValueError):
    """`code` says why: `number`, `two-meanings` or `long`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Value:
    """`text` as published; `number` with as many decimals as were published."""

    text: str
    number: Decimal
    status: str = ""


def of_json(value: object) -> Value | None:
    """A figure from a program: a number, or a number in text with a point; None where there is none."""
    if isinstance(value, bool) or value is None:
        return None
    text = str(value).strip()
    bare, status = unmarked(text)
    if len(text) > LONGEST or not bare.isascii():
        return None
    if _POINT.fullmatch(bare):
        return Value(text, Decimal(bare), status)
    try:
        return of_written(text)
    except NotAFigure:
        return None


def of_written(text: str) -> Value | None:
    """A figure that a person wrote the Indonesian way; None where the cell says that there is none."""
    text = " ".join(text.replace("\u00a0", " ").split())
    if is_absent(text):
        return None
    if len(text) > LONGEST:
        raise NotAFigure("long")
    bare, status = unmarked(text)
    bare = bare.translate(MINUS)
    if not bare.isascii():
        raise NotAFigure("number")
    if _TWO_MEANINGS.fullmatch(bare):
        raise NotAFigure("two-meanings")
    if _COMMA.fullmatch(bare) or _THOUSANDS.fullmatch(bare):
        return Value(text, Decimal(bare.replace(".", "").replace(" ", "").replace(",", ".")), status)
    if _POINT.fullmatch(bare):
        return Value(text, Decimal(bare), status)
    raise NotAFigure("number")


def is_absent(text: str) -> bool:
    """Whether a cell says that there is no figure, or none yet."""
    return text.casefold() in listed("figures", "absent")


def unmarked(text: str) -> tuple[str, str]:
    """The figure without the star or letter after it, and the status that this gives it."""
    found = _MARKED.match(text)
    return (found[1], MARKS.get(found[2] or "", "")) if found else (text, "")


def shown(value: Decimal, *, lang: Lang = "id") -> str:
    """The figure with the decimals it was published with: `4,19`, `2.884.090`."""
    text = f"{value:,f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))
