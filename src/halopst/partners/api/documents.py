"""The files an office keeps of a mitra, for programs: checked as on the page, given as downloads only."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Form, Router, Schema, Status
from pydantic import Field

from halopst.core.forms import cleaned, filed
from halopst.core.http import Request, example, gives
from halopst.core.idempotency import idempotent
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import document_of, person_of, unit_of
from halopst.partners.api.parameters import Proof
from halopst.partners.downloads import sealed_file
from halopst.partners.forms import DocumentForm
from halopst.partners.models import PersonDocument

router = Router()
FILES = "/units/{slug}/mitra/{int:pk}/documents"


class DocumentOut(Schema):
    model_config = example(
        id=6,
        kind="ktp",
        name="ktp.pdf",
        content_type="application/pdf",
        size=182_044,
        created_at="2026-11-02T02:10:00Z",
    )

    id: int
    kind: str
    name: str
    content_type: str
    size: int
    created_at: datetime


class DocumentIn(Schema):
    """`kind` is ktp, ijazah, npwp, rekening, pakta or lain."""

    kind: str = Field("", max_length=10, examples=["ktp"])


@router.get(FILES, response=list[DocumentOut], url_name="partners-documents")
def documents(request: Request, slug: str, pk: int) -> QuerySet[PersonDocument]:
    """List the files the office keeps of a mitra (`person`), newest first, at most 30."""
    unit = unit_of(request, slug)
    return queries.documents_of(person_of(request, unit, pk), unit)


@router.post(FILES, response={201: DocumentOut}, url_name="partners-documents")
@idempotent
def add_document(
    request: Request, slug: str, pk: int, body: Form[DocumentIn], file: Proof = None
) -> Status[PersonDocument]:
    """Add one `file` (multipart form data): PDF, JPG or PNG by its content, at most 5 MB."""
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    values = cleaned(DocumentForm(body.model_dump(), filed(file)))
    return Status(201, services.add_document(request.actor, who, unit=unit, **values))


@router.get(
    FILES + "/{int:document}",
    url_name="partners-document",
    openapi_extra=gives("application/pdf", "image/jpeg", "image/png"),
)
def document(request: Request, slug: str, pk: int, document: int) -> HttpResponse:
    """Download a file."""
    kept = document_of(request, unit_of(request, slug), pk, document)
    return sealed_file(lambda: services.read_document(kept), kept.name, kept.content_type)


@router.delete(FILES + "/{int:document}", response={204: None}, url_name="partners-document")
@idempotent
def remove_document(request: Request, slug: str, pk: int, document: int) -> Status[None]:
    """Take a file away for good; to replace one, upload the other and remove this."""
    unit = unit_of(request, slug, permissions.MANAGE)
    services.remove_document(request.actor, document_of(request, unit, pk, document))
    return Status(204, None)
