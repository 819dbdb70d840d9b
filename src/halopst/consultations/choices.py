"""The day strip and the times beneath it, ready to be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from halopst.core.formats import clock_range, language
from halopst.scheduling.models import Expert, Field
from halopst.scheduling.queries import any_expert_slots, day_summary, policy_of, slots
from halopst.scheduling.rules import DaySummary, Slot
from halopst.units.models import Unit

DAYS_SHOWN: Final = 6
WINDOW: Final = timedelta(days=20)
SATURDAY: Final = 5
NOON: Final = 12
Target = Expert | Field | Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Time:
    """One time in the picker. `label` is bare ("10.00"): the zone stands above them all."""

    slot: Slot
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeChoice:
    """Six days from `first` on, and the times of `day`; None where there is nothing earlier or later."""

    days: Sequence[DaySummary]
    day: date | None
    parts: Sequence[tuple[str, Sequence[Time]]]
    earlier: date | None
    later: date | None
    minutes: int
    of_one_expert: bool


def time_choice(
    target: Target, *, wished: date | None, first: date | None, held: datetime | None, now: datetime
) -> TimeChoice:
    """What may be chosen; `held` is a time this visitor already keeps and is drawn as theirs."""
    unit = target if isinstance(target, Unit) else target.unit
    policy = policy_of(unit, target if isinstance(target, Expert) else None)
    today = now.astimezone(unit.tz).date()
    horizon = today + timedelta(days=policy.horizon_days)
    begin = min(max(first or _week_of(wished, today), today), horizon)
    summaries = [d for d in day_summary(target, begin, min(begin + WINDOW, horizon), now=now) if _shown(d)]
    days = summaries[:DAYS_SHOWN]
    day = _day(days, wished)
    return TimeChoice(
        days=days,
        day=day,
        parts=_parts(target, unit, day, held, now) if day else [],
        earlier=max(today, begin - timedelta(days=8)) if begin > today else None,
        later=days[-1].day + timedelta(days=1) if len(summaries) > DAYS_SHOWN else None,
        minutes=policy.duration_minutes,
        of_one_expert=isinstance(target, Expert),
    )


def _week_of(wished: date | None, today: date) -> date:
    """The first days from today, unless the wish lies beyond them."""
    if wished is None or wished <= today + timedelta(days=7):
        return today
    return wished - timedelta(days=wished.weekday())


def _shown(day: DaySummary) -> bool:
    """Days with times, and weekdays closed by a holiday, whose reason is worth knowing."""
    return bool(day.total or (day.reason and day.day.weekday() < SATURDAY))


def _day(days: Sequence[DaySummary], wished: date | None) -> date | None:
    """The day asked for, else the first with a free time, else the first with any."""
    ranked = sorted((d for d in days if d.total), key=lambda d: (d.day != wished, not d.free, d.day))
    return ranked[0].day if ranked else None


def _parts(
    target: Target, unit: Unit, day: date, held: datetime | None, now: datetime
) -> list[tuple[str, list[Time]]]:
    morning: list[Time] = []
    afternoon: list[Time] = []
    for slot in _slots(target, unit, day, now):
        part = morning if slot.starts_at.astimezone(unit.tz).hour < NOON else afternoon
        label = clock_range(slot.starts_at, slot.ends_at, unit.zone, lang=language()).split("–")[0]
        part.append(Time(slot=slot, label=label, chosen=slot.starts_at == held))
    return [(label, times) for label, times in ((_("Pagi"), morning), (_("Siang"), afternoon)) if times]


def _slots(target: Target, unit: Unit, day: date, now: datetime) -> list[Slot]:
    if isinstance(target, Expert):
        return slots(target, day, day, now=now)
    return any_expert_slots(unit, target if isinstance(target, Field) else None, day, day, now=now)
