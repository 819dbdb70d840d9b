from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingGiven(Event):
    rating_id: int
    officer_id: int
    unit_id: int
