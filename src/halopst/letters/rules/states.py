"""The life of a letter: one table of moves. What is not in it cannot happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    DRAFT = "draft"
    FINAL = "final"
    PRINTED = "printed"
    SIGNED = "signed"
    HANDED_OVER = "handed_over"
    PAID = "paid"
    OUTDATED = "outdated"
    REPLACED = "replaced"
    VOID = "void"


class Verb(StrEnum):
    FINALISE = "finalise"
    PRINT = "print"
    SIGN = "sign"
    HAND_OVER = "hand_over"
    PAY = "pay"
    REOPEN = "reopen"
    OUTDATE = "outdate"
    REPLACE = "replace"
    ANNUL = "annul"


@dataclass(frozen=True, slots=True)
class Move:
    """The state a verb leads to, and the time field the server sets."""

    to: State
    stamps: str


ENDED: Final = frozenset({State.REPLACED, State.VOID})
BY_VALUES: Final = "api:"
"""What a letter is about begins so where a program gave its values: no domain composes it, or follows it."""
_SIGN = Move(State.SIGNED, "signed_at")
_PRINT = Move(State.PRINTED, "printed_at")
_OUTDATE = Move(State.OUTDATED, "outdated_at")
_REPLACE = Move(State.REPLACED, "ended_at")
_ANNUL = Move(State.VOID, "ended_at")

MOVES: Final[Mapping[tuple[State, Verb], Move]] = MappingProxyType(
    {
        (State.DRAFT, Verb.FINALISE): Move(State.FINAL, "final_at"),
        (State.DRAFT, Verb.ANNUL): _ANNUL,
        (State.FINAL, Verb.PRINT): _PRINT,
        (State.FINAL, Verb.SIGN): _SIGN,
        (State.FINAL, Verb.OUTDATE): _OUTDATE,
        (State.FINAL, Verb.REPLACE): _REPLACE,
        (State.FINAL, Verb.ANNUL): _ANNUL,
        (State.PRINTED, Verb.PRINT): _PRINT,
        (State.PRINTED, Verb.SIGN): _SIGN,
        (State.PRINTED, Verb.OUTDATE): _OUTDATE,
        (State.PRINTED, Verb.REPLACE): _REPLACE,
        (State.PRINTED, Verb.ANNUL): _ANNUL,
        (State.SIGNED, Verb.HAND_OVER): Move(State.HANDED_OVER, "handed_over_at"),
        (State.SIGNED, Verb.OUTDATE): _OUTDATE,
        (State.SIGNED, Verb.REPLACE): _REPLACE,
        (State.SIGNED, Verb.ANNUL): _ANNUL,
        (State.HANDED_OVER, Verb.PAY): Move(State.PAID, "paid_at"),
        (State.HANDED_OVER, Verb.OUTDATE): _OUTDATE,
        (State.HANDED_OVER, Verb.REPLACE): _REPLACE,
        (State.HANDED_OVER, Verb.ANNUL): _ANNUL,
        (State.PAID, Verb.REOPEN): Move(State.HANDED_OVER, "reopened_at"),
        (State.OUTDATED, Verb.REPLACE): _REPLACE,
        (State.OUTDATED, Verb.ANNUL): _ANNUL,
    }
)


ON_THE_WAY: Final = (State.FINAL, State.PRINTED, State.SIGNED, State.HANDED_OVER, State.PAID)
HOLDING: Final = frozenset(ON_THE_WAY)
"""A letter that says what is so, signed or not."""
SIGNABLE: Final = frozenset(state for state, verb in MOVES if verb is Verb.SIGN)
SIGNED: Final = HOLDING - SIGNABLE
_LEADS: Final = {
    Verb.PRINT: State.PRINTED,
    Verb.SIGN: State.SIGNED,
    Verb.HAND_OVER: State.HANDED_OVER,
    Verb.PAY: State.PAID,
}


def is_behind(state: State, verb: Verb) -> bool:
    """Whether a letter in `state` has already come as far as the verb leads."""
    leads = _LEADS.get(verb)
    return leads is not None and state in ON_THE_WAY[ON_THE_WAY.index(leads) :]


def is_ahead(state: State, verb: Verb) -> bool:
    """Whether a letter in `state` is still on its way to where the verb leads."""
    return state in ON_THE_WAY and not is_behind(state, verb)


def verbs(state: str) -> frozenset[Verb]:
    """What may still happen to a letter in `state`."""
    return frozenset(verb for at, verb in MOVES if at == state)
