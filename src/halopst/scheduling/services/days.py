"""What every change of a day's reservations does first: lock the day, clear what has lapsed.

Locks are always taken in this order: days (earliest first), then reservations; whoever keeps to it
waits for others but never in a circle.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from halopst.core.constraints import violated
from halopst.core.errors import Refused
from halopst.scheduling.models import OfficeDay, Reservation
from halopst.scheduling.services.refusals import (
    DayIsFull,
    NetworkHoldsTooMany,
    SlotTaken,
    TooManyHolds,
    TooMuchIsHeld,
)

_VERDICTS: dict[str, type[Refused]] = {
    "one_visitor_per_expert_at_a_time": SlotTaken,
    "no_expert_serves_more_than_the_daily_maximum": DayIsFull,
    "a_visitor_holds_two_times_at_most": TooManyHolds,
    "a_network_holds_two_times_at_most": NetworkHoldsTooMany,
    "strangers_hold_only_a_share_of_a_day": TooMuchIsHeld,
}


def lock_days(unit_id: int, days: Iterable[date]) -> list[OfficeDay]:
    """Wait until no one else is changing these days of the office; until the transaction ends, no one can."""
    wanted = sorted(set(days))
    rows = OfficeDay.objects.filter(unit=unit_id, day__in=wanted).select_for_update().order_by("day")
    locked = list(rows)
    if len(locked) == len(wanted):
        return locked
    missing = [OfficeDay(unit_id=unit_id, day=day) for day in wanted]
    OfficeDay.objects.bulk_create(missing, ignore_conflicts=True)
    return list(rows.all())


def allow_holds(locked: OfficeDay, allowed: int) -> None:
    """Tell the database how many of the locked day's times strangers may hold."""
    if locked.holds_allowed != allowed:
        OfficeDay.objects.filter(pk=locked.pk).update(holds_allowed=allowed)


def clear_lapsed(which: Q, *, now: datetime) -> int:
    """Release holds past their end; their end stays on the row and tells they lapsed. Returns how many."""
    lapsed = Reservation.objects.lapsed(now).filter(which)
    # One that is locked is being claimed, extended or cleared by someone else: not ours to touch.
    ids = list(lapsed.select_for_update(skip_locked=True).values_list("pk", flat=True))
    if ids:
        Reservation.objects.filter(pk__in=ids).update(state=Reservation.State.RELEASED, updated_at=now)
    return len(ids)


@contextmanager
def the_database_agrees() -> Iterator[None]:
    """Turn the database's verdict on a newly taken time into the refusal it stands for."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = _VERDICTS.get(violated(error) or "")
        if refusal is None:
            raise
        raise refusal from error
