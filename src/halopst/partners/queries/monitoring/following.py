"""From approval to payment: how many of an office's month have come how far, and who is late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from halopst.core.actors import Actor
from halopst.letters.rules import HOLDING, SIGNED, State
from halopst.partners.models import Approval, OfficeRules, PaymentLine, TransferReturn
from halopst.partners.queries.contracts.agreed import agreed_in, agreed_out_of_date, receipts_in
from halopst.partners.queries.monitoring.progress import offices_below
from halopst.partners.rules.money import first_of
from halopst.partners.rules.payment import deadline_of
from halopst.units.models import Unit

OWNER = "registration__unit"


@dataclass(frozen=True, slots=True)
class FollowLine:
    """One office's month: mitra and rupiah at each step; `late` are unpaid, or were paid, past its limit.

    None are counted late, not even zero, where the office has set no limit.

    A contract counts while it holds; `outdated` are contracts and handover records that no longer say what
    is so, also while their month waits to be approved anew. Paid rupiah are gross, `tax` of them withheld;
    `returned` were sent back by the bank and wait for another list.
    """

    unit: Unit
    approved: int = 0
    approved_honor: int = 0
    contracted: int = 0
    contracted_honor: int = 0
    signed: int = 0
    signed_honor: int = 0
    handed_over: int = 0
    handed_over_honor: int = 0
    paid: int = 0
    paid_honor: int = 0
    tax: int = 0
    returned: int = 0
    outdated: int = 0
    late: int | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing was approved, so that there is nothing to follow."""
        return not (self.approved or self.paid or self.returned or self.outdated or self.late)


FIGURES = tuple(field.name for field in fields(FollowLine) if field.name not in {"unit", "late"})


def follow_lines(actor: Actor, unit: Unit, month: date, *, today: date) -> list[FollowLine]:
    """A line for the office and each office below it; a fixed number of queries, however many."""
    units = offices_below(actor, unit)
    found = {row.pk: dict.fromkeys(FIGURES, 0) for row in units}
    for row in (*_steps(units, month), *_stale(units, month), *_paid(units, month), *_returned(units, month)):
        for name in FIGURES:
            found[row[OWNER]][name] += row.get(name, 0)
    late = _late(units, month, today)
    return [FollowLine(row, **found[row.pk], late=late.get(row.pk)) for row in units]


def follow_total(lines: Iterable[FollowLine], unit: Unit) -> FollowLine:
    rows = list(lines)
    watched = [row.late for row in rows if row.late is not None]
    late = sum(watched) if watched else None
    return FollowLine(unit, **{name: sum(getattr(row, name) for row in rows) for name in FIGURES}, late=late)


def month_under_way(unit: Unit, month: date) -> date | None:
    """`month`, or the month before until something of it is approved."""
    before = first_of(month - timedelta(days=1))
    return next((one for one in (month, before) if _agreed([unit], one).exists()), None)


def papers_under_way(unit: Unit, month: date) -> FollowLine:
    """How far the papers of one office's month have come; of thousands this takes a while to count."""
    found = dict.fromkeys(FIGURES, 0)
    for row in (*_steps([unit], month), *_paid([unit], month)):
        found |= {name: found[name] + row.get(name, 0) for name in FIGURES}
    return FollowLine(unit, **found)


def _agreed(units: Iterable[Unit], month: date) -> QuerySet[Approval]:
    agreed: QuerySet[Approval] = Approval.objects.in_force().filter(month=month, registration__unit__in=units)
    return agreed


def _papers(units: Iterable[Unit], month: date) -> Iterable[dict[str, Any]]:
    """By office, how many share the same state of their papers, and their rupiah.

    `step` is 1 with a contract, 2 with a signed one.
    """
    papers = _agreed(units, month).annotate(
        step=Case(When(agreed_in(SIGNED, month), then=2), When(agreed_in(HOLDING, month), then=1), default=0)
    )
    rows: Iterable[dict[str, Any]] = (
        papers.order_by()
        .values(OWNER, "step")
        .annotate(people=Count("pk"), honor=Sum("total"), handed=Count("handover"))
        .annotate(due=Coalesce(Sum("handover__due"), 0))
    )
    return rows


