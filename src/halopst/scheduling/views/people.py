from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.accounts.models import User
from halopst.core.http import Request, respond
from halopst.scheduling import permissions, queries, services
from halopst.scheduling.views.frame import found, office_tabs, typed
from halopst.units.models import Unit

LONGEST_ID = 18  # digits of a number the database can hold


@require_GET
@login_required
def home(request: Request) -> HttpResponse:
    """Where "my profile" leads: the person's own, else the office they look after, else what to ask for."""
    own = list(queries.own_experts(request.actor))
    if len(own) == 1:
        return redirect("scheduling:profile", own[0].pk)
    context = {"own": own, "offices": queries.offices_managed(request.actor), "active": "jadwal"}
    return respond(request, "scheduling/home.html", context)


@require_GET
@login_required
def experts(request: Request, slug: str) -> HttpResponse:
    unit, text = found(queries.unit_to_see, request, slug), typed(request)
    context = {
        "office": unit,
        "experts": queries.staff_experts(request.actor, unit, text),
        "text": text,
        "manages": request.actor.may(permissions.MANAGE, unit.pk),
        "tabs": office_tabs(request.actor, unit),
        "active": "kelola",
    }
    return respond(request, "scheduling/experts.html", context, partial="daftar")


@require_http_methods(["GET", "POST"])
@login_required
def add_expert(request: Request, slug: str) -> HttpResponse:
    unit, text = found(queries.unit_to_manage, request, slug), typed(request)
    if request.method == "POST":
        user = _chosen(unit, request.POST.get("user", ""))
        expert = services.add_expert(request.actor, unit=unit, user=user, now=timezone.now())
        said = _("%(ahli)s kini terdaftar sebagai ahli. Lengkapi bidangnya.")
        messages.success(request, said % {"ahli": expert.display_name})
        return redirect("scheduling:profile", expert.pk)
    context = {
        "office": unit,
        "people": queries.members_who_could_be_experts(unit, text),
        "text": text,
        "active": "kelola",
    }
    return respond(request, "scheduling/add_expert.html", context, partial="daftar")


@require_POST
@login_required
def set_duty(request: Request, pk: int) -> HttpResponse:
    expert = found(queries.expert_to_edit, request, pk)
    services.set_duty(request.actor, expert, is_active=request.POST.get("on") == "1")
    return redirect("scheduling:experts", expert.unit.slug)


def _chosen(unit: Unit, number: str) -> User:
    try:
        return queries.member(unit, int(number[:LONGEST_ID]))
    except (ValueError, User.DoesNotExist) as error:
        raise Http404 from error
