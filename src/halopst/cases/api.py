"""Requests for programs: everything the pages can do with a case, by the same services."""

from datetime import datetime
from typing import Any, Final, Literal

from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, FileEx, P, Query, Router, Schema, Status, UploadedFile

from halopst.accounts.models import User
from halopst.cases import converters, queries, services
from halopst.cases.downloads import as_download
from halopst.cases.models import Attachment, Case, Message
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.units.models import Unit

__all__ = ["converters", "router"]

router = Router(tags=["cases"])

BIG = 2**63
BODY = Field(min_length=1, max_length=5000)
Sent = FileEx[UploadedFile | None, P(example="tabel.xlsx")]


THE_CASE: Final[dict[str, Any]] = {
    "number": "SBY-2611-0059",
    "unit_code": "3578",
    "service": "konsultasi",
    "channel": "web",
    "subject": "Angka IPM menurut kecamatan",
    "state": "open",
    "result": "",
    "version": 2,
    "visitor": "Dwi Contoh",
    "officer_id": 41,
    "officer": "Nala Ciptadewi",
    "submitted_at": "2026-11-20T02:10:00Z",
    "complete_at": "2026-11-20T02:10:00Z",
    "first_reply_at": None,
    "finished_at": None,
    "first_reply_due_at": "2026-11-23T02:10:00Z",
    "due_at": "2026-11-25T02:10:00Z",
}
"""What the description shows."""


class CaseOut(Schema):
    """Times are UTC; `version` goes back with a change to say which state it was decided on."""

    model_config = example(**THE_CASE)

    number: str
    unit_code: str
    service: str
    channel: str
    subject: str
    state: str
    result: str
    version: int
    visitor: str
    officer_id: int | None
    officer: str | None
    submitted_at: datetime
    complete_at: datetime | None
    first_reply_at: datetime | None
    finished_at: datetime | None
    first_reply_due_at: datetime | None
    due_at: datetime | None

    @staticmethod
    def resolve_unit_code(case: Case) -> str:
        return case.unit.code

    @staticmethod
    def resolve_service(case: Case) -> str:
        return case.service.code

    @staticmethod
    def resolve_visitor(case: Case) -> str:
        return str(case.visitor)

    @staticmethod
    def resolve_officer(case: Case) -> str | None:
        return str(case.officer) if case.officer else None


class CasesOut(Schema):
    """`next` is the cursor of the following page, empty on the last."""

    model_config = example(items=[THE_CASE], next="")

    items: list[CaseOut]
    next: str


class FileOut(Schema):
    model_config = example(
        id=5,
        name="tabel.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        size=18211,
    )

    id: int
    name: str
    content_type: str
    size: int


class MessageOut(Schema):
    """`happened` says in words what moved; `verb` names it for programs."""

    model_config = example(
        id=88,
        sender="officer",
        author="Nala Ciptadewi",
        verb="respond",
        happened="",
        body="Angkanya ada di tabel berikut.",
        sent_at="2026-11-20T02:10:00Z",
        files=[],
    )

    id: int
    sender: str
    author: str | None
    verb: str
    happened: str
    body: str
    sent_at: datetime
    files: list[FileOut]

    @staticmethod
    def resolve_author(line: Message) -> str | None:
        return str(line.author) if line.author else None

    @staticmethod
    def resolve_files(line: Message) -> list[Attachment]:
        return list(line.attachments.all())


class CaseListIn(Schema):
    """`after` is the cursor a page before gave as `next`."""

    tab: Literal["saya", "tim", "selesai", "milik"] = "milik"
    q: str = Field("", max_length=100)
    service: str = Field("", max_length=30)
    unassigned: bool = False
    after: str = Field("", max_length=50)


class OpenIn(Schema):
    """`visitor_email` is for staff who register someone else's request; that person has an account."""

    model_config = example(
        unit_code="3578",
        service="konsultasi",
        subject="Angka IPM menurut kecamatan",
        body="Apakah IPM tersedia menurut kecamatan?",
    )

    unit_code: str = Field(max_length=4)
    service: str = Field(max_length=30)
    subject: str = Field(min_length=1, max_length=200)
    body: str = Field("", max_length=5000)
    channel: Literal["web", "whatsapp", "email", "phone", "walk_in", "forum"] = "web"
    visitor_email: str = Field("", max_length=254)
    complete: bool = True


class CaseMoveIn(Schema):
    """`version` may be left out; then the move is made on whatever state there is."""

    model_config = example(version=2)

    version: int | None = Field(None, ge=1, lt=2**31)


class MessageIn(CaseMoveIn):
    model_config = example(version=2, body="Angkanya ada di tabel berikut.")

    body: str = BODY


class CaseReasonIn(CaseMoveIn):
    model_config = example(version=2, reason="Sudah terjawab di situs.")

    reason: str = Field("", max_length=1000)


class CaseFinishIn(CaseMoveIn):
    model_config = example(version=3, result="found", summary="Tabel IPM 2024 diberikan.")

    result: Literal["found", "not_available", "referred", "advised", "no_show"]
    summary: str = BODY


class AssignIn(CaseMoveIn):
    model_config = example(version=2, officer_id=41)

    officer_id: int = Field(ge=1, lt=BIG)


def _case(request: Request, number: str) -> Case:
    cases = Case.objects.visible_to(request.actor)
    case: Case = get_object_or_404(
        cases.select_related("unit", "service", "visitor", "officer"), number=number
    )
    return case


