"""Paying: making a list, its letter, and recording the day it was paid."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as say

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted
from halopst.letters import services as letters
from halopst.letters.models import Letter
from halopst.letters.rules import SIGNED, State
from halopst.partners import permissions
from halopst.partners.letter_kinds.payment_lists import PAYMENT_LIST, about_list
from halopst.partners.models import PaymentLine, PaymentList, TaxPolicy
from halopst.partners.queries.contracts.agreements import papers_paid
from halopst.partners.queries.payments import lists as queries
from halopst.partners.queries.payments.payable import Payables, PayRow, payables, rows_of
from halopst.partners.queries.reference.tax import policy_for
from halopst.partners.rules.money import first_of, last_day_of
from halopst.partners.rules.payment import Stage
from halopst.partners.rules.tax import NOTHING, Earlier, Withheld, withhold_next
from halopst.partners.services.ledger import lock
from halopst.partners.services.payments.refusals import (
    BadPaymentDay,
    ListedElsewhere,
    ListNotSigned,
    NobodyToPay,
    NoTaxPolicy,
    NothingToPay,
    PaperGone,
    PaymentOutOfTurn,
    ReasonForCancelling,
)
from halopst.units.models import Unit

MOST_LINES = 1000
LONGEST_REASON = 300
OPEN = frozenset({PaymentList.State.DRAFT, PaymentList.State.FINAL})


@transaction.atomic
def make_list(
    actor: Actor,
    *,
    unit: Unit,
    month: date,
    now: datetime,
    approvals: Collection[int] | None = None,
) -> PaymentList:
    """Put everyone who is ready on a list, or those of these `approvals`; at most 1,000 by name.

    Tax is taken under the policy in force on the month's last day. The people's months are held meanwhile, so
    that two offices paying one person at once both see what the other withholds.
    """
    if not actor.may(permissions.PAY, unit.pk) or actor.user_id is None:
        raise NotPermitted
    if approvals is not None and not approvals:
        raise NobodyToPay
    month = first_of(month)
    policy = policy_of_month(unit, month)
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    rows = _ready(unit, month, approvals, now)
    lock([row.person.pk for row in rows], [month])
    rows = _ready(unit, month, approvals, now)
    if not rows:
        raise NothingToPay
    made = PaymentList(unit=unit, month=month, made_by_id=actor.user_id, made_at=now, policy=policy)
    made.method, made.parameters, made.basis = policy.method, policy.parameters, policy.basis
    _saved(made, reckon(rows, policy, month))
    record(
        actor, "partners.payment-list-made", made, month=f"{month:%Y-%m}", people=made.people, net=made.net
    )
    return made


def policy_of_month(unit: Unit, month: date) -> TaxPolicy:
    """The tax policy in force on the last day of the month the honor is for."""
    policy = policy_for(unit, last_day_of(month))
    if policy is None:
        raise NoTaxPolicy
    return policy


def reckon(rows: Sequence[PayRow], policy: TaxPolicy, month: date) -> list[PaymentLine]:
    """The lines these mitra would get under `policy`, not yet saved nor of any list."""
    earlier = queries.earlier_of([row.person.pk for row in rows], month)
    return [_line(row, policy, earlier.get(row.person.pk, NOTHING)) for row in rows]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one list of those who are ready would come to today; `raised` pay more tax without an NPWP."""

    people: int
    gross: int
    tax: int
    raised: int

    @property
    def net(self) -> int:
        return self.gross - self.tax


def estimate(unit: Unit, month: date, policy: TaxPolicy, *, now: datetime) -> Estimate:
    """Two queries, and at most as many rows as a list holds."""
    ready = _payables(unit, month, now).filter(stage=Stage.READY)
    person = "registration__person"
    owed = list(ready.values_list(person, f"{person}__npwp_hash", "handover__due")[:MOST_LINES])
    earlier = queries.earlier_of([who for who, _npwp, _due in owed], month)
    withheld = [_withheld(due, policy, earlier.get(who, NOTHING), npwp) for who, npwp, due in owed]
    return Estimate(
        people=len(owed),
        gross=sum(one.gross for one in withheld),
        tax=sum(one.tax for one in withheld),
        raised=sum(one.raised for one in withheld),
    )


@transaction.atomic
def issue_list(actor: Actor, row: PaymentList, *, now: datetime) -> Letter:
    """Make the numbered letter of the list; again, when the one before was annulled."""
    held = _held(actor, row)
    if held.state not in OPEN:
        raise PaymentOutOfTurn(held)
    about = about_list(held.pk)
    letter = letters.issue_about(actor, kind=PAYMENT_LIST.code, unit=held.unit, about=about, now=now)
    if held.state == PaymentList.State.DRAFT:
        held.state = PaymentList.State.FINAL
        held.save(update_fields=["state", "updated_at"])
    record(actor, "partners.payment-list-issued", held, letter=letter.pk)
    return letter


