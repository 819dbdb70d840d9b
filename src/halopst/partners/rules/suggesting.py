"""Who is proposed first for work that another cannot take. A person decides; nothing is assigned."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Final

HIGHEST_QUALITY: Final = 5
# What somebody's work counts as while an office has evaluated nobody's.
UNKNOWN: Final = 75.0


@dataclass(frozen=True, slots=True)
class Standing:
    """`room` is the percentage of the month's cap still free; `mark` that of their work, None without any."""

    same_district: bool
    room: float
    mark: float | None


def mark(volume: float, on_time: float | None, quality: float | None) -> float:
    """One figure for how work went: the mean of volume, punctuality and quality, each of a hundred.

    `quality` is a mark from 1 to 5. What nobody wrote down is left out.
    """
    known = [volume]
    if on_time is not None:
        known.append(on_time)
    if quality is not None:
        known.append(100 * quality / HIGHEST_QUALITY)
    return fmean(known)


def usual(marks: Iterable[float]) -> float:
    """What counts for those without a mark: they stand neither before nor behind the others."""
    known = list(marks)
    return fmean(known) if known else UNKNOWN


def order(standing: Standing, usual_mark: float) -> tuple[bool, float]:
    """The smaller, the earlier: the same district, then room and work, which weigh the same."""
    given = usual_mark if standing.mark is None else standing.mark
    return not standing.same_district, -(standing.room + given) / 2
