from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from halopst.cases.downloads import as_download
from halopst.cases.models import Attachment
from halopst.cases.views.visitor import entrance
from halopst.core.http import Request


@require_GET
def attachment(request: Request, pk: int, token: str = "") -> HttpResponse:
    """A file of a case, for whoever may read the case or holds its link."""
    if not token and request.actor.user_id is None:
        return redirect_to_login(request.get_full_path())
    actor, only = entrance(request, token)
    files = Attachment.objects.visible_to(actor)
    return as_download(get_object_or_404(files.filter(case=only) if only else files, pk=pk))
