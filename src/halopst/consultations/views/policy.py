"""How an office keeps its appointments, set by those who lead its consultations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halopst.consultations import services
from halopst.consultations.forms import PolicyForm
from halopst.consultations.permissions import VIEW
from halopst.consultations.queries import policy_of
from halopst.core.http import Request, respond
from halopst.units.models import Unit


@login_required
@require_http_methods(["GET", "POST"])
def policy(request: Request, satker: str) -> HttpResponse:
    within = Unit.objects.visible_to(request.actor).filter(pk__in=request.actor.units(VIEW))
    unit = get_object_or_404(within, slug=satker)
    kept = policy_of(unit.pk)
    initial = {name: getattr(kept, name) for name in PolicyForm.base_fields}
    form = PolicyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.set_policy(request.actor, unit, **form.cleaned_data)
        messages.success(request, _("Aturan konsultasi disimpan."))
        return redirect("consultations:policy", satker=unit.slug)
    context = {"unit": unit, "form": form, "active": "kelola"}
    return respond(request, "consultations/policy.html", context, status=422 if form.errors else 200)
