"""Ending a contract early: what was done is kept, what was left is free for others."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.letters.models import Letter
from halopst.letters.services import CannotCompose, Composition, compose_with, issue_about
from halopst.partners import permissions
from halopst.partners.letter_kinds.receipts import ENDED, TERMINATION, about_termination
from halopst.partners.models import Approval, Assignment, Termination
from halopst.partners.queries.handovers.endings import ENDABLE, Endable, endable, is_delivered, months_of_work
from halopst.partners.queries.handovers.recorded import Plan, plans
from halopst.partners.queries.months import contracts_ended
from halopst.partners.rules.handover import days_to_end, planned_in
from halopst.partners.rules.money import next_month
from halopst.partners.rules.subjects import row_of
from halopst.partners.services.allocation.approving import approve
from halopst.partners.services.allocation.writing import the_database_agrees, write
from halopst.partners.services.allocation_refusals import REASONS, NothingToApprove
from halopst.partners.services.authority import must
from halopst.partners.services.contracts.texts import agreed_in_words, composition, month_in_words
from halopst.partners.services.handovers.handing_over import Done, record_handover
from halopst.partners.services.handovers.termination_refusals import (
    BeforeItsContract,
    DoneAlready,
    EndsOutside,
    NoContract,
    NotBegun,
    NothingBack,
    SayWhy,
    TooMuchDone,
    WhichContract,
)
from halopst.partners.services.ledger import lock, open_ledger

MOST_COST = 100_000_000


@dataclass(frozen=True, slots=True)
class Left:
    """What stays of an assignment: its `volume`, and what that pays month by month."""

    assignment: Assignment
    volume: int
    shares: Mapping[date, int]


@transaction.atomic
def terminate(  # one decision with all that is decided
    actor: Actor,
    *,
    approval: Approval,
    contract: int | None = None,
    reason: str,
    explanation: str,
    effective_on: date,
    realised: Mapping[int, int],
    training_cost: int,
    now: datetime,
) -> Letter:
    """End a contract within an approved month, and issue the letter that says so.

    `contract` is its letter, where the month has several. Volumes shrink to what was done (to nothing where
    it pays nothing), which takes approvals back and frees the cap. What is left to work and to pay is
    approved again at once, and recorded as handed over where nothing else goes on that month.
    """
    row, ended = _held(actor, approval, contract)
    made = Termination(
        **_subject(row, ended),
        reason=reason,
        explanation=" ".join(explanation.split()),
        effective_on=effective_on,
        training_cost=training_cost,
        ended_by_id=actor.user_id or 0,
        ended_at=now,
    )
    _check(made, ended.works, realised, today=now.astimezone(row.registration.unit.tz).date())
    left = _left(row, ended.works, realised if _pays(made) else {})
    approved = _approved_since(row)
    _shrink(actor, row, left, now=now)
    _keep(actor, made, ended.works, realised, left)
    _agree_again(actor, row, approved, now=now)
    if made.honor and len(ended.works) == len(row.lines):
        _hand_over(actor, row, effective_on, now=now)
    return issue_termination(actor, made, now=now)


@compose_with(TERMINATION.code)
def compose_termination(about: str, now: datetime, *, hold: bool) -> Composition:  # noqa: ARG001  # an ending stays
    """The letter of `partners.termination:<id>`."""
    rows = Termination.objects.select_related(
        "registration__person", "registration__unit", "contract__number", "activity"
    )
    row = rows.filter(pk=row_of(about)).first()
    if row is None:
        raise CannotCompose(NoContract.message, reverse("partners:home"))
    terms = {
        "perjanjian": agreed_in_words([row.contract]),
        "bulan": month_in_words(row.month),
        "nama_kegiatan": row.activity.name if row.activity else "",
        "pasal": int(row.reason.removeprefix("pasal")),
        "uraian": row.explanation,
        "berlaku": row.effective_on.isoformat(),
        "honor": row.honor,
        "biaya_pelatihan": row.training_cost,
        "kegiatan": [{field.name: line[field.name] for field in ENDED} for line in row.lines],
    }
    return composition(TERMINATION, row.registration, terms, now)


def issue_termination(actor: Actor, made: Termination, *, now: datetime) -> Letter:
    """Issue a termination's letter, anew if the one before was annulled; `AlreadyIssued` while one holds."""
    unit, about = made.registration.unit, about_termination(made.pk)
    return issue_about(actor, kind=TERMINATION.code, unit=unit, about=about, now=now)


def _held(actor: Actor, approval: Approval, contract: int | None) -> tuple[Approval, Endable]:
    """The approval in force and the contract to end, both locked; the contract is not done or paid yet."""
    lock([approval.registration.person_id], months_of_work(approval))
    row: Approval = Approval.objects.select_related("registration__unit").locked(approval.pk)
    must(actor, permissions.APPROVE, row.registration.unit_id)
    if actor.user_id is None:
        raise NotPermitted
    found = endable(row) if row.withdrawn_at is None else []
    chosen = [one for one in found if contract in {None, one.letter.pk}]
    if not chosen:
        raise NoContract
    if len(chosen) > 1:
        raise WhichContract
    (ended,) = chosen
    if Letter.objects.locked(ended.letter.pk).state not in ENDABLE:
        raise NoContract
    if is_delivered(ended.works, row.month):
        raise DoneAlready
    return row, ended


