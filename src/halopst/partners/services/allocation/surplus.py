"""Refused volumes: handed on, saved once they fit, or dropped. A person decides each time."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.partners import permissions
from halopst.partners.models import Assignment, Excess, Registration
from halopst.partners.rules.money import first_of
from halopst.partners.services.allocation.assigning import Cell, Outcome, set_volumes
from halopst.partners.services.allocation.writing import HELD
from halopst.partners.services.allocation_refusals import REASONS, ChangedMeanwhile, NothingToMove
from halopst.partners.services.authority import must
from halopst.partners.services.ledger import hold


@transaction.atomic
def move_surplus(
    actor: Actor,
    *,
    excess: Excess,
    volume: int,
    to: Registration,
    month: date,
    now: datetime,
    wanted: int | None = None,
) -> Outcome:
    """Give `volume` of what was refused to another mitra and keep the rest; both or neither.

    What is kept may still be too much: it waits on as before, for the next who can take of it.
    `wanted` is the volume the person saw refused, None when they did not look. The months are held before
    anything is read, so that of two who hand on the same the second finds nothing left.
    """
    must(actor, permissions.ALLOCATE, excess.registration.unit_id)
    hold([excess.registration, to], [excess.duty], first_of(month))
    held = _held(actor, excess, wanted)
    if not 0 < volume <= held.volume or to.pk == held.registration_id:
        raise NothingToMove
    rest = Cell(held.registration_id, held.duty_id, held.volume - volume)
    given = Cell(to.pk, held.duty_id, _given(to, held.duty_id) + volume)
    return _set(actor, held, [given, rest], month, now, waiting=rest)


@transaction.atomic
def enter_excess(
    actor: Actor, *, excess: Excess, month: date, now: datetime, wanted: int | None = None
) -> Outcome:
    """Save what was refused, where it is still the volume seen and fits by now."""
    must(actor, permissions.ALLOCATE, excess.registration.unit_id)
    hold([excess.registration], [excess.duty], first_of(month))
    held = _held(actor, excess, wanted)
    cells = [Cell(held.registration_id, held.duty_id, held.volume)]
    return _set(actor, held, cells, month, now)


@transaction.atomic
def drop_excess(actor: Actor, *, excess: Excess, wanted: int | None = None) -> None:
    """Forget what was refused, where it is still the volume seen; what counted before still does."""
    held = _held(actor, excess, wanted)
    record(
        actor,
        "partners.excess-dropped",
        held,
        unit_id=held.registration.unit_id,
        registration=held.registration_id,
        duty=held.duty_id,
        volume=held.volume,
    )
    held.delete()


def _held(actor: Actor, excess: Excess, wanted: int | None) -> Excess:
    rows = Excess.objects.select_related("registration__unit", "duty").select_for_update(of=("self",))
    held = rows.filter(pk=excess.pk).first()
    if held is None:
        raise NothingToMove
    must(actor, permissions.ALLOCATE, held.registration.unit_id)
    if wanted is not None and wanted != held.volume:
        raise ChangedMeanwhile
    return held


def _set(  # who, what and when, and the cell that need not stand
    actor: Actor,
    held: Excess,
    cells: Sequence[Cell],
    month: date,
    now: datetime,
    *,
    waiting: Cell | None = None,
) -> Outcome:
    """Set all cells or none; the one `waiting` may be refused again, for less than before."""
    outcome = set_volumes(actor, unit=held.registration.unit, month=month, cells=cells, now=now)
    for cell, trial in outcome.refused.items():
        if cell == waiting and trial.reason in HELD:
            continue
        raise REASONS[trial.reason](decision=trial.decision)
    return outcome


def _given(to: Registration, duty: int) -> int:
    """The volume the other mitra already has of this duty."""
    row = Assignment.objects.filter(registration=to, duty=duty).first()
    return row.volume if row else 0
