"""Letters as files, on a page and in the API alike."""

from typing import Final

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify

from halopst.core.http import download
from halopst.letters.kinds import DocumentKind
from halopst.letters.models import Letter
from halopst.letters.queries import template_to_edit
from halopst.letters.services.batch_refusals import BundleLost
from halopst.letters.services.binding import file_name, signed_name
from halopst.letters.services.papers import fetch
from halopst.letters.services.word import word_of
from halopst.units.models import Unit

PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP: Final = "application/zip"


def kept(stored: str, name: str, content_type: str) -> HttpResponse:
    """A stored file; 404 if there is none yet, and a refusal of its own if the storage has lost it."""
    if not stored:
        raise Http404
    return download(fetch(stored), name, content_type)


def printed(letter: Letter) -> HttpResponse:
    """The letter itself, PDF/A-2b."""
    return kept(letter.file, file_name(letter), PDF)


def editable(letter: Letter) -> HttpResponse:
    """The letter as Word; once edited, it is no longer the letter its code verifies."""
    return download(word_of(letter), file_name(letter).replace(".pdf", ".docx"), WORD)


def signed(letter: Letter, signing: int) -> HttpResponse:
    """The file of a signing: the scan, the electronically signed file, or the sealed one."""
    made = get_object_or_404(letter.signings, pk=signing)
    return kept(made.file, signed_name(letter, made), PDF)


def word_template(unit: Unit, kind: DocumentKind) -> HttpResponse:
    """The Word form of the text the office would edit now, or 404 where it has none."""
    text = template_to_edit(unit, kind.code, timezone.now().astimezone(unit.tz).date())
    if text is None or not text.word:
        raise Http404
    return download(bytes(text.word), f"{slugify(str(kind.label))}-templat.docx", WORD)


def streamed(stored: str, name: str, content_type: str) -> FileResponse:
    """As `kept`, but streamed: for the large files bound from many letters."""
    if not stored:
        raise Http404
    if not default_storage.exists(stored):
        raise BundleLost
    file = default_storage.open(stored)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
