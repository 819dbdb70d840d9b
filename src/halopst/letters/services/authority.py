"""Who may make letters, and who may keep texts, numbers and signatories."""

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.letters import permissions


def must_issue(actor: Actor, unit_id: int) -> None:
    if not actor.may(permissions.ISSUE, unit_id):
        raise NotPermitted


def must_manage(actor: Actor, unit_id: int) -> None:
    if not actor.may(permissions.MANAGE, unit_id):
        raise NotPermitted
