"""Beyond the cap, for programs: asked for with a reason and a document, granted by a second person."""

from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from ninja import Field, Form, Router, Schema, Status

from halopst.core.forms import cleaned
from halopst.core.http import Request, example, gives
from halopst.core.idempotency import idempotent
from halopst.partners import permissions
from halopst.partners.addressed import unit_of
from halopst.partners.api.parameters import MOST, After, Month, Proof, day_of
from halopst.partners.downloads import sealed_file
from halopst.partners.forms.exceptions import ExceptionForm
from halopst.partners.models import CapOverride, Registration
from halopst.partners.models.approvals import STANDINGS
from halopst.partners.queries.allocation.approvals import exceptions as exceptions_of
from halopst.partners.services.allocation import overriding
from halopst.partners.services.people.documents import TYPES

router = Router()
Standing = Literal["waiting", "granted", "declined", "withdrawn"]


class ExceptionOut(Schema):
    """One mitra (`person`) may have up to `amount` that month from all offices once it is granted.

    `status`: it is `waiting` until a second person decides; `granted`, or `declined` with their reason;
    `withdrawn` once a granted one was taken back.
    """

    model_config = example(
        id=2,
        person=40,
        mitra="Sri Contoh",
        month="2026-11-01",
        status="granted",
        amount=5_000_000,
        reason="Hanya satu mitra menguasai wilayah kepulauan ini.",
        document="nota-dinas.pdf",
        asked_by="Budi Contoh",
        asked_at="2026-11-02T02:10:00Z",
        granted_by="Wulan Contoh",
        granted_at="2026-11-02T07:40:00Z",
        withdrawn_by="",
        withdrawn_at=None,
        withdrawn_reason="",
    )

    id: int
    person: int
    mitra: str
    month: date
    status: Standing
    amount: int
    reason: str
    document: str
    asked_by: str
    asked_at: datetime
    granted_by: str
    granted_at: datetime | None
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @staticmethod
    def resolve_status(row: CapOverride) -> str:
        return row.standing

    @staticmethod
    def resolve_withdrawn_by(row: CapOverride) -> str:
        return str(row.withdrawn_by or "")

    @staticmethod
    def resolve_person(row: CapOverride) -> int:
        return row.person_id

    @staticmethod
    def resolve_mitra(row: CapOverride) -> str:
        return row.person.name

    @staticmethod
    def resolve_document(row: CapOverride) -> str:
        return row.document_name

    @staticmethod
    def resolve_asked_by(row: CapOverride) -> str:
        return str(row.asked_by)

    @staticmethod
    def resolve_granted_by(row: CapOverride) -> str:
        return str(row.confirmed_by or "")

    @staticmethod
    def resolve_granted_at(row: CapOverride) -> datetime | None:
        return row.confirmed_at


class ExceptionIn(Schema):
    """`amount` in rupiah is all they may have that month, not what is added; `file` goes beside these."""

    amount: str = Field("", examples=["5000000"])
    reason: str = Field("", examples=["Hanya satu mitra menguasai wilayah kepulauan ini."])


class ExceptionDecisionIn(Schema):
    """`grant` false declines what was asked, or takes back what was granted; who asked reads the `reason`.

    With `status`, how it stood when you decided to decline it, what was granted meanwhile stays granted.
    """

    model_config = example(
        grant=False, reason="Masih ada mitra lain di kecamatan itu yang honornya longgar.", status="waiting"
    )

    grant: bool
    reason: str = ""
    status: Standing | None = None


@router.get("/units/{slug}/exceptions", response=list[ExceptionOut], url_name="partners-exceptions")
def exceptions(
    request: Request, slug: str, month: Month, status: Standing | None = None, after: After = 0
) -> QuerySet[CapOverride]:
    """List exceptions of a month, or of one `status`, by id, at most 500; more with `after` = the last id."""
    rows = exceptions_of(request.actor, unit_of(request, slug), day_of(month))
    return rows.filter(STANDINGS[status] if status else Q(), pk__gt=after).order_by("pk")[:MOST]


@router.post(
    "/units/{slug}/registrations/{int:pk}/exceptions",
    response={201: ExceptionOut},
    url_name="partners-ask-exception",
)
@idempotent
def ask_exception(
    request: Request,
    slug: str,
    pk: int,
    month: Month,
    *,
    asked: Form[ExceptionIn],
    file: Proof = None,
) -> Status[CapOverride]:
    """Ask that a mitra may have `amount` in `month`, all offices together; it lifts nothing until granted.

    `file` is the document behind it: PDF, JPG or PNG, at most 5 MB.
    """
    unit, day = unit_of(request, slug, permissions.ALLOCATE), day_of(month)
    rows = Registration.objects.visible_to(request.actor).filter(unit=unit, year=day.year)
    registration = get_object_or_404(rows.select_related("person", "unit"), pk=pk)
    form = ExceptionForm(asked.model_dump(), MultiValueDict({"file": [file]} if file else {}))
    given: dict[str, Any] = {"registration": registration, "month": day, **cleaned(form)}
    return Status(201, overriding.ask_exception(request.actor, now=timezone.now(), **given))


@router.post(
    "/units/{slug}/exceptions/{int:pk}/decision",
    response=ExceptionOut,
    url_name="partners-decide-exception",
)
@idempotent
def decide_exception(request: Request, slug: str, pk: int, body: ExceptionDecisionIn) -> CapOverride:
    """Grant what another asked for, or decline it; 409 while somebody's honor rests on what is taken back.

    Who asked may take back what still waits.

    422 `declining-needs-reason` without a `reason` to decline it.
    """
    row, now = _exception(request, slug, pk), timezone.now()
    if body.grant:
        overriding.grant_exception(request.actor, exception=row, now=now)
    else:
        overriding.withdraw_exception(
            request.actor, exception=row, reason=body.reason, seen=body.status or "", now=now
        )
    return _exception(request, slug, pk)


@router.get(
    "/units/{slug}/exceptions/{int:pk}/document",
    url_name="partners-exception-document",
    openapi_extra=gives(*TYPES.values()),
)
def exception_document(request: Request, slug: str, pk: int) -> HttpResponse:
    """Download the document an exception was asked for with."""
    row = _exception(request, slug, pk)
    return sealed_file(lambda: overriding.read_exception_document(row), row.document_name, row.document_type)


def _exception(request: Request, slug: str, pk: int) -> CapOverride:
    rows = CapOverride.objects.visible_to(request.actor).filter(unit=unit_of(request, slug))
    return get_object_or_404(rows.select_related("person", "asked_by", "confirmed_by", "withdrawn_by"), pk=pk)
