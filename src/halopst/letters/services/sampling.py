"""Real people to try a text on: the domain that owns a kind finds them and composes their letter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from halopst.core.actors import Actor
from halopst.letters.kinds import DocumentKind
from halopst.letters.services.composing import Composition, check_values
from halopst.letters.services.refusals import NobodyToTry
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody whose values may fill a preview; `note` tells two of one name apart."""

    key: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Samples:
    """`find` answers words with a few; `fill` composes the letter of one, or refuses with a sentence."""

    find: Callable[[Actor, Unit, str], Sequence[Sample]]
    fill: Callable[[DocumentKind, Actor, Unit, str, datetime], Composition]


_samples: dict[str, Samples] = {}


def sample_with(kind: str, samples: Samples) -> None:
    _samples[kind] = samples


def has_samples(kind: DocumentKind) -> bool:
    return kind.code in _samples


def samples_of(kind: DocumentKind, *, actor: Actor, unit: Unit, text: str) -> Sequence[Sample]:
    """Those the words find; nobody of a kind that has none to try."""
    return _samples[kind.code].find(actor, unit, text) if has_samples(kind) else ()


def sampled(kind: DocumentKind, *, actor: Actor, unit: Unit, key: str, now: datetime) -> Composition:
    """The letter of one of them, complete; a `Refused` says what is missing."""
    if not has_samples(kind):
        raise NobodyToTry
    composed = _samples[kind.code].fill(kind, actor, unit, key, now)
    check_values(kind, composed.data)
    return composed
