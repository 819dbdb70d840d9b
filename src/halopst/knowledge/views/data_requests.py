"""Data that people ask for and the office lacks: for those who keep its figures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from halopst.core.forms import plain
from halopst.core.http import Request, respond
from halopst.core.pages import LongPaginator
from halopst.knowledge import services
from halopst.knowledge.addressed import unit_of
from halopst.knowledge.data_forms import CloseRequestForm
from halopst.knowledge.models import DataRequest
from halopst.knowledge.queries.data_requests import data_requests
from halopst.knowledge.views.data_frame import frame

PAGE = 25
TONES = {"open": "warn", "filled": "ok", "declined": ""}


@never_cache
@login_required
@require_GET
def requests(request: Request, slug: str) -> HttpResponse:
    unit = unit_of(request, slug)
    text, state = plain(request.GET.get("q", "")), request.GET.get("keadaan", DataRequest.State.OPEN)
    rows = data_requests(request.actor, unit, text=text, state=state)
    page = LongPaginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, unit, "permintaan"),
        "page": page,
        "rows": [(row, TONES[row.state]) for row in page],
        "text": text,
        "state": state,
        "states": DataRequest.State.choices,
        "kept": ["keadaan"],
    }
    return respond(request, "knowledge/data_requests.html", context, partial="daftar")


@login_required
@require_POST
def close(request: Request, slug: str, pk: int) -> HttpResponse:
    """Who may close it, the service says; the button pressed says whether the data is there."""
    unit = unit_of(request, slug)
    row = get_object_or_404(data_requests(request.actor, unit), pk=pk)
    form = CloseRequestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Catatan paling panjang 300 huruf."))
        return redirect("figures:requests", slug)
    filled = request.POST.get("hasil") == "ada"
    note = form.cleaned_data["note"]
    services.close_data_request(request.actor, row, filled=filled, note=note, now=timezone.now())
    messages.success(
        request,
        _("Ditutup. Pertanyaannya dicoba lagi sekarang.") if filled else _("Permintaan data ditutup."),
    )
    return redirect("figures:requests", slug)