@router.get("", response=CasesOut)
def cases(request: Request, asked: Query[CaseListIn]) -> Any:
    """List requests: your own (`milik`), or your office's as in the inbox (`saya`, `tim`, `selesai`)."""
    if asked.tab == "milik":
        rows, following = queries.my_cases(request.actor, text=asked.q, after=asked.after)
        return {"items": rows, "next": following}
    choice = queries.Choice(
        tab=asked.tab,
        text=asked.q,
        service=asked.service,
        unassigned=asked.unassigned,
        after=asked.after,
    )
    listing = queries.inbox(request.actor, choice)
    return {"items": listing.rows, "next": listing.following}


@router.get("/files/{int:pk}", response={200: None})
def case_file(request: Request, pk: int) -> HttpResponse:
    """Download a file."""
    return as_download(get_object_or_404(Attachment.objects.visible_to(request.actor), pk=pk))


@router.get("/{nomor:number}", response=CaseOut)
def case(request: Request, number: str) -> Case:
    """Show one request."""
    return _case(request, number)


@router.get("/{nomor:number}/messages", response=list[MessageOut])
def case_messages(request: Request, number: str) -> list[Message]:
    """List the latest 200 lines of the conversation, the oldest first."""
    return queries.conversation(request.actor, _case(request, number))


@router.get("/{nomor:number}/files", response=list[FileOut])
def case_files(request: Request, number: str) -> Any:
    """List a request's files, without their contents."""
    return Attachment.objects.visible_to(request.actor).filter(case=_case(request, number))


@router.post("", response={201: CaseOut})
@idempotent
def open_case(request: Request, body: OpenIn) -> Status[Case]:
    """Register a request: your own, or as staff for someone who has an account."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), code=body.unit_code)
    opened = services.open_case(
        request.actor,
        unit=unit,
        kind_code=body.service,
        channel=body.channel,
        visitor=_visitor(request, unit, body.visitor_email),
        subject=body.subject,
        body=body.body,
        complete=body.complete,
        now=timezone.now(),
    )
    return Status(201, opened)


def _visitor(request: Request, unit: Unit, email: str) -> User:
    known = queries.people_known_to(request.actor, unit)
    found = known.filter(email__iexact=email) if email else known.filter(pk=request.actor.user_id or 0)
    visitor: User = get_object_or_404(found)
    return visitor


@router.post("/{nomor:number}/reply", response=CaseOut)
@idempotent
def reply_to_case(request: Request, number: str, body: MessageIn) -> Case:
    """Write in the conversation. 409 `case-moved` when somebody was first since `version`."""
    case = _case(request, number)
    services.reply(request.actor, case, body=body.body, expected_version=body.version, now=timezone.now())
    return _case(request, number)


@router.post("/{nomor:number}/ask", response=CaseOut)
@idempotent
def ask_visitor(request: Request, number: str, body: MessageIn) -> Case:
    """Ask the visitor; the clock pauses until they answer."""
    case = _case(request, number)
    services.ask_visitor(
        request.actor, case, body=body.body, expected_version=body.version, now=timezone.now()
    )
    return _case(request, number)


@router.post("/{nomor:number}/files", response={201: FileOut})
@idempotent
def attach_file(request: Request, number: str, file: Sent = None) -> Status[Attachment]:
    """Give one `file`, as multipart form data."""
    case = _case(request, number)
    given = file or ContentFile(b"")
    return Status(201, services.attach(request.actor, case, file=given, now=timezone.now()))


@router.post("/{nomor:number}/assign", response=CaseOut)
@idempotent
def assign_case(request: Request, number: str, body: AssignIn) -> Case:
    """Give it to an officer of the office."""
    case = _case(request, number)
    officer = get_object_or_404(queries.officers_at(case.unit), pk=body.officer_id)
    return services.assign(
        request.actor, case, officer=officer, expected_version=body.version, now=timezone.now()
    )


@router.post("/{nomor:number}/complete", response=CaseOut)
@idempotent
def complete_case(request: Request, number: str) -> Case:
    """Mark the request as clear and complete; this starts its clock."""
    return services.complete_case(request.actor, _case(request, number), now=timezone.now())


@router.post("/{nomor:number}/resume", response=CaseOut)
@idempotent
def resume_case(request: Request, number: str, body: CaseMoveIn) -> Case:
    """Go on with a request that waits for its visitor; its clock runs again."""
    case = _case(request, number)
    return services.resume(request.actor, case, expected_version=body.version, now=timezone.now())


@router.post("/{nomor:number}/finish", response=CaseOut)
@idempotent
def finish_case(request: Request, number: str, body: CaseFinishIn) -> Case:
    """End a request with its result and a summary for the visitor."""
    return services.finish(
        request.actor,
        _case(request, number),
        result=body.result,
        summary=body.summary,
        expected_version=body.version,
        now=timezone.now(),
    )


@router.post("/{nomor:number}/cancel", response=CaseOut)
@idempotent
def cancel_case(request: Request, number: str, body: CaseReasonIn) -> Case:
    """End a request without a result; visitors may cancel their own."""
    return services.cancel(
        request.actor,
        _case(request, number),
        reason=body.reason,
        expected_version=body.version,
        now=timezone.now(),
    )


@router.post("/{nomor:number}/reopen", response=CaseOut)
@idempotent
def reopen_case(request: Request, number: str, body: CaseReasonIn) -> Case:
    """Take a request up again that has ended."""
    return services.reopen(
        request.actor,
        _case(request, number),
        reason=body.reason,
        expected_version=body.version,
        now=timezone.now(),
    )
