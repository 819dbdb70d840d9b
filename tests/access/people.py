"""The cast of the access matrix: one office with everyone in it, and offices elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from halopst.accounts.models import Membership, User
from halopst.accounts.roles import ROLES
from halopst.units.models import Unit
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.units.factories import UnitFactory

Place = Literal["own", "other", "elsewhere"]
PLACES: list[Place] = ["own", "other", "elsewhere"]
PEOPLE = ["anonymous", "visitor", *sorted(ROLES)]


@dataclass
class World:
    """`unit` employs every role; `elsewhere` is another satker. Visitors belong to no office."""

    unit: Unit
    elsewhere: Unit
    people: dict[str, User] = field(default_factory=dict)

    @classmethod
    def build(cls) -> "World":
        return cls(unit=UnitFactory(), elsewhere=UnitFactory())

    def person(self, role: str) -> User | None:
        if role == "anonymous":
            return None
        if role not in self.people:
            self.people[role] = UserFactory()
            if role != "visitor":
                MembershipFactory(user=self.people[role], unit=self.unit, role=role)
        return self.people[role]

    def colleague(self, unit: Unit, role: str = Membership.Role.OFFICER) -> User:
        """Another person who works in `unit`."""
        return MembershipFactory(unit=unit, role=role).user

    def unit_at(self, place: Place) -> Unit:
        return self.elsewhere if place == "elsewhere" else self.unit

    def trust(self, client: Any) -> None:
        """Let the signed-in person count as fully signed in (second factor passed)."""


Subject = Callable[[World, Place, User | None], dict[str, Any]]
SUBJECTS: dict[str, Subject] = {}


def subject(name: str) -> Callable[[Subject], Subject]:
    """Register how to make the row a route is about.

    The function makes the row at `place` (`own`: belonging or assigned to `who`; `other`: a colleague's
    or another visitor's in the same satker; `elsewhere`: in another satker) and returns
    `{"kwargs": url kwargs, "query": "?a=b", "data": form data}`, each where needed.
    """

    def register(make: Subject) -> Subject:
        SUBJECTS[name] = make
        return make

    return register
