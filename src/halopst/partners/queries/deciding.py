"""Who may decide what another person asked for, so that a page can name them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower

from halopst.accounts.models import Membership, User
from halopst.accounts.queries import holders
from halopst.partners import permissions
from halopst.partners.models import CapOverride
from halopst.units.models import Unit

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who may decide: people of the office itself, and of the offices above it."""

    here: Sequence[User]
    above: Sequence[User]

    def besides(self, person: int | None) -> list[User]:
        """Who may decide besides `person`: people of the office, else those of the offices above it."""
        here = [one for one in self.here if one.pk != person]
        return here or [one for one in self.above if one.pk != person]


def permission_to_end(exception: CapOverride, person: int | None) -> str:
    """The permission needed to end an exception; whoever asked may, as long as nobody has granted it."""
    is_own = person is not None and exception.asked_by_id == person
    return permissions.ALLOCATE if is_own and exception.standing == "waiting" else permissions.OVERRIDE


def deciders(permission: str, unit: Unit) -> Deciders:
    rows = list(holders(permission, unit).order_by(Lower("name"), "pk"))
    staff = set(Membership.objects.filter(unit=unit, user__in=rows).values_list("user", flat=True))
    return Deciders([one for one in rows if one.pk in staff], [one for one in rows if one.pk not in staff])


def names_of(people: Sequence[User]) -> str:
    """The names of the first few, with commas between them."""
    return ", ".join(str(one) for one in people[:MOST_NAMED])
