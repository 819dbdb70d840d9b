"""The offices a person serves: list, contact and letterhead, services, and adding or renaming one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from halopst.core.errors import NotPermitted, Refused
from halopst.core.forms import plain, posted
from halopst.core.http import Request, refusal_status, respond
from halopst.units import permissions, services
from halopst.units.forms import ContactForm, IdentityForm, ServicesForm
from halopst.units.models import Unit
from halopst.units.queries import head_office, search_units, services_of

PAGE = 50
ACTIVE = "kelola"  # the entry of the rail under which an office is kept


@login_required
@require_GET
def unit_list(request: Request) -> HttpResponse:
    """Every office the person may look into, found by name, code or a near spelling."""
    units = Unit.objects.visible_to(request.actor).in_units(request.actor, permissions.VIEW)
    if not request.actor.units(permissions.VIEW):
        raise NotPermitted
    text = plain(request.GET.get("q", ""))
    found = (
        search_units(units.select_related("parent"), text) if text else list(units.select_related("parent"))
    )
    context = {
        "active": ACTIVE,
        "units": found[: PAGE if not request.GET.get("semua") else None],
        "count": len(found),
        "more": len(found) > PAGE and not request.GET.get("semua"),
        "q": text,
        "may_add": _leads_all(request),
    }
    return respond(request, "units/unit_list.html", context, partial="units")


@login_required
@require_http_methods(["GET", "POST"])
def unit_new(request: Request) -> HttpResponse:
    if not _leads_all(request):
        raise NotPermitted
    form = IdentityForm(posted(request), initial={"is_active": True})
    if request.method == "POST" and form.is_valid():
        try:
            unit = services.add_unit(request.actor, form.identity())
        except Refused as refusal:
            return _identity_page(request, form, refusal=refusal)
        messages.success(request, _("%(satker)s ditambahkan.") % {"satker": unit.name})
        return redirect("units:office", unit.slug)
    return _identity_page(request, form)


@login_required
@require_http_methods(["GET", "POST"])
def identity(request: Request, satker: str) -> HttpResponse:
    """Name, codes, zone and parent of an office, for the head office to change."""
    unit = office(request, satker)
    if not _leads_all(request) or unit.kind == Unit.Kind.HEAD_OFFICE:
        raise NotPermitted
    form = IdentityForm(posted(request), instance=unit)
    if request.method == "POST" and form.is_valid():
        try:
            unit = services.change_identity(request.actor, unit, form.identity())
        except Refused as refusal:
            return _identity_page(request, form, office(request, satker), refusal=refusal)
        messages.success(request, _("Identitas satker disimpan."))
        return redirect("units:office", unit.slug)
    return _identity_page(request, form, office(request, satker))


@login_required
@require_http_methods(["GET", "POST"])
def contact(request: Request, satker: str) -> HttpResponse:
    """Address, telephone, e-mail, website and letterhead: read by its staff, changed by its admin."""
    unit = office(request, satker)
    form = ContactForm(posted(request), instance=unit)
    if request.method == "POST" and form.is_valid():
        services.change_contact(request.actor, unit, form.contact())
        messages.success(request, _("Alamat dan kontak disimpan."))
        return redirect("units:office", unit.slug)
    context = {
        "office": unit,
        "form": form,
        "active": ACTIVE,
        "tab": "kantor",
        "may_manage": request.actor.may(permissions.MANAGE, unit.pk),
        "may_rename": _leads_all(request) and unit.kind != Unit.Kind.HEAD_OFFICE,
    }
    return respond(request, "units/contact.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def service_choices(request: Request, satker: str) -> HttpResponse:
    """Which kinds of service the office opens to the public."""
    unit = office(request, satker)
    form = ServicesForm(posted(request), unit=unit)
    if request.method == "POST" and form.is_valid():
        services.offer_services(request.actor, unit, kind_codes=form.cleaned_data["services"])
        messages.success(request, _("Pilihan layanan disimpan."))
        return redirect("units:services", unit.slug)
    context = {
        "office": unit,
        "form": form,
        "active": ACTIVE,
        "tab": "layanan",
        "offered": services_of(unit),
        "may_manage": request.actor.may(permissions.MANAGE, unit.pk),
    }
    return respond(request, "units/services.html", context, status=422 if form.errors else 200)


def office(request: Request, slug: str) -> Unit:
    """The office named in the address, if the person serves there or above it; else 404."""
    reach = Unit.objects.visible_to(request.actor).in_units(request.actor, permissions.VIEW)
    return get_object_or_404(reach, slug=slug)


def _leads_all(request: Request) -> bool:
    return request.actor.may(permissions.MANAGE, head_office().pk)


def _identity_page(
    request: Request, form: IdentityForm, unit: Unit | None = None, *, refusal: Refused | None = None
) -> HttpResponse:
    if refusal:
        form.add_error(None, str(refusal.message))
    status = refusal_status(refusal) if refusal else 422 if form.errors else 200
    return respond(
        request, "units/identity.html", {"active": ACTIVE, "form": form, "office": unit}, status=status
    )
