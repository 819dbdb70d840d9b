"""What an address of this domain leads to, on a page and in the API alike."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from halopst.core.http import Request
from halopst.partners import permissions, queries
from halopst.partners.models import Person
from halopst.units.models import Unit
from halopst.units.queries import office_of


def unit_of(request: Request, slug: str, permission: str = permissions.VIEW) -> Unit:
    """The office of the address; 404 where the actor may not read its register, 403 where not change it."""
    try:
        return office_of(request.actor, slug, read=permissions.VIEW, need=permission)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def person_of(request: Request, unit: Unit, pk: int) -> Person:
    try:
        return queries.person_in(request.actor, unit, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
