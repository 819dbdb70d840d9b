"""What an address of this package leads to, for pages and API alike."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from halopst.core.errors import Gone, NotPermitted
from halopst.core.http import Request
from halopst.knowledge import permissions, services
from halopst.knowledge.forms import ALL_OFFICES
from halopst.knowledge.models import Document, FigureImport, Indicator
from halopst.knowledge.queries import figure_keeping, unit_named
from halopst.units.models import Unit
from halopst.units.queries import office_of


class TextTakenBack(Gone):
    """A text that was withdrawn: the page says whose it was, and nothing of what it said."""

    def __init__(self, unit: Unit | None) -> None:
        self.unit = unit
        name = unit.name if unit else "BPS"
        said = _(
            "Tulisan di alamat ini sudah ditarik oleh %(kantor)s dan tidak berlaku lagi. Jangan mengutipnya; "
            "cari tulisan yang berlaku, atau tanyakan kepada AIDA."
        )
        super().__init__(said % {"kantor": name})


def text_to_read(request: Request, pk: int) -> Document:
    """As `text_of`; raises TextTakenBack for a text everyone could read until it was withdrawn."""
    try:
        return text_of(request, pk)
    except Http404:
        back = Document.objects.taken_back().filter(pk=pk).select_related("unit").first()
        if back is None:
            raise
        raise TextTakenBack(back.unit) from None


def text_of(request: Request, pk: int) -> Document:
    """The text, if the person's office keeps it or everybody may read it; else 404."""
    rows = Document.objects.visible_to(request.actor).select_related("unit", "owner")
    found: Document = get_object_or_404(rows, pk=pk)
    return found


def kept_text_of(request: Request, pk: int) -> Document:
    """A text with its drafts, owner and history; 403 for those who may only read it."""
    found = text_of(request, pk)
    if not services.may_keep(request.actor, found):
        raise NotPermitted
    return found


def named(office: str) -> Unit | None:
    """The office by its BPS code or slug; None for texts of all offices."""
    return None if office == ALL_OFFICES else unit_named(office)


def named_to_write_for(request: Request, office: str) -> Unit | None:
    """As `named`, for a person who may write somewhere."""
    if not request.actor.units(permissions.WRITE):
        raise NotPermitted
    return named(office)


def unit_of(request: Request, slug: str, permission: str = permissions.VIEW) -> Unit:
    """The office of the address; 404 if the actor may not look at its data, 403 if not change it."""
    return office_of(request.actor, slug, read=permissions.VIEW, need=permission)


def indicator_of(pk: int, unit: Unit | None = None) -> Indicator:
    """An indicator, of the given office if there is one: published figures are for everybody."""
    return get_object_or_404(figure_keeping.indicators_of(unit, "").select_related("unit"), pk=pk)


def figures_file_of(request: Request, slug: str, pk: int) -> FigureImport:
    return get_object_or_404(figure_keeping.imports_of(unit_of(request, slug, permissions.DATA)), pk=pk)
