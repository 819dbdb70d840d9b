from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarChanged(Event):
    """Working time changed between two ISO dates, both included, for a unit and every unit below it.

    `unit_id` is None when the change is nationwide; `last` is "9999-12-31" when it has no end.
    """

    unit_id: int | None
    first: str
    last: str
