"""The office chooses where else AIDA answers, and finds the line to put on its own site."""

from http import HTTPStatus
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halopst.assistant import services
from halopst.assistant.forms import ChannelsForm
from halopst.assistant.permissions import CONFIGURE
from halopst.assistant.queries.channels import channels_of
from halopst.core.http import Request, respond
from halopst.notifications.queries import has_whatsapp
from halopst.units.models import Unit


@login_required
@require_http_methods(["GET", "POST"])
def channels(request: Request, satker: str) -> HttpResponse:
    mine = Unit.objects.visible_to(request.actor).filter(pk__in=request.actor.units(CONFIGURE))
    unit = get_object_or_404(mine, slug=satker)
    kept = channels_of(unit)
    initial = {"whatsapp": kept.whatsapp, "origins": "\n".join(kept.origins)}
    form = ChannelsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        services.set_channels(request.actor, unit, **form.cleaned_data)
        messages.success(request, _("Saluran AIDA disimpan."))
        return redirect("assistant:channels", satker=unit.slug)
    context = {
        "unit": unit,
        "form": form,
        "kept": kept,
        "script": urljoin(f"{settings.PUBLIC_URL}/", reverse("assistant:widget-script")),
        "talk": urljoin(f"{settings.PUBLIC_URL}/", reverse("assistant:talk", args=[unit.slug])),
        "has_whatsapp": has_whatsapp(),
        "active": "kelola",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return respond(request, "assistant/channels.html", context, status=status)
