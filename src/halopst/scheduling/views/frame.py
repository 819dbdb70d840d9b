"""What every page of this domain starts with."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from halopst.core.actors import Actor
from halopst.core.http import Request
from halopst.core.shapes import NavItem
from halopst.scheduling import permissions
from halopst.scheduling.models import Expert
from halopst.units.models import Unit

Found = TypeVar("Found")
LONGEST_SEARCH = 80


def found(look: Callable[[Actor, Any], Found], request: Request, key: Any) -> Found:
    """What `look` finds for the person asking, or 404."""
    try:
        return look(request.actor, key)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def typed(request: Request) -> str:
    """The text in the search box, fit for searching."""
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH]


def office_tabs(actor: Actor, unit: Unit) -> list[NavItem]:
    """The parts of an office's expertise that `actor` may open."""
    tabs = [("ahli", _("Ahli"), "scheduling:experts")]
    if actor.may(permissions.MANAGE, unit.pk):
        tabs += [
            ("bidang", _("Bidang"), "scheduling:fields"),
            ("aturan", _("Aturan janji temu"), "scheduling:policy"),
        ]
    return [NavItem(key, label, reverse(route, args=[unit.slug])) for key, label, route in tabs]


def expert_tabs(actor: Actor, expert: Expert) -> list[NavItem]:
    """The parts of one expert's page that `actor` may open."""
    tabs = [("profil", _("Profil"), "scheduling:profile"), ("jadwal", _("Jadwal"), "scheduling:schedule")]
    if actor.may(permissions.MANAGE, expert.unit_id):
        tabs.append(("aturan", _("Aturan janji temu"), "scheduling:expert-policy"))
    return [NavItem(key, label, reverse(route, args=[expert.pk])) for key, label, route in tabs]


def place_of(actor: Actor, expert: Expert) -> str:
    """The navigation entry an expert's page belongs under: one's own schedule, or what one manages."""
    return "jadwal" if expert.user_id == actor.user_id else "kelola"
