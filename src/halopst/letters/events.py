from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterSigned(Event):
    """A letter is signed, in whatever way."""

    letter_id: int
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchStarted(Event):
    """A batch waits for workers, or for the one who closes it."""

    batch_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchEnded(Event):
    """Every letter of a batch was made or given up; those made wait to be bound."""

    batch_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StackGiven(Event):
    """A scan of many letters waits to be sorted."""

    stack_id: int
