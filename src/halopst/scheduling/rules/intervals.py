"""Arithmetic of half-open intervals [start, end): a moment belongs to at most one of two that touch."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar

Moment = TypeVar("Moment", int, datetime)
Interval = tuple[datetime, datetime]


def overlaps(one: tuple[Moment, Moment], other: tuple[Moment, Moment]) -> bool:
    """True if some moment lies in both; touching ends share none, and an empty interval has none."""
    return one[0] < other[1] and other[0] < one[1] and one[0] < one[1] and other[0] < other[1]


def union(intervals: Iterable[tuple[Moment, Moment]]) -> list[tuple[Moment, Moment]]:
    """The same moments as sorted intervals that neither overlap nor touch; empty ones vanish."""
    merged: list[tuple[Moment, Moment]] = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def intersect(
    ours: Iterable[tuple[Moment, Moment]], theirs: Iterable[tuple[Moment, Moment]]
) -> list[tuple[Moment, Moment]]:
    """The moments in both."""
    left, right = union(ours), union(theirs)
    shared: list[tuple[Moment, Moment]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            shared.append((start, end))
        if left[i][1] <= right[j][1]:
            i += 1
        else:
            j += 1
    return shared


def subtract(
    ours: Iterable[tuple[Moment, Moment]], theirs: Iterable[tuple[Moment, Moment]]
) -> list[tuple[Moment, Moment]]:
    """The moments in `ours` and not in `theirs`."""
    holes = union(theirs)
    return [piece for whole in union(ours) for piece in _pieces(whole, holes)]


def _pieces(
    whole: tuple[Moment, Moment], holes: list[tuple[Moment, Moment]]
) -> Iterator[tuple[Moment, Moment]]:
    start, end = whole
    for hole_start, hole_end in holes:
        if hole_end <= start or hole_start >= end:
            continue
        if hole_start > start:
            yield start, hole_start
        start = max(start, hole_end)
    if start < end:
        yield start, end
