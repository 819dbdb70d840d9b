"""What every page about AIDA's quality starts with."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from halopst.assistant import permissions
from halopst.core.http import Request
from halopst.core.shapes import NavItem
from halopst.units.models import Unit
from halopst.units.queries import office_of

PER_PAGE = 50


def unit_of(request: Request, slug: str, permission: str = permissions.VIEW) -> Unit:
    """The office of the address; 404 where the actor may not look at AIDA, 403 where not change it."""
    try:
        return office_of(request.actor, slug, read=permissions.VIEW, need=permission)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def frame(request: Request, unit: Unit, tab: str) -> dict[str, Any]:
    parts = [
        NavItem("mutu", _("Penilaian"), reverse("assistant:quality", args=[unit.slug])),
        NavItem("soal", _("Soal"), reverse("assistant:exam", args=[unit.slug])),
    ]
    return {
        "office": unit,
        "tabs": parts,
        "tab": tab,
        "configures": request.actor.may(permissions.CONFIGURE, unit.pk),
        "active": "kelola",
    }
