"""Payments for programs: who can be paid, the lists, and what became of them."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from halopst.core.http import Request
from halopst.core.idempotency import idempotent
from halopst.partners import queries
from halopst.partners.api.allocation import Id, Month, day_of, unit_named
from halopst.partners.lacking import told
from halopst.partners.models import PaymentLine, PaymentList, TaxPolicy, TransferReturn
from halopst.partners.queries import payments as found
from halopst.partners.queries.following import FollowLine, follow_lines
from halopst.partners.queries.payable import PayRow, payables, rows_of
from halopst.partners.services import paying, returning

router = Router(tags=["partners"])
MOST = 500


class LackOut(Schema):
    """One thing a payment waits for.

    `code` is `contract handover receipt account returned holder` or `number`.
    """

    code: str
    sentence: str
    url: str


class PayableOut(Schema):
    """One approved mitra; `stage` is `kurang siap daftar dibayar` or `nihil`, `due` is for what was done."""

    approval: int
    registration: int
    mitra: str
    approved: int
    due: int
    stage: str
    late: bool
    payment_list: int | None
    lacks: list[LackOut]

    @staticmethod
    def of(row: PayRow) -> "PayableOut":
        return PayableOut(
            approval=row.approval.pk,
            registration=row.approval.registration_id,
            mitra=row.person.name,
            approved=row.approval.total,
            due=row.due,
            stage=row.stage,
            late=row.is_late,
            payment_list=row.list_id,
            lacks=[LackOut(code=one.code, sentence=one.sentence, url=one.url) for one in told(row)],
        )


class PaymentListOut(Schema):
    """Its sums in rupiah, and the tax policy it was made under; `state` is `draft final paid cancelled`."""

    id: int
    month: date
    sequence: int
    state: str
    method: str
    basis: str
    people: int
    gross: int
    tax: int
    net: int
    paid_on: date | None
    reason: str


class PaymentLineOut(Schema):
    """One mitra's payment; `earlier_gross` is what other lists had for the month, `tail` ends the account.

    `returned_on` and `return_reason` are of a transfer the bank sent back: it counts no more.
    """

    id: int
    registration: int
    mitra: str
    gross: int
    earlier_gross: int
    tax_base: int
    tax: int
    net: int
    bank: str
    tail: str
    holder: str
    returned_on: date | None
    return_reason: str

    @staticmethod
    def resolve_returned_on(line: PaymentLine) -> date | None:
        back = _returned(line)
        return back.returned_on if back else None

    @staticmethod
    def resolve_return_reason(line: PaymentLine) -> str:
        back = _returned(line)
        return back.reason if back else ""

    @staticmethod
    def resolve_registration(line: PaymentLine) -> int:
        registration: int = line.handover.approval.registration_id
        return registration

    @staticmethod
    def resolve_mitra(line: PaymentLine) -> str:
        return line.name


class WholeListOut(PaymentListOut):
    lines: list[PaymentLineOut]

    @staticmethod
    def resolve_lines(row: PaymentList) -> QuerySet[PaymentLine]:
        return found.lines_of(row).select_related("handover__approval")


def _returned(line: PaymentLine) -> TransferReturn | None:
    return getattr(line, "returned", None)


class ListIn(Schema):
    """`approvals` left out takes everyone who is ready, at most 1,000."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"month": "2026-11"}]})
    month: Month
    approvals: list[Id] | None = None


class PaidIn(Schema):
    paid_on: Annotated[date, Field(examples=["2026-12-05"])]


class CancelIn(Schema):
    reason: Annotated[str, Field(max_length=300, examples=["Rekening satu mitra salah"])]


class ReturnIn(Schema):
    """What the bank said, and the day the money came back."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"returned_on": "2026-12-08", "reason": "Rekening tidak aktif"}]}
    )
    returned_on: date
    reason: Annotated[str, Field(min_length=1, max_length=300)]


class ExampleOut(Schema):
    gross: int
    base: int
    tax: int
    net: int


class TaxPolicyOut(Schema):
    """`parameters` are the method's own figures; `examples` what it keeps of well-known amounts."""

    id: int
    office: str
    method: str
    parameters: dict[str, Any]
    basis: str
    valid_from: date
    examples: list[ExampleOut]

    @staticmethod
    def resolve_office(row: TaxPolicy) -> str:
        return row.unit.slug

    @staticmethod
    def resolve_examples(row: TaxPolicy) -> list[Any]:
        return list(queries.examples(row))


