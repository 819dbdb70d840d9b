"""What did not fit, and what a person decides about it: handed on, saved once it fits, or dropped."""

from collections.abc import Callable
from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from halopst.core.errors import Refused
from halopst.core.http import Request
from halopst.partners.addressed import unit_of
from halopst.partners.models import Excess, Registration
from halopst.partners.services.allocation import surplus
from halopst.partners.services.allocation.assigning import Outcome
from halopst.partners.services.allocation_refusals import NothingToMove
from halopst.partners.views.months import month_in
from halopst.partners.views.sheet import address_of, numbers_in, tell_taken_back
from halopst.units.models import Unit


@login_required
@require_POST
def move(request: Request, slug: str) -> HttpResponse:
    """Hand what did not fit to the mitra the page proposed: `excess:wanted:volume:registration`."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    excess, wanted, volume, taker = numbers_in(request.POST.get("alih", ""), 4)
    to = Registration.objects.visible_to(request.actor).filter(unit=unit, pk=taker).first()
    if to is None:
        raise NothingToMove

    def act(now: datetime) -> Outcome:
        return surplus.move_surplus(
            request.actor,
            excess=_held(request, unit, excess),
            volume=volume,
            wanted=wanted,
            to=to,
            month=month,
            now=now,
        )

    return _done(request, unit, month, act, _("Kelebihan dialihkan ke %(mitra)s.") % {"mitra": to.person})


@login_required
@require_POST
def enter(request: Request, slug: str) -> HttpResponse:
    """Save a volume that did not fit before and does now: `excess:wanted`."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    excess, wanted = numbers_in(request.POST.get("muat", ""), 2)
    held = _held(request, unit, excess)
    return _done(
        request,
        unit,
        month,
        lambda now: surplus.enter_excess(request.actor, excess=held, wanted=wanted, month=month, now=now),
        _("Isian itu tersimpan."),
    )


@login_required
@require_POST
def drop(request: Request, slug: str) -> HttpResponse:
    """Forget a volume that did not fit: `excess:wanted`."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    excess, wanted = numbers_in(request.POST.get("lepas", ""), 2)
    return _done(
        request,
        unit,
        month,
        lambda _now: surplus.drop_excess(request.actor, excess=_held(request, unit, excess), wanted=wanted),
        _("Isian itu dibatalkan; volume yang tersimpan tetap."),
    )


def _held(request: Request, unit: Unit, pk: int) -> Excess:
    held = Excess.objects.visible_to(request.actor).filter(registration__unit=unit, pk=pk).first()
    if held is None:
        raise NothingToMove
    return held


def _done(
    request: Request, unit: Unit, month: date, act: Callable[[datetime], object], words: str
) -> HttpResponse:
    now = timezone.now()
    try:
        act(now)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, words)
        tell_taken_back(request, unit, now)
    return redirect(address_of(request, unit, month))
