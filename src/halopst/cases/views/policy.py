"""When an office warns and closes, set by those who lead its service."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halopst.cases import services
from halopst.cases.forms import FollowUpForm
from halopst.cases.permissions import CONFIGURE, VIEW
from halopst.cases.queries import follow_up_history, policies_on, policy_for
from halopst.cases.rules import Silence
from halopst.core.errors import Refused
from halopst.core.http import Request, respond
from halopst.units.models import Unit


@login_required
@require_http_methods(["GET", "POST"])
def policy(request: Request, slug: str) -> HttpResponse:
    within = Unit.objects.visible_to(request.actor).filter(pk__in=request.actor.units(VIEW))
    unit = get_object_or_404(within, slug=slug)
    today = timezone.localdate(timezone=unit.tz)
    kept = policy_for(unit, policies_on(today))
    initial = {name: getattr(kept, name) for name in FollowUpForm.base_fields} | {
        "valid_from": today,
        "basis": "",
    }
    form = FollowUpForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(request, unit, form, today):
        messages.success(request, _("Aturan tindak lanjut disimpan."))
        return redirect("cases:policy", slug=unit.slug)
    context = {
        "unit": unit,
        "form": form,
        "kept": kept,
        "history": follow_up_history(unit),
        "may_set": request.actor.may(CONFIGURE, unit.pk),
        "active": "kelola",
    }
    return respond(request, "cases/policy.html", context, status=422 if form.errors else 200)


def _kept(request: Request, unit: Unit, form: FollowUpForm, today: date) -> bool:
    """Whether the service took it; its refusal is shown with the form, nothing typed is lost."""
    given: dict[str, Any] = dict(form.cleaned_data)
    silence = Silence(given.pop("silence_warn_days"), given.pop("silence_close_days"))
    try:
        services.set_follow_up(request.actor, unit, silence=silence, today=today, **given)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return False
    return True
