"""How a figure is set and taken away, whichever it is."""

from collections.abc import Callable
from typing import Annotated, Any

from ninja import Status
from pydantic import Field

from halopst.core.forms import cleaned
from halopst.core.http import Request
from halopst.partners import permissions, services
from halopst.partners.addressed import Figure, figure_of, unit_of
from halopst.partners.forms import FigureForm
from halopst.partners.models.reference import LARGEST_AMOUNT

OFFICE = "/units/{slug}"
Amount = Annotated[int, Field(ge=1, le=LARGEST_AMOUNT)]


def added(request: Request, slug: str, form: Callable[[], FigureForm]) -> Status[Any]:
    """The row a form describes, where the person may set figures at all."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    filled = form()
    cleaned(filled)
    return Status(201, services.add_row(request.actor, filled.row(unit)))


def removed(request: Request, slug: str, model: type[Figure], pk: int) -> Status[None]:
    unit = unit_of(request, slug, permissions.CONFIGURE)
    services.remove_row(request.actor, figure_of(request, unit, model, pk))
    return Status(204, None)
