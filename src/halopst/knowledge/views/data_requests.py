"""Data that people ask for and the office lacks: for those who keep its figures."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
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
CLOSED_AS_FILLED = {
    "ada": gettext_lazy(
        "Ditutup: datanya sudah dapat ditemukan, dan penanya yang minta dikabari diberi tahu."
    ),
    "tetap": gettext_lazy("Ditutup. Selama belum terjawab, pertanyaannya dicoba lagi tiap malam."),
}


@never_cache
@login_required
@require_GET
def requests(request: Request, slug: str) -> HttpResponse:
    """The requests.

    `belum` is one that was not closed because its data is not found yet, `catatan` its note.
    """
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
        "not_found": request.GET.get("belum", ""),
        "why": services.NotFoundYet.message,
        "noted": plain(request.GET.get("catatan", "")),
    }
    return respond(request, "knowledge/data_requests.html", context, partial="daftar")


@login_required
@require_POST
def close(request: Request, slug: str, pk: int) -> HttpResponse:
    """Close a request: the button pressed says whether the data is there."""
    unit = unit_of(request, slug)
    row = get_object_or_404(data_requests(request.actor, unit), pk=pk)
    form = CloseRequestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Catatan paling panjang 300 huruf."))
        return redirect("figures:requests", slug)
    pressed, note = request.POST.get("hasil", ""), form.cleaned_data["note"]
    said = {"filled": pressed in CLOSED_AS_FILLED, "anyway": pressed == "tetap", "note": note}
    try:
        services.close_data_request(request.actor, row, **said, now=timezone.now())
    except services.NotFoundYet:
        again = urlencode({"q": row.topic, "belum": row.pk, "catatan": note})
        return redirect(f"{reverse('figures:requests', args=[slug])}?{again}")
    messages.success(request, CLOSED_AS_FILLED.get(pressed, _("Permintaan data ditutup.")))
    return redirect("figures:requests", slug)