def _subject(row: Approval, ended: Endable) -> dict[str, Any]:
    return {
        "registration": row.registration,
        "month": row.month,
        "activity_id": ended.activity,
        "contract": ended.letter,
    }


def _check(made: Termination, works: Sequence[Plan], realised: Mapping[int, int], *, today: date) -> None:
    if not made.explanation:
        raise SayWhy
    if today < made.month:
        raise NotBegun
    if not made.month <= made.effective_on < next_month(made.month):
        raise EndsOutside
    first, _last = days_to_end(made.month, made.contract.dated_on)
    if made.effective_on < first:
        raise BeforeItsContract(first)
    if set(realised) != {work.assignment for work in works} or not 0 <= made.training_cost <= MOST_COST:
        raise TooMuchDone
    if any(not 0 <= realised[work.assignment] <= work.planned for work in works):
        raise TooMuchDone
    if _pays(made) and made.training_cost:
        raise NothingBack


def _pays(made: Termination) -> bool:
    return made.reason == Termination.Reason.PREVENTED


def _left(approval: Approval, works: Sequence[Plan], paid: Mapping[int, int]) -> dict[int, Left]:
    """Of each assignment what its earlier months pay, and what is `paid` of this one; later months lose all.

    But those whose own contract was ended before keep what that ending says.

    Months divide the honor of an assignment by days, not by units. This one brings what all pay together to
    the price of the units done; where the earlier ones pay more than that, to the next whole unit.
    """
    month, ended = approval.month, contracts_ended([approval.registration])
    rows = Assignment.objects.filter(pk__in=[work.assignment for work in works]).select_related(
        "duty__activity__unit", "duty__unit_price", "registration"
    )
    left = {}
    for row in rows.prefetch_related("shares"):
        amounts = {share.month: share.amount for share in row.shares.all()}
        kept = {
            which: amount
            for which, amount in amounts.items()
            if which < month or (row.registration_id, which) in ended
        }
        before = sum(kept.values())
        done = sum(planned_in(row.volume, amounts, which) for which in kept) + paid.get(row.pk, 0)
        volume = max(-(-before // row.price), done)
        left[row.pk] = Left(row, volume, {**kept, month: row.price * volume - before})
    return left


def _keep(
    actor: Actor,
    made: Termination,
    works: Sequence[Plan],
    realised: Mapping[int, int],
    left: Mapping[int, Left],
) -> None:
    pays = _pays(made)
    made.lines = [
        {
            "nama": work.activity,
            "tugas": left[work.assignment].assignment.duty_id,
            "target": work.planned,
            "realisasi": realised[work.assignment],
            "lepas": _set_free(left[work.assignment], 0 if pays else realised[work.assignment]),
            "satuan": work.volume_unit,
            "nilai": left[work.assignment].shares[made.month] if pays else 0,
        }
        for work in works
    ]
    made.honor = sum(line["nilai"] for line in made.lines)
    made.save()
    unit = made.registration.unit_id
    record(actor, "partners.contract-ended", made, unit_id=unit, reason=made.reason, honor=made.honor)


def _set_free(left: Left, unpaid: int) -> int:
    """How much volume nobody does now, later months included; what was done stays done, even `unpaid`."""
    return max(0, left.assignment.volume - left.volume - unpaid)


def _shrink(actor: Actor, row: Approval, left: Mapping[int, Left], *, now: datetime) -> None:
    kept = list(left.values())
    duties = [one.assignment.duty for one in kept]
    ledger = open_ledger(row.registration.unit_id, [row.registration], duties, row.month)
    for one in kept:
        trial = ledger.enter_shares(row.registration, one.assignment.duty, one.volume, one.shares)
        if trial.reason:
            raise REASONS[trial.reason](decision=trial.decision)
    prices = {(row.registration_id, one.assignment.duty_id): one.assignment.price for one in kept}
    with the_database_agrees():
        write(actor, ledger.entries.values(), prices=prices, since=row.month, now=now)


def _approved_since(row: Approval) -> list[date]:
    """The months of this mitra that are approved, from that one on."""
    rows = Approval.objects.in_force().filter(registration=row.registration, month__gte=row.month)
    return list(rows.order_by("month").values_list("month", flat=True))


def _agree_again(actor: Actor, row: Approval, months: Iterable[date], *, now: datetime) -> None:
    """Approve again what goes on, as it is now: one contract ends, not the others."""
    for month in months:
        with suppress(NothingToApprove):
            approve(
                actor,
                unit=row.registration.unit,
                month=month,
                registrations=[row.registration_id],
                now=now,
            )


def _hand_over(actor: Actor, row: Approval, effective_on: date, *, now: datetime) -> None:
    """Record the month as handed over: what was done by then is all that is left of it."""
    today = now.astimezone(row.registration.unit.tz).date()
    again = Approval.objects.in_force().filter(registration=row.registration, month=row.month)
    for approval in again.select_related("registration"):
        finished = min(effective_on, today)
        did = {work.assignment: Done(work.planned, finished) for work in plans([approval])[approval.pk]}
        record_handover(actor, approval=approval, done=did, handed_on=today, now=now)
