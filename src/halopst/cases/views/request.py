"""A visitor asks an office for something, over the website."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halopst.cases import queries, services
from halopst.cases.forms import RequestForm
from halopst.cases.panels import has_own_door
from halopst.core import formats
from halopst.core.errors import Refused
from halopst.core.http import Request, respond
from halopst.units.models import Unit
from halopst.units.queries import services_of


@login_required
@require_http_methods(["GET", "POST"])
def new_case(request: Request, slug: str) -> HttpResponse:
    """The form, filled again with what was typed when something is missing or refused."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), slug=slug)
    kinds = [kind for kind in services_of(unit) if not has_own_door(kind.code)]
    if not kinds:
        raise Http404
    asked = {"service": request.GET.get("layanan", "") or kinds[0].code}
    form = RequestForm(kinds, request.POST or None, initial=asked)
    if form.is_valid() and (sent := _submit(request, unit, form)):
        return sent
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return respond(request, "cases/new.html", {"form": form, "unit": unit, "active": "saya"}, status=status)


def _submit(request: Request, unit: Unit, form: RequestForm) -> HttpResponse | None:
    """To the request's page once it is sent; None when it was refused, which the form then says."""
    given = form.cleaned_data
    try:
        case = services.submit_request(
            request.actor,
            unit=unit,
            kind_code=given["service"],
            visitor=get_object_or_404(queries.people_known_to(request.actor, unit), pk=request.actor.user_id),
            subject=given["subject"],
            body=given["body"],
            files=request.FILES.getlist("files"),
            now=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return None
    when = formats.moment(case.due_at, unit.tz, lang=formats.language()) if case.due_at else ""
    messages.success(
        request, _("Permintaan terkirim. Kami menjawab paling lambat %(when)s.") % {"when": when}
    )
    return redirect("cases:my-case", number=case.number)
