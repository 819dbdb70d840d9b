"""Consultations for programs: everything the pages can do, by the same services."""

import secrets
from datetime import datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status
from pydantic import AfterValidator, AwareDatetime

from halopst.consultations import services
from halopst.consultations.models import Consultation, Mode, Purpose, Result
from halopst.consultations.rules import State
from halopst.core.clients import client_key
from halopst.core.errors import Invalid
from halopst.core.formats import phone_digits
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.scheduling.models import Expert
from halopst.scheduling.models import Field as Speciality

router = Router(tags=["consultations"])

MOST = 200
BIG = 2**63
YEARS = range(2000, 2100)
SECRET_BYTES = 24
ROOM_BYTES = 15


def _in_our_time(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError(_("Tahun di luar jangkauan."))
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]


class ConsultationOut(Schema):
    """Times are UTC; `version` goes back with a change to say which state it was decided on."""

    model_config = example(
        id=31,
        number="SBY-2611-0060",
        unit_code="3578",
        expert_id=4,
        expert="Bu Nala",
        mode="zoom",
        state="disetujui",
        version=2,
        topic="Angka kemiskinan",
        need="Memahami garis kemiskinan.",
        purpose="penelitian",
        starts_at="2026-11-24T02:00:00Z",
        ends_at="2026-11-24T03:00:00Z",
        meeting_link="https://rapat.example/x1",
        result="",
        summary="",
        submitted_at="2026-11-20T02:10:00Z",
        answer_due_at="2026-11-23T02:10:00Z",
        approved_at="2026-11-20T03:10:00Z",
        checked_in_at=None,
        started_at=None,
        finished_at=None,
        closed_at=None,
    )

    id: int
    number: str
    unit_code: str
    expert_id: int
    expert: str
    mode: str
    state: str
    version: int
    topic: str
    need: str
    purpose: str
    starts_at: datetime
    ends_at: datetime
    meeting_link: str
    result: str
    summary: str
    submitted_at: datetime
    answer_due_at: datetime
    approved_at: datetime | None
    checked_in_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None

    @staticmethod
    def resolve_number(row: Consultation) -> str:
        return row.case.number

    @staticmethod
    def resolve_unit_code(row: Consultation) -> str:
        return row.case.unit.code

    @staticmethod
    def resolve_expert(row: Consultation) -> str:
        return row.expert.display_name

    @staticmethod
    def resolve_starts_at(row: Consultation) -> datetime:
        return row.reservation.starts_at

    @staticmethod
    def resolve_ends_at(row: Consultation) -> datetime:
        return row.reservation.ends_at


class RequestIn(Schema):
    model_config = example(
        expert_id=12,
        starts_at="2026-12-01T02:00:00Z",
        mode="zoom",
        topic="Membaca inflasi",
        need="Kami menyusun laporan daerah dan perlu tahu cara membaca inflasi tahun kalender.",
        purpose="pemerintahan",
    )

    expert_id: int = Field(ge=1, lt=BIG)
    starts_at: Moment
    mode: Mode
    topic: str = Field(min_length=1, max_length=150)
    need: str = Field(min_length=1, max_length=2000)
    purpose: Purpose
    field_id: int | None = Field(None, ge=1, lt=BIG)
    phone: str = Field("", max_length=30)


class ConsultationMoveIn(Schema):
    """`version` may be left out; then the move is made on whatever state there is."""

    model_config = example(version=3)

    version: int | None = Field(None, ge=1, lt=2**31)


class LinkIn(ConsultationMoveIn):
    model_config = example(version=3, link="https://rapat.example/j/123456789")

    link: str = Field("", max_length=500)


class ProposeIn(LinkIn):
    model_config = example(version=3, starts_at="2026-12-02T02:00:00Z", note="Jam yang diminta sudah terisi.")

    starts_at: Moment
    note: str = Field("", max_length=500)


class PassIn(ConsultationMoveIn):
    model_config = example(version=3, expert_id=15, note="Beliau menangani harga.")

    expert_id: int = Field(ge=1, lt=BIG)
    note: str = Field("", max_length=500)


class ConsultationReasonIn(ConsultationMoveIn):
    model_config = example(version=3, reason="Datanya tidak ada pada kami.")

    reason: str = Field("", max_length=500)


class RescheduleIn(ConsultationMoveIn):
    model_config = example(version=3, starts_at="2026-12-03T02:00:00Z")

    starts_at: Moment


class ConsultationFinishIn(ConsultationMoveIn):
    model_config = example(
        version=4, result="found", summary="Dijelaskan cara membaca inflasi tahun kalender."
    )

    result: Result
    summary: str = Field(min_length=1, max_length=4000)
    note: str = Field("", max_length=300)


def _row(request: Request, pk: int) -> Consultation:
    row: Consultation = get_object_or_404(Consultation.objects.visible_to(request.actor).whole(), pk=pk)
    return row


@router.get("", response=list[ConsultationOut])
def consultations(request: Request, state: State | None = None, q: str = "") -> Any:
    """List the consultations you may see, newest first, at most 200; `q` searches numbers and topics."""
    rows = Consultation.objects.visible_to(request.actor).whole()
    if state:
        rows = rows.filter(state=state)
    if q:
        rows = rows.filter(topic__icontains=q) | rows.filter(case__number__icontains=q)
    return rows.order_by("-pk")[:MOST]


@router.get("/{int:pk}", response=ConsultationOut)
def consultation(request: Request, pk: int) -> Consultation:
    """Show one consultation."""
    return _row(request, pk)


