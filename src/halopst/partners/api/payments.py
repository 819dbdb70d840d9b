"""Payments for programs: who can be paid, the lists, and what became of them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.partners import queries
from halopst.partners.addressed import unit_of
from halopst.partners.api.parameters import MOST, Id, Month, day_of
from halopst.partners.models import PaymentLine, PaymentList, TaxPolicy, TransferReturn
from halopst.partners.queries.payments import lists as found
from halopst.partners.queries.payments.payable import PayRow, payables, rows_of
from halopst.partners.services.payments import paying, returning
from halopst.partners.wording.payments import Told, told

router = Router()
THE_LIST: Final[dict[str, Any]] = {
    "id": 4,
    "month": "2026-11-01",
    "sequence": 1,
    "state": "final",
    "method": "ter",
    "basis": "PP 58/2023 dan PMK 168/2023",
    "people": 13,
    "gross": 23_907_000,
    "tax": 0,
    "net": 23_907_000,
    "paid_on": None,
    "reason": "",
}
THE_LINE: Final[dict[str, Any]] = {
    "id": 60,
    "registration": 12,
    "mitra": "Sri Contoh",
    "gross": 1_632_000,
    "earlier_gross": 0,
    "tax_base": 1_632_000,
    "tax": 0,
    "without_npwp": False,
    "net": 1_632_000,
    "bank": "Bank Contoh",
    "tail": "6789",
    "holder": "SRI CONTOH",
    "returned_on": None,
    "return_reason": "",
}
"""What the description shows."""


class LackOut(Schema):
    """One thing a payment waits for.

    `code` is `contract handover receipt account returned holder` or `number`.
    """

    code: str
    sentence: str
    url: str


class PayableOut(Schema):
    """One approved mitra; `stage` is `kurang siap daftar dibayar` or `nihil`, `due` is for what was done."""

    model_config = example(
        approval=21,
        registration=12,
        mitra="Sri Contoh",
        approved=1_632_000,
        due=1_632_000,
        stage="kurang",
        late=False,
        payment_list=None,
        lacks=[{"code": "receipt", "sentence": "Berita acara belum ditandatangani", "url": "/surat/52/"}],
    )

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
    def of(row: PayRow, lacks: Sequence[Told]) -> "PayableOut":
        return PayableOut(
            approval=row.approval.pk,
            registration=row.approval.registration_id,
            mitra=row.person.name,
            approved=row.approval.total,
            due=row.due,
            stage=row.stage,
            late=row.is_late,
            payment_list=row.list_id,
            lacks=[LackOut(code=one.code, sentence=one.sentence, url=one.url) for one in lacks],
        )


class PaymentListOut(Schema):
    """A list, its sums in rupiah and its tax policy; `state` is `draft`, `final`, `paid` or `cancelled`."""

    model_config = example(**THE_LIST)

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

    `without_npwp` where the tax is higher because no NPWP is on record. `returned_on` and `return_reason` are
    of a transfer the bank sent back: it counts no more.
    """

    model_config = example(**THE_LINE)

    id: int
    registration: int
    mitra: str
    gross: int
    earlier_gross: int
    tax_base: int
    tax: int
    without_npwp: bool
    net: int
    bank: str
    tail: str
    holder: str
    returned_on: date | None
    return_reason: str

    @staticmethod
    def resolve_without_npwp(line: PaymentLine) -> bool:
        return line.is_raised

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
    """A list with its lines."""

    model_config = example(**THE_LIST, lines=[THE_LINE])

    lines: list[PaymentLineOut]

    @staticmethod
    def resolve_lines(row: PaymentList) -> QuerySet[PaymentLine]:
        return found.lines_of(row).select_related("handover__approval")


def _returned(line: PaymentLine) -> TransferReturn | None:
    return getattr(line, "returned", None)


class PaymentListIn(Schema):
    """`approvals` left out takes everyone who is ready, at most 1,000."""

    model_config = example(month="2026-11")

    month: Month
    approvals: list[Id] | None = None


class PaidIn(Schema):
    model_config = example(paid_on="2026-12-05")

    paid_on: date


class CancelIn(Schema):
    model_config = example(reason="Rekening satu mitra salah")

    reason: Annotated[str, Field(max_length=300)]


class ReturnIn(Schema):
    """What the bank said, and the day the money came back."""

    model_config = example(returned_on="2026-12-08", reason="Rekening tidak aktif")

    returned_on: date
    reason: Annotated[str, Field(min_length=1, max_length=300)]


class ExampleOut(Schema):
    gross: int
    base: int
    tax: int
    net: int


class TaxPolicyOut(Schema):
    """`parameters` are the method's own figures; `examples` what it keeps of well-known amounts."""

    model_config = example(
        id=1,
        office="pusat",
        method="ter",
        parameters={"brackets": [{"up_to": 5_400_000, "rate": "0"}, {"up_to": None, "rate": "34"}]},
        basis="PP 58/2023 dan PMK 168/2023",
        valid_from="2026-01-01",
        examples=[{"gross": 3_000_000, "base": 3_000_000, "tax": 0, "net": 3_000_000}],
    )

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


@router.get("/units/{slug}/tax-policy", response=TaxPolicyOut, url_name="partners-tax-policy")
def tax_policy(request: Request, slug: str, day: date) -> TaxPolicy:
    """Show the tax policy in force on a day: the office's own, else the one handed down.

    404 where there is none.
    """
    policy = queries.policy_for(unit_of(request, slug), day)
    if policy is None:
        raise Http404
    return policy


@router.get("/units/{slug}/payments", response=list[PayableOut], url_name="partners-payments")
def payments(request: Request, slug: str, month: Month, after: int = 0) -> list[PayableOut]:
    """List everyone approved for the month, by approval, at most 500; more with `after` = the last one."""
    unit = unit_of(request, slug)
    today = timezone.localdate(timezone=unit.tz)
    rows = payables(unit, day_of(month), today=today).filter(pk__gt=max(0, after)).order_by("pk")
    return [PayableOut.of(row, lacks) for row, lacks in told(rows_of(rows[:MOST]))]


@router.get("/units/{slug}/payment-lists", response=list[PaymentListOut], url_name="partners-payment-lists")
def payment_lists(request: Request, slug: str, month: Month) -> QuerySet[PaymentList]:
    """List the payment lists of the month, cancelled ones too."""
    return found.payment_lists(request.actor, unit_of(request, slug), day_of(month))


@router.post("/units/{slug}/payment-lists", response=PaymentListOut, url_name="partners-make-payment-list")
@idempotent
def make_payment_list(request: Request, slug: str, body: PaymentListIn) -> PaymentList:
    """Put those who are ready on a list; tax, accounts and legal basis are kept as they are today."""
    return paying.make_list(
        request.actor,
        unit=unit_of(request, slug),
        month=day_of(body.month),
        approvals=body.approvals,
        now=timezone.now(),
    )


@router.get("/payment-lists/{int:pk}", response=WholeListOut, url_name="partners-payment-list")
def payment_list(request: Request, pk: int) -> PaymentList:
    """Show one payment list with its lines."""
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
    """Record the day of the transfer; the list, its contracts and handover records are then paid."""
    row = _list(request, pk)
    return paying.mark_paid(request.actor, row, paid_on=body.paid_on, now=timezone.now())


@router.post(
    "/payment-lists/{int:pk}/cancel", response=PaymentListOut, url_name="partners-cancel-payment-list"
)
@idempotent
def cancel_payment_list(request: Request, pk: int, body: CancelIn) -> PaymentList:
    """Cancel a list that is not paid yet: its letter is void, its mitra may go on another list."""
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
