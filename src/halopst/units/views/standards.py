"""The service standards of an office: list, edit a draft, publish, end; and the platform's own texts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.errors import NotPermitted, Refused
from halopst.core.forms import plain, posted
from halopst.core.http import Request, refusal_status, respond
from halopst.units import permissions, services
from halopst.units.forms import EndForm, PublishForm, StandardForm, TemplateForm
from halopst.units.models import (
    DELIVERY,
    MANUFACTURING,
    PublishState,
    ServiceKind,
    ServiceStandard,
    StandardTemplate,
)
from halopst.units.queries import head_office, standards_by_kind
from halopst.units.views.offices import ACTIVE, office


@login_required
@require_GET
def standard_list(request: Request, satker: str) -> HttpResponse:
    """Each kind of service with the standard in force, the draft, and earlier versions."""
    unit = office(request, satker)
    today = timezone.now().astimezone(unit.tz).date()
    context = {
        "office": unit,
        "active": ACTIVE,
        "tab": "standar",
        "kinds": standards_by_kind(unit, today),
        "may_manage": request.actor.may(permissions.MANAGE, unit.pk),
        "may_write_templates": request.actor.may(permissions.MANAGE, head_office().pk),
    }
    return respond(request, "units/standard_list.html", context)


@login_required
@require_POST
def standard_new(request: Request, satker: str) -> HttpResponse:
    unit = office(request, satker)
    kind = get_object_or_404(
        ServiceKind.objects.visible_to(request.actor), code=plain(request.POST.get("layanan", ""))
    )
    standard = services.draft_standard(request.actor, unit=unit, kind=kind)
    return redirect("units:standard", standard.pk)


@login_required
@require_http_methods(["GET", "POST"])
def standard(request: Request, pk: int) -> HttpResponse:
    """Read a version; write it while it is a draft."""
    found = _standard(request, pk)
    is_draft = found.state == PublishState.DRAFT
    form = StandardForm(posted(request), instance=found)
    if request.method == "POST" and form.is_valid():
        services.change_standard(request.actor, found, form.cleaned_data)
        messages.success(request, _("Konsep disimpan. Terbitkan setelah ditetapkan kepala satker."))
        return redirect("units:standard", found.pk)
    return _standard_page(request, found, form, PublishForm() if is_draft else EndForm())


@login_required
@require_POST
def standard_publish(request: Request, pk: int) -> HttpResponse:
    found = _standard(request, pk)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            services.publish_standard(request.actor, found, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            return _standard_page(request, found, StandardForm(instance=found), form, refusal_status(refusal))
        messages.success(request, _("Standar terbit dan tampil di halaman publik."))
        return redirect("units:standard-list", found.unit.slug)
    return _standard_page(request, found, StandardForm(instance=found), form)


@login_required
@require_POST
def standard_end(request: Request, pk: int) -> HttpResponse:
    found = _standard(request, pk)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            services.end_standard(request.actor, found, last_day=form.cleaned_data["last_day"])
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            return _standard_page(request, found, StandardForm(instance=found), form, refusal_status(refusal))
        messages.success(request, _("Masa berlaku standar disimpan."))
        return redirect("units:standard-list", found.unit.slug)
    return _standard_page(request, found, StandardForm(instance=found), form)


@login_required
@require_POST
def standard_discard(request: Request, pk: int) -> HttpResponse:
    found = _standard(request, pk)
    services.discard_standard(request.actor, found)
    messages.success(request, _("Konsep dihapus."))
    return redirect("units:standard-list", found.unit.slug)


@login_required
@require_http_methods(["GET", "POST"])
def template(request: Request, code: str) -> HttpResponse:
    """The platform's own text for a kind of service; the head office writes it."""
    if not request.actor.may(permissions.MANAGE, head_office().pk):
        raise NotPermitted
    found = get_object_or_404(StandardTemplate.objects.visible_to(request.actor), kind__code=code)
    form = TemplateForm(posted(request), instance=found)
    if request.method == "POST" and form.is_valid():
        services.change_template(request.actor, found, form.cleaned_data)
        messages.success(request, _("Teks bawaan disimpan."))
        return redirect("units:template", code)
    context = {"active": ACTIVE, "form": form, "kind": found.kind, **_parts(form)}
    return respond(request, "units/template.html", context, status=422 if form.errors else 200)


def _standard(request: Request, pk: int) -> ServiceStandard:
    visible = ServiceStandard.objects.visible_to(request.actor).select_related("unit", "kind")
    return get_object_or_404(visible, pk=pk)


def _standard_page(
    request: Request,
    found: ServiceStandard,
    form: StandardForm,
    step: PublishForm | EndForm,
    status: int = 0,
) -> HttpResponse:
    may_manage = request.actor.may(permissions.MANAGE, found.unit_id)
    context = {
        "office": found.unit,
        "active": ACTIVE,
        "tab": "standar",
        "standard": found,
        "form": form,
        "step": step,
        "may_manage": may_manage,
        "may_write": may_manage and found.state == PublishState.DRAFT,
        **_parts(form),
    }
    status = status or (422 if form.errors or step.errors else 200)
    return respond(request, "units/standard.html", context, status=status)


def _parts(form: StandardForm | TemplateForm) -> dict[str, object]:
    return {"delivery": [form[name] for name in DELIVERY], "manufacturing": [form[n] for n in MANUFACTURING]}
