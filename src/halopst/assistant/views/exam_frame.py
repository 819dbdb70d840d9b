"""The navigation and office that every page about AIDA's quality needs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from halopst.assistant import permissions
from halopst.core.http import Request
from halopst.core.shapes import NavItem
from halopst.units.models import Unit

PER_PAGE = 50


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
