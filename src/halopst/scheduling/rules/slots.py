"""Which times an expert offers: pure arithmetic over what the office and the expert have said."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from halopst.scheduling.rules.intervals import Interval, intersect, overlaps, subtract

HOLD = timedelta(minutes=10)
# WCAG 2.2.1 asks that a time limit can be extended at least ten times.
MOST_EXTENSIONS = 10
HOLDS_PER_VISITOR = 2
# Of an office's day, the share that visitors who have not signed in may merely hold at any moment.
HELD_PERCENT = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A time on offer; `free` is False once it is taken. `experts` names who is free, if anyone will do."""

    starts_at: datetime
    ends_at: datetime
    free: bool
    experts: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DaySummary:
    """How a day looks in the day picker; `reason` says why the office is closed, or is empty."""

    day: date
    total: int
    free: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """How an office gives out time. Minutes and days; without a `daily_maximum` only the hours limit."""

    lead_minutes: int = 180
    duration_minutes: int = 45
    buffer_minutes: int = 0
    horizon_days: int = 30
    daily_maximum: int | None = None

    @property
    def duration(self) -> timedelta:
        return timedelta(minutes=self.duration_minutes)

    @property
    def buffer(self) -> timedelta:
        return timedelta(minutes=self.buffer_minutes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Weekly:
    """Hours that repeat each week; 0 is Monday; both days of validity included, None for unlimited."""

    weekday: int
    starts: time
    ends: time
    valid_from: date | None = None
    valid_until: date | None = None

    def on(self, day: date, zone: ZoneInfo) -> Interval | None:
        """These hours on `day`, or None if they do not apply then."""
        early = self.valid_from is not None and day < self.valid_from
        late = self.valid_until is not None and day > self.valid_until
        if early or late or day.weekday() != self.weekday:
            return None
        return _at(day, self.starts, zone), _at(day, self.ends, zone)


@dataclass(frozen=True, kw_only=True, slots=True)
class Diary:
    """All that decides one expert's times. `leave` includes both days; `taken` includes the buffers."""

    policy: Policy = Policy()
    weekly: tuple[Weekly, ...] = ()
    extra: tuple[Interval, ...] = ()
    blocked: tuple[Interval, ...] = ()
    leave: tuple[tuple[date, date], ...] = ()
    taken: tuple[Interval, ...] = ()


def whole_day(day: date, zone: ZoneInfo) -> Interval:
    return _at(day, time(), zone), _at(day + timedelta(days=1), time(), zone)


def open_times(diary: Diary, day: date, office: list[Interval], zone: ZoneInfo) -> list[Interval]:
    """When the expert works with visitors on `day`: extra hours count even while the office is closed."""
    if any(first <= day <= last for first, last in diary.leave):
        return []
    weekly = [hours for rule in diary.weekly if (hours := rule.on(day, zone))]
    extra = intersect(diary.extra, [whole_day(day, zone)])
    return subtract([*intersect(office, weekly), *extra], diary.blocked)


def slots_of_day(
    diary: Diary, day: date, office: list[Interval], zone: ZoneInfo, *, now: datetime, lead: bool = True
) -> list[Slot]:
    """The times on offer on `day`, the taken ones among them; too soon or too far ahead is not on offer.

    The grid starts where open hours start, so a booking never moves the times beside it. Staff may
    leave the lead time out with `lead=False`.
    """
    policy = diary.policy
    if day > now.astimezone(zone).date() + timedelta(days=policy.horizon_days):
        return []
    earliest = now + timedelta(minutes=policy.lead_minutes if lead else 0)
    midnight, tomorrow = whole_day(day, zone)
    near = (midnight, tomorrow + policy.duration + policy.buffer)
    taken = [interval for interval in diary.taken if overlaps(interval, near)]
    served = sum(midnight <= start < tomorrow for start, _ in taken)
    is_full = policy.daily_maximum is not None and served >= policy.daily_maximum
    length, block = policy.duration, policy.duration + policy.buffer
    return [
        Slot(
            starts_at=start,
            ends_at=start + length,
            free=not is_full and not any(overlaps((start, start + block), booked) for booked in taken),
        )
        for start in _grid(open_times(diary, day, office, zone), policy)
        if start >= earliest
    ]


def merged(slots: dict[int, list[Slot]]) -> list[Slot]:
    """The times at which any of several experts (by id) can be met, earliest first."""
    by_time: dict[Interval, list[int]] = {}
    for expert, offered in slots.items():
        for slot in offered:
            free = by_time.setdefault((slot.starts_at, slot.ends_at), [])
            if slot.free:
                free.append(expert)
    return [
        Slot(starts_at=start, ends_at=end, free=bool(experts), experts=tuple(experts))
        for (start, end), experts in sorted(by_time.items())
    ]


def holds_allowed(slots_on_offer: int) -> int:
    """How many of an office's slots of one day may be merely held by visitors who have not signed in.

    Never fewer than one, or the smallest offices could not be booked.
    """
    return max(1, slots_on_offer * HELD_PERCENT // 100)


def _grid(hours: list[Interval], policy: Policy) -> list[datetime]:
    starts, length, step = [], policy.duration, policy.duration + policy.buffer
    for opens, closes in hours:
        start = opens
        while start + length <= closes:
            starts.append(start)
            start += step
    return starts


def _at(day: date, moment: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, zone).astimezone(UTC)
