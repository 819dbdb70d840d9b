"""Where letters get their values: the domain that owns a kind registers how one is composed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from halopst.letters.kinds import DocumentKind
from halopst.letters.models import Letter
from halopst.letters.queries import pattern_in_force, template_in_force
from halopst.letters.rules import ENDED, State, gaps
from halopst.letters.services.classifications import check_pattern
from halopst.letters.services.refusals import (
    CannotCompose,
    NoPattern,
    NoTemplate,
    UnknownKind,
    ValueMissing,
)
from halopst.units.models import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Composition:
    """The values of one letter; `parties` are full names, of which only initials are kept in the open."""

    data: Mapping[str, Any]
    parties: tuple[str, ...]
    dated_on: date
    title: str = ""


class Composer(Protocol):
    """With `hold` what it reads is kept from changing until the caller's transaction ends."""

    def __call__(self, about: str, now: datetime, *, hold: bool) -> Composition: ...


Registered = TypeVar("Registered", bound=Composer)
_composers: dict[str, Composer] = {}


def compose_with(kind: str) -> Callable[[Registered], Registered]:
    """Register how a letter of `kind` is composed: a function of what it is about and of the time.

    It reads the owner's rows at print time and may refuse with `CannotCompose`.
    """

    def register(composer: Registered) -> Registered:
        _composers[kind] = composer
        return composer

    return register


def can_compose(kind: str) -> bool:
    return kind in _composers


def compose(kind: DocumentKind, about: str, now: datetime, *, hold: bool) -> Composition:
    """The values of one letter, complete; a `Refused` says what is missing.

    `hold` for a letter that goes on record; to look at one, nothing is held.
    """
    if kind.code not in _composers:
        raise UnknownKind
    composed = _composers[kind.code](about, now, hold=hold)
    check_values(kind, composed.data)
    return composed


def check_values(kind: DocumentKind, data: Mapping[str, Any]) -> None:
    if missing := list(gaps(kind.fields, data)):
        raise ValueMissing(missing)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a letter would fail, and where that is mended."""

    about: str
    sentence: str
    repair_url: str = ""


def why_none_can_be_made(unit: Unit, kind: str, day: date) -> list[Trouble]:
    """What the office lacks for any letter of `kind` of that day: text, number pattern, valid code."""
    found: list[CannotCompose] = []
    if template_in_force(unit, kind, day) is None:
        found.append(NoTemplate(unit, kind, day))
    pattern = pattern_in_force(unit, kind, day)
    try:
        if pattern is None:
            raise NoPattern(unit, kind, day)
        check_pattern(unit, pattern, day)
    except CannotCompose as refusal:
        found.append(refusal)
    return [Trouble(unit.name, str(refusal.message), refusal.repair_url) for refusal in found]


def taken_subjects(unit: Unit, kind: str, abouts: Sequence[str]) -> set[str]:
    """Those that already have a letter which holds, or one being made; an outdated one may be replaced."""
    rows = Letter.objects.filter(unit=unit, kind=kind, about__in=abouts)
    rows = rows.exclude(state__in=[State.OUTDATED, *ENDED])
    return set(rows.values_list("about", flat=True))
