"""What a visitor does afterwards: accept or decline a proposal, choose another time, cancel."""

from datetime import datetime

from django.db import transaction

from halopst.audit.services import record
from halopst.cases import services as cases
from halopst.consultations import notices
from halopst.consultations.events import ConsultationApproved, ConsultationClosed, ConsultationMoved
from halopst.consultations.models import Consultation
from halopst.consultations.queries import answer_due_at, policy_of
from halopst.consultations.rules import MOVES, Move, Verb, may_still_change
from halopst.consultations.services import telling
from halopst.consultations.services.moving import begin, swap, take_time
from halopst.consultations.services.refusals import TimePassed, TooLateToChange
from halopst.core.actors import SYSTEM, Actor
from halopst.core.events import publish
from halopst.scheduling import services as scheduling
from halopst.scheduling.models import Expert


@transaction.atomic
def accept_proposal(
    actor: Actor, consultation: Consultation, *, version: int | None = None, now: datetime
) -> Consultation:
    row, move = begin(actor, consultation, Verb.ACCEPT, version=version)
    if row.reservation.starts_at <= now:
        raise TimePassed
    swap(row, move, now=now, ics_sequence=row.ics_sequence + 1)
    scheduling.confirm(row.reservation, now=now)
    record(actor, "consultations.accepted", row, unit_id=row.case.unit_id)
    publish(ConsultationApproved(consultation_id=row.pk, case_id=row.case_id))
    telling.visitor(row, notices.APPROVED, now=now, invited=True)
    telling.officer(row, notices.AGREED, now=now, invited=True)
    return row


@transaction.atomic
def decline_proposal(
    actor: Actor, consultation: Consultation, *, version: int | None = None, now: datetime
) -> Consultation:
    row, move = begin(actor, consultation, Verb.REFUSE, version=version)
    return _close(actor, row, move, action="consultations.refused", reason="", now=now)


@transaction.atomic
def reschedule(
    actor: Actor,
    consultation: Consultation,
    *,
    starts_at: datetime,
    expert: Expert | None = None,
    version: int | None = None,
    now: datetime,
) -> Consultation:
    """Ask for another time, which the officer answers anew; `SlotTaken` leaves the old time as it was."""
    row, move = begin(actor, consultation, Verb.RESCHEDULE, version=version)
    _refuse_late(row, now)
    swap(
        row,
        move,
        now=now,
        expert=expert or row.expert,
        meeting_link="",
        proposal_note="",
        answer_due_at=answer_due_at(row.case.unit, starts_at, now=now),
        ics_sequence=row.ics_sequence + 1,
    )
    row.reservation = take_time(row, starts_at=starts_at, expert=row.expert, by_staff=False, now=now)
    record(actor, "consultations.rescheduled", row, unit_id=row.case.unit_id, starts_at=starts_at.isoformat())
    publish(ConsultationMoved(consultation_id=row.pk, case_id=row.case_id, by_visitor=True))
    telling.visitor(row, notices.REQUESTED, now=now, invited=True)
    telling.officer(row, notices.MOVED, now=now, invited=True)
    return row


@transaction.atomic
def cancel(
    actor: Actor, consultation: Consultation, *, reason: str = "", version: int | None = None, now: datetime
) -> Consultation:
    row, move = begin(actor, consultation, Verb.CANCEL, version=version)
    _refuse_late(row, now)
    return _close(actor, row, move, action="consultations.cancelled", reason=reason.strip()[:500], now=now)


@transaction.atomic
def lapse(consultation: Consultation, *, now: datetime) -> Consultation:
    """Close a proposal whose time came without an answer from the visitor."""
    row, move = begin(SYSTEM, consultation, Verb.LAPSE)
    return _close(SYSTEM, row, move, action="consultations.lapsed", reason="", now=now)


@transaction.atomic
def follow_case(consultation: Consultation, *, now: datetime) -> Consultation | None:
    """Give the time back when the case itself has ended; a meeting under way is left to its officer."""
    row: Consultation = Consultation.objects.whole().get(pk=consultation.pk)
    if row.case.is_living or (row.state, Verb.FOLLOW) not in MOVES:
        return None
    row, move = begin(SYSTEM, row, Verb.FOLLOW, version=row.version)
    return _close(SYSTEM, row, move, action="consultations.followed_case", reason="", now=now)


def _refuse_late(row: Consultation, now: datetime) -> None:
    notice = policy_of(row.case.unit_id).change_notice
    if not may_still_change(row.state, row.reservation.starts_at, now, notice=notice):
        raise TooLateToChange


def _close(
    actor: Actor, row: Consultation, move: Move, *, action: str, reason: str, now: datetime
) -> Consultation:
    swap(row, move, now=now, reason=reason, ics_sequence=row.ics_sequence + 1)
    scheduling.free(row.reservation, now=now)
    if row.case.is_living:
        cases.cancel(actor, row.case, reason=reason, now=now)
    record(actor, action, row, unit_id=row.case.unit_id)
    publish(ConsultationClosed(consultation_id=row.pk, case_id=row.case_id, state=row.state))
    telling.visitor(row, notices.CANCELLED, now=now, invited=True, pesan=reason)
    telling.officer(row, notices.CANCELLED, now=now, invited=True, pesan=reason)
    return row
