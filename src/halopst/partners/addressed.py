"""What an address of this domain leads to, on a page and in the API alike."""

from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404

from halopst.core.http import Request
from halopst.partners import permissions, queries
from halopst.partners.models import (
    Activity,
    ActivityDuty,
    Blacklisting,
    BudgetLine,
    HonorCap,
    ImportRun,
    Paper,
    Person,
    PersonDocument,
    Position,
    TaxPolicy,
    Team,
    UnitPrice,
)
from halopst.partners.services import owner_id
from halopst.units.models import Unit
from halopst.units.queries import office_of

Figure = TypeVar("Figure", bound=Position | HonorCap | UnitPrice | BudgetLine | TaxPolicy | Team)


def unit_of(request: Request, slug: str, permission: str = permissions.VIEW) -> Unit:
    """The office of the address; 404 if the actor may not read its register, 403 if not change it."""
    return office_of(request.actor, slug, read=permissions.VIEW, need=permission)


def person_of(request: Request, unit: Unit, pk: int) -> Person:
    try:
        return queries.person_in(request.actor, unit, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def document_of(request: Request, unit: Unit, pk: int, document: int) -> PersonDocument:
    """A file this office keeps of a mitra."""
    rows = PersonDocument.objects.visible_to(request.actor).filter(unit=unit, person=pk)
    return get_object_or_404(rows, pk=document)


def blacklisting_of(request: Request, unit: Unit, pk: int, listed: int) -> Blacklisting:
    """A blacklisting this office decided; those of other offices are shown, but only they may change them."""
    rows = Blacklisting.objects.visible_to(request.actor).filter(
        unit=unit, person=person_of(request, unit, pk)
    )
    return get_object_or_404(rows.select_related("person"), pk=listed)


def import_of(request: Request, unit: Unit, pk: int) -> ImportRun:
    return get_object_or_404(queries.imports(request.actor, unit), pk=pk)


def paper_of(request: Request, unit: Unit, pk: int) -> Paper:
    rows = Paper.objects.visible_to(request.actor).filter(unit=unit).select_related("activity", "unit")
    return get_object_or_404(rows, pk=pk)


def activity_of(request: Request, unit: Unit, pk: int) -> Activity:
    """An activity of this office, with its duties and their prices."""
    try:
        return queries.activity(request.actor, unit, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def duty_of(request: Request, unit: Unit, pk: int, duty: int) -> ActivityDuty:
    rows = ActivityDuty.objects.visible_to(request.actor).filter(activity=activity_of(request, unit, pk))
    return get_object_or_404(rows.select_related("activity", "position", "unit_price"), pk=duty)


def figure_of(request: Request, unit: Unit, model: type[Figure], pk: int) -> Figure:
    """A figure (cap, price, ...) of this office; one handed down to it belongs to the office above."""
    rows: Any = model._default_manager.visible_to(request.actor)
    row: Figure = get_object_or_404(rows, pk=pk)
    if owner_id(row) != unit.pk:
        raise Http404
    return row
