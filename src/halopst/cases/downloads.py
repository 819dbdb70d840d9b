"""A file of a stranger as a download and nothing else: never shown, never run, never guessed at."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from halopst.cases.models import Attachment


def as_download(kept: Attachment) -> HttpResponse:
    try:
        with default_storage.open(kept.stored_as) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=kept.content_type)
    as_file = content_disposition_header(as_attachment=True, filename=kept.name)
    response.headers["Content-Disposition"] = as_file or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
