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


def continuations(letters: Collection[Letter]) -> dict[int, Continuation]:
    """By id, what each goes on with; none of one that says what is so, or that is to be made anew."""
    stale = [letter for letter in letters if letter.state == State.OUTDATED]
    found: dict[int, Continuation] = {}
    for tell in _tellers if stale else ():
        found |= tell(stale)
    return found


def continuation_of(letter: Letter) -> Continuation | None:
    return continuations([letter]).get(letter.pk)
