"""The office an address of AIDA's keeping is about, on a page and in the API alike."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from halopst.assistant import permissions
from halopst.core.http import Request
from halopst.units.models import Unit
from halopst.units.queries import office_of


def unit_of(request: Request, slug: str, permission: str = permissions.VIEW) -> Unit:
    """The office of the address; 404 where the actor may not look at AIDA, 403 where not change it."""
    try:
        return office_of(request.actor, slug, read=permissions.VIEW, need=permission)
    except ObjectDoesNotExist as error:
        raise Http404 from error
