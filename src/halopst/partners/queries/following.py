"""From approval to payment: how many of an office's month have come how far, and who is late."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.expressions import Expression
from django.db.models.functions import Cast, Coalesce, Concat

from halopst.core.actors import Actor
from halopst.letters.models import Letter
from halopst.letters.rules import ENDED, State
from halopst.partners.contracts import ACTIVITY_CONTRACT, MONTHLY_CONTRACT
from halopst.partners.models import Approval, OfficeRules, PaymentLine, Share
from halopst.partners.queries.monitoring import offices_below
from halopst.partners.queries.payments import SIGNED
from halopst.partners.receipts import HANDOVER
from halopst.partners.rules.money import next_month
from halopst.units.models import Unit

OWNER = "registration__unit"
HOLDING = frozenset({State.FINAL, State.PRINTED, *SIGNED})


@dataclass(frozen=True, slots=True)
class FollowLine:
    """One office's month: mitra and rupiah at each step; `late` are unpaid, or were paid, past its limit.

    A contract counts while it holds; `outdated` are contracts and handover letters that no longer say what
    is so. Paid rupiah are gross, `tax` of them withheld.
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
    late: int = 0
    outdated: int = 0

    @property
    def paid_percent(self) -> int:
        return 100 * self.paid // self.approved if self.approved else 0


FIGURES = tuple(field.name for field in fields(FollowLine) if field.name != "unit")


def follow_lines(actor: Actor, unit: Unit, month: date, *, today: date) -> list[FollowLine]:
    """The office and those below it; a fixed number of queries, however many."""
    units = offices_below(actor, unit)
    found = {row.pk: dict.fromkeys(FIGURES, 0) for row in units}
    for row in (*_steps(units, month), *_paid(units, month)):
        found[row[OWNER]] |= {name: value for name, value in row.items() if name in FIGURES}
    for owner, count in _late(units, month, today).items():
        found[owner]["late"] = count
    return [FollowLine(row, **found[row.pk]) for row in units]


def follow_total(lines: Iterable[FollowLine], unit: Unit) -> FollowLine:
    rows = list(lines)
    return FollowLine(unit, **{name: sum(getattr(row, name) for row in rows) for name in FIGURES})


def _agreed(units: Iterable[Unit], month: date) -> QuerySet[Approval]:
    agreed: QuerySet[Approval] = Approval.objects.in_force().filter(month=month, registration__unit__in=units)
    return agreed.annotate(
        contract=_paper(MONTHLY_CONTRACT.code, month),
        receipt=_paper(HANDOVER.code, month),
        parts_hold=_every_activity_has_a(HOLDING, month),
        parts_signed=_every_activity_has_a(SIGNED, month),
    )


def _paper(kind: str, month: date) -> Subquery:
    """The state of the living letter of this kind about an approval's month."""
    about = Concat(
        Value(f"{kind}:"),
        Cast(OuterRef("registration"), CharField()),
        Value(f":{month:%Y-%m}"),
        output_field=CharField(),
    )
    letters = Letter.objects.filter(kind=kind, about=about).exclude(state__in=[State.DRAFT, *ENDED])
    return Subquery(letters.order_by("-pk").values("state")[:1])


def _every_activity_has_a(states: Collection[str], month: date) -> Expression:
    """Whether each activity of an approval's month has a contract of its own in one of these states."""
    about = Concat(
        Value(f"{ACTIVITY_CONTRACT.code}:"),
        Cast(OuterRef("assignment__registration"), CharField()),
        Value(":"),
        Cast(OuterRef("assignment__duty__activity"), CharField()),
        output_field=CharField(),
    )
    letters = Letter.objects.filter(kind=ACTIVITY_CONTRACT.code, about=about, state__in=states)
    shares = Share.objects.filter(month=month, assignment__registration=OuterRef("registration"))
    return ~Exists(shares.filter(~Exists(letters)))


def _steps(units: Iterable[Unit], month: date) -> Iterable[dict[str, Any]]:
    holds = Q(contract__in=HOLDING) | Q(contract__isnull=True, parts_hold=True)
    signed = Q(contract__in=SIGNED) | Q(contract__isnull=True, parts_signed=True)
    rows: QuerySet[Approval, dict[str, Any]] = (
        _agreed(units, month)
        .order_by()
        .values(OWNER)
        .annotate(
            approved=Count("pk"),
            approved_honor=Sum("total"),
            contracted=Count("pk", filter=holds),
            contracted_honor=Coalesce(Sum("total", filter=holds), 0),
            signed=Count("pk", filter=signed),
            signed_honor=Coalesce(Sum("total", filter=signed), 0),
            handed_over=Count("handover"),
            handed_over_honor=Coalesce(Sum("handover__due"), 0),
            outdated=Count("pk", filter=Q(contract=State.OUTDATED))
            + Count("pk", filter=Q(receipt=State.OUTDATED)),
        )
    )
    return rows


def _paid(units: Iterable[Unit], month: date) -> Iterable[dict[str, Any]]:
    rows = PaymentLine.objects.paid().filter(payment_list__unit__in=units, payment_list__month=month)
    sums: QuerySet[PaymentLine, dict[str, Any]] = (
        rows.order_by()
        .values("payment_list__unit")
        .annotate(paid=Count("pk"), paid_honor=Sum("gross"), withheld=Sum("tax"))
    )
    return [{**row, OWNER: row["payment_list__unit"], "tax": row["withheld"]} for row in sums]


def _late(units: Iterable[Unit], month: date, today: date) -> Mapping[int, int]:
    """By office: those unpaid today past its limit, and those paid after it."""
    ends = next_month(month) - timedelta(days=1)
    days = OfficeRules.objects.filter(unit__in=units, payment_days__isnull=False)
    limits = {row.unit_id: ends + timedelta(days=row.payment_days or 0) for row in days}
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
