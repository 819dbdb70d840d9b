from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from halopst.core.errors import NotPermitted
from halopst.core.http import Request, respond
from halopst.core.shapes import Option
from halopst.portal import queries
from halopst.portal.managing import chores_for
from halopst.units.models import Unit

LONGEST_SEARCH = 80


@require_GET
def landing(request: Request) -> HttpResponse:
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH]
    province = request.GET.get("provinsi", "").replace("\0", "")[:LONGEST_SEARCH]
    found = queries.offices(request.actor, text=text, province=province)
    context = {"offices": found, "text": text, "province": province, "active": "kantor"}
    return respond(request, "portal/landing.html", context, partial="kantor")


@require_GET
def unit_home(request: Request, slug: str) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), slug=slug)
    now = timezone.now()
    context = {"unit": unit, "home": queries.home(unit, now=now), "now": now, "active": "beranda"}
    return respond(request, "portal/home.html", context)


@require_GET
@login_required
def start(request: Request) -> HttpResponse:
    """Where a person goes who has just signed in: officers to their work, visitors to their requests."""
    return redirect("cases:inbox" if request.actor.is_staff else "cases:my-cases")


@require_GET
@login_required
def manage(request: Request) -> HttpResponse:
    """What the reader may manage in one of their offices; `?satker=` chooses which."""
    offices = queries.managed_offices(request.actor)
    if not offices:
        raise NotPermitted
    wanted = request.GET.get("satker", "") or offices[0].slug
    office = next((office for office in offices if office.slug == wanted), None)
    if office is None:
        raise Http404
    options = [Option(value=o.slug, label=o.name, note=o.code, checked=o == office) for o in offices]
    context = {
        "office": office,
        "options": options,
        "chores": chores_for(request.actor, office),
        "active": "kelola",
    }
    return respond(request, "portal/manage.html", context)
