"""Letters as files, on a page and in the API alike."""

from typing import Final

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse

from halopst.core.http import download
from halopst.letters.services.papers import fetch

PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP: Final = "application/zip"


def kept(stored: str, name: str, content_type: str) -> HttpResponse:
    """A file of the storage, or 404 where there is none or the storage has lost it."""
    try:
        content = fetch(stored) if stored else b""
    except FileNotFoundError as error:
        raise Http404 from error
    if not content:
        raise Http404
    return download(content, name, content_type)


def streamed(stored: str, name: str, content_type: str) -> FileResponse:
    """As `kept`, piece by piece: for what may be larger than a letter."""
    if not stored or not default_storage.exists(stored):
        raise Http404
    file = default_storage.open(stored)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
