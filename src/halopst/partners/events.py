from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportAsked(Event):
    """A file of mitra is to be checked, or its good rows put into the register."""

    run_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnCodeAsked(Event):
    """Someone asked for the code to a mitra's own page; a worker finds whose it is."""

    code_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnLinksAsked(Event):
    """An office wants everyone with work in a month to have their link (ISO date; ISO time of asking)."""

    unit_id: int
    month: str
    asked_at: str
    asked_by: int