def _steps(units: Iterable[Unit], month: date) -> Iterable[dict[str, Any]]:
    for row in _papers(units, month):
        contracted, signed = row["step"] > 0, row["step"] > 1
        yield {
            OWNER: row[OWNER],
            "approved": row["people"],
            "approved_honor": row["honor"],
            "contracted": row["people"] * contracted,
            "contracted_honor": row["honor"] * contracted,
            "signed": row["people"] * signed,
            "signed_honor": row["honor"] * signed,
            "handed_over": row["handed"],
            "handed_over_honor": row["due"],
        }


def _stale(units: Iterable[Unit], month: date) -> Iterable[dict[str, Any]]:
    """By office, how many letters are out of date."""
    rows: Iterable[dict[str, Any]] = (
        with_stale_letters(units, month).order_by().values(OWNER).annotate(outdated=Sum("stale"))
    )
    return rows


def with_stale_letters(units: Iterable[Unit], month: date) -> QuerySet[Approval, Any]:
    """Months with letters out of date, `stale` of them.

    What strikes a letter withdraws its approval, too: the last one of a month counts.
    """
    later = Approval.objects.filter(
        registration=OuterRef("registration"), month=OuterRef("month"), pk__gt=OuterRef("pk")
    )
    last = Approval.objects.filter(~Exists(later), month=month, registration__unit__in=units)
    received = Case(When(receipts_in([State.OUTDATED], month), then=1), default=0)
    stale = agreed_out_of_date(month) + received
    found: QuerySet[Approval, Any] = last.alias(any=stale).filter(any__gt=0).annotate(stale=stale)
    return found


def _paid(units: Iterable[Unit], month: date) -> Iterable[dict[str, Any]]:
    rows = PaymentLine.objects.paid().filter(payment_list__unit__in=units, payment_list__month=month)
    sums: QuerySet[PaymentLine, dict[str, Any]] = (
        rows.order_by()
        .values("payment_list__unit")
        .annotate(paid=Count("pk"), paid_honor=Sum("gross"), withheld=Sum("tax"))
    )
    return [{**row, OWNER: row["payment_list__unit"], "tax": row["withheld"]} for row in sums]


def _returned(units: Iterable[Unit], month: date) -> Iterable[dict[str, Any]]:
    """By office, the transfers the bank sent back that are not on another list yet."""
    again = PaymentLine.objects.standing().filter(handover=OuterRef("line__handover"))
    rows = TransferReturn.objects.filter(~Exists(again), line__payment_list__month=month)
    owner = "line__payment_list__unit"
    counts = rows.filter(line__payment_list__unit__in=units).order_by().values_list(owner)
    return [{OWNER: unit, "returned": count} for unit, count in counts.annotate(Count("pk"))]


def _late(units: Iterable[Unit], month: date, today: date) -> Mapping[int, int]:
    """By office: those unpaid today past its limit, and those paid after it."""
    days = OfficeRules.objects.filter(unit__in=units).values_list("unit", "payment_days")
    limits = {owner: deadline_of(month, count) for owner, count in days if count is not None}
    late = dict.fromkeys(limits, 0)
    over = [owner for owner, limit in limits.items() if today > limit]
    paid = PaymentLine.objects.paid().filter(handover__approval=OuterRef("pk"))
    waiting = _agreed(units, month).filter(~Exists(paid), registration__unit__in=over)
    waiting = waiting.exclude(handover__due=0)
    for owner, count in waiting.order_by().values_list(OWNER).annotate(Count("pk")):
        late[owner] += count
    lines = PaymentLine.objects.paid().filter(payment_list__unit__in=limits, payment_list__month=month)
    groups = lines.order_by().values_list("payment_list__unit", "payment_list__paid_on").annotate(Count("pk"))
    for owner, paid_on, count in groups:
        late[owner] += count if paid_on > limits[owner] else 0
    return late
