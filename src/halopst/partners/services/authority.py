"""Who may change what of the register and the figures, and whether they saw it as it is."""

from datetime import datetime

from halopst.core import editing
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.models import Model
from halopst.partners import permissions
from halopst.partners.models import Person
from halopst.partners.services.refusals import ChangedMeanwhile


def must(actor: Actor, permission: str, unit_id: int) -> None:
    if not actor.may(permission, unit_id):
        raise NotPermitted


def must_keep(actor: Actor, person: Person) -> None:
    """A mitra is kept by the offices that have them in their register."""
    people = Person.objects.registered_where(actor, permissions.MANAGE)
    if not people.filter(pk=person.pk).exists():
        raise NotPermitted


def must_be_as_seen(row: Model | None, version: datetime | None) -> None:
    """Refuse to change a locked row that is no longer what its editor read; with None, do not look."""
    editing.must_be_as_seen(row, version, ChangedMeanwhile)
