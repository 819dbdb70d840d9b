"""Kotak keluar: what has been told to whom, and how far it got."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from halopst.core.errors import NotPermitted
from halopst.core.http import Request, respond
from halopst.core.pages import LongPaginator
from halopst.notifications import queries
from halopst.notifications.channels.configured import is_configured
from halopst.notifications.models import Channel, Delivery
from halopst.notifications.permissions import MANAGE, VIEW
from halopst.notifications.services.again import send_again
from halopst.notifications.views.inbox import frame_for

PAGE = 25


def is_demonstration() -> bool:
    """True on a demonstration that sends nothing: everyone may look, and sees that nothing is sent."""
    return settings.DEMO and not any(is_configured(channel) for channel in Channel)


@never_cache
@require_GET
def outbox(request: Request) -> HttpResponse:
    demo = is_demonstration()
    if not demo and not request.actor.units(VIEW):
        if request.actor.user_id is None:
            return redirect_to_login(request.get_full_path())
        raise NotPermitted
    text, state = request.GET.get("q", ""), request.GET.get("keadaan", "")
    found = queries.outbox(request.actor, text=text, state=state, everything=demo)
    context = {
        "page": LongPaginator(found, PAGE).get_page(request.GET.get("page")),
        "q": text,
        "state": state,
        "states": [("", _("Semua")), *Delivery.State.choices],
        "demo": demo,
        "silent": [channel.label for channel in Channel if not is_configured(channel)],
        "managed": request.actor.units(MANAGE),
        "frame": frame_for(request),
    }
    return respond(request, "notifications/outbox.html", context, partial="results")


@require_POST
@login_required
def again(request: Request, pk: int) -> HttpResponse:
    delivery = get_object_or_404(Delivery.objects.visible_to(request.actor), pk=pk)
    send_again(request.actor, delivery, now=timezone.now())
    messages.success(request, _("Pesan masuk antrean kirim lagi."))
    return redirect("notifications:outbox")
