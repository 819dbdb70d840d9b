"""Whether somebody is at the desk a conversation would be handed to, and how soon they usually reply."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from halopst.calendars.queries import open_now
from halopst.cases.queries import usual_reply
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Attended:
    """`until` while the desk is open, `next_opening` while it is not and hours are known."""

    until: datetime | None
    next_opening: datetime | None
    reply: timedelta | None


def attended(unit: Unit, *, now: datetime) -> Attended:
    state = open_now(unit, now)
    return Attended(state.until, None if state.open else state.next_opening, usual_reply(unit, now=now))
