"""The one place where a case changes state."""

from datetime import datetime

from django.db.models.functions import Greatest

from halopst.cases.models import Case, CasePause, Message
from halopst.cases.permissions import MANAGE, WORK
from halopst.cases.rules import ENDED, LIVING, MOVES, Clock, Move, Party, State, Verb, parties_for
from halopst.cases.services.clocks import reckon
from halopst.cases.services.refusals import CaseMoved, NotNow
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.live import announce

RECORDED_ONCE = {"first_reply_at", "complete_at"}


def parties_of(actor: Actor, case: Case) -> frozenset[Party]:
    """In which capacities `actor` may act on `case`."""
    held = {
        Party.VISITOR: actor.user_id is not None and actor.user_id == case.visitor_id,
        Party.OFFICER: not actor.is_system and actor.may(WORK, case.unit_id),
        Party.LEAD: not actor.is_system and actor.may(MANAGE, case.unit_id),
        Party.SYSTEM: actor.is_system,
    }
    return frozenset(party for party, holds in held.items() if holds)


def take(actor: Actor, case: Case, verb: Verb, *, now: datetime, expected_version: int | None = None) -> Case:
    """Lock `case`, move it by the table and return it as it now stands. Belongs in a transaction.

    Raises NotPermitted, CaseMoved when someone changed it since `expected_version`, NotNow.
    """
    locked = (
        Case.objects.select_for_update(of=("self",))
        .select_related("unit", "service", "visitor", "officer")
        .get(pk=case.pk)
    )
    parties = parties_of(actor, locked)
    if not parties & parties_for(verb):
        raise NotPermitted
    if expected_version is not None and expected_version != locked.version:
        raise CaseMoved(locked)
    move = MOVES.get((State(locked.state), verb))
    if move is None:
        raise NotNow(locked, verb)
    if not parties & move.by:
        raise NotPermitted
    _apply(locked, move, max(now, locked.submitted_at))  # clocks of two machines may differ a little
    return locked


def _apply(case: Case, move: Move, now: datetime) -> None:
    _move_clock(case, move, now)
    case.state = move.to.value
    if move.records and not (move.records in RECORDED_ONCE and getattr(case, move.records)):
        setattr(case, move.records, now)
    if move.to in LIVING:
        reckon(case, now=now)
    case.version += 1
    case.save()


def _move_clock(case: Case, move: Move, now: datetime) -> None:
    if move.clock == Clock.PAUSES:
        case.pauses.create(begins_at=now, asked_at=now, reason=CasePause.Reason.WAITING)
    elif move.clock == Clock.RUNS:
        case.pauses.filter(ends_at=None).update(ends_at=Greatest("begins_at", now))
    elif case.state in ENDED and case.finished_at:
        case.pauses.create(begins_at=case.finished_at, ends_at=now, reason=CasePause.Reason.ENDED)
        case.finished_at = None


def say(  # a line has this many parts, all named
    actor: Actor,
    case: Case,
    *,
    sender: Message.Sender = Message.Sender.SYSTEM,
    verb: str = "",
    body: str = "",
    channel: str = "",
    now: datetime,
) -> Message:
    """Add a line to the conversation and tell the open pages."""
    message = Message.objects.create(
        case=case,
        sender=sender,
        author_id=actor.user_id,
        channel=channel or case.channel,
        verb=verb,
        body=body,
        sent_at=now,
    )
    tell_pages(case)
    return message


def tell_pages(case: Case) -> None:
    """Pages that show the case, and the inbox of its office, look again."""
    announce(f"case:{case.pk}", "changed", {"case": case.pk, "version": case.version})
    announce(f"inbox:{case.unit_id}", "changed", {"case": case.pk})
