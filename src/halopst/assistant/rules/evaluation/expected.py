"""The cell a test question is to be answered with, as people write it: `IPM@3578@2024`."""

import re
from dataclasses import dataclass
from decimal import Decimal

from halopst.knowledge.rules.figures.periods import Period, of_label
from halopst.knowledge.rules.figures.regions import CITY, REGENCY

NEWEST = "terbaru"
MOST_NEWEST = 50
FIRST_PLACES = 5  # for a ranking without a number of places
_PARTS = range(3, 5)
_RANKED = re.compile(
    r"(\w+)(?:/(kabupaten|kota))?:(tertinggi|terendah)(?:\*(\d{1,2})|(?P<way>[<>])(?P<bound>\d+(?:\.\d+)?))?"
)
MOST_PLACES = 38
_KINDS = {"kabupaten": (REGENCY,), "kota": (CITY,)}


@dataclass(frozen=True, slots=True)
class Ranked:
    """The first places among the parts of a region; only parts of these `kinds`, if any are given.

    With bounds those above `above` or below `below`.
    """

    kinds: tuple[str, ...]
    lowest: bool
    places: int
    above: Decimal | None = None
    below: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """Figures of one indicator, region and breakdown, for these periods or the newest few.

    `ranked`: figures of the region's parts in their order, in that one period.
    """

    indicator: str
    region: str
    breakdown: str
    periods: tuple[Period, ...]
    newest: int = 0
    ranked: Ranked | None = None


def key(indicator: str, region: str, period: int, breakdown: str) -> str:
    """A single cell in the form that people write and `read` reads."""
    return "@".join(filter(None, (indicator, region, Period.of_code(period).label(), breakdown)))


def read(text: str) -> Cells:
    """`name@region@period[@breakdown]`; the period may be a span of years, `terbaru`, or `terbaru*3`.

    A ranking names the region whose parts are in order: `name@3500:tertinggi@2024`, of the cities the three
    last `name@3500/kota:terendah*3@terbaru`, or all that pass a bound
    `name@3500:tertinggi>75@2024`. Raises ValueError when it is none of these.
    """
    parts = [part.strip() for part in text.split("@")]
    if len(parts) not in _PARTS or not all(parts[:3]):
        raise ValueError(text)
    name, region, period, breakdown = [*parts, ""][:4]
    newest = _newest(period) if period.startswith(NEWEST) else 0
    periods = () if newest else _periods(period)
    ranked = _ranked(region) if ":" in region else None
    if ranked and newest + len(periods) > 1:
        raise ValueError(text)
    return Cells(name, region.partition(":")[0].partition("/")[0], breakdown, periods, newest, ranked)


def _ranked(text: str) -> Ranked:
    if not (said := _RANKED.fullmatch(text)):
        raise ValueError(text)
    _region, kind, end, places, way, bound = said.groups()
    if places == "0":
        raise ValueError(text)
    most = MOST_PLACES if bound else int(places or FIRST_PLACES)
    above, below = (Decimal(bound) if way == one else None for one in (">", "<"))
    return Ranked(_KINDS.get(kind, (REGENCY, CITY)), end == "terendah", most, above, below)


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
