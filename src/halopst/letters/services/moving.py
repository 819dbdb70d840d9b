"""Changing the state of a letter: always by the table of moves, and under a lock."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import SYSTEM, Actor
from halopst.core.events import publish
from halopst.letters.events import LetterSigned
from halopst.letters.kinds import find_kind
from halopst.letters.models import Letter
from halopst.letters.queries import continuation_of
from halopst.letters.rules import MOVES, State, Verb, is_ahead
from halopst.letters.services.authority import must_issue
from halopst.letters.services.numbering import annul_number
from halopst.letters.services.refusals import (
    GoesOnWithAnother,
    HandedOverOtherwise,
    OutOfTurn,
    PaidFromItsList,
    ReasonMissing,
)
from halopst.units.models import Unit

PAPER = ("file", "sha256", "size", "pages")
RECORDED = {
    Verb.FINALISE: "letters.issued",
    Verb.PRINT: "letters.printed",
    Verb.SIGN: "letters.signed",
    Verb.HAND_OVER: "letters.handed-over",
    Verb.PAY: "letters.paid",
    Verb.REOPEN: "letters.reopened",
    Verb.OUTDATE: "letters.outdated",
    Verb.REPLACE: "letters.replaced",
    Verb.ANNUL: "letters.annulled",
}


def locked(letter: Letter) -> Letter:
    """The letter as it is now, locked until the transaction ends."""
    return Letter.objects.select_related("number", "unit", "template").locked(letter.pk)


def move(actor: Actor, letter: Letter, verb: Verb, *, now: datetime, **changes: Any) -> Letter:
    """Make the move of the table on a locked letter, save it, record it and tell who listens."""
    step = MOVES.get((State(letter.state), verb))
    if step is None:
        raise OutOfTurn(letter, verb)
    changes |= {"state": step.to.value, step.stamps: changes.get(step.stamps, now)}
    for name, value in changes.items():
        setattr(letter, name, value)
    paper = PAPER if verb is Verb.FINALISE else ()
    letter.save(update_fields=[*changes, *paper, "updated_at"])
    record(actor, RECORDED[verb], letter, number=str(letter.number or ""))
    if verb is Verb.SIGN:
        publish(LetterSigned(letter_id=letter.pk, kind=letter.kind))
    return letter


@transaction.atomic
def mark_printed(actor: Actor, letter: Letter, *, now: datetime) -> Letter:
    must_issue(actor, letter.unit_id)
    return move(actor, locked(letter), Verb.PRINT, now=now)


@transaction.atomic
def hand_over(actor: Actor, letter: Letter, *, now: datetime) -> Letter:
    """Mark a signed letter as handed over by hand, for kinds nothing else hands over."""
    must_issue(actor, letter.unit_id)
    kind, row = find_kind(letter.kind), locked(letter)
    if kind is not None and kind.handed_over_by and is_ahead(State(row.state), Verb.HAND_OVER):
        raise HandedOverOtherwise(kind.handed_over_by)
    return move(actor, row, Verb.HAND_OVER, now=now)


@transaction.atomic
def deliver(letter: Letter, *, now: datetime) -> Letter:
    """Hand a letter over because its own condition is met; called by the domain that owns the kind."""
    return move(SYSTEM, locked(letter), Verb.HAND_OVER, now=now)


@transaction.atomic
def mark_paid(actor: Actor, letter: Letter, *, now: datetime) -> Letter:
    """Mark a letter as paid by hand, for kinds whose payment nothing else records."""
    must_issue(actor, letter.unit_id)
    kind, row = find_kind(letter.kind), locked(letter)
    if kind is not None and kind.paid_by_owner and is_ahead(State(row.state), Verb.PAY):
        raise PaidFromItsList
    return move(actor, row, Verb.PAY, now=now)


@transaction.atomic
def settle(actor: Actor, *, unit: Unit, abouts: Collection[str], now: datetime) -> int:
    """Mark these letters as paid; those only signed are handed over on the way. Gives how many."""
    must_issue(actor, unit.pk)
    rows = Letter.objects.select_related("number").select_for_update(of=("self",))
    settled = 0
    for letter in rows.filter(unit=unit, about__in=abouts).order_by("pk"):
        if letter.state == State.SIGNED:
            move(actor, letter, Verb.HAND_OVER, now=now)
        if letter.state == State.HANDED_OVER:
            move(actor, letter, Verb.PAY, now=now)
            settled += 1
    return settled


@transaction.atomic
def reopen(actor: Actor, *, unit: Unit, abouts: Collection[str], now: datetime) -> int:
    """Move paid letters back to `handed_over`, because the money came back. Gives how many."""
    must_issue(actor, unit.pk)
    rows = Letter.objects.select_related("number").select_for_update(of=("self",))
    paid = list(rows.filter(unit=unit, about__in=abouts, state=State.PAID).order_by("pk"))
    for letter in paid:
        move(actor, letter, Verb.REOPEN, now=now, paid_at=None)
    return len(paid)


@transaction.atomic
def annul(actor: Actor, letter: Letter, *, reason: str, now: datetime) -> Letter:
    """The letter is void; its number stays in the series, marked so."""
    must_issue(actor, letter.unit_id)
    if not reason.strip():
        raise ReasonMissing
    held = locked(letter)
    if found := continuation_of(held):
        raise GoesOnWithAnother(found.letter)
    return end(actor, held, reason.strip(), now=now)


@transaction.atomic
def mark_outdated(about: str | Collection[str], reason: str, now: datetime) -> int:
    """What the letters about `about` (one subject or several) say is no longer so; how many it struck.

    For the domain that owns the subject, in the transaction that changes it. A letter still being printed is
    annulled: it would come out stale.
    """
    struck = 0
    abouts = [about] if isinstance(about, str) else about
    rows = Letter.objects.select_related("number").select_for_update(of=("self",))
    letters = rows.filter(about__in=abouts)
    for letter in letters.order_by("pk"):
        if letter.state == State.DRAFT:
            end(SYSTEM, letter, reason, now=now)
            struck += 1
        elif (State(letter.state), Verb.OUTDATE) in MOVES:
            move(SYSTEM, letter, Verb.OUTDATE, now=now, reason=reason[:300])
            struck += 1
    return struck


def end(actor: Actor, letter: Letter, reason: str, *, now: datetime) -> Letter:
    """Annul a locked letter and its number."""
    if letter.number:
        annul_number(letter.number, reason)
    return move(actor, letter, Verb.ANNUL, now=now, reason=reason[:300])
