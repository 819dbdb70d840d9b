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
    """Where a verb leads and which time the server writes down."""

    to: State
    stamps: str


S, V = State, Verb
ENDED: Final = frozenset({S.REPLACED, S.VOID})
BY_VALUES: Final = "api:"
"""What a letter is about begins so where a program gave its values: no domain composes it, or follows it."""
_SIGN = Move(S.SIGNED, "signed_at")
_PRINT = Move(S.PRINTED, "printed_at")
_OUTDATE = Move(S.OUTDATED, "outdated_at")
_REPLACE = Move(S.REPLACED, "ended_at")
_ANNUL = Move(S.VOID, "ended_at")

MOVES: Final[Mapping[tuple[State, Verb], Move]] = MappingProxyType(
    {
        (S.DRAFT, V.FINALISE): Move(S.FINAL, "final_at"),
        (S.DRAFT, V.ANNUL): _ANNUL,
        (S.FINAL, V.PRINT): _PRINT,
        (S.FINAL, V.SIGN): _SIGN,
        (S.FINAL, V.OUTDATE): _OUTDATE,
        (S.FINAL, V.REPLACE): _REPLACE,
        (S.FINAL, V.ANNUL): _ANNUL,
        (S.PRINTED, V.PRINT): _PRINT,
        (S.PRINTED, V.SIGN): _SIGN,
        (S.PRINTED, V.OUTDATE): _OUTDATE,
        (S.PRINTED, V.REPLACE): _REPLACE,
        (S.PRINTED, V.ANNUL): _ANNUL,
        (S.SIGNED, V.HAND_OVER): Move(S.HANDED_OVER, "handed_over_at"),
        (S.SIGNED, V.OUTDATE): _OUTDATE,
        (S.SIGNED, V.REPLACE): _REPLACE,
        (S.SIGNED, V.ANNUL): _ANNUL,
        (S.HANDED_OVER, V.PAY): Move(S.PAID, "paid_at"),
        (S.HANDED_OVER, V.OUTDATE): _OUTDATE,
        (S.HANDED_OVER, V.REPLACE): _REPLACE,
        (S.HANDED_OVER, V.ANNUL): _ANNUL,
        (S.PAID, V.REOPEN): Move(S.HANDED_OVER, "reopened_at"),
        (S.OUTDATED, V.REPLACE): _REPLACE,
        (S.OUTDATED, V.ANNUL): _ANNUL,
    }
)


SIGNABLE: Final = frozenset(state for state, verb in MOVES if verb is V.SIGN)
SEALABLE: Final = frozenset({S.SIGNED, S.HANDED_OVER, S.PAID})
ON_THE_WAY: Final = (S.FINAL, S.PRINTED, S.SIGNED, S.HANDED_OVER, S.PAID)
_LEADS: Final = {V.PRINT: S.PRINTED, V.SIGN: S.SIGNED, V.HAND_OVER: S.HANDED_OVER, V.PAY: S.PAID}


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
