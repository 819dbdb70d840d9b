"""What anyone may read: the standards and the maklumat of an office."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from halopst.core.http import Request, respond
from halopst.units.models import Unit
from halopst.units.queries import public_standards, published_maklumat


@require_GET
def standards(request: Request, slug: str) -> HttpResponse:
    """The 14 components of every service the office offers, fit for paper."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), slug=slug)
    today = timezone.now().astimezone(unit.tz).date()
    services = public_standards(unit, today)
    context = {
        "unit": unit,
        "maklumat": published_maklumat(unit, today),
        "services": services,
        "has_standards": any(service.standard for service in services),
        "has_defaults": any(not service.standard for service in services),
        "today": today,
    }
    return respond(request, "units/standards.html", context)
