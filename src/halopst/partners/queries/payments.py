"""An office's month on its way to the accounts: who can be paid, who is, and what the others still lack."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Sum
from django.db.models.functions import Lower

from halopst.core.actors import Actor
from halopst.letters.models import Letter
from halopst.letters.rules import ENDED, State
from halopst.partners.contracts import about_activity
from halopst.partners.models import (
    Approval,
    BankAccount,
    Delivery,
    Handover,
    OfficeRules,
    PaymentLine,
    PaymentList,
    Person,
    Share,
)
from halopst.partners.queries.contracts import contracts_of
from halopst.partners.receipts import HANDOVER
from halopst.partners.rules.money import next_month
from halopst.partners.rules.payment import Lack, Stage, same_name, stage_of
from halopst.partners.rules.tax import Earlier
from halopst.units.models import Unit

SIGNED = frozenset({State.SIGNED, State.HANDED_OVER, State.PAID})
STAGES = ("semua", *Stage, "terlambat")


@dataclass(frozen=True, slots=True)
class PayRow:
    """One approved mitra of the month: what is due, what is still lacking, and the line that pays it."""

    approval: Approval
    handover: Handover | None
    contract: str
    receipt: str
    account: BankAccount | None
    line: PaymentLine | None
    lacks: tuple[Lack, ...]
    is_late: bool

    @property
    def person(self) -> Person:
        return self.approval.registration.person

    @property
    def due(self) -> int:
        return self.handover.due if self.handover else 0

    @property
    def stage(self) -> Stage:
        in_list = self.line.payment_list.state if self.line else ""
        return stage_of(in_list, due=self.due if self.handover else None, lacks=self.lacks)


def month_rows(
    unit: Unit, month: date, *, today: date, approvals: Collection[int] | None = None
) -> list[PayRow]:
    """Everyone approved of the office's month (or these of them), by name; a fixed number of queries."""
    found = Approval.objects.in_force().filter(registration__unit=unit, month=month)
    if approvals is not None:
        found = found.filter(pk__in=approvals)
    rows = list(
        found.select_related("registration__person__bank_account", "registration__unit", "handover").order_by(
            Lower("registration__person__name"), "pk"
        )
    )
    contracts, receipts = _contracts(rows), _receipts(unit, month, rows)
    lines = _lines(rows)
    limit = deadline(unit, month)
    return [
        _row(
            row,
            (contracts[row.pk], receipts.get(row.registration_id, "")),
            lines.get(row.pk),
            limit=limit,
            today=today,
        )
        for row in rows
    ]


def chosen(rows: Iterable[PayRow], *, text: str, stage: str) -> list[PayRow]:
    """Those whose name or district holds `text`, in one stage, or late."""
    wanted = text.casefold()
    return [
        row
        for row in rows
        if (wanted in row.person.name.casefold() or wanted in row.person.district.casefold())
        and (stage not in STAGES or stage in {"semua", row.stage} or (stage == "terlambat" and row.is_late))
    ]


def stage_counts(rows: Sequence[PayRow]) -> dict[str, int]:
    counts = {str(stage): sum(row.stage is stage for row in rows) for stage in Stage}
    return {"semua": len(rows), **counts, "terlambat": sum(row.is_late for row in rows)}


def payment_lists(actor: Actor, unit: Unit, month: date) -> QuerySet[PaymentList]:
    rows: QuerySet[PaymentList] = PaymentList.objects.visible_to(actor).filter(unit=unit, month=month)
    return rows.select_related("made_by", "paid_by").order_by("sequence")


def payment_list(actor: Actor, unit: Unit, pk: int) -> PaymentList:
    """Raises `DoesNotExist` outside the office."""
    rows = PaymentList.objects.visible_to(actor).select_related("unit", "policy", "made_by", "paid_by")
    found: PaymentList = rows.get(unit=unit, pk=pk)
    return found


def lines_of(row: PaymentList) -> QuerySet[PaymentLine]:
    """Its lines by name, each with what was done for them."""
    done = Delivery.objects.select_related("assignment__duty__activity", "assignment__duty__unit_price")
    lines: QuerySet[PaymentLine] = row.lines.select_related("handover")
    lines = lines.prefetch_related(Prefetch("handover__deliveries", queryset=done))
    return lines.order_by(Lower("name"), "pk")


