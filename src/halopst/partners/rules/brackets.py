"""Tax brackets as people type them: one line per bracket, the highest amount and its rate in percent.

`5.400.000 = 0` then `5.650.000 = 0,25`, the last line without an amount: `0,5`.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from halopst.partners.rules.money import rupiah_of

MOST_LINES = 60
MOST_DIGITS = 15
HIGHEST_RATE = Decimal(50)


class Unread(ValueError):
    """`line` (from 1) is not a bracket, or does not follow from the one before; 0 means the whole."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


def read(text: str) -> list[dict[str, Any]]:
    """`[{"up_to": 5400000, "rate": "0"}, ..., {"up_to": None, "rate": "0.5"}]`, rising, the last one open."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > MOST_LINES:
        raise Unread(0)
    brackets, last = [], 0
    for number, line in enumerate(lines, 1):
        bracket = _bracket(line, number)
        is_last = number == len(lines)
        if (bracket["up_to"] is None) != is_last or (not is_last and bracket["up_to"] <= last):
            raise Unread(number)
        brackets.append(bracket)
        last = bracket["up_to"] or last
    return brackets


def written(brackets: Sequence[Mapping[str, Any]]) -> str:
    """The lines `read` understands."""
    return "\n".join(
        _comma(row) if row["up_to"] is None else f"{row['up_to']:,} = ".replace(",", ".") + _comma(row)
        for row in brackets
    )


def _comma(row: Mapping[str, Any]) -> str:
    return str(row["rate"]).replace(".", ",")


def _bracket(line: str, number: int) -> dict[str, Any]:
    amount, separator, rate = line.partition("=")
    if not separator:
        amount, rate = "", line
    try:
        up_to = rupiah_of(amount) if separator else None
        percent = Decimal(rate.strip().rstrip("%").strip().replace(",", "."))
    except (ValueError, InvalidOperation) as error:
        raise Unread(number) from error
    if not (percent.is_finite() and 0 <= percent <= HIGHEST_RATE) or (up_to or 0) >= 10**MOST_DIGITS:
        raise Unread(number)
    return {"up_to": up_to, "rate": plain(percent)}


def plain(percent: Decimal) -> str:
    """As people write it, and letters print it: `10` for `1E+1`, `12.5` for `12.50`."""
    return f"{percent.normalize():f}"
