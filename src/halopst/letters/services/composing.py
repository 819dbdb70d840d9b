"""Where letters get their values: the domain that owns a kind registers how one is composed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from halopst.core.errors import Refused
from halopst.letters.kinds import DocumentKind, find_kind
from halopst.letters.models import Letter
from halopst.letters.queries import pattern_in_force, template_in_force
from halopst.letters.rules import ENDED, State, gaps
from halopst.letters.services.classifications import check_classification
from halopst.letters.services.refusals import (
    AlreadyIssued,
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


Composer = Callable[[str, datetime], Composition]
_composers: dict[str, Composer] = {}


def compose_with(kind: str) -> Callable[[Composer], Composer]:
    """Register how a letter of `kind` is composed: a function of what it is about and of the time.

    It reads the owner's rows at print time and may refuse with `CannotCompose`.
    """

    def register(composer: Composer) -> Composer:
        _composers[kind] = composer
        return composer

    return register


def can_compose(kind: str) -> bool:
    return kind in _composers


def compose(kind: DocumentKind, about: str, now: datetime) -> Composition:
    """The values of one letter, complete; a `Refused` says what is missing."""
    if kind.code not in _composers:
        raise UnknownKind
    composed = _composers[kind.code](about, now)
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


def preflight(*, unit: Unit, kind: str, abouts: Sequence[str], now: datetime) -> Iterator[Trouble]:
    """Everything that would fail if letters were made now."""
    declared = find_kind(kind)
    if declared is None:
        raise UnknownKind
    taken = taken_subjects(unit, kind, abouts)
    for about in abouts:
        try:
            if about in taken:
                raise AlreadyIssued
            composed = compose(declared, about, now)
            if template_in_force(unit, kind, composed.dated_on) is None:
                raise NoTemplate
            _check_pattern(unit, kind, composed.dated_on)
        except Refused as refusal:
            url = refusal.repair_url if isinstance(refusal, CannotCompose) else ""
            yield Trouble(about, str(refusal.message), url)


def _check_pattern(unit: Unit, kind: str, day: date) -> None:
    pattern = pattern_in_force(unit, kind, day)
    if pattern is None:
        raise NoPattern
    check_classification(unit, pattern.classification, day, must_be_known=False)


def taken_subjects(unit: Unit, kind: str, abouts: Sequence[str]) -> set[str]:
    """Those that already have a letter which holds, or one being made; an outdated one may be replaced."""
    rows = Letter.objects.filter(unit=unit, kind=kind, about__in=abouts)
    rows = rows.exclude(state__in=[State.OUTDATED, *ENDED])
    return set(rows.values_list("about", flat=True))
