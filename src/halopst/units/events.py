from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class ZoneChanged(Event):
    """An office moved to another time zone: its hours fall on other instants."""

    unit_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StandardChanged(Event):
    """What an office promises for a kind of service changed from an ISO date on."""

    unit_id: int
    kind_code: str
    first: str
