"""Borongan: one page of a batch, drawn again while it runs."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse as Answer
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from halopst.core.http import Request, respond
from halopst.letters import queries, services
from halopst.letters.downloads import PDF, ZIP, streamed
from halopst.letters.models import Batch
from halopst.letters.permissions import ISSUE
from halopst.letters.queries.progress import progress
from halopst.letters.services.binding import bundle_name
from halopst.letters.views.frame import kind_label

PAGE = 50


@never_cache
@login_required
@require_GET
def batch(request: Request, pk: int) -> Answer:
    """How far it is; what failed, why, and where that is mended."""
    row = _batch(request, pk)
    is_open = row.state in {Batch.State.RUNNING, Batch.State.BINDING}
    context = {
        "batch": row,
        "batch_key": str(row.pk),
        "kind_label": kind_label(row.kind),
        "progress": progress(row, timezone.now()),
        "failures": Paginator(queries.failures_of(row), PAGE).get_page(request.GET.get("page")),
        "may_work": request.actor.may(ISSUE, row.unit_id),
        "is_open": is_open,
        "rest": len(services.rest_of(row)) if row.stopped or (row.failed and not is_open) else 0,
        "active": "surat",
    }
    return respond(request, "letters/batch.html", context, partial="kemajuan")


@require_POST
@login_required
def move(request: Request, pk: int) -> Answer:
    """Stop, or make those that failed or were left."""
    row = _batch(request, pk)
    try:
        return redirect("letters:batch", _moved(request, row))
    except services.BeingMade as refusal:
        messages.info(request, str(refusal.message))
        return redirect("letters:batch", refusal.batch)
    except (services.BatchOver, services.NothingLeft, services.NothingToBind) as refusal:
        messages.error(request, str(refusal.message))
    return redirect("letters:batch", pk)


def _moved(request: Request, row: Batch) -> int:
    """Act on the batch; gives the batch to look at next."""
    step = request.POST.get("aksi")
    if step == "ulang":
        return services.make_the_rest(request.actor, row, now=timezone.now()).pk
    if step == "susun":
        return services.bind_again(request.actor, row).pk
    services.cancel_batch(request.actor, row)
    messages.success(request, _("Pembuatan surat dihentikan. Surat yang sudah jadi tetap ada."))
    return row.pk


@require_GET
@login_required
def merged(request: Request, pk: int) -> HttpResponseBase:
    """All letters in one PDF, for the printer."""
    row = _batch(request, pk)
    return _downloaded(request, row, lambda: streamed(row.merged, f"{bundle_name(row)}.pdf", PDF))


@require_GET
@login_required
def archive(request: Request, pk: int) -> HttpResponseBase:
    """Every letter as a file of its own, with an index."""
    row = _batch(request, pk)
    return _downloaded(request, row, lambda: streamed(row.archive, f"{bundle_name(row)}.zip", ZIP))


def _downloaded(request: Request, row: Batch, give: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The file, or the page of the batch with what is wrong with it."""
    try:
        return give()
    except services.BundleLost as refusal:
        messages.error(request, str(refusal.message))
        return redirect("letters:batch", row.pk)


def _batch(request: Request, pk: int) -> Batch:
    rows = Batch.objects.visible_to(request.actor).select_related("unit", "asked_by")
    found: Batch = get_object_or_404(rows, pk=pk)
    return found
