"""What an address of this domain leads to, on a page and in the API alike."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from halopst.core.actors import Actor
from halopst.core.http import Request
from halopst.letters.kinds import DocumentKind, find_kind
from halopst.units.models import Unit


def office(look: Callable[[Actor], QuerySet[Unit]], request: Request, slug: str) -> Unit:
    """The office of that address among those `look` finds for the person asking, or 404."""
    unit: Unit = get_object_or_404(look(request.actor), slug=slug)
    return unit


def kind_of(code: str) -> DocumentKind:
    kind = find_kind(code)
    if kind is None:
        raise Http404
    return kind
