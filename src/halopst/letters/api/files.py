"""The files of a letter: itself, the same to edit, and how it was signed."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Router, Schema

from halopst.core.http import Request, example, gives
from halopst.letters.addressed import letter_of
from halopst.letters.downloads import PDF, WORD, editable, printed, signed
from halopst.letters.models import Signing

router = Router()


class SigningOut(Schema):
    """`method` is `wet` for a scan of the signed paper, `bsre` for an electronic signature.

    `seal` is no signature: the office's seal on the signed file.
    """

    model_config = example(
        id=7,
        method="wet",
        signer="Sri Contoh",
        pages=3,
        number_was_read=True,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        signed_at="2026-11-04T05:00:00Z",
    )

    id: int
    method: str
    signer: str
    pages: int
    number_was_read: bool
    sha256: str
    signed_at: datetime


@router.get("/{int:pk}/pdf", openapi_extra=gives(PDF))
def letter_pdf(request: Request, pk: int) -> HttpResponse:
    """Download the letter as PDF/A-2b."""
    return printed(letter_of(request, pk))


@router.get("/{int:pk}/word", openapi_extra=gives(WORD))
def letter_word(request: Request, pk: int) -> HttpResponse:
    """Download the letter as Word; once edited, it is no longer the letter its code verifies."""
    return editable(letter_of(request, pk))


@router.get("/{int:pk}/signings", response=list[SigningOut])
def letter_signings(request: Request, pk: int) -> QuerySet[Signing]:
    """List how the letter was signed and sealed, in order; the last one's file is the one to hand out."""
    return letter_of(request, pk).signings.all()


@router.get("/{int:pk}/signings/{int:signing}/pdf", openapi_extra=gives(PDF))
def signed_letter_pdf(request: Request, pk: int, signing: int) -> HttpResponse:
    """Download a signing's file: the scan, the electronically signed file, or the sealed one."""
    return signed(letter_of(request, pk), signing)