@router.post("", response={201: ConsultationOut})
@idempotent
def request_consultation(request: Request, body: RequestIn) -> Status[Consultation]:
    """Take a time and ask for it in one go. 409 names up to three free times nearby (`alternatives`)."""
    experts = Expert.objects.visible_to(request.actor).select_related("unit", "user")
    expert = get_object_or_404(experts, pk=body.expert_id)
    fields = Speciality.objects.visible_to(request.actor).filter(unit=expert.unit)
    row = services.request_time(
        request.actor,
        expert=expert,
        starts_at=body.starts_at,
        holder=secrets.token_urlsafe(SECRET_BYTES),
        client=client_key(request),
        asked={
            "mode": body.mode,
            "topic": body.topic,
            "need": body.need,
            "purpose": body.purpose,
            "phone": _phone(body.phone),
            "field": get_object_or_404(fields, pk=body.field_id) if body.field_id else None,
        },
        now=timezone.now(),
    )
    return Status(201, row)


def _phone(text: str) -> str:
    try:
        return phone_digits(text) if text.strip() else ""
    except ValueError as error:
        raise Invalid(str(error)) from error


@router.post("/{int:pk}/approve", response=ConsultationOut)
@idempotent
def approve_consultation(request: Request, pk: int, body: LinkIn) -> Consultation:
    """Take the request at its time."""
    chance, now = secrets.token_urlsafe(ROOM_BYTES), timezone.now()
    return services.approve(request.actor, _row(request, pk), chance=chance, now=now, **body.dict())


@router.post("/{int:pk}/relink", response=ConsultationOut)
@idempotent
def relink_consultation(request: Request, pk: int, body: LinkIn) -> Consultation:
    """Give an online one another meeting link."""
    return services.relink(request.actor, _row(request, pk), now=timezone.now(), **body.dict())


@router.post("/{int:pk}/propose", response=ConsultationOut)
@idempotent
def propose_consultation_time(request: Request, pk: int, body: ProposeIn) -> Consultation:
    """Offer the visitor another time."""
    chance, now = secrets.token_urlsafe(ROOM_BYTES), timezone.now()
    return services.propose_time(request.actor, _row(request, pk), chance=chance, now=now, **body.dict())


@router.post("/{int:pk}/pass", response=ConsultationOut)
@idempotent
def pass_to_consultation(request: Request, pk: int, body: PassIn) -> Consultation:
    """Hand the consultation to another expert of the office."""
    row = _row(request, pk)
    expert = get_object_or_404(Expert.objects.visible_to(request.actor), pk=body.expert_id)
    said = body.dict(exclude={"expert_id"})
    return services.pass_to(request.actor, row, expert=expert, now=timezone.now(), **said)


@router.post("/{int:pk}/decline", response=ConsultationOut)
@idempotent
def decline_consultation(request: Request, pk: int, body: ConsultationReasonIn) -> Consultation:
    """Decline the request with a reason; its time is free again."""
    return services.decline(request.actor, _row(request, pk), now=timezone.now(), **body.dict())


@router.post("/{int:pk}/accept", response=ConsultationOut)
@idempotent
def accept_proposal(request: Request, pk: int, body: ConsultationMoveIn) -> Consultation:
    """Accept, as the visitor, the time that was offered."""
    return services.accept_proposal(request.actor, _row(request, pk), now=timezone.now(), **body.dict())


@router.post("/{int:pk}/refuse", response=ConsultationOut)
@idempotent
def decline_proposal(request: Request, pk: int, body: ConsultationMoveIn) -> Consultation:
    """Refuse, as the visitor, the time that was offered; the request goes on with the office."""
    return services.decline_proposal(request.actor, _row(request, pk), now=timezone.now(), **body.dict())


@router.post("/{int:pk}/reschedule", response=ConsultationOut)
@idempotent
def reschedule_consultation(request: Request, pk: int, body: RescheduleIn) -> Consultation:
    """Move the consultation to another free time."""
    return services.reschedule(request.actor, _row(request, pk), now=timezone.now(), **body.dict())


@router.post("/{int:pk}/cancel", response=ConsultationOut)
@idempotent
def cancel_consultation(request: Request, pk: int, body: ConsultationReasonIn) -> Consultation:
    """Cancel the consultation; its time is free again."""
    return services.cancel(request.actor, _row(request, pk), now=timezone.now(), **body.dict())


@router.post("/{int:pk}/check-in", response=ConsultationOut)
@idempotent
def check_in_consultation(request: Request, pk: int, body: ConsultationMoveIn) -> Consultation:
    """Record that the visitor is there."""
    return services.check_in(request.actor, _row(request, pk), now=timezone.now(), **body.dict())


@router.post("/{int:pk}/start", response=ConsultationOut)
@idempotent
def start_consultation(request: Request, pk: int, body: ConsultationMoveIn) -> Consultation:
    """Record that the meeting has begun."""
    return services.start(request.actor, _row(request, pk), now=timezone.now(), **body.dict())


@router.post("/{int:pk}/finish", response=ConsultationOut)
@idempotent
def finish_consultation(request: Request, pk: int, body: ConsultationFinishIn) -> Consultation:
    """Record that the meeting has ended, and its result."""
    return services.finish(request.actor, _row(request, pk), now=timezone.now(), **body.dict())


@router.post("/{int:pk}/miss-visitor", response=ConsultationOut)
@idempotent
def miss_visitor_consultation(request: Request, pk: int, body: ConsultationMoveIn) -> Consultation:
    """Record that the visitor did not come."""
    return services.miss_visitor(request.actor, _row(request, pk), now=timezone.now(), **body.dict())


@router.post("/{int:pk}/miss-officer", response=ConsultationOut)
@idempotent
def miss_officer_consultation(request: Request, pk: int, body: ConsultationMoveIn) -> Consultation:
    """Record that nobody served the visitor who came."""
    return services.miss_officer(request.actor, _row(request, pk), now=timezone.now(), **body.dict())
