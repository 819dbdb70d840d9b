from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportAsked(Event):
    """A file of mitra is to be checked, or its good rows put into the register."""

    run_id: int
