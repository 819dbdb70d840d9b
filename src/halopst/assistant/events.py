from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluationAsked(Event):
    """An evaluation waits to be run."""

    evaluation_id: int
