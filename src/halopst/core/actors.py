"""Who is acting: a plain value, built once per request or job."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """A person (or the system itself) together with what it may do, and where."""

    user_id: int | None = None
    label: str = "anonim"
    is_system: bool = False
    grants: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def units(self, permission: str) -> frozenset[int]:
        """The work units in which this actor holds `permission`."""
        return self.grants.get(permission, frozenset())

    def may(self, permission: str, unit_id: int) -> bool:
        return self.is_system or unit_id in self.units(permission)

    @property
    def is_staff(self) -> bool:
        """True for anyone who holds a role somewhere."""
        return self.is_system or bool(self.grants)


ANONYMOUS = Actor()
SYSTEM = Actor(label="sistem", is_system=True)
