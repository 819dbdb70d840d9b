"""A file becomes a draft that someone looks at before it is published."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halopst.core.errors import Invalid
from halopst.core.forms import posted
from halopst.core.http import Request, respond
from halopst.knowledge import services
from halopst.knowledge.forms import UploadForm
from halopst.knowledge.views.frame import writing_for


@require_http_methods(["GET", "POST"])
@login_required
def upload(request: Request) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES or None, **writing_for(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = services.take_in(
                request.actor, unit=form.unit, name=file.name, content=file.read(), now=timezone.now()
            )
        except Invalid as refusal:
            form.add_error("file", str(refusal.message))
        else:
            messages.success(request, _("Isi berkas menjadi konsep. Periksa, lalu terbitkan."))
            return redirect("knowledge:edit", row.pk)
    context = {"form": form, "active": "pengetahuan"}
    return respond(request, "knowledge/upload.html", context, status=422 if form.is_bound else 200)
