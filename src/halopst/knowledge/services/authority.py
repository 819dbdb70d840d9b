"""Who may see, write, change and publish texts."""

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.knowledge import permissions
from halopst.knowledge.models import Document
from halopst.units.models import Unit
from halopst.units.queries import head_office


def may(actor: Actor, permission: str, unit: Unit | None) -> bool:
    """Whether `actor` holds the permission at the office; for texts of all offices, at the head office."""
    return actor.is_system or actor.may(permission, (unit or head_office()).pk)


def may_publish(actor: Actor, document: Document) -> bool:
    """Whether one may publish the text: its owner, while working there, and who may publish any text."""
    owns = document.owner_id is not None and document.owner_id == actor.user_id
    if owns and may(actor, permissions.WRITE, document.unit):
        return True
    return may(actor, permissions.PUBLISH, document.unit)


def may_keep(actor: Actor, document: Document) -> bool:
    """Whether one may see drafts, owner and history of a text."""
    return may(actor, permissions.VIEW, document.unit)


def may_write(actor: Actor, document: Document) -> bool:
    """Whether one may write for the text's office, and so answer for the text."""
    return may(actor, permissions.WRITE, document.unit)


def may_edit(actor: Actor, document: Document) -> bool:
    """Whether one may edit it; a published text only with the right to publish, as it changes for all."""
    if document.state == Document.State.PUBLISHED:
        return may_publish(actor, document)
    return may(actor, permissions.WRITE, document.unit)


def must(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence: must(may_edit(...))
    if not allowed:
        raise NotPermitted
