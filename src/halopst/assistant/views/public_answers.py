"""From a finished request to a draft among the office's texts."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halopst.assistant import services
from halopst.assistant.forms import PublicAnswerForm
from halopst.cases.models import Case
from halopst.cases.permissions import WORK
from halopst.core.errors import Refused
from halopst.core.http import Request, refusal_status, respond


@login_required
@require_http_methods(["GET", "POST"])
def public_answer(request: Request, number: str) -> HttpResponse:
    cases = Case.objects.visible_to(request.actor).select_related("unit", "visitor")
    case = get_object_or_404(cases.filter(unit__in=request.actor.units(WORK)), number=number)
    given = request.POST if request.method == "POST" else None
    form = PublicAnswerForm(given, initial={"answer": services.suggested_answer(case)})
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            drafted = services.draft_public_answer(
                request.actor, case, **form.cleaned_data, now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal_status(refusal)
        else:
            messages.success(request, _("Konsep tersimpan. Isi tanggal tinjau ulang, lalu terbitkan."))
            return redirect("knowledge:edit", drafted.document_id)
    context = {"case": case, "unit": case.unit, "form": form, "active": "masuk"}
    return respond(request, "assistant/public_answer.html", context, status=status)
