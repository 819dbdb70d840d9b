"""Which static tables of an office became figures, and which stayed text and why."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from halopst.core.forms import plain
from halopst.core.http import Request, respond
from halopst.knowledge.addressed import unit_of
from halopst.knowledge.models import CatalogueItem
from halopst.knowledge.queries import figure_keeping
from halopst.knowledge.views.data_frame import PER_PAGE, frame
from halopst.knowledge.wording import static_sentence

ReadAs = CatalogueItem.ReadAs


@never_cache
@login_required
@require_GET
def tables(request: Request, slug: str) -> HttpResponse:
    unit = unit_of(request, slug)
    text, chosen = plain(request.GET.get("q", "")), request.GET.get("jadi", "")
    read_as = chosen if chosen in ReadAs.values else ""
    page = Paginator(figure_keeping.static_tables_of(unit, text, read_as), PER_PAGE).get_page(
        request.GET.get("page")
    )
    counts = figure_keeping.static_outcomes(unit)
    context = {
        **frame(request, unit, "tabel"),
        "page": page,
        "shown": [(one, static_sentence(one.why)) for one in page],
        "text": text,
        "chosen": read_as,
        "choices": [("", _("Semua")), *ReadAs.choices],
        "as_cells": counts.get(ReadAs.CELLS, 0),
        "as_text": counts.get(ReadAs.TEXT, 0),
    }
    return respond(request, "knowledge/static_tables.html", context, partial="daftar")
