"""What an address of this domain leads to, on a page and in the API alike."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from halopst.core.actors import Actor
from halopst.core.http import Request
from halopst.letters.esign import EsignClient, configured
from halopst.letters.kinds import DocumentKind, find_kind
from halopst.letters.models import Classification, Letter
from halopst.letters.queries import scope_of
from halopst.units.models import Unit


def office(look: Callable[[Actor], QuerySet[Unit]], request: Request, slug: str) -> Unit:
    """The office of that address among those `look` finds for the person asking, or 404."""
    unit: Unit = get_object_or_404(look(request.actor), slug=slug)
    return unit


def letter_of(request: Request, pk: int) -> Letter:
    """The letter of that number among those the person asking may read, or 404."""
    rows = Letter.objects.visible_to(request.actor)
    found: Letter = get_object_or_404(
        rows.select_related("unit", "number", "template", "batch", "replaced_by__number"), pk=pk
    )
    return found


def kind_of(code: str) -> DocumentKind:
    kind = find_kind(code)
    if kind is None:
        raise Http404
    return kind


def classification_of(unit: Unit, pk: int) -> Classification:
    """The code of that id among those `unit` keeps itself, or 404; `unit` has been found for the person."""
    rows = Classification.objects.filter(unit=scope_of(unit))
    return get_object_or_404(rows, pk=pk)


def gateway() -> EsignClient:
    """Where letters are signed electronically, or 404 in an installation that has none."""
    client = configured()
    if client is None:
        raise Http404
    return client
