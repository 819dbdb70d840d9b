"""Adding up daily counts: pure arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

SECONDS_PER_HOUR = 3600


class Day(Protocol):
    """What a daily summary offers to be added up."""

    day: date
    requests: int
    replied: int
    replied_on_time: int
    reply_seconds: int
    finished: int
    finished_on_time: int
    finish_seconds: int
    rating_counts: list[int]


@dataclass(slots=True)
class Totals:
    """Sums over any number of days and offices."""

    requests: int = 0
    replied: int = 0
    replied_on_time: int = 0
    reply_seconds: int = 0
    finished: int = 0
    finished_on_time: int = 0
    finish_seconds: int = 0
    rating_counts: list[int] = field(default_factory=list)

    def add(self, day: Day) -> None:
        self.requests += day.requests
        self.replied += day.replied
        self.replied_on_time += day.replied_on_time
        self.reply_seconds += day.reply_seconds
        self.finished += day.finished
        self.finished_on_time += day.finished_on_time
        self.finish_seconds += day.finish_seconds
        width = max(len(self.rating_counts), len(day.rating_counts))
        ours, theirs = (
            counts + [0] * (width - len(counts)) for counts in (self.rating_counts, day.rating_counts)
        )
        self.rating_counts = [a + b for a, b in zip(ours, theirs, strict=True)]

    @property
    def reply_hours(self) -> float | None:
        """Mean working hours until the first reply."""
        return self.reply_seconds / self.replied / SECONDS_PER_HOUR if self.replied else None

    @property
    def finish_hours(self) -> float | None:
        """Mean working hours until the request was finished."""
        return self.finish_seconds / self.finished / SECONDS_PER_HOUR if self.finished else None


def percent(part: int, whole: int) -> float | None:
    """`part` of `whole` in percent; None when there is no whole."""
    return 100 * part / whole if whole else None


def total(days: Iterable[Day]) -> Totals:
    totals = Totals()
    for day in days:
        totals.add(day)
    return totals


def week_of(day: date) -> date:
    """The Monday of the week `day` is in."""
    return day - timedelta(days=day.weekday())


def by_week(days: Iterable[Day], *, first: date, last: date) -> dict[date, Totals]:
    """Totals of every week from `first` to `last`, empty weeks included, in order."""
    weeks: dict[date, Totals] = {}
    monday = week_of(first)
    while monday <= last:
        weeks[monday] = Totals()
        monday += timedelta(weeks=1)
    for day in days:
        weeks[week_of(day.day)].add(day)
    return weeks
