"""Hold first, ask afterwards: a time is kept for a visitor while they write their request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import Q
from psycopg.types.range import TimestamptzRange

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.scheduling import rules
from halopst.scheduling.models import Expert, Field, Reservation
from halopst.scheduling.queries import FARTHEST, Book, Target, candidates, nearest, open_book
from halopst.scheduling.rules import Slot
from halopst.scheduling.services.days import allow_holds, clear_lapsed, lock_days, the_database_agrees
from halopst.scheduling.services.refusals import (
    HoldExtendedEnough,
    HoldLapsed,
    NetworkHoldsTooMany,
    SlotNotOffered,
    SlotTaken,
    TooManyHolds,
)
from halopst.units.models import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class _Visitor:
    """Who holds, and whom it counts against: the account, or for strangers the network."""

    holder: str
    client: str
    signed_in: bool


def hold(
    actor: Actor, *, expert: Expert, starts_at: datetime, holder: str, client: str, now: datetime
) -> Reservation:
    """Keep one of the expert's times for ten minutes; asking again for the same time gives the same hold.

    `holder` is a random secret of the visitor's browser, `client` the `client_key` of their network.
    """
    must_be_near(starts_at, expert, now=now)
    book, day, allowed = _days_book(expert.unit, starts_at, now=now, also=expert)
    slot = offered(book, expert, day, starts_at)
    if slot is None or not (expert.is_active and expert.is_public):
        raise SlotNotOffered(alternatives=nearest(expert, starts_at, now=now))
    try:
        return _take(_visitor(actor, holder, client), expert, slot, book, allowed)
    except SlotTaken as refusal:
        raise type(refusal)(alternatives=nearest(expert, starts_at, now=now)) from refusal


def hold_any(
    actor: Actor,
    *,
    unit: Unit,
    field: Field | None,
    starts_at: datetime,
    holder: str,
    client: str,
    now: datetime,
) -> Reservation:
    """Keep a time with anyone of `field` (or of the office): who has least to do that day, then the next."""
    target: Target = field or unit
    must_be_near(starts_at, target, now=now)
    book, day, allowed = _days_book(unit, starts_at, now=now)
    visitor = _visitor(actor, holder, client)
    choices = [(e, slot) for e in candidates(target) if (slot := offered(book, e, day, starts_at))]
    held = Reservation.objects.live(now).filter(state="held", holder=holder, starts_at=starts_at)
    if mine := held.filter(expert__in=[expert for expert, _ in choices]).first():
        return mine
    for expert, slot in sorted(choices, key=lambda choice: len(book.diaries[choice[0].pk].taken)):
        try:
            return _take(visitor, expert, slot, book, allowed)
        except SlotTaken:
            continue
    refusal = SlotTaken if choices else SlotNotOffered
    raise refusal(alternatives=nearest(target, starts_at, now=now))


def extend_hold(*, holder: str, reservation: Reservation, now: datetime) -> Reservation:
    """Ten more minutes from now, at most ten times. One that lapsed is held again while its time is free."""
    _must_hold(holder, reservation)
    try:
        return _extend(reservation, now=now)
    except SlotTaken as refusal:
        around = nearest(reservation.expert, reservation.starts_at, now=now)
        raise type(refusal)(alternatives=around) from refusal


@transaction.atomic
def _extend(reservation: Reservation, *, now: datetime) -> Reservation:
    lock_days(reservation.unit_id, [reservation.day])
    row: Reservation = Reservation.objects.select_for_update(of=("self",)).get(pk=reservation.pk)
    if row.expires_at is None or row.starts_at <= now:
        raise HoldLapsed
    if row.extensions >= rules.MOST_EXTENSIONS:
        raise HoldExtendedEnough
    clear_lapsed(Q(unit=row.unit_id, day=row.day) & ~Q(pk=row.pk), now=now)
    row.state, row.expires_at = Reservation.State.HELD, now + rules.HOLD
    row.extensions += 1
    with the_database_agrees():
        row.save(update_fields=["state", "expires_at", "extensions", "updated_at"])
    return row


def release(*, holder: str, reservation: Reservation, now: datetime) -> None:
    """Give a held time back; once it is requested this changes nothing."""
    _must_hold(holder, reservation)
    Reservation.objects.filter(pk=reservation.pk, state="held").update(
        state=Reservation.State.RELEASED, expires_at=None, updated_at=now
    )


def release_lapsed(*, now: datetime) -> int:
    """Clear away every hold past its end; returns how many."""
    with transaction.atomic():
        return clear_lapsed(Q(), now=now)


def offered(book: Book, expert: Expert, day: date, starts_at: datetime, *, lead: bool = True) -> Slot | None:
    """The expert's slot that starts exactly then, free or not."""
    return next((s for s in book.slots(expert.pk, [day], lead=lead) if s.starts_at == starts_at), None)


def must_be_near(starts_at: datetime, target: Target, *, now: datetime) -> None:
    """Refuse a moment that no calendar we keep reaches, before anyone does arithmetic with it."""
    if abs(starts_at - now) > FARTHEST:
        raise SlotNotOffered(alternatives=nearest(target, now, now=now))


def _days_book(
    unit: Unit, starts_at: datetime, *, now: datetime, also: Expert | None = None
) -> tuple[Book, date, int]:
    """The office's book of that day, the day, and how many of its times strangers may hold."""
    day = starts_at.astimezone(unit.tz).date()
    experts = candidates(unit)
    if also and also not in experts:
        experts.append(also)
    book = open_book(unit, experts, day, day, now=now)
    on_offer = sum(len(book.slots(expert.pk, [day], lead=False)) for expert in experts)
    return book, day, rules.holds_allowed(on_offer)


def _visitor(actor: Actor, holder: str, client: str) -> _Visitor:
    if actor.user_id is None:
        return _Visitor(holder=holder, client=client, signed_in=False)
    return _Visitor(holder=holder, client=f"user:{actor.user_id}", signed_in=True)


@contextmanager
def _told(visitor: _Visitor) -> Iterator[None]:
    """To an account with two times the same is said as to one browser: signing in is no help to it."""
    try:
        yield
    except NetworkHoldsTooMany as refusal:
        if visitor.signed_in:
            raise TooManyHolds from refusal
        raise


@transaction.atomic
def _take(visitor: _Visitor, expert: Expert, slot: Slot, book: Book, allowed: int) -> Reservation:
    now, day = book.now, slot.starts_at.astimezone(book.zone).date()
    [locked] = lock_days(expert.unit_id, [day])
    allow_holds(locked, allowed)
    this_day = Q(unit=expert.unit_id, day=day)
    clear_lapsed(this_day | Q(holder=visitor.holder) | Q(client=visitor.client), now=now)
    held = Reservation.objects.filter(state="held", holder=visitor.holder, expert=expert)
    if mine := held.filter(starts_at=slot.starts_at).first():
        return mine
    with _told(visitor), the_database_agrees():
        return Reservation.objects.create(
            unit_id=expert.unit_id,
            expert=expert,
            day=day,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            blocked=blocked(slot, book, expert),
            holder=visitor.holder,
            client=visitor.client,
            signed_in=visitor.signed_in,
            expires_at=now + rules.HOLD,
        )


def blocked(slot: Slot, book: Book, expert: Expert) -> TimestamptzRange:
    """The slot with the buffer its expert's policy puts after it."""
    buffer = book.diaries[expert.pk].policy.buffer
    return TimestamptzRange(slot.starts_at.astimezone(UTC), slot.ends_at.astimezone(UTC) + buffer)


def _must_hold(holder: str, reservation: Reservation) -> None:
    if reservation.holder != holder:
        raise NotPermitted
