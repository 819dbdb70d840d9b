"""Finding a text and reading it: open to everyone."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halopst.core.actors import ANONYMOUS, Actor
from halopst.core.errors import Refused
from halopst.core.forms import plain
from halopst.core.http import Request, respond
from halopst.knowledge import permissions, queries, services
from halopst.knowledge.addressed import TextTakenBack, text_to_read
from halopst.knowledge.models import Document
from halopst.knowledge.panels import FiguresFound, figures_found
from halopst.knowledge.queries import Filters, search, typed, unit_called
from halopst.knowledge.rules.texts.layout import blocks
from halopst.units.models import Unit

SHOWN = 20
YEARS_BACK = 15


@require_GET
def find(request: Request) -> HttpResponse:
    """One box for texts and figures; `?satker=` keeps to an office, `?jenis=` and `?tahun=` narrow texts."""
    text, today = request.GET.get("q", "").strip(), timezone.localdate()
    filters, reader = _filters(request), _reader(request)
    context: dict[str, Any] = {
        "text": text[:500],
        "filters": filters,
        "offices": [(unit.slug, unit.name) for unit in _offices(reader, filters)],
        "kinds": Document.Kind.choices,
        "years": [(year, year) for year in range(today.year, today.year - YEARS_BACK, -1)],
        "kept": ["satker", "jenis", "tahun", "staf"],
        "reads_as_staff": bool(request.actor.units(permissions.VIEW)),
        "with_staff": reader is not ANONYMOUS,
        "active": "cari",
    }
    if text:
        context |= _found(reader, text, filters)
    else:
        context["latest"] = queries.latest_documents(reader, filters.unit)
    return respond(request, "knowledge/search.html", context, partial="hasil")


def _found(reader: Actor, text: str, filters: Filters) -> dict[str, Any]:
    today = timezone.localdate()
    try:
        found = search(reader, typed(text), filters=filters, limit=SHOWN)
    except Refused as refusal:
        return {"refused": str(refusal.message)}
    return {
        "hits": [(hit, hit.document.is_stale(today)) for hit in found.hits],
        "repaired": sorted(found.asked.repaired.items()),
        "figures": _figures(text, filters),
    }


@require_GET
def document(request: Request, pk: int) -> HttpResponse:
    try:
        row = text_to_read(request, pk)
    except TextTakenBack as gone:
        told = {"unit": gone.unit, "active": "cari"}
        return respond(request, "knowledge/taken_back.html", told, status=HTTPStatus.GONE)
    context = {
        "document": row,
        "blocks": blocks(row.text),
        "is_stale": row.is_stale(timezone.localdate()),
        "may_edit": request.actor.is_staff and services.may_keep(request.actor, row),
        "scope": row.unit.name if row.unit else _("Semua satker BPS"),
        "active": "cari",
    }
    return respond(request, "knowledge/document.html", context)


def _figures(text: str, filters: Filters) -> FiguresFound | None:
    """Figures for the search; none with a filter of kind or year, as these are for texts."""
    if filters.kind or filters.year:
        return None
    return figures_found(plain(text), filters.unit, timezone.now())


def _reader(request: Request) -> Actor:
    """Whom to search for: the public, or staff of an office who ask for texts for staff too."""
    return request.actor if request.GET.get("staf") == "ya" else ANONYMOUS


def _offices(reader: Actor, filters: Filters) -> list[Unit]:
    """The offices to choose from, including the chosen one even if it has no text of its own."""
    offices = queries.offices_with_texts(reader)
    chosen = [filters.unit] if filters.unit and filters.unit not in offices else []
    return [*chosen, *offices]


def _filters(request: Request) -> Filters:
    """The filters of the address; impossible values are ignored."""
    year = request.GET.get("tahun", "")
    kind = request.GET.get("jenis", "")
    return Filters(
        unit=unit_called(plain(request.GET.get("satker", ""))) if request.GET.get("satker") else None,
        kind=kind if kind in Document.Kind.values else "",
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == len("2026") else None,
    )
