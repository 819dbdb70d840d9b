"""One letter, whole: checked, numbered, printed, hashed, stored and recorded in one transaction."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from string import ascii_letters
from typing import Any

from django.db import transaction
from django.db.models import Q

from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.files import dropped_on_failure
from halopst.letters.kinds import DocumentKind, find_kind, kind_named
from halopst.letters.models import Batch, Letter, Template
from halopst.letters.queries import led, template_in_force
from halopst.letters.rendering.press import Press, press
from halopst.letters.rules import MOVES, State, Verb, initials_of
from halopst.letters.sealing import sealed
from halopst.letters.services.authority import must_issue
from halopst.letters.services.composing import Composition, can_compose, check_values, compose, taken_subjects
from halopst.letters.services.moving import locked, move
from halopst.letters.services.numbering import take_numbers
from halopst.letters.services.papers import keep, pull
from halopst.letters.services.refusals import (
    AlreadyIssued,
    CannotCompose,
    GivenValues,
    NoTemplate,
    OutOfTurn,
    ReasonMissing,
    UnknownKind,
)
from halopst.units.models import Unit

TOKEN_BYTES = 16


@transaction.atomic
def issue(
    actor: Actor,
    *,
    kind: str,
    unit: Unit,
    data: Mapping[str, Any],
    about: str,
    parties: Sequence[str],
    dated_on: date,
    now: datetime,
    title: str = "",
) -> Letter:
    """Make one letter of given values, numbered and final; it replaces an outdated one about the same."""
    must_issue(actor, unit.pk)
    declared = find_kind(kind)
    if declared is None:
        raise UnknownKind
    check_values(declared, data)
    composed = Composition(data=data, parties=tuple(parties), dated_on=dated_on, title=title)
    if taken_subjects(unit, kind, [about]):
        raise AlreadyIssued
    with _leading(actor, unit):
        return _issue(actor, declared, unit, about, composed, now=now)


@transaction.atomic
def issue_about(actor: Actor, *, kind: str, unit: Unit, about: str, now: datetime) -> Letter:
    """Make one letter of what its domain composes for `about`."""
    must_issue(actor, unit.pk)
    declared = find_kind(kind)
    if declared is None:
        raise UnknownKind
    if taken_subjects(unit, kind, [about]):
        raise AlreadyIssued
    with _leading(actor, unit):
        return _issue(actor, declared, unit, about, compose(declared, about, now, hold=True), now=now)


@transaction.atomic
def replace(actor: Actor, letter: Letter, *, reason: str, now: datetime) -> Letter:
    """A new letter of what its domain says now, with a new number; the old one names it and ends.

    What it is about is held before the letter, as by whoever changes that and strikes the letter: in the
    other order each could wait for the other.
    """
    must_issue(actor, letter.unit_id)
    if not reason.strip():
        raise ReasonMissing
    kind = kind_named(letter.kind)
    _must_be_replaceable(letter)
    with _leading(actor, letter.unit):
        composed = compose(kind, letter.about, now, hold=True)
        old = locked(letter)
        _must_be_replaceable(old)
        old.reason = reason.strip()[:300]
        old.save(update_fields=["reason", "updated_at"])
        return _issue(actor, kind, old.unit, old.about, composed, now=now, replaces=old.pk)


def _must_be_replaceable(letter: Letter) -> None:
    if letter.is_by_values:
        raise GivenValues
    if (State(letter.state), Verb.REPLACE) not in MOVES:
        raise OutOfTurn(letter, Verb.REPLACE)


@contextmanager
def _leading(actor: Actor, unit: Unit) -> Iterator[None]:
    """Lead to where what is lacking is mended only those who may follow."""
    try:
        yield
    except CannotCompose as refusal:
        refusal.message, refusal.repair_url = led(actor, unit, str(refusal.message), refusal.repair_url)
        raise


def can_replace(letter: Letter) -> bool:
    """Whether its state allows a new letter in its place, and its domain can compose one."""
    is_composed = can_compose(letter.kind) and not letter.is_by_values
    return (State(letter.state), Verb.REPLACE) in MOVES and is_composed


def draft(
    unit: Unit,
    kind: DocumentKind,
    about: str,
    composed: Composition,
    *,
    template: Template,
    batch: Batch | None = None,
) -> Letter:
    """A letter that waits for its number and its paper, not yet saved."""
    return Letter(
        unit=unit,
        kind=kind.code,
        template=template,
        title=(composed.title or kind.title)[:300],
        about=about,
        data=sealed(kind, composed.data),
        parties=[initials_of(name)[:40] for name in composed.parties],
        dated_on=composed.dated_on,
        token=_new_token(),
        batch=batch,
    )


def _new_token() -> str:
    """Begins with a letter: an index has to quote a hyphen, which may begin a formula."""
    return secrets.choice(ascii_letters) + secrets.token_urlsafe(TOKEN_BYTES)


def finalise(
    actor: Actor,
    letter: Letter,
    kind: DocumentKind,
    with_press: Press,
    *,
    now: datetime,
    older: Letter | None = None,
) -> Letter:
    """Print a draft that has its number; it takes the place of `older`, a locked letter about the same."""
    keep(letter, pull(with_press, letter, kind, at=now), now=now)
    with dropped_on_failure(letter.file):
        if older is not None:
            move(actor, older, Verb.REPLACE, now=now, replaced_by=letter)
        return move(actor, letter, Verb.FINALISE, now=now, final_at=now)


def template_for(unit: Unit, kind: DocumentKind, on: date) -> Template:
    template = template_in_force(unit, kind.code, on)
    if template is None:
        raise NoTemplate(unit, kind.code, on)
    return template


def _issue(
    actor: Actor,
    kind: DocumentKind,
    unit: Unit,
    about: str,
    composed: Composition,
    *,
    now: datetime,
    replaces: int | None = None,
) -> Letter:
    template = template_for(unit, kind, composed.dated_on)
    letter = draft(unit, kind, about, composed, template=template)
    letter.number = take_numbers(unit=unit, kind=kind, days=[composed.dated_on])[0]
    rows = Letter.objects.select_for_update(of=("self",)).select_related("number")
    same = rows.filter(unit=unit, kind=kind.code, about=about)
    with refuse_on("one_letter_draft_per_subject", AlreadyIssued):
        letter.save()
    older = same.filter(Q(state=State.OUTDATED) | Q(pk=replaces)).first()
    with refuse_on("one_living_letter_per_subject", AlreadyIssued):
        return finalise(actor, letter, kind, press(), now=now, older=older)
