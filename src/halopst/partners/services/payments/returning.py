"""A transfer the bank sent back: it counts no more, and is paid on another list once the account is right."""

from datetime import date, datetime

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted
from halopst.letters import services as letters
from halopst.partners import permissions
from halopst.partners.models import BankAccount, PaymentLine, PaymentList, Person, TransferReturn
from halopst.partners.queries.contracts.agreements import papers_paid
from halopst.partners.services.own.telling import tell_transfer_returned
from halopst.partners.services.payments.refusals import (
    AlreadyReturned,
    BadReturnDay,
    NotYetPaid,
    ReasonForReturn,
)

LONGEST_REASON = 300


@transaction.atomic
def return_transfer(
    actor: Actor, line: PaymentLine, *, returned_on: date, reason: str, now: datetime
) -> TransferReturn:
    """Note that the bank sent the money of one line of a paid list back.

    The list, its sums and its letter stay as they are. The mitra's contract and handover record wait to be
    paid again, and their account to be mended or confirmed anew.
    """
    held: PaymentList = PaymentList.objects.select_related("unit").locked(line.payment_list_id)
    if not actor.may(permissions.PAY, held.unit_id) or actor.user_id is None:
        raise NotPermitted
    row = PaymentLine.objects.select_related("handover__approval").get(pk=line.pk)
    reason = reason.strip()
    _check(held, row, returned_on, reason, now)
    papers = papers_paid([row.handover.approval])
    made = TransferReturn(line=row, returned_on=returned_on, reason=reason, recorded_at=now)
    made.recorded_by_id = actor.user_id
    with refuse_on("only_a_paid_line_comes_back", AlreadyReturned):
        made.save(force_insert=True)
    reopened = letters.reopen(actor, unit=held.unit, abouts=papers, now=now)
    _doubt_the_account(row)
    record(actor, "partners.transfer-returned", held, line=row.pk, net=row.net, letters=reopened)
    tell_transfer_returned(made, now=now)
    return made


def _check(held: PaymentList, row: PaymentLine, returned_on: date, reason: str, now: datetime) -> None:
    if held.state != PaymentList.State.PAID or held.paid_on is None:
        raise NotYetPaid
    if not row.stands:
        raise AlreadyReturned
    if not held.paid_on <= returned_on <= now.astimezone(held.unit.tz).date():
        raise BadReturnDay
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ReasonForReturn


def _doubt_the_account(row: PaymentLine) -> None:
    """What the mitra confirmed no longer counts, unless another account is on record by now."""
    Person.objects.locked(row.person_id)
    account = BankAccount.objects.filter(
        person=row.person_id, bank=row.bank, number_hash=row.account_hash, holder=row.holder
    ).first()
    if account is not None:
        account.confirmed_at = None
        account.save(update_fields=["confirmed_at", "updated_at"])
