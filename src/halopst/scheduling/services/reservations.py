"""From a hold to a kept appointment. The domain that owns the appointment authorises and records.

Each change is decided by the row's state in the database at that moment, never by what a page showed.
"""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q

from halopst.core.errors import NotPermitted
from halopst.scheduling.models import LIVE, Expert, Reservation
from halopst.scheduling.queries import nearest, open_book
from halopst.scheduling.services.days import clear_lapsed, lock_days, the_database_agrees
from halopst.scheduling.services.holds import blocked, must_be_near, offered
from halopst.scheduling.services.refusals import (
    AlreadyRequested,
    HoldLapsed,
    ReservationOver,
    SlotNotOffered,
    SlotTaken,
)


def claim(reservation: Reservation, *, holder: str, now: datetime) -> Reservation:
    """Turn the holder's hold into a request. One that lapsed is honoured while its time is still free."""
    if reservation.holder != holder:
        raise NotPermitted
    try:
        return _claim(reservation, now=now)
    except SlotTaken as refusal:
        around = nearest(reservation.expert, reservation.starts_at, now=now)
        raise type(refusal)(alternatives=around) from refusal


@transaction.atomic
def _claim(reservation: Reservation, *, now: datetime) -> Reservation:
    lock_days(reservation.unit_id, [reservation.day])
    row = Reservation.objects.select_for_update(of=("self",)).get(pk=reservation.pk)
    if row.state in {"requested", "confirmed"}:
        raise AlreadyRequested
    if row.expires_at is None or row.starts_at <= now:
        raise HoldLapsed
    clear_lapsed(Q(unit=row.unit_id, day=row.day) & ~Q(pk=row.pk), now=now)
    row.state, row.expires_at = Reservation.State.REQUESTED, None
    with the_database_agrees():
        row.save(update_fields=["state", "expires_at", "updated_at"])
    return row


def confirm(reservation: Reservation, *, now: datetime) -> Reservation:
    """Requested becomes confirmed; refuses anything else, so of two approvals one succeeds."""
    requested = Reservation.objects.filter(pk=reservation.pk, state="requested")
    if not requested.update(state=Reservation.State.CONFIRMED, updated_at=now):
        raise ReservationOver
    reservation.refresh_from_db()
    return reservation


def reopen(reservation: Reservation, *, now: datetime) -> Reservation:
    """Confirmed becomes requested again, the time kept: what changed has to be agreed anew."""
    Reservation.objects.filter(pk=reservation.pk, state="confirmed").update(
        state=Reservation.State.REQUESTED, updated_at=now
    )
    reservation.refresh_from_db()
    return reservation


def free(reservation: Reservation, *, now: datetime) -> Reservation:
    """Give the time back to everyone; doing it twice is doing it once."""
    Reservation.objects.filter(pk=reservation.pk, state__in=LIVE).update(
        state=Reservation.State.RELEASED, expires_at=None, updated_at=now
    )
    reservation.refresh_from_db()
    return reservation


def move(
    reservation: Reservation,
    *,
    starts_at: datetime,
    expert: Expert | None = None,
    by_staff: bool = False,
    now: datetime,
) -> Reservation:
    """To another time, another expert of the same office, or both: all of it or nothing.

    The old time is free the moment the new one is taken. `by_staff` waives the lead time, nothing else.
    """
    expert = expert or reservation.expert
    must_be_near(starts_at, expert, now=now)
    try:
        return _move(reservation, expert, starts_at, by_staff=by_staff, now=now)
    except SlotTaken as refusal:
        raise type(refusal)(alternatives=nearest(expert, starts_at, now=now)) from refusal


@transaction.atomic
def _move(
    reservation: Reservation, expert: Expert, starts_at: datetime, *, by_staff: bool, now: datetime
) -> Reservation:
    unit = expert.unit
    day = starts_at.astimezone(unit.tz).date()
    book = open_book(unit, [expert], day, day, now=now)
    slot = offered(book, expert, day, starts_at, lead=not by_staff)
    if slot is None or not expert.is_active or expert.unit_id != reservation.unit_id:
        raise SlotNotOffered
    lock_days(unit.pk, [reservation.day, day])
    row = Reservation.objects.select_for_update(of=("self",)).get(pk=reservation.pk)
    if row.state not in LIVE:
        raise ReservationOver
    clear_lapsed(Q(unit=unit.pk, day=day) & ~Q(pk=row.pk), now=now)
    row.expert, row.day, row.blocked = expert, day, blocked(slot, book, expert)
    row.starts_at, row.ends_at = slot.starts_at.astimezone(UTC), slot.ends_at.astimezone(UTC)
    with the_database_agrees():
        row.save()
    return row