class FollowOut(Schema):
    """One office's month, mitra and rupiah at each step; `late` are past the limit the office has set.

    `returned` are transfers the bank sent back that are not on another list yet.
    """

    unit: str
    approved: int
    approved_honor: int
    contracted: int
    contracted_honor: int
    signed: int
    signed_honor: int
    handed_over: int
    handed_over_honor: int
    paid: int
    paid_honor: int
    tax: int
    returned: int
    late: int
    outdated: int

    @staticmethod
    def resolve_unit(line: FollowLine) -> str:
        return line.unit.slug


@router.get("/units/{slug}/monitoring/payments", response=list[FollowOut], url_name="partners-follow")
def payment_monitoring(request: Request, slug: str, month: Month) -> list[FollowLine]:
    """The office and those below it, as far as you may see them."""
    unit = unit_named(request, slug)
    today = timezone.localdate(timezone=unit.tz)
    return follow_lines(request.actor, unit, day_of(month), today=today)


@router.get("/units/{slug}/tax-policy", response=TaxPolicyOut, url_name="partners-tax-policy")
def tax_policy(request: Request, slug: str, day: date) -> TaxPolicy:
    """The one in force there on a day: the office's own, else handed down. 404 where there is none."""
    policy = queries.policy_for(unit_named(request, slug), day)
    if policy is None:
        raise Http404
    return policy


@router.get("/units/{slug}/payments", response=list[PayableOut], url_name="partners-payments")
def payments(request: Request, slug: str, month: Month, after: int = 0) -> list[PayableOut]:
    """Everyone approved for the month, by approval, at most 500; the next with `after` = the last one."""
    unit = unit_named(request, slug)
    today = timezone.localdate(timezone=unit.tz)
    rows = payables(unit, day_of(month), today=today).filter(pk__gt=max(0, after)).order_by("pk")
    return [PayableOut.of(row) for row in rows_of(rows[:MOST])]


@router.get("/units/{slug}/payment-lists", response=list[PaymentListOut], url_name="partners-payment-lists")
def payment_lists(request: Request, slug: str, month: Month) -> QuerySet[PaymentList]:
    return found.payment_lists(request.actor, unit_named(request, slug), day_of(month))


@router.post("/units/{slug}/payment-lists", response=PaymentListOut, url_name="partners-make-payment-list")
@idempotent
def make_payment_list(request: Request, slug: str, body: ListIn) -> PaymentList:
    return paying.make_list(
        request.actor,
        unit=unit_named(request, slug),
        month=day_of(body.month),
        approvals=body.approvals,
        now=timezone.now(),
    )


@router.get("/payment-lists/{int:pk}", response=WholeListOut, url_name="partners-payment-list")
def payment_list(request: Request, pk: int) -> PaymentList:
    return _list(request, pk)


@router.post("/payment-lists/{int:pk}/issue", response=PaymentListOut, url_name="partners-issue-payment-list")
@idempotent
def issue_payment_list(request: Request, pk: int) -> PaymentList:
    """Make its numbered letter, to be signed."""
    row = _list(request, pk)
    paying.issue_list(request.actor, row, now=timezone.now())
    return _list(request, pk)


@router.post("/payment-lists/{int:pk}/paid", response=PaymentListOut, url_name="partners-pay-payment-list")
@idempotent
def pay_payment_list(request: Request, pk: int, body: PaidIn) -> PaymentList:
    """Record the day of the transfer; the list, its contracts and handover letters are then paid."""
    row = _list(request, pk)
    return paying.mark_paid(request.actor, row, paid_on=body.paid_on, now=timezone.now())


@router.post(
    "/payment-lists/{int:pk}/cancel", response=PaymentListOut, url_name="partners-cancel-payment-list"
)
@idempotent
def cancel_payment_list(request: Request, pk: int, body: CancelIn) -> PaymentList:
    return paying.cancel_list(request.actor, _list(request, pk), reason=body.reason, now=timezone.now())


def _list(request: Request, pk: int) -> PaymentList:
    return get_object_or_404(PaymentList.objects.visible_to(request.actor), pk=pk)


@router.post(
    "/payment-lists/{int:pk}/lines/{int:line}/return",
    response=PaymentLineOut,
    url_name="partners-return-transfer",
)
@idempotent
def return_transfer(request: Request, pk: int, line: int, body: ReturnIn) -> PaymentLine:
    """Record that the bank sent one transfer of a paid list back; its handover may enter another list."""
    rows = _list(request, pk).lines.select_related("handover__approval", "returned")
    row = get_object_or_404(rows, pk=line)
    returning.return_transfer(
        request.actor, row, returned_on=body.returned_on, reason=body.reason, now=timezone.now()
    )
    return get_object_or_404(rows, pk=line)
