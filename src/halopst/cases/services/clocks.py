"""Deadlines: the promise of the standard, on the office's working time, without the pauses."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from halopst.calendars.queries import calendar_of
from halopst.calendars.rules import WORKING_DAYS, NeverOpen, WorkingCalendar
from halopst.cases.models import Case

LOOK_AHEAD = timedelta(days=150)
Pauses = Sequence[tuple[datetime, datetime | None]]


def reckon(case: Case, *, now: datetime) -> bool:
    """Set both deadlines on `case` (unsaved) from what is stored; True when one of them moved."""
    first, last = window(case, now)
    pauses = list(case.pauses.order_by("begins_at").values_list("begins_at", "ends_at"))
    return reckon_with(case, calendar_of(case.unit, first, last), pauses, now=now)


def reckon_with(case: Case, calendar: WorkingCalendar, pauses: Pauses, *, now: datetime) -> bool:
    """As `reckon`, with everything at hand: for many cases at once."""
    before = (case.due_at, case.first_reply_due_at)
    case.first_reply_due_at = _due(
        calendar, case.submitted_at, case.first_reply_value, case.first_reply_unit, ()
    )
    case.due_at = _due(calendar, case.complete_at, case.promise_value, case.promise_unit, pauses)
    if case.due_at != before[0] and (case.due_at is None or case.due_at > now):
        case.warned_at = case.late_at = None
    return before != (case.due_at, case.first_reply_due_at)


def window(case: Case, now: datetime) -> tuple[date, date]:
    """The dates whose holidays can matter to the deadlines of `case`."""
    zone = case.unit.tz
    latest = max(now, case.submitted_at, case.due_at or now)
    return case.submitted_at.astimezone(zone).date(), (latest + LOOK_AHEAD).astimezone(zone).date()


def _due(
    calendar: WorkingCalendar, start: datetime | None, value: int, unit: str, pauses: Pauses
) -> datetime | None:
    """None before the clock starts. An office that never opens still owes an answer: in plain days."""
    if start is None:
        return None
    try:
        return calendar.due(start, value, unit, pauses)
    except NeverOpen:
        return start + timedelta(days=value if unit == WORKING_DAYS else 1)
