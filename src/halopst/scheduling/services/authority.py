"""Who may change what about experts and their time."""

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.scheduling import permissions
from halopst.scheduling.models import Expert


def must_manage(actor: Actor, unit_id: int) -> None:
    if not actor.may(permissions.MANAGE, unit_id):
        raise NotPermitted


def must_edit(actor: Actor, expert: Expert) -> None:
    """An expert keeps their own profile and hours; whoever manages the office, everyone's."""
    if not permissions.may_edit(actor, user_id=expert.user_id, unit_id=expert.unit_id):
        raise NotPermitted
