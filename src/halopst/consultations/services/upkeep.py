"""What time itself brings about. Each may run twice: the keys of the notices see to it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction

from halopst.consultations import notices
from halopst.consultations.models import Consultation
from halopst.consultations.queries import starting_between
from halopst.consultations.rules import DAY_AHEAD, HOUR_AHEAD, State, is_quiet, reminder_at
from halopst.consultations.services import telling
from halopst.consultations.services.changing import lapse
from halopst.notifications.models import QuietHours
from halopst.notifications.queries import DEFAULT_QUIET

WARN_AHEAD = timedelta(hours=2)
OVERDUE_RESULT = timedelta(hours=1)
FORGET = timedelta(days=2)
Quiet = tuple[time, time]


def remind(*, now: datetime) -> int:
    """Remind visitors a day and an hour before; earlier rather than in quiet hours, never after the start."""
    due = list(starting_between(now, now + DAY_AHEAD + timedelta(days=1)))
    quiet = _quiet_hours(due)
    return sum(_remind(row, quiet[row.pk], now) for row in due)


def _remind(row: Consultation, quiet: Quiet, now: datetime) -> bool:
    zone, starts_at = row.case.unit.tz, row.reservation.starts_at
    day, hour = (reminder_at(starts_at, ahead, quiet=quiet, zone=zone) for ahead in (DAY_AHEAD, HOUR_AHEAD))
    if is_quiet(now, quiet, zone):
        return False
    for name, opens, closes in (("hour", hour, starts_at), ("day", day, hour)):
        approved_before = row.approved_at is not None and row.approved_at < opens
        if approved_before and opens <= now < closes:
            about = f"{name}:{row.ics_sequence}"
            telling.visitor(row, notices.REMINDER, now=now, about=about, send_before=closes)
            telling.officer(row, notices.OFFICER_REMINDER, now=now, about=about, send_before=closes)
            return True
    return False


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
    told = 0
    waiting = Consultation.objects.whole().filter(state=State.REQUESTED)
    for row in waiting.filter(answer_due_at__gt=now, answer_due_at__lte=now + WARN_AHEAD).order_by("pk"):
        with transaction.atomic():
            telling.officer(row, notices.ANSWER_SOON, now=now, send_before=row.answer_due_at)
        told += 1
    late = waiting.filter(answer_due_at__lte=now, answer_due_at__gt=now - FORGET)
    for row in late.order_by("pk"):
        with transaction.atomic():
            telling.leads(row, notices.ANSWER_LATE, now=now)
        told += 1
    return told


def close_what_passed(*, now: datetime) -> int:
    """Apologise for requests whose time came unanswered, close proposals nobody answered, ask for results."""
    rows = Consultation.objects.whole().filter(
        reservation__starts_at__lte=now, reservation__starts_at__gt=now - FORGET
    )
    passed = 0
    for row in rows.filter(state=State.PROPOSED).order_by("pk"):
        lapse(row, now=now)
        passed += 1
    for row in rows.filter(state=State.REQUESTED).order_by("pk"):
        with transaction.atomic():
            telling.visitor(row, notices.MISSED, now=now)
            telling.leads(row, notices.ANSWER_LATE, now=now)
        passed += 1
    open_still = rows.filter(
        state__in=[State.APPROVED, State.CHECKED_IN, State.ONGOING],
        reservation__ends_at__lte=now - OVERDUE_RESULT,
    )
    for row in open_still.order_by("pk"):
        with transaction.atomic():
            telling.officer(row, notices.RECORD_RESULT, now=now, about="result")
        passed += 1
    return passed
