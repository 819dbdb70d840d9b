"""The officer's help with a reply. Both forms come from the reply box and go back to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from halopst.assistant import services
from halopst.cases.models import Case
from halopst.cases.permissions import VIEW
from halopst.core.errors import Refused
from halopst.core.http import Request

LONGEST = 5000


@login_required
@require_POST
def propose(request: Request, number: str) -> HttpResponse:
    case = _case(request, number)
    client = f"petugas-{request.actor.user_id}"
    try:
        services.propose(request.actor, case, typed=_typed(request), client=client, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return _back(case)


@login_required
@require_POST
def dismiss(request: Request, number: str) -> HttpResponse:
    case = _case(request, number)
    services.dismiss(request.actor, case, typed=_typed(request))
    return _back(case)


def _case(request: Request, number: str) -> Case:
    """As the office sees it: a visitor's own case is another page's."""
    cases = Case.objects.visible_to(request.actor).select_related("unit")
    case: Case = get_object_or_404(cases.filter(unit__in=request.actor.units(VIEW)), number=number)
    return case


def _typed(request: Request) -> str:
    return request.POST.get("body", "")[:LONGEST].replace("\0", "")


def _back(case: Case) -> HttpResponse:
    return redirect(f"{reverse('cases:case-detail', kwargs={'number': case.number})}#tulis")
