"""The honor cap: one function decides it at entry, edit, approval and print.

A person's honor of one month, over every activity of every office, is at most the lowest cap that applies
to any of it. Equality is allowed. The database keeps the same promise by itself (see migration 0003).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from halopst.partners.rules.money import honor, spread

FULL = 100
NEAR = 90


class Verdict(StrEnum):
    FITS = "fits"
    OVER = "over"
    UNCAPPED = "uncapped"
    CENSUS = "census"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What one activity pays one person in one month; `cap` is None where no cap is on record."""

    activity: str
    office: str
    amount: int
    cap: int | None
    is_census: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """`limit` is the lowest cap, or what an override allows above it; None when nothing is paid yet.

    `lines` are what fills it, the largest first.
    """

    verdict: Verdict
    total: int
    limit: int | None
    lines: tuple[Line, ...]

    @property
    def fits(self) -> bool:
        return self.verdict is Verdict.FITS

    @property
    def headroom(self) -> int:
        """What may still be added to the activities already there; never negative."""
        return max(0, (self.limit or 0) - self.total)

    @property
    def excess(self) -> int:
        return max(0, self.total - (self.limit or 0)) if self.verdict is Verdict.OVER else 0


def decide(lines: Iterable[Line], *, override: int = 0, census_alone: bool = False) -> Decision:
    """Whether these lines of one person and month may stand together.

    `override` is the amount a confirmed exception allows; it raises the limit, never lowers it.
    `census_alone` forbids a census activity beside any other.
    """
    paid = tuple(sorted((line for line in lines if line.amount), key=lambda line: -line.amount))
    total = sum(line.amount for line in paid)
    caps = [line.cap for line in paid if line.cap is not None]
    limit = max(min(caps), override) if caps else None
    return Decision(verdict=_verdict(paid, total, limit, census_alone), total=total, limit=limit, lines=paid)


def _verdict(paid: tuple[Line, ...], total: int, limit: int | None, census_alone: bool) -> Verdict:  # noqa: FBT001  # private
    if any(line.cap is None for line in paid):
        return Verdict.UNCAPPED
    if limit is not None and total > limit:
        return Verdict.OVER
    if census_alone and len(paid) > 1 and any(line.is_census for line in paid):
        return Verdict.CENSUS
    return Verdict.FITS


def percent(total: int, limit: int | None) -> int:
    """How full the cap is, in whole percent, rounded down: 100 means full, never nearly full."""
    return FULL * total // limit if limit else 0


def is_near(total: int, limit: int | None) -> bool:
    """From 90% of the cap up to the cap itself."""
    return limit is not None and total <= limit and FULL * total >= NEAR * limit


def largest_volume(price: int, days: Mapping[date, int], room: Mapping[date, int], *, at_most: int) -> int:
    """The largest volume, up to `at_most`, whose honor fits the `room` of each month it is split over.

    `days` weighs the months, in order. A month without an entry in `room` has none.
    """

    def fits(volume: int) -> bool:
        parts = spread(honor(price, volume), days)
        return all(part <= room.get(month, 0) for month, part in parts.items())

    low, high = 0, at_most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low
