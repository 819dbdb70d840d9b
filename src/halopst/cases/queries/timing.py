"""Clocks in words: what is left of a promise, as people say it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from halopst.calendars.queries import calendars_of
from halopst.calendars.rules import WorkingCalendar
from halopst.cases.models import Case
from halopst.cases.rules import State
from halopst.core import formats
from halopst.core.formats import language
from halopst.core.shapes import Clock

SOON, SOON_SHARE = timedelta(hours=2), 25
WHOLE = 100
AHEAD = timedelta(days=60)


def calendars_for(cases: Iterable[Case], now: datetime) -> Mapping[int, WorkingCalendar]:
    """The calendars of the offices of `cases`, wide enough for their clocks."""
    shown = list(cases)
    units = {case.unit_id: case.unit for case in shown}
    first = min((case.submitted_at for case in shown), default=now)
    last = max((case.act_by or now for case in shown), default=now)
    return calendars_of(units.values(), first.date() - timedelta(days=1), (max(now, last) + AHEAD).date())


def clock_of(case: Case, calendar: WorkingCalendar, *, now: datetime) -> Clock:
    """The clock of the next promise of `case`."""
    if case.state == State.WAITING:
        return Clock(_("jam dijeda"), 50, "off")
    if not case.is_living or case.act_by is None:
        return Clock(_("selesai"), 0, "off")
    return clock_to(case.act_by, case.submitted_at, calendar, now=now)


def clock_to(deadline: datetime, since: datetime, calendar: WorkingCalendar, *, now: datetime) -> Clock:
    """What is left until `deadline` of a promise made at `since`: hours today, working days later."""
    left = deadline - now
    if left <= timedelta(0):
        return Clock(formats.remaining(left, lang=language()), WHOLE, "bad")
    whole = calendar.working_time(since, deadline)
    share = WHOLE * (calendar.working_time(now, deadline) / whole) if whole else WHOLE
    tone: Literal["ok", "warn"] = "warn" if left < SOON or share <= SOON_SHARE else "ok"
    local = now.astimezone(calendar.zone).date()
    days = _working_days_until(deadline, calendar, local)
    if days == 0:
        return Clock(formats.duration(left, lang=language()), share, tone, deadline)
    return Clock(formats.working_days(days, lang=language()), share, tone)


def _working_days_until(deadline: datetime, calendar: WorkingCalendar, today: date) -> int:
    last = deadline.astimezone(calendar.zone).date()
    return sum(calendar.is_working_day(today + timedelta(days=n)) for n in range(1, (last - today).days + 1))
