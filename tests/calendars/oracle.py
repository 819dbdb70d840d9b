"""Another way to tell deadlines: a clock that walks minute by minute. Slow, obvious, of its own code.

It only knows fixed offsets (Indonesia has no summer time), a table of open minutes, and counting.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import and_
from random import Random
from zoneinfo import ZoneInfo

from halopst.calendars.rules import Override, WorkingCalendar

OFFSETS = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
FIRST = date(2026, 3, 2)
DAYS = 100
MINUTE = timedelta(minutes=1)
CASES_PER_CALENDAR = 250


class Timeline:
    """One flag per minute from FIRST 00.00 UTC: is the office open?"""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.offset = OFFSETS[calendar.zone.key] * 60
        local = bytearray((DAYS + 1) * 1440)
        for day in range(DAYS + 1):
            for opens, closes in hours_of(calendar, FIRST + timedelta(days=day)):
                for wall in range(opens, closes):
                    local[day * 1440 + wall] = 1
        self.open = local[self.offset : self.offset + DAYS * 1440]

    def local_day(self, minute: int) -> int:
        return (minute + self.offset) // 1440

    def due(self, start: int, value: int, unit: str, pauses: list[tuple[int, int]]) -> int:
        paused = bytearray(len(self.open))
        for begins, ends in pauses:
            paused[begins:ends] = b"\1" * (ends - begins)
        if unit == "hari_kerja":
            return self._walk_from(start, self._end_of_day(start, value), paused)
        left = value * (60 if unit == "jam_kerja" else 1)
        minute = start
        while left:
            left -= self.open[minute] and not paused[minute]
            minute += 1
        return minute

    def _end_of_day(self, start: int, days: int) -> int:
        """The end of the `days`-th day with open minutes after the day received."""
        minute = end = self.open.index(1, start)
        seen, last_day = -1, -1
        while seen < days or self.local_day(minute) == last_day:
            if self.local_day(minute) != last_day:
                seen, last_day = seen + 1, self.local_day(minute)
            end = minute + 1
            minute = self.open.index(1, end)
        return end

    def _walk_from(self, start: int, deadline: int, paused: bytearray) -> int:
        """Owe every open minute paused before the deadline; after it, pay back while open and not paused."""
        owed = sum(map(and_, self.open[start:deadline], paused[start:deadline]))
        minute = deadline
        while owed:
            owed -= self.open[minute] and not paused[minute]
            minute += 1
        return minute


def hours_of(calendar: WorkingCalendar, day: date) -> list[tuple[int, int]]:
    """Opening and closing minutes of a local day."""
    if day in calendar.closed:
        return []
    week = calendar.weekly
    for override in reversed(calendar.overrides):
        if override.first <= day <= override.last:
            week = override.weekly
    return [(o.hour * 60 + o.minute, c.hour * 60 + c.minute) for o, c in week.get(day.weekday(), ())]


@dataclass(frozen=True)
class Case:
    start: int
    value: int
    unit: str
    pauses: list[tuple[int, int | None]]


def random_week(chance: Random) -> dict[int, tuple[tuple[time, time], ...]]:
    week = {}
    for weekday in range(7):
        if chance.random() < (0.92 if weekday < 5 else 0.15):
            marks = sorted(chance.sample(range(24, 95), 2 * chance.choice([1, 1, 2, 2, 3])))
            walls = [time(mark // 4, mark % 4 * 15) for mark in marks]
            week[weekday] = tuple(zip(walls[::2], walls[1::2], strict=True))
    return week or {chance.randrange(5): ((time(8), time(15, 30)),)}


def random_calendar(chance: Random) -> WorkingCalendar:
    overrides = []
    for _ in range(chance.choice([0, 0, 1, 2])):
        first = FIRST + timedelta(days=chance.randrange(40))
        last = first + timedelta(days=chance.randrange(30))
        overrides.append(Override(first=first, last=last, weekly=random_week(chance)))
    closed = {FIRST + timedelta(days=chance.randrange(40)): "libur" for _ in range(chance.randrange(12))}
    return WorkingCalendar(
        zone=ZoneInfo(chance.choice(list(OFFSETS))),
        weekly=random_week(chance),
        overrides=tuple(overrides),
        closed=closed,
    )


def random_case(chance: Random) -> Case:
    start = 1440 + chance.randrange(14 * 1440)
    unit = chance.choice(["hari_kerja", "hari_kerja", "jam_kerja", "menit"])
    value = {"hari_kerja": chance.randint(1, 4), "jam_kerja": chance.randint(1, 16)}.get(
        unit, chance.randint(1, 600)
    )
    pauses: list[tuple[int, int | None]] = []
    for _ in range(chance.choice([0, 0, 1, 2, 3])):
        begins = start - 600 + chance.randrange(8 * 1440)
        ends = None if chance.random() < 0.05 else begins + chance.randrange(1, 3 * 1440)
        pauses.append((begins, ends))
    return Case(start, value, unit, pauses)


def instant(minute: int) -> datetime:
    return datetime.combine(FIRST, time(), UTC) + minute * MINUTE


def disagreements(seed: int, cases: int) -> list[str]:
    """Run random cases through both; the differences, each with all it takes to repeat it."""
    chance = Random(seed)  # noqa: S311  # repeatable, not secret
    found = []
    for number in range(cases):
        if number % CASES_PER_CALENDAR == 0:
            calendar = random_calendar(chance)
            timeline = Timeline(calendar)
        case = random_case(chance)
        finished = [(max(b, case.start), e) for b, e in case.pauses if e is not None and e > case.start]
        expected = instant(timeline.due(case.start, case.value, case.unit, finished))
        pauses = [(instant(b), None if e is None else instant(e)) for b, e in case.pauses]
        answer = calendar.due(instant(case.start), case.value, case.unit, pauses)
        if answer != expected:
            found.append(f"seed {seed} case {number}: {case} expected {expected} got {answer}")
    return found
