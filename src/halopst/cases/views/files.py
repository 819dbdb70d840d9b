from django.contrib.auth.views import redirect_to_login
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from halopst.cases.models import Attachment
from halopst.cases.views.visitor import entrance
from halopst.core.http import Request


@require_GET
def attachment(request: Request, pk: int, token: str = "") -> HttpResponse:
    """A file as a download and nothing else: never shown, never run, never guessed at."""
    if not token and request.actor.user_id is None:
        return redirect_to_login(request.get_full_path())
    actor, only = entrance(request, token)
    files = Attachment.objects.visible_to(actor)
    kept = get_object_or_404(files.filter(case=only) if only else files, pk=pk)
    try:
        with default_storage.open(kept.stored_as) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=kept.content_type)
    as_download = content_disposition_header(as_attachment=True, filename=kept.name)
    response.headers["Content-Disposition"] = as_download or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
