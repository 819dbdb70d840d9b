"""The state of the fetching of an office's data, and where it is fetched from."""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.knowledge import permissions
from halopst.knowledge.addressed import unit_of
from halopst.knowledge.data_forms import AccessForm
from halopst.knowledge.models import Sync
from halopst.knowledge.queries import figure_keeping
from halopst.knowledge.services import syncing, webapi_access
from halopst.knowledge.views.data_frame import frame
from halopst.knowledge.wording import failure_of


@never_cache
@login_required
@require_GET
def syncs(request: Request, slug: str) -> HttpResponse:
    unit = unit_of(request, slug)
    kinds = figure_keeping.kinds_of_data(unit)
    told = [(one, failure_of(one)) for one in kinds]
    now = timezone.now()
    context = {
        "now": now,
        **frame(request, unit, "pengambilan"),
        "kinds": told,
        "moving": any(one.sync and _moves(one.sync, now) for one in kinds),
        "as_of": figure_keeping.figures_as_of(kinds),
        "holds_some": figure_keeping.holds_some_figures(kinds),
        "can_fetch": webapi_access.is_set(unit),
    }
    return respond(request, "knowledge/syncs.html", context, partial="keadaan")


def _moves(sync: Sync, now: datetime) -> bool:
    """Whether the page will have news before long: the fetching runs, or is due."""
    return sync.state == Sync.State.RUNNING or (sync.next_at is not None and sync.next_at <= now)


@login_required
@require_POST
def start(request: Request, slug: str, kind: str) -> HttpResponse:
    unit = unit_of(request, slug, permissions.DATA)
    if kind not in Sync.Kind.values:
        raise Http404
    syncing.start_sync(request.actor, unit=unit, kind=kind, now=timezone.now())
    return redirect("figures:syncs", slug)


@login_required
@require_POST
def stop(request: Request, slug: str, kind: str) -> HttpResponse:
    unit = unit_of(request, slug, permissions.DATA)
    sync = get_object_or_404(Sync.objects.visible_to(request.actor), unit=unit, kind=kind)
    syncing.stop_sync(request.actor, sync, now=timezone.now())
    messages.success(request, _("Pengambilan dihentikan. Data yang sudah masuk tetap dipakai."))
    return redirect("figures:syncs", slug)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def access(request: Request, slug: str) -> HttpResponse:
    unit = unit_of(request, slug, permissions.CONFIGURE)
    known = figure_keeping.own_access(unit)
    initial = (
        {"address": known.address, "per_second": known.per_second, "is_on": known.is_on} if known else None
    )
    form = AccessForm(posted(request), initial=initial, needs_key=known is None)
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda: webapi_access.set_access(
                request.actor, unit=unit, **form.cleaned_data, now=timezone.now()
            ),
            field="address",
        )
        if status == HTTPStatus.OK:
            messages.success(request, _("Akses WebAPI tersimpan."))
            return redirect("figures:syncs", slug)
    context = {**frame(request, unit, "akses"), "form": form, "known": known}
    return respond(request, "knowledge/access.html", context, status=status)
