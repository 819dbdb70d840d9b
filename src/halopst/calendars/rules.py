"""Working time: when an office is open, and when a promise falls due. Plain arithmetic; see docs/rules.md.

Every instant that comes in or goes out is aware; those that go out are in UTC. Intervals are half-open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

Hours = tuple[tuple[time, time], ...]
Week = Mapping[int, Hours]
Span = tuple[datetime, datetime]
Pause = tuple[datetime, datetime | None]

DAY = timedelta(days=1)
HORIZON_DAYS = 1500
NO_TIME = timedelta(0)

WORKING_DAYS, WORKING_HOURS, MINUTES = "hari_kerja", "jam_kerja", "menit"
_UNIT_SECONDS = {WORKING_HOURS: 3600, MINUTES: 60}


class NeverOpen(ValueError):
    """The calendar has no working time within sight: no deadline can be told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Override:
    """Another week for the dates from `first` to `last`, both included."""

    first: date
    last: date
    weekly: Week


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """When one office works. Weekdays count from 0 (Monday); the first override that covers a date wins.

    `closed` names the holidays; they close a day whatever its hours are.
    """

    zone: ZoneInfo
    weekly: Week
    overrides: tuple[Override, ...] = ()
    closed: Mapping[date, str] = field(default_factory=dict)
    _days: dict[date, list[Span]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def intervals(self, day: date) -> list[Span]:
        """The working intervals of a local `day`, in order, in UTC."""
        if day not in self._days:
            self._days[day] = [] if day in self.closed else self._opening(day)
        return self._days[day]

    def is_working_day(self, day: date) -> bool:
        return bool(self.intervals(day))

    def why_closed(self, day: date) -> str | None:
        """The holiday that closes `day`; None on a working day and on a weekday without hours."""
        return self.closed.get(day)

    def closes_at(self, now: datetime) -> datetime | None:
        """When the interval that holds `now` ends, or None when closed."""
        return next((ends for starts, ends in self.intervals(self._local(now)) if starts <= now < ends), None)

    def next_opening(self, now: datetime) -> datetime | None:
        """The first opening strictly after `now`, or None when there is none within sight."""
        return next((starts for starts, _ in self._spans_from(self._local(now)) if starts > now), None)

    def day_received(self, start: datetime) -> date:
        """Day 0 of what arrives at `start`: that working day until its last closing, else the next one."""
        for starts, ends in self._spans_from(self._local(start)):
            if ends > start:
                return self._local(starts)
        raise NeverOpen

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """The end of service hours of the `days`-th working day after the day received."""
        day = self.day_received(start)
        counted = 0
        for _ in range(HORIZON_DAYS):
            if counted == days and self.is_working_day(day):
                return self.intervals(day)[-1][1]
            day += DAY
            counted += self.is_working_day(day)
        raise NeverOpen

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two instants, zero when `end` is not after `start`."""
        total = NO_TIME
        day, last = self._local(start), self._local(end)
        while day <= last:
            for starts, ends in self.intervals(day):
                total += max(min(ends, end) - max(starts, start), NO_TIME)
            day += DAY
        return total

    def working_seconds(self, start: datetime, end: datetime) -> int:
        """Whole working seconds between two instants."""
        return int(self.working_time(start, end).total_seconds())

    def add_working_time(self, start: datetime, time_left: timedelta) -> datetime:
        """The earliest instant by which `time_left` of working time has passed since `start`."""
        if time_left <= NO_TIME:
            return start.astimezone(UTC)
        for opens, ends in self._spans_from(self._local(start)):
            begins = max(opens, start)
            if begins >= ends:
                continue
            if ends - begins >= time_left:
                return begins.astimezone(UTC) + time_left
            time_left -= ends - begins
        raise NeverOpen

    def add_working_seconds(self, start: datetime, seconds: int) -> datetime:
        return self.add_working_time(start, timedelta(seconds=seconds))

    def due(
        self, start: datetime, promise_value: int, promise_unit: str, pauses: Sequence[Pause] = ()
    ) -> datetime:
        """When a promise made at `start` falls due.

        Each pause that begins before the deadline moves it by the working time paused; pauses may overlap.
        A pause without an end has no length yet: it counts once it is over.
        """
        if promise_unit == WORKING_DAYS:
            deadline = self.add_working_days(start, promise_value)
        else:
            deadline = self.add_working_seconds(start, promise_value * _UNIT_SECONDS[promise_unit])
        for begins, ends in merged(pauses, start):
            if begins >= deadline:
                break
            deadline = self.add_working_time(deadline, self.working_time(begins, ends))
        return deadline

    def _local(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def _opening(self, day: date) -> list[Span]:
        week = next((o.weekly for o in self.overrides if o.first <= day <= o.last), self.weekly)
        return [
            (
                datetime.combine(day, opens, self.zone).astimezone(UTC),
                datetime.combine(day, closes, self.zone).astimezone(UTC),
            )
            for opens, closes in sorted(week.get(day.weekday(), ()))
        ]

    def _spans_from(self, day: date) -> Iterator[Span]:
        for number in range(HORIZON_DAYS):
            yield from self.intervals(day + number * DAY)


def merged(pauses: Sequence[Pause], start: datetime) -> list[Span]:
    """The finished pauses from `start` on, in order, as spans that do not overlap."""
    spans: list[Span] = []
    for begins, ends in sorted((max(b, start), e) for b, e in pauses if e is not None and e > start):
        if spans and begins <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], ends))
        elif begins < ends:
            spans.append((begins, ends))
    return spans


def overlaps(hours: Hours) -> bool:
    """Whether intervals of one day meet inside, or one closes before it opens."""
    ordered = sorted(hours)
    return any(opens >= closes for opens, closes in ordered) or any(
        before[1] > after[0] for before, after in pairwise(ordered)
    )


def week_text(weekly: Week) -> dict[str, str]:
    """A week for the record: `{"0": "08.00-12.00, 13.00-15.30"}`, days without hours left out."""
    return {
        str(weekday): ", ".join(f"{opens:%H.%M}-{closes:%H.%M}" for opens, closes in sorted(hours))
        for weekday, hours in sorted(weekly.items())
        if hours
    }
