"""What a letter goes on with once it no longer says all that is so: only its domain can tell."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from halopst.letters.models import Letter
from halopst.letters.rules import SIGNED, State


@dataclass(frozen=True, slots=True)
class Continuation:
    """The letter in force that changed another, or that `ends` it."""

    letter: Letter
    ends: bool

    @property
    def is_signed(self) -> bool:
        return self.letter.state in SIGNED


Tell = Callable[[Collection[Letter]], Mapping[int, Continuation]]
_tellers: list[Tell] = []


def tell_continuations(tell: Tell) -> None:
    """Register what finds, by letter, what letters out of date go on with."""
    _tellers.append(tell)


def continuation_of(letter: Letter) -> Continuation | None:
    """None for a letter that says what is so, or that is to be made anew."""
    if letter.state != State.OUTDATED:
        return None
    return next((found for tell in _tellers if (found := tell([letter]).get(letter.pk))), None)
