"""What every calendar page shows around its own part."""

from typing import Any

from halopst.calendars import permissions
from halopst.calendars.queries import slug_of
from halopst.core.errors import NotPermitted
from halopst.core.http import Request
from halopst.units.models import Unit
from halopst.units.queries import head_office


def frame(request: Request, unit: Unit | None, tab: str) -> dict[str, Any]:
    """What every calendar page needs: whose it is, which tab, and whether this person may change it."""
    everything = head_office().pk
    keeper = unit.pk if unit else everything
    return {
        "active": "kelola",
        "office": unit,
        "owner": slug_of(unit),
        "tab": tab,
        "may_manage": request.actor.may(permissions.MANAGE, keeper),
        "may_manage_all": request.actor.may(permissions.MANAGE, everything),
    }


def edit_frame(request: Request, unit: Unit | None, tab: str) -> dict[str, Any]:
    """The same for a page that is only for changing; NotPermitted for who may not."""
    context = frame(request, unit, tab)
    if not context["may_manage"]:
        raise NotPermitted
    return context
