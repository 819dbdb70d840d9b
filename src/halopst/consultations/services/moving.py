"""The one way a consultation changes state: look it up in the table, then compare and swap."""

from datetime import datetime
from typing import Any

from halopst.cases.services.moves import tell_pages
from halopst.consultations import permissions
from halopst.consultations.models import Consultation
from halopst.consultations.rules import MOVES, Move, Side, State, Verb
from halopst.consultations.services.refusals import OutOfTurn
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.scheduling import services as scheduling
from halopst.scheduling.models import Expert, Reservation


def sides_of(actor: Actor, consultation: Consultation) -> frozenset[Side]:
    """On whose behalf `actor` may move this consultation."""
    unit_id = consultation.case.unit_id
    leads = actor.may(permissions.MANAGE, unit_id)
    works = actor.may(permissions.WORK, unit_id)
    greets = actor.may(permissions.RECEIVE, unit_id)
    sides = {
        Side.VISITOR: actor.user_id is not None and actor.user_id == consultation.case.visitor_id,
        Side.OFFICER: leads or (works and actor.user_id == consultation.expert.user_id),
        Side.DOOR: leads or works or greets,
        Side.SYSTEM: actor.is_system,
    }
    return frozenset(side for side, holds in sides.items() if holds)


def begin(
    actor: Actor, consultation: Consultation, verb: Verb, *, version: int | None = None
) -> tuple[Consultation, Move]:
    """The consultation as it is now, and the move that `verb` makes of it.

    Refuses whom the table never lets do this (`NotPermitted`), and with `OutOfTurn` when the table has no
    such move from here or the page `actor` looked at (`version`) is no longer true.
    """
    row: Consultation = Consultation.objects.whole().get(pk=consultation.pk)
    sides = sides_of(actor, row)
    if not any(sides & move.by for (_, v), move in MOVES.items() if v == verb):
        raise NotPermitted
    move = MOVES.get((State(row.state), verb))
    if move is None or not sides & move.by or version not in {None, row.version}:
        raise OutOfTurn(row)
    return row, move


def swap(row: Consultation, move: Move, *, now: datetime, **changes: Any) -> None:
    """Make the move unless someone made another since `row` was read: then `OutOfTurn` tells which.

    Pages that show the case hear of it.
    """
    changes = {**dict.fromkeys(move.clears), **changes, "state": move.to.value, "updated_at": now}
    if move.stamps:
        changes[move.stamps] = now
    if not _compare_and_swap(row, {**changes, "version": row.version + 1}):
        raise OutOfTurn(Consultation.objects.whole().get(pk=row.pk))
    for name, value in {**changes, "version": row.version + 1}.items():
        setattr(row, name, value)
    tell_pages(row.case)


def _compare_and_swap(row: Consultation, changes: dict[str, Any]) -> bool:
    unchanged = Consultation.objects.filter(pk=row.pk, version=row.version)
    return bool(unchanged.update(**changes))


def take_time(
    row: Consultation, *, starts_at: datetime, expert: Expert, by_staff: bool, now: datetime
) -> Reservation:
    """Move the reserved time, all of it or nothing; a confirmed one becomes a request again."""
    scheduling.reopen(row.reservation, now=now)
    return scheduling.move(row.reservation, starts_at=starts_at, expert=expert, by_staff=by_staff, now=now)
