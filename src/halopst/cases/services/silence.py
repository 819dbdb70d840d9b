"""Waiting visitors: warned, then closed; never closed without a warning, never twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from halopst.audit.services import record
from halopst.cases import notices
from halopst.cases.events import CaseClosedSilent
from halopst.cases.models import CasePause
from halopst.cases.queries import policies_on, policy_for
from halopst.cases.rules import Silence, Verb
from halopst.cases.services.moves import say, take
from halopst.core.actors import SYSTEM
from halopst.core.events import publish

Act = Callable[[CasePause, Silence, datetime], bool]


def follow_up_silence(*, now: datetime) -> tuple[int, int]:
    """Warn and close who has been silent for too long; returns how many of each. Safe to repeat."""
    warned = _each_waiting(_warn, lambda silence: silence.warn_days, now)
    closed = _each_waiting(_close, lambda silence: silence.close_days, now)
    return warned, closed


def _each_waiting(act: Act, days: Callable[[Silence], int], now: datetime) -> int:
    """Try `act` on every wait old enough for the shortest rule, each in its own transaction."""
    policies = policies_on(now.date())
    if not policies:
        return 0
    shortest = min(days(policy.silence) for policy in policies.values())
    waits = CasePause.objects.filter(
        ends_at=None, reason=CasePause.Reason.WAITING, asked_at__lte=now - timedelta(days=shortest)
    )
    done = 0
    for pk in list(waits.order_by("asked_at").values_list("pk", flat=True)):
        with transaction.atomic():
            pause = (
                CasePause.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("case__unit", "case__visitor", "case__officer", "case__service")
                .filter(pk=pk, ends_at=None)
                .first()
            )
            if pause is not None:
                done += act(pause, policy_for(pause.case.unit, policies).silence, now)
    return done


def _warn(pause: CasePause, silence: Silence, now: datetime) -> bool:
    if pause.warned_at or pause.asked_at is None or silence.warns_at(pause.asked_at) > now:
        return False
    pause.warned_at = now
    pause.save(update_fields=["warned_at", "updated_at"])
    record(SYSTEM, "case.silence_warned", pause.case)
    notices.warn_of_silence(pause.case, pause, silence.closes_at(pause.asked_at, now), now=now)
    return True


def _close(pause: CasePause, silence: Silence, now: datetime) -> bool:
    if pause.warned_at is None or pause.asked_at is None:
        return False
    if silence.closes_at(pause.asked_at, pause.warned_at) > now:
        return False
    case = take(SYSTEM, pause.case, Verb.CLOSE_SILENT, now=now)
    say(SYSTEM, case, verb=Verb.CLOSE_SILENT, now=now)
    record(SYSTEM, "case.closed_silent", case)
    publish(CaseClosedSilent(case_id=case.pk))
    notices.tell_of_silent_end(case, now=now)
    return True
