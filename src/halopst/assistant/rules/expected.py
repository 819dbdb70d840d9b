"""The cell a test question is to be answered with, as people write it: `IPM@3578@2024`."""

from dataclasses import dataclass

from halopst.knowledge.rules.periods import Period, of_label

NEWEST = "terbaru"
MOST_NEWEST = 50
_PARTS = range(3, 5)


@dataclass(frozen=True, slots=True)
class Cells:
    """Figures of one indicator, region and breakdown: of these periods, or so many of the newest."""

    indicator: str
    region: str
    breakdown: str
    periods: tuple[Period, ...]
    newest: int = 0


def key(indicator: str, region: str, period: int, breakdown: str) -> str:
    """One cell, in one way of writing."""
    return f"{indicator}@{region}@{period}@{breakdown}"


def read(text: str) -> Cells:
    """`name@region@period[@breakdown]`; the period may be a span of years, `terbaru`, or `terbaru*3`.

    Raises ValueError when it is none of these.
    """
    parts = [part.strip() for part in text.split("@")]
    if len(parts) not in _PARTS or not all(parts[:3]):
        raise ValueError(text)
    name, region, period, breakdown = [*parts, ""][:4]
    if period.startswith(NEWEST):
        return Cells(name, region, breakdown, (), _newest(period))
    return Cells(name, region, breakdown, _periods(period))


def _newest(period: str) -> int:
    count = int(period.removeprefix(NEWEST).removeprefix("*") or 1)
    if not 0 < count <= MOST_NEWEST:
        raise ValueError(period)
    return count


def _periods(text: str) -> tuple[Period, ...]:
    first, dash, last = text.partition("-")
    if dash and first.strip().isdecimal() and last.strip().isdecimal() and len(last.strip()) == len("2024"):
        years = range(int(first), int(last) + 1)
        if not 0 < len(years) <= MOST_NEWEST:
            raise ValueError(text)
        return tuple(Period(year) for year in years)
    period = of_label(text)
    if period is None:
        raise ValueError(text)
    return (period,)
