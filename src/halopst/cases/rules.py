"""The life of a case as one table, and the arithmetic of silence. Plain Python, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    OPEN = "open"
    WAITING = "waiting_visitor"
    FINISHED = "finished"
    CLOSED_SILENT = "closed_silent"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    COMPLETE = "complete"
    ASSIGN = "assign"
    RESPOND = "respond"
    WRITE_BACK = "write_back"
    ASK = "ask"
    RESUME = "resume"
    FINISH = "finish"
    CANCEL = "cancel"
    CLOSE_SILENT = "close_silent"
    REOPEN = "reopen"


class Party(StrEnum):
    """In which capacity someone acts on a case."""

    VISITOR = "visitor"
    OFFICER = "officer"
    LEAD = "lead"
    SYSTEM = "system"


class Clock(StrEnum):
    """What a move does to the clock of the promise."""

    STAYS = ""
    PAUSES = "pauses"
    RUNS = "runs"


@dataclass(frozen=True, slots=True)
class Move:
    """To which state, who may, which field keeps the server's time, and what happens to the clock."""

    to: State
    by: frozenset[Party]
    records: str = ""
    clock: Clock = Clock.STAYS


OFFICE = frozenset({Party.OFFICER, Party.LEAD, Party.SYSTEM})
VISITOR = frozenset({Party.VISITOR})
SYSTEM = frozenset({Party.SYSTEM})
ANYONE = OFFICE | VISITOR

MOVES: Mapping[tuple[State, Verb], Move] = {
    (State.OPEN, Verb.COMPLETE): Move(State.OPEN, OFFICE, records="complete_at"),
    (State.OPEN, Verb.ASSIGN): Move(State.OPEN, OFFICE),
    (State.OPEN, Verb.RESPOND): Move(State.OPEN, OFFICE, records="first_reply_at"),
    (State.OPEN, Verb.WRITE_BACK): Move(State.OPEN, VISITOR),
    (State.OPEN, Verb.ASK): Move(State.WAITING, OFFICE, records="first_reply_at", clock=Clock.PAUSES),
    (State.OPEN, Verb.FINISH): Move(State.FINISHED, OFFICE, records="finished_at"),
    (State.OPEN, Verb.CANCEL): Move(State.CANCELLED, ANYONE, records="finished_at"),
    (State.WAITING, Verb.COMPLETE): Move(State.WAITING, OFFICE, records="complete_at"),
    (State.WAITING, Verb.ASSIGN): Move(State.WAITING, OFFICE),
    (State.WAITING, Verb.RESPOND): Move(State.WAITING, OFFICE),
    (State.WAITING, Verb.ASK): Move(State.WAITING, OFFICE),
    (State.WAITING, Verb.WRITE_BACK): Move(State.OPEN, VISITOR, clock=Clock.RUNS),
    (State.WAITING, Verb.RESUME): Move(State.OPEN, OFFICE, clock=Clock.RUNS),
    (State.WAITING, Verb.FINISH): Move(State.FINISHED, OFFICE, records="finished_at", clock=Clock.RUNS),
    (State.WAITING, Verb.CANCEL): Move(State.CANCELLED, ANYONE, records="finished_at", clock=Clock.RUNS),
    (State.WAITING, Verb.CLOSE_SILENT): Move(
        State.CLOSED_SILENT, SYSTEM, records="finished_at", clock=Clock.RUNS
    ),
    (State.CLOSED_SILENT, Verb.WRITE_BACK): Move(State.OPEN, VISITOR),
    (State.CLOSED_SILENT, Verb.REOPEN): Move(State.OPEN, ANYONE),
    (State.FINISHED, Verb.REOPEN): Move(State.OPEN, ANYONE),
}

LIVING = frozenset({State.OPEN, State.WAITING})
ENDED = frozenset(State) - LIVING


def parties_for(verb: Verb) -> frozenset[Party]:
    """Everyone who may ever do `verb`, in some state."""
    return frozenset().union(*(move.by for (_, done), move in MOVES.items() if done == verb))


def verbs_for(state: State, parties: frozenset[Party]) -> frozenset[Verb]:
    """What `parties` may do to a case in `state` now."""
    return frozenset(verb for (at, verb), move in MOVES.items() if at == state and move.by & parties)


@dataclass(frozen=True, slots=True)
class Silence:
    """After how many silent days a waiting visitor is warned, and the case closed."""

    warn_days: int
    close_days: int

    def warns_at(self, asked_at: datetime) -> datetime:
        return asked_at + timedelta(days=self.warn_days)

    def closes_at(self, asked_at: datetime, warned_at: datetime | None) -> datetime:
        """Never sooner after the warning than the days between both, even if the warning went out late."""
        due = asked_at + timedelta(days=self.close_days)
        if warned_at is None:
            return due
        return max(due, warned_at + timedelta(days=self.close_days - self.warn_days))