def letter_of(row: PaymentList) -> Letter | None:
    """The printed list that holds, or an outdated one that waits to be replaced."""
    letters = Letter.objects.filter(unit=row.unit_id, about=about_list(row.pk)).exclude(state__in=ENDED)
    found: Letter | None = letters.select_related("number").order_by("-pk").first()
    return found


def about_list(pk: int) -> str:
    """What the letter of a payment list is about."""
    return f"partners.spj:{pk}"


def unfinished(registrations: Collection[int]) -> set[str]:
    """What contracts per activity of these are about that still have a month to pay."""
    paid = PaymentLine.objects.paid().filter(
        handover__approval__registration=OuterRef("assignment__registration"),
        handover__approval__month=OuterRef("month"),
    )
    shares = Share.objects.filter(~Exists(paid), assignment__registration__in=registrations)
    pairs = shares.order_by().values_list("assignment__registration", "assignment__duty__activity")
    return {about_activity(registration, activity) for registration, activity in pairs.distinct()}


def paid_lines(unit: Unit, month: date) -> QuerySet[PaymentLine]:
    lines: QuerySet[PaymentLine] = PaymentLine.objects.paid().filter(
        payment_list__unit=unit, payment_list__month=month
    )
    return lines.select_related("payment_list").order_by("payment_list__sequence", Lower("name"), "pk")


def deadline(unit: Unit, month: date) -> date | None:
    """The last day on which the month's honor is paid in time; None where the office has set none."""
    rules = OfficeRules.objects.filter(unit=unit).first()
    if rules is None or rules.payment_days is None:
        return None
    return next_month(month) - timedelta(days=1) + timedelta(days=rules.payment_days)


def _contracts(rows: Sequence[Approval]) -> dict[int, str]:
    """By approval, the state of what contracts its month: of several letters, one that is not signed yet."""
    found = {}
    for pk, letters in contracts_of(rows).items():
        states = [letter.state for letter in letters]
        found[pk] = next((state for state in states if state not in SIGNED), states[0] if states else "")
    return found


def _receipts(unit: Unit, month: date, rows: Sequence[Approval]) -> dict[int, str]:
    """By registration, the state of the living letter of what was handed over."""
    abouts = {f"{HANDOVER.code}:{row.registration_id}:{month:%Y-%m}": row.registration_id for row in rows}
    letters = Letter.objects.filter(unit=unit, about__in=list(abouts))
    living = letters.exclude(state__in=[State.DRAFT, *ENDED])
    return {abouts[about]: state for about, state in living.values_list("about", "state")}


def _lines(rows: Sequence[Approval]) -> dict[int, PaymentLine]:
    lines = PaymentLine.objects.standing().filter(handover__approval__in=[row.pk for row in rows])
    return {line.handover.approval_id: line for line in lines.select_related("handover", "payment_list")}


def _row(
    approval: Approval,
    papers: tuple[str, str],
    line: PaymentLine | None,
    *,
    limit: date | None,
    today: date,
) -> PayRow:
    person = approval.registration.person
    handover = getattr(approval, "handover", None)
    account = getattr(person, "bank_account", None)
    contract, receipt = papers
    paid_on = line.payment_list.paid_on if line else None
    return PayRow(
        approval=approval,
        handover=handover,
        contract=contract,
        receipt=receipt,
        account=account,
        line=line,
        lacks=() if line else tuple(_lacks(person, handover, account, contract, receipt)),
        is_late=limit is not None and (paid_on or today) > limit,
    )


def _lacks(
    person: Person, handover: Handover | None, account: BankAccount | None, contract: str, receipt: str
) -> Iterable[Lack]:
    if contract not in SIGNED:
        yield Lack.CONTRACT
    if handover is None:
        yield Lack.HANDOVER
    elif receipt not in SIGNED:
        yield Lack.RECEIPT
    if account is None:
        yield Lack.ACCOUNT
    elif account.confirmed_at is None and not same_name(account.holder, person.name):
        yield Lack.HOLDER
    if not person.nik_hash and not person.npwp_hash:
        yield Lack.NUMBER


def earlier_of(people: Collection[int], month: date) -> dict[int, Earlier]:
    """What each had in standing lists of any office for that month."""
    rows = PaymentLine.objects.standing().filter(person__in=people, payment_list__month=month)
    sums = rows.order_by().values_list("person").annotate(Sum("gross"), Sum("tax"))
    return {person: Earlier(gross, tax) for person, gross, tax in sums}
