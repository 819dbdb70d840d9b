"""Whether somebody is at the desk that a conversation is handed to, and how soon they usually reply."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from halopst.calendars.queries import open_now
from halopst.cases.queries import usual_reply
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Attended:
    """The state of a desk: open `until`, or closed until `next_opening`, where its hours are known."""

    until: datetime | None
    next_opening: datetime | None
    reply: timedelta | None


def attended(unit: Unit, *, now: datetime) -> Attended:
    state = open_now(unit, now)
    return Attended(state.until, None if state.open else state.next_opening, usual_reply(unit, now=now))
