"""What did not fit: handed on to somebody who has room, or dropped. A person decides, each time."""

from datetime import date, datetime

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.partners import permissions
from halopst.partners.models import Assignment, Excess, Registration
from halopst.partners.services.allocation_refusals import REASONS, NothingToMove
from halopst.partners.services.assigning import Cell, Outcome, set_volumes


@transaction.atomic
def move_surplus(
    actor: Actor, *, excess: Excess, volume: int, to: Registration, month: date, now: datetime
) -> Outcome:
    """Give `volume` of what was refused to another mitra and keep the rest; both or neither."""
    held = _held(actor, excess)
    if not 0 < volume <= held.volume:
        raise NothingToMove
    already = Assignment.objects.filter(registration=to, duty=held.duty).values_list("volume", flat=True)
    cells = [
        Cell(held.registration_id, held.duty_id, held.volume - volume),
        Cell(to.pk, held.duty_id, (already.first() or 0) + volume),
    ]
    outcome = set_volumes(actor, unit=held.registration.unit, month=month, cells=cells, now=now)
    for trial in outcome.refused.values():
        raise REASONS[trial.reason](decision=trial.decision)
    return outcome


@transaction.atomic
def drop_excess(actor: Actor, *, excess: Excess) -> None:
    """Forget what was refused; what counted before still does."""
    held = _held(actor, excess)
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


def _held(actor: Actor, excess: Excess) -> Excess:
    rows = Excess.objects.select_related("registration__unit", "duty").select_for_update(of=("self",))
    held = rows.filter(pk=excess.pk).first()
    if held is None:
        raise NothingToMove
    if not actor.may(permissions.ALLOCATE, held.registration.unit_id):
        raise NotPermitted
    return held