@transaction.atomic
def mark_paid(actor: Actor, row: PaymentList, *, paid_on: date, now: datetime) -> PaymentList:
    """Record that the bank has transferred it: the list, its contracts and handover records are now paid."""
    held = _held(actor, row)
    if held.state != PaymentList.State.FINAL:
        raise PaymentOutOfTurn(held)
    letter = queries.letter_of(held)
    if letter is None or letter.state not in SIGNED:
        raise ListNotSigned
    if not letter.dated_on <= paid_on <= now.astimezone(held.unit.tz).date():
        raise BadPaymentDay
    held.state, held.paid_on, held.paid_by_id = PaymentList.State.PAID, paid_on, actor.user_id
    held.save(update_fields=["state", "paid_on", "paid_by", "updated_at"])
    _still_signed(held, now)
    settled = letters.settle(actor, unit=held.unit, abouts=[letter.about, *_abouts(held)], now=now)
    record(actor, "partners.payment-list-paid", held, paid_on=paid_on.isoformat(), letters=settled)
    return held


@transaction.atomic
def cancel_list(actor: Actor, row: PaymentList, *, reason: str, now: datetime) -> PaymentList:
    """Let its handovers go, for another list or a correction; its letter is void and keeps its number."""
    held = _held(actor, row)
    if held.state not in OPEN:
        raise PaymentOutOfTurn(held)
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ReasonForCancelling
    letter = queries.letter_of(held)
    if letter is not None and letter.state != State.PAID:
        letters.annul(actor, letter, reason=reason, now=now)
    held.state, held.reason = PaymentList.State.CANCELLED, reason
    held.save(update_fields=["state", "reason", "updated_at"])
    record(actor, "partners.payment-list-cancelled", held)
    return held


def _held(actor: Actor, row: PaymentList) -> PaymentList:
    held: PaymentList = PaymentList.objects.select_related("unit").locked(row.pk)
    if not actor.may(permissions.PAY, held.unit_id):
        raise NotPermitted
    return held


def _ready(unit: Unit, month: date, approvals: Collection[int] | None, now: datetime) -> list[PayRow]:
    rows = _payables(unit, month, now).filter(stage=Stage.READY)
    return rows_of((rows if approvals is None else rows.filter(pk__in=approvals))[:MOST_LINES])


def _payables(unit: Unit, month: date, now: datetime) -> Payables:
    return payables(unit, month, today=now.astimezone(unit.tz).date())


def _line(row: PayRow, policy: TaxPolicy, earlier: Earlier) -> PaymentLine:
    withheld = _withheld(row.due, policy, earlier, row.person.npwp_hash)
    line = PaymentLine(handover=row.handover, person=row.person, name=row.person.name, gross=row.due)
    line.earlier_gross, line.earlier_tax = earlier.gross, earlier.tax
    line.tax_base, line.tax, line.net = withheld.base, withheld.tax, withheld.net
    line.is_raised = withheld.raised
    if row.account is not None:
        line.bank, line.holder, line.tail = row.account.bank, row.account.holder, row.account.tail
        line.account_locked, line.account_hash = row.account.number_locked, row.account.number_hash
    return line


def _withheld(due: int, policy: TaxPolicy, earlier: Earlier, npwp_hash: str) -> Withheld:
    return withhold_next(
        due,
        method=policy.method,
        parameters=policy.parameters,
        earlier=earlier,
        has_tax_number=bool(npwp_hash),
    )


def _saved(made: PaymentList, lines: Sequence[PaymentLine]) -> PaymentList:
    """The list with these lines and their sums."""
    last = PaymentList.objects.filter(unit=made.unit, month=made.month).aggregate(last=Max("sequence"))[
        "last"
    ]
    made.sequence, made.people = (last or 0) + 1, len(lines)
    made.gross, made.tax = sum(line.gross for line in lines), sum(line.tax for line in lines)
    made.net = made.gross - made.tax
    made.save(force_insert=True)
    for line in lines:
        line.payment_list = made
    with (
        refuse_on("a_handover_is_paid_once", ListedElsewhere),
        refuse_on("a_payment_pays_what_was_handed_over", ListedElsewhere),
    ):
        PaymentLine.objects.bulk_create(lines, batch_size=500)
    return made


def _still_signed(row: PaymentList, now: datetime) -> None:
    """Refuse a list if one of its contracts or handover records is no longer signed."""
    rows = _payables(row.unit, row.month, now).filter(handover__payments__payment_list=row)
    gone = rows.filter(Q(lacks_contract=True) | Q(lacks_receipt=True))
    if name := gone.values_list("registration__person__name", flat=True).first():
        said = say("Perjanjian atau berita acara %(nama)s tidak berlaku lagi. Buat dahulu yang baru.")
        raise PaperGone(said % {"nama": name})


def _abouts(row: PaymentList) -> list[str]:
    """The subjects of a list's handover records, and of its contracts that have all months paid."""
    lines = row.lines.standing().select_related("handover__approval")
    return papers_paid([line.handover.approval for line in lines])
