"""Say it before a promise is broken, and once when it is."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from halopst.audit.services import record
from halopst.cases import notices
from halopst.cases.models import Case
from halopst.cases.queries import policies_on, policy_for
from halopst.cases.rules import State
from halopst.cases.services.moves import tell_pages
from halopst.core.actors import SYSTEM


def watch_deadlines(*, now: datetime) -> dict[str, int]:
    """Warn, and record what is late or unanswered; returns how many of each. May run at any time, twice."""
    return {"warned": _warn(now), "late": _record_late(now), "unanswered": _record_unanswered(now)}


def _running() -> QuerySet[Case]:
    return Case.objects.filter(state=State.OPEN)


def _claim(waiting: QuerySet[Case], **values: datetime) -> list[Case]:
    """Set `values` on each case that still waits, one transaction for all; nobody else claims the same."""
    claimed = list(
        waiting.select_for_update(skip_locked=True, of=("self",)).select_related(
            "unit", "service", "visitor", "officer"
        )[:500]
    )
    Case.objects.filter(pk__in=[case.pk for case in claimed]).update(**values)
    return claimed


@transaction.atomic
def _warn(now: datetime) -> int:
    policies = policies_on(now.date())
    if not policies:
        return 0
    longest = max(policy.late_warning_hours for policy in policies.values())
    near = _running().filter(warned_at=None, due_at__gt=now, due_at__lte=now + timedelta(hours=longest))
    warned = 0
    for case in list(near.select_related("unit")):
        lead = timedelta(hours=policy_for(case.unit, policies).late_warning_hours)
        if case.due_at is None or case.due_at - lead > now:
            continue
        for claimed in _claim(_running().filter(pk=case.pk, warned_at=None), warned_at=now):
            record(SYSTEM, "case.late_warned", claimed)
            notices.warn_of_deadline(claimed, now=now)
            warned += 1
    return warned


@transaction.atomic
def _record_late(now: datetime) -> int:
    late = _claim(_running().filter(late_at=None, due_at__lte=now).order_by("due_at"), late_at=now)
    for case in late:
        record(SYSTEM, "case.late", case)
        notices.tell_of_late(case, now=now)
        tell_pages(case)
    return len(late)


@transaction.atomic
def _record_unanswered(now: datetime) -> int:
    waiting = _running().filter(first_reply_at=None, unanswered_at=None, first_reply_due_at__lte=now)
    unanswered = _claim(waiting.order_by("first_reply_due_at"), unanswered_at=now)
    for case in unanswered:
        record(SYSTEM, "case.unanswered", case)
        notices.tell_of_unanswered(case, now=now)
        tell_pages(case)
    return len(unanswered)
