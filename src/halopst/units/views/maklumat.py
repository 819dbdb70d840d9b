"""The maklumat of an office: write the draft, publish it, see those before."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.errors import Refused
from halopst.core.forms import posted
from halopst.core.http import Request, refusal_status, respond
from halopst.units import permissions, services
from halopst.units.forms import MaklumatForm
from halopst.units.models import Maklumat, PublishState, Unit
from halopst.units.queries import platform_text, published_maklumat
from halopst.units.views.offices import ACTIVE, office


@login_required
@require_http_methods(["GET", "POST"])
def maklumat(request: Request, satker: str) -> HttpResponse:
    unit = office(request, satker)
    form = MaklumatForm(posted(request), **_start(request, unit))
    if request.method == "POST" and form.is_valid():
        services.write_maklumat(request.actor, unit, **form.cleaned_data)
        messages.success(request, _("Konsep maklumat disimpan."))
        return redirect("units:maklumat", unit.slug)
    return _page(request, unit, form)


@login_required
@require_POST
def maklumat_publish(request: Request, pk: int) -> HttpResponse:
    found = _draft(request, pk)
    try:
        services.publish_maklumat(request.actor, found)
    except Refused as refusal:
        form = MaklumatForm(model_to_dict(found), instance=found)
        form.full_clean()
        form.add_error("decided_on", str(refusal.message))
        return _page(request, found.unit, form, refusal_status(refusal))
    messages.success(request, _("Maklumat terbit dan tampil di halaman publik."))
    return redirect("units:maklumat", found.unit.slug)


@login_required
@require_POST
def maklumat_discard(request: Request, pk: int) -> HttpResponse:
    found = _draft(request, pk)
    services.discard_maklumat(request.actor, found)
    messages.success(request, _("Konsep maklumat dihapus."))
    return redirect("units:maklumat", found.unit.slug)


def _draft(request: Request, pk: int) -> Maklumat:
    return get_object_or_404(Maklumat.objects.visible_to(request.actor).select_related("unit"), pk=pk)


def _start(request: Request, unit: Unit) -> dict[str, Any]:
    """The draft, or the platform's wording for the office to adopt."""
    draft = _of(request, unit).filter(state=PublishState.DRAFT).first()
    if draft:
        return {"instance": draft}
    title = _("Kepala %(satker)s") % {"satker": unit.name}
    return {"initial": {"text": platform_text("maklumat"), "signatory_title": title}}


def _of(request: Request, unit: Unit) -> Any:
    return Maklumat.objects.visible_to(request.actor).filter(unit=unit)


def _page(request: Request, unit: Unit, form: MaklumatForm, status: int = 0) -> HttpResponse:
    today = timezone.now().astimezone(unit.tz).date()
    context = {
        "office": unit,
        "active": ACTIVE,
        "tab": "maklumat",
        "form": form,
        "draft": _of(request, unit).filter(state=PublishState.DRAFT).first(),
        "current": published_maklumat(unit, today),
        "earlier": _of(request, unit).filter(state=PublishState.PUBLISHED),
        "may_manage": request.actor.may(permissions.MANAGE, unit.pk),
    }
    status = status or (422 if form.errors else 200)
    return respond(request, "units/maklumat.html", context, status=status)
