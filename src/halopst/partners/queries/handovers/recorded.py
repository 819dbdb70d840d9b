"""An office's month after the work: what was approved, what of it was handed over, and on which paper."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat, Lower

from halopst.core.actors import Actor
from halopst.letters.models import Letter
from halopst.letters.rules import ENDED, SIGNABLE, SIGNED, State
from halopst.partners.letter_kinds.receipts import HANDOVER
from halopst.partners.models import Approval, Delivery, Handover, PaymentLine, PaymentList, Share
from halopst.partners.queries.searching import named
from halopst.partners.rules.handover import planned_in
from halopst.partners.rules.money import last_day_of
from halopst.units.models import Unit

STATES = {
    "semua": Q(),
    "belum": Q(handover__isnull=True),
    "tercatat": Q(handover__isnull=False)
    & (Q(letter_state__isnull=True) | Q(letter_state__in=[State.DRAFT, State.OUTDATED])),
    "jadi": Q(letter_state__in=SIGNABLE),
    "ditandatangani": Q(letter_state__in=SIGNED),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One line of an approved month, as its work is to be handed over; `delivery` once it was."""

    assignment: int
    activity: str
    volume_unit: str
    planned: int
    amount: int
    deadline: date
    delivery: Delivery | None = None


@dataclass(slots=True)
class Terms:
    """An assignment's volume as it is now, and what it pays in each of its months."""

    volume: int = 0
    amounts: dict[date, int] = field(default_factory=dict)


def month_rows(actor: Actor, unit: Unit, month: date) -> QuerySet[Approval]:
    """Every approval in force, with `letter` and `letter_state` of its handover paper.

    `is_listed` are those on a payment list that was not cancelled: their figures are corrected no more.
    """
    about = Concat(
        Value(f"{HANDOVER.code}:"),
        Cast("registration", CharField()),
        Value(f":{month:%Y-%m}"),
        output_field=CharField(),
    )
    letters = Letter.objects.filter(unit=unit, kind=HANDOVER.code, about=OuterRef("about"))
    newest = letters.exclude(state__in=ENDED).order_by("-pk")
    listed = PaymentLine.objects.binding().filter(handover__approval=OuterRef("pk"))
    return (
        Approval.objects.visible_to(actor)
        .in_force()
        .filter(registration__unit=unit, month=month)
        .annotate(about=about, is_listed=Exists(listed))
        .annotate(letter=Subquery(newest.values("pk")[:1]), letter_state=Subquery(newest.values("state")[:1]))
    )


def list_of(actor: Actor, handover: Handover) -> PaymentList | None:
    """The newest payment list, not cancelled, that has this handover."""
    lines = PaymentLine.objects.visible_to(actor).binding().filter(handover=handover)
    line = lines.select_related("payment_list").order_by("-pk").first()
    return line.payment_list if line else None


def state_counts(rows: QuerySet[Approval]) -> dict[str, int]:
    return rows.aggregate(**{key: Count("pk", filter=chosen) for key, chosen in STATES.items() if chosen})


def honor_of(rows: QuerySet[Approval]) -> dict[str, int]:
    """The honor approved, and how much of it is due for what was handed over."""
    return rows.aggregate(approved=Coalesce(Sum("total"), 0), due=Coalesce(Sum("handover__due"), 0))


def narrowed(rows: QuerySet[Approval], *, text: str, chosen: str) -> QuerySet[Approval]:
    who = "registration__person"
    rows = rows.filter(named(text, person=who), STATES.get(chosen, Q())).select_related(who, "handover")
    return rows.order_by(Lower(f"{who}__name"), "pk")


def plans(approvals: Sequence[Approval]) -> dict[int, list[Plan]]:
    """The lines of these approvals, each with what was handed over of it; two queries for all of them."""
    lines = [line for approval in approvals for line in approval.lines]
    terms: defaultdict[int, Terms] = defaultdict(Terms)
    shares = Share.objects.filter(assignment__in=[line["assignment"] for line in lines]).order_by("month")
    fields = ("assignment", "assignment__volume", "month", "amount")
    for assignment, volume, month, amount in shares.values_list(*fields):
        terms[assignment].volume = volume
        terms[assignment].amounts[month] = amount
    deliveries = Delivery.objects.filter(handover__approval__in=approvals)
    done = {
        (row.handover.approval_id, row.assignment_id): row for row in deliveries.select_related("handover")
    }
    return {
        approval.pk: [
            _plan(
                approval.month, line, terms[line["assignment"]], done.get((approval.pk, line["assignment"]))
            )
            for line in approval.lines
        ]
        for approval in approvals
    }


def _plan(month: date, line: dict[str, Any], terms: Terms, delivery: Delivery | None) -> Plan:
    last = min(last_day_of(month), date.fromisoformat(line["ends"]) - timedelta(days=1))
    # A later month may have shrunk since; a month withdrawn since keeps its line, though its shares are gone.
    volume, amounts = terms.volume, terms.amounts
    if month not in amounts:
        volume, amounts = line["volume"], {month: line["value"]}
    return Plan(
        assignment=line["assignment"],
        activity=line["activity"],
        volume_unit=line["volume_unit"],
        planned=delivery.planned if delivery else planned_in(volume, amounts, month),
        amount=line["amount"],
        deadline=last,
        delivery=delivery,
    )
