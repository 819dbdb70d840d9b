"""Who may change what of the register and the figures."""

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.partners import permissions
from halopst.partners.models import Person


def must(actor: Actor, permission: str, unit_id: int) -> None:
    if not actor.may(permission, unit_id):
        raise NotPermitted


def must_keep(actor: Actor, person: Person) -> None:
    """A mitra is kept by the offices that have them in their register."""
    people = Person.objects.registered_where(actor, permissions.MANAGE)
    if not people.filter(pk=person.pk).exists():
        raise NotPermitted
