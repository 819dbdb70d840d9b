"""What time itself brings about. Each may run twice: the keys of the notices see to it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from halopst.consultations import notices
from halopst.consultations.models import Consultation
from halopst.consultations.queries import starting_between
from halopst.consultations.rules import AGREED, DAY_AHEAD, HOUR_AHEAD, State, is_quiet, reminder_at
from halopst.consultations.services import telling
from halopst.consultations.services.changing import lapse
from halopst.notifications.models import QuietHours
from halopst.notifications.queries import DEFAULT_QUIET
from halopst.notifications.services import NoticeKind

WARN_AHEAD = timedelta(hours=2)
OVERDUE_RESULT = timedelta(hours=1)
FORGET = timedelta(days=2)
Quiet = tuple[time, time]


def remind(*, now: datetime) -> int:
    """Remind visitors a day and an hour before; earlier rather than in quiet hours, never after the start."""
    rows = list(starting_between(now, now + DAY_AHEAD + timedelta(days=1)))
    quiet = _quiet_hours(rows)
    due = [(row, call) for row in rows if (call := _due(row, quiet[row.pk], now))]
    told = telling.told([notices.REMINDER], [row for row, _ in due])
    fresh = [(row, call) for row, call in due if telling.stem(notices.REMINDER, row, call.about) not in told]
    for row, call in fresh:
        with transaction.atomic():
            for tell, kind in (
                (telling.visitor, notices.REMINDER),
                (telling.officer, notices.OFFICER_REMINDER),
            ):
                tell(row, kind, now=now, about=call.about, send_before=call.until)
    return len(fresh)


@dataclass(frozen=True, slots=True)
class _Call:
    """A reminder that is due now and worth sending `until` then."""

    about: str
    until: datetime


def _due(row: Consultation, quiet: Quiet, now: datetime) -> _Call | None:
    zone, starts_at = row.case.unit.tz, row.reservation.starts_at
    if is_quiet(now, quiet, zone) or row.approved_at is None:
        return None
    day, hour = (reminder_at(starts_at, ahead, quiet=quiet, zone=zone) for ahead in (DAY_AHEAD, HOUR_AHEAD))
    for name, opens, closes in (("hour", hour, starts_at), ("day", day, hour)):
        if row.approved_at < opens <= now < closes:
            return _Call(about=f"{name}:{row.ics_sequence}", until=closes)
    return None


def _quiet_hours(rows: Iterable[Consultation]) -> dict[int, Quiet]:
    """The quiet hours each visitor lives by: their own, else the office's, else the platform's. One query."""
    rows = list(rows)
    people = {row.case.visitor_id for row in rows}
    units = {row.case.unit_id for row in rows}
    found = QuietHours.objects.filter(user__in=people) | QuietHours.objects.filter(unit__in=units)
    known: dict[tuple[int | None, int | None], Quiet] = {
        (rule.user_id, rule.unit_id): (rule.starts, rule.ends) for rule in found
    }
    hours: defaultdict[int, Quiet] = defaultdict(lambda: DEFAULT_QUIET)
    for row in rows:
        own, office = known.get((row.case.visitor_id, None)), known.get((None, row.case.unit_id))
        hours[row.pk] = own or office or DEFAULT_QUIET
    return hours


def press_for_answers(*, now: datetime) -> int:
    """Warn the officer before the promised answer is due, and the team lead when it is late."""
    waiting = Consultation.objects.whole().filter(state=State.REQUESTED).order_by("pk")
    soon = waiting.filter(answer_due_at__gt=now, answer_due_at__lte=now + WARN_AHEAD)
    late = waiting.filter(answer_due_at__lte=now, answer_due_at__gt=now - FORGET)
    warned = _tell_once(telling.officer, notices.ANSWER_SOON, soon, now=now)
    return warned + _tell_once(telling.leads, notices.ANSWER_LATE, late, now=now)


def close_what_passed(*, now: datetime) -> int:
    """Apologise for requests whose time came unanswered, close proposals nobody answered, ask for results."""
    rows = Consultation.objects.whole().filter(reservation__starts_at__gt=now - FORGET).order_by("pk")
    begun = rows.filter(reservation__starts_at__lte=now)
    lapsed = list(begun.filter(state=State.PROPOSED))
    for row in lapsed:
        lapse(row, now=now)
    missed = begun.filter(state=State.REQUESTED)
    over = rows.filter(state__in=AGREED, reservation__ends_at__lte=now - OVERDUE_RESULT)
    return (
        len(lapsed)
        + _tell_once(telling.visitor, notices.MISSED, missed, now=now)
        + _tell_once(telling.leads, notices.ANSWER_LATE, missed, now=now)
        + _tell_once(telling.officer, notices.RECORD_RESULT, over, now=now, about="result")
    )


def _tell_once(
    tell: Callable[..., None],
    kind: NoticeKind,
    rows: Iterable[Consultation],
    *,
    now: datetime,
    about: str = "",
) -> int:
    rows = list(rows)
    told = telling.told([kind], rows)
    fresh = [row for row in rows if telling.stem(kind, row, about) not in told]
    for row in fresh:
        with transaction.atomic():
            tell(row, kind, now=now, about=about)
    return len(fresh)
