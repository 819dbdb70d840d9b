"""The meeting itself: presence, start, result, and who did not come."""

from datetime import datetime

from django.db import transaction

from halopst.audit.services import record
from halopst.cases import services as cases
from halopst.cases.models import Case
from halopst.consultations import notices
from halopst.consultations.events import ConsultationClosed, ConsultationFinished, ConsultationStarted
from halopst.consultations.models import Consultation, Result
from halopst.consultations.queries import policy_of
from halopst.consultations.rules import Verb, may_call_absent, may_check_in
from halopst.consultations.services import telling
from halopst.consultations.services.moving import begin, swap
from halopst.consultations.services.refusals import (
    ResultIncomplete,
    TooEarlyToCallAbsent,
    TooEarlyToCheckIn,
)
from halopst.core.actors import Actor
from halopst.core.events import publish
from halopst.scheduling import services as scheduling


@transaction.atomic
def check_in(
    actor: Actor, consultation: Consultation, *, version: int | None = None, now: datetime
) -> Consultation:
    """The visitor is here: said by the visitor, the officer or the front office."""
    row, move = begin(actor, consultation, Verb.CHECK_IN, version=version)
    time, opens = row.reservation, policy_of(row.case.unit_id).check_in_opens
    if not may_check_in(time.starts_at, time.ends_at, now, opens=opens):
        raise TooEarlyToCheckIn
    swap(row, move, now=now)
    record(actor, "consultations.checked_in", row, unit_id=row.case.unit_id)
    return row


@transaction.atomic
def start(
    actor: Actor, consultation: Consultation, *, version: int | None = None, now: datetime
) -> Consultation:
    row, move = begin(actor, consultation, Verb.START, version=version)
    if now < row.reservation.starts_at - policy_of(row.case.unit_id).check_in_opens:
        raise TooEarlyToCheckIn
    swap(row, move, now=now)
    record(actor, "consultations.started", row, unit_id=row.case.unit_id)
    publish(ConsultationStarted(consultation_id=row.pk, case_id=row.case_id))
    return row


@transaction.atomic
def finish(
    actor: Actor,
    consultation: Consultation,
    *,
    result: str,
    summary: str,
    note: str = "",
    version: int | None = None,
    now: datetime,
) -> Consultation:
    """Record what came of it and finish the case; `note` says why nothing was found, or who will help."""
    row, move = begin(actor, consultation, Verb.FINISH, version=version)
    summary, note = summary.strip(), note.strip()
    if result not in Result.values or not summary or (result != Result.FOUND and not note):
        raise ResultIncomplete
    swap(row, move, now=now, result=result, summary=summary[:4000], result_note=note[:300])
    if row.case.is_living:
        cases.finish(actor, row.case, result=result, summary=summary, now=now)
    record(actor, "consultations.finished", row, unit_id=row.case.unit_id, result=result)
    publish(ConsultationFinished(consultation_id=row.pk, case_id=row.case_id, officer_id=row.expert.user_id))
    telling.visitor(row, notices.FINISHED, now=now, pesan="\n".join(filter(None, [note, summary])))
    return row


@transaction.atomic
def miss_visitor(
    actor: Actor, consultation: Consultation, *, version: int | None = None, now: datetime
) -> Consultation:
    """The officer waited and the visitor did not come; whoever checked in cannot be called absent."""
    row, move = begin(actor, consultation, Verb.MISS_VISITOR, version=version)
    _refuse_early(row, now)
    swap(row, move, now=now, ics_sequence=row.ics_sequence + 1)
    scheduling.free(row.reservation, now=now)
    if row.case.is_living:
        cases.finish(actor, row.case, result=Case.Result.NO_SHOW, summary=row.get_state_display(), now=now)
    record(actor, "consultations.visitor_absent", row, unit_id=row.case.unit_id)
    publish(ConsultationClosed(consultation_id=row.pk, case_id=row.case_id, state=row.state))
    telling.visitor(row, notices.VISITOR_ABSENT, now=now)
    return row


@transaction.atomic
def miss_officer(
    actor: Actor, consultation: Consultation, *, version: int | None = None, now: datetime
) -> Consultation:
    """The visitor waited and nobody came. The case stays open: the office still owes the service."""
    row, move = begin(actor, consultation, Verb.MISS_OFFICER, version=version)
    _refuse_early(row, now)
    swap(row, move, now=now)
    record(actor, "consultations.officer_absent", row, unit_id=row.case.unit_id)
    publish(ConsultationClosed(consultation_id=row.pk, case_id=row.case_id, state=row.state))
    telling.leads(row, notices.OFFICER_ABSENT, now=now)
    telling.officer(row, notices.OFFICER_ABSENT, now=now)
    return row


def _refuse_early(row: Consultation, now: datetime) -> None:
    grace = policy_of(row.case.unit_id).grace
    if not may_call_absent(row.reservation.starts_at, now, grace=grace):
        raise TooEarlyToCallAbsent
