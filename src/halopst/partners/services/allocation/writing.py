"""Write the ledger to the tables: a fixed number of statements, and two more for each letter outdated."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Protocol

from django.db import IntegrityError, transaction
from django.db.models import Q

from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on, violated
from halopst.partners.models import Approval, Assignment, Excess, Share
from halopst.partners.queries.months import Key
from halopst.partners.services.allocation_refusals import GUARDS
from halopst.partners.services.contracts.contracting import outdate_letters
from halopst.partners.services.decreeing import outdate_papers
from halopst.partners.services.ledger import Entry
from halopst.partners.services.payments.refusals import BeingPaid

HELD = frozenset({"over", "budget", "census"})


class Wanted(Protocol):
    """A cell somebody asked for."""

    @property
    def key(self) -> Key: ...
    @property
    def volume(self) -> int: ...


@contextmanager
def the_database_agrees() -> Iterator[None]:
    """Turns the database's refusal to break a promise about money into one of ours."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        for constraint, refusal in GUARDS:
            if violated(error) == constraint:
                raise refusal from error
        raise


def write(
    actor: Actor,
    entries: Iterable[Entry],
    *,
    prices: Mapping[Key, int] | None = None,
    since: date = date.min,
    now: datetime,
) -> None:
    """Put the entries down and withdraw what was approved of their months.

    `prices` keeps the price of cells whose volume stays as it is. Months before `since` and those being paid
    pay what they did.
    """
    entries = list(entries)
    rows = _upserted(entries, prices or {})
    stay = [
        Q(assignment=row, month__in=entry.kept)
        for row, entry in zip(rows, entries, strict=True)
        if entry.kept
    ]
    replaced = Share.objects.filter(assignment__in=rows, month__gte=since)
    replaced = replaced.exclude(reduce(or_, stay, Q(pk__in=[])))
    shares = [
        Share(assignment=row, person_id=entry.registration.person_id, month=month, amount=amount)
        for row, entry in zip(rows, entries, strict=True)
        for month, amount in entry.shares.items()
        if amount and month >= since and month not in entry.kept
    ]
    touched = {(s.assignment.registration_id, s.month) for s in replaced.select_related("assignment")}
    touched |= {(share.assignment.registration_id, share.month) for share in shares}
    withdraw(actor, touched, changed={(e.registration.pk, e.duty.activity_id) for e in entries}, now=now)
    replaced.delete()
    Share.objects.bulk_create(shares, batch_size=5000)


def _upserted(entries: Sequence[Entry], prices: Mapping[Key, int]) -> list[Assignment]:
    """The assignments as entered, made or changed by one statement, in the order of the entries."""
    rows = [
        Assignment(
            registration=entry.registration,
            duty=entry.duty,
            volume=entry.volume,
            price=prices.get(entry.key, entry.duty.unit_price.amount),
            value=entry.value,
        )
        for entry in entries
    ]
    return Assignment.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["registration", "duty"],
        update_fields=["volume", "price", "value", "updated_at"],
    )


def withdraw(
    actor: Actor,
    months: Collection[tuple[int, object]],
    *,
    changed: Collection[tuple[int, int]] | None = None,
    now: datetime,
) -> list[Approval]:
    """Take back what was approved of these months (registration, first day), and outdate their letters.

    Contracts per activity keep what they say unless `changed` names their registration and activity.
    """
    if not months:
        return []
    held = Approval.objects.in_force().filter(
        registration__in={who for who, _ in months}, month__in={month for _, month in months}
    )
    taken = [row for row in held.held_in_turn() if (row.registration_id, row.month) in months]
    with refuse_on("a_month_being_paid_stays_approved", BeingPaid):
        Approval.objects.filter(pk__in=[row.pk for row in taken]).update(
            withdrawn_at=now, withdrawn_by=actor.user_id, updated_at=now
        )
    outdate_letters(taken, changed=changed, now=now)
    outdate_papers(_activities_of(taken), now=now)
    return taken


def _activities_of(approvals: Iterable[Approval]) -> set[int]:
    assignments = {line["assignment"] for approval in approvals for line in approval.lines}
    return set(Assignment.objects.filter(pk__in=assignments).values_list("duty__activity", flat=True))


def keep_excess(actor: Actor, refused: Sequence[tuple[Wanted, str]], *, settled: Collection[Key]) -> None:
    """Remember what the cap or the budget refused; forget it where a volume has been accepted since."""
    people, duties = {who for who, _ in settled}, {duty for _, duty in settled}
    held = Excess.objects.filter(registration__in=people, duty__in=duties)
    gone = [row.pk for row in held if (row.registration_id, row.duty_id) in settled]
    Excess.objects.filter(pk__in=gone).delete()
    Excess.objects.bulk_create(
        [
            Excess(
                registration_id=cell.key[0],
                duty_id=cell.key[1],
                volume=cell.volume,
                reason=reason,
                asked_by_id=actor.user_id,
            )
            for cell, reason in refused
            if reason in HELD
        ],
        update_conflicts=True,
        unique_fields=["registration", "duty"],
        update_fields=["volume", "reason", "asked_by", "updated_at"],
    )
