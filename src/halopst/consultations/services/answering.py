"""What an officer does with a request: approve, propose another time, pass on, decline."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from halopst.audit.services import record
from halopst.cases import services as cases
from halopst.consultations import notices
from halopst.consultations.events import ConsultationApproved, ConsultationClosed, ConsultationMoved
from halopst.consultations.models import Consultation, Mode
from halopst.consultations.queries import answer_due_at
from halopst.consultations.rules import Verb, is_meeting_link, room_link
from halopst.consultations.services import telling
from halopst.consultations.services.moving import begin, swap, take_time
from halopst.consultations.services.refusals import (
    LinkMissing,
    LinkUnsafe,
    NotAColleague,
    ReasonMissing,
    TimePassed,
)
from halopst.core.actors import Actor
from halopst.core.events import publish
from halopst.scheduling import services as scheduling
from halopst.scheduling.models import Expert

TEXT_LENGTH = 500


@transaction.atomic
def approve(
    actor: Actor,
    consultation: Consultation,
    *,
    link: str = "",
    chance: str = "",
    version: int | None = None,
    now: datetime,
) -> Consultation:
    """Agree to the time asked for. An online meeting needs a `link`, or `chance` for a room of its own."""
    row, move = begin(actor, consultation, Verb.APPROVE, version=version)
    if row.reservation.starts_at <= now:
        raise TimePassed
    address = meeting_link(row, link, chance)
    swap(row, move, now=now, meeting_link=address, ics_sequence=row.ics_sequence + 1)
    scheduling.confirm(row.reservation, now=now)
    cases.mark_first_reply(row.case, now=now)
    record(actor, "consultations.approved", row, unit_id=row.case.unit_id)
    publish(ConsultationApproved(consultation_id=row.pk, case_id=row.case_id))
    telling.visitor(row, notices.APPROVED, now=now, invited=True)
    telling.officer(row, notices.AGREED, now=now, invited=True)
    return row


@transaction.atomic
def relink(
    actor: Actor, consultation: Consultation, *, link: str, version: int | None = None, now: datetime
) -> Consultation:
    """Give an agreed online meeting another address."""
    row, move = begin(actor, consultation, Verb.RELINK, version=version)
    swap(row, move, now=now, meeting_link=meeting_link(row, link, ""), ics_sequence=row.ics_sequence + 1)
    record(actor, "consultations.relinked", row, unit_id=row.case.unit_id)
    telling.visitor(row, notices.APPROVED, now=now, invited=True)
    telling.officer(row, notices.AGREED, now=now, invited=True)
    return row


@transaction.atomic
def propose_time(
    actor: Actor,
    consultation: Consultation,
    *,
    starts_at: datetime,
    note: str = "",
    link: str = "",
    chance: str = "",
    version: int | None = None,
    now: datetime,
) -> Consultation:
    """Keep another free time for the visitor, who then accepts, declines or picks another."""
    row, move = begin(actor, consultation, Verb.PROPOSE, version=version)
    address = meeting_link(row, link, chance)
    swap(
        row,
        move,
        now=now,
        meeting_link=address,
        proposal_note=note[:TEXT_LENGTH],
        ics_sequence=row.ics_sequence + 1,
    )
    row.reservation = take_time(row, starts_at=starts_at, expert=row.expert, by_staff=True, now=now)
    cases.mark_first_reply(row.case, now=now)
    record(actor, "consultations.proposed", row, unit_id=row.case.unit_id, starts_at=starts_at.isoformat())
    publish(ConsultationMoved(consultation_id=row.pk, case_id=row.case_id, by_visitor=False))
    telling.visitor(row, notices.PROPOSED, now=now, invited=True, pesan=note)
    return row


@transaction.atomic
def pass_to(
    actor: Actor,
    consultation: Consultation,
    *,
    expert: Expert,
    note: str = "",
    version: int | None = None,
    now: datetime,
) -> Consultation:
    """Hand the request to a colleague who is free at that time; the colleague then answers it."""
    row, move = begin(actor, consultation, Verb.HAND_OVER, version=version)
    former = row.expert
    if expert.unit_id != row.case.unit_id or expert.pk == former.pk or not expert.is_active:
        raise NotAColleague
    starts_at = row.reservation.starts_at
    swap(
        row,
        move,
        now=now,
        expert=expert,
        meeting_link="",
        answer_due_at=answer_due_at(row.case.unit, starts_at, now=now),
        ics_sequence=row.ics_sequence + 1,
    )
    row.reservation = take_time(row, starts_at=starts_at, expert=expert, by_staff=True, now=now)
    cases.assign(actor, row.case, officer=expert.user, now=now)
    record(actor, "consultations.passed", row, unit_id=row.case.unit_id, expert=expert.pk, former=former.pk)
    publish(ConsultationMoved(consultation_id=row.pk, case_id=row.case_id, by_visitor=False))
    telling.visitor(row, notices.PASSED, now=now, invited=True, pesan=note)
    telling.officer(row, notices.TO_ANSWER, now=now, invited=True)
    telling.former_officer(row, former.user, now=now)
    return row


@transaction.atomic
def decline(
    actor: Actor, consultation: Consultation, *, reason: str, version: int | None = None, now: datetime
) -> Consultation:
    row, move = begin(actor, consultation, Verb.DECLINE, version=version)
    reason = reason.strip()[:TEXT_LENGTH]
    if not reason:
        raise ReasonMissing
    swap(row, move, now=now, reason=reason, ics_sequence=row.ics_sequence + 1)
    scheduling.free(row.reservation, now=now)
    cases.mark_first_reply(row.case, now=now)
    if row.case.is_living:
        cases.cancel(actor, row.case, reason=reason, now=now)
    record(actor, "consultations.declined", row, unit_id=row.case.unit_id)
    publish(ConsultationClosed(consultation_id=row.pk, case_id=row.case_id, state=row.state))
    telling.visitor(row, notices.DECLINED, now=now, invited=True, pesan=reason)
    return row


def meeting_link(consultation: Consultation, typed: str, chance: str) -> str:
    """The address of an online meeting: what was typed, else a room of the office's meeting server.

    `chance` makes that room impossible to guess; without a server (`HALOPST_MEETING_BASE`) an address
    must be typed.
    """
    if consultation.mode != Mode.ONLINE:
        return ""
    if typed := typed.strip():
        if not is_meeting_link(typed):
            raise LinkUnsafe
        return typed
    if settings.MEETING_BASE and chance:
        return room_link(settings.MEETING_BASE, consultation.case.number, chance)
    raise LinkMissing
