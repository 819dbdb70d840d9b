"""An office's month on its way to the accounts: who can be paid, who is, and what the others still lack.

All of it is asked of the database, so that a page costs what it shows, however large the office.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Lower, NullIf
from django.db.models.lookups import Exact

from halopst.letters.rules import SIGNED
from halopst.partners.models import (
    Approval,
    BankAccount,
    Handover,
    PaymentList,
    Person,
    TransferReturn,
)
from halopst.partners.queries.contracts.agreed import agreed_in, receipts_in
from halopst.partners.queries.reference.figures import rules_of
from halopst.partners.queries.searching import named
from halopst.partners.rules.payment import Lack, Stage, deadline_of
from halopst.units.models import Unit

PERSON = "registration__person"
ACCOUNT = f"{PERSON}__bank_account"
ALL, LATE, NO_NPWP = "semua", "terlambat", "tanpa-npwp"


class BareName(Func):
    """`SITI Nur'aini, S.ST.` as `siti nuraini`: no capitals, accents or dots; after a comma are degrees."""

    template = (
        "btrim(regexp_replace(regexp_replace(lower(normalize(split_part(%(expressions)s, ',', 1), NFKD)), "
        "'[^a-z0-9 ]', '', 'g'), ' +', ' ', 'g'))"
    )
    output_field = TextField()


@dataclass(frozen=True, slots=True)
class PayRow:
    """One approved mitra of the month: what is due, how far it has come, and what it still lacks."""

    approval: Approval
    stage: Stage
    lacks: tuple[Lack, ...]
    is_late: bool
    has_npwp: bool
    list_id: int | None
    list_sequence: int | None

    @property
    def person(self) -> Person:
        return self.approval.registration.person

    @property
    def handover(self) -> Handover | None:
        return getattr(self.approval, "handover", None)

    @property
    def account(self) -> BankAccount | None:
        return getattr(self.person, "bank_account", None)

    @property
    def due(self) -> int:
        return self.handover.due if self.handover else 0


Payables: TypeAlias = QuerySet[Any]
"""Approvals with `stage`, `is_late`, `has_npwp`, and one `lacks_...` for what a payment may wait for."""


def payables(unit: Unit, month: date, *, today: date) -> Payables:
    """Everyone approved of the office's month, by name, for `rows_of`."""
    found = Approval.objects.in_force().filter(registration__unit=unit, month=month)
    lacking = {f"lacks_{lack}": condition for lack, condition in _lacks(month).items()}
    rows: Payables = found.alias(
        line=FilteredRelation("handover__payments", condition=Q(handover__payments__stands=True))
    ).annotate(
        **{name: _is(condition) for name, condition in lacking.items()},
        list_id=F("line__payment_list"),
        list_sequence=F("line__payment_list__sequence"),
    )
    late, npwp = _late(deadline(unit, month), today), ~Q(**{f"{PERSON}__npwp_hash": ""})
    rows = rows.annotate(stage=_stage(lacking), is_late=_is(late), has_npwp=_is(npwp))
    rows = rows.select_related(ACCOUNT, "registration__unit", "handover")
    return rows.order_by(Lower(f"{PERSON}__name"), "pk")


def rows_of(approvals: Iterable[Any]) -> list[PayRow]:
    """The rows to show for some of the `payables`."""
    return [
        PayRow(
            approval=row,
            stage=Stage(row.stage),
            lacks=() if row.list_id else tuple(lack for lack in Lack if getattr(row, f"lacks_{lack}")),
            is_late=row.is_late,
            has_npwp=row.has_npwp,
            list_id=row.list_id,
            list_sequence=row.list_sequence,
        )
        for row in approvals
    ]


def chosen(rows: Payables, *, text: str, stage: str) -> Payables:
    """Those whose name or district holds `text`, in one stage, late, or ready without an NPWP."""
    rows = rows.filter(named(text, person=PERSON))
    if stage == LATE:
        return rows.filter(is_late=True)
    if stage == NO_NPWP:
        return rows.filter(stage=Stage.READY, has_npwp=False)
    return rows.filter(stage=stage) if stage in {*Stage} else rows


def stage_counts(rows: Payables) -> dict[str, int]:
    """How many are in each stage, how many are late or ready without an NPWP, and how many there are."""
    counts = {ALL: 0, **{str(stage): 0 for stage in Stage}, LATE: 0, NO_NPWP: 0}
    groups = rows.order_by().values_list("stage", "is_late", "has_npwp").annotate(Count("pk"))
    for stage, is_late, has_npwp, count in groups:
        counts[stage] += count
        counts[ALL] += count
        counts[LATE] += count if is_late else 0
        counts[NO_NPWP] += count if stage == Stage.READY and not has_npwp else 0
    return counts


def deadline(unit: Unit, month: date) -> date | None:
    """The last day on which the month's honor is paid in time; None where the office has set none."""
    days = rules_of(unit).payment_days
    return None if days is None else deadline_of(month, days)


def _lacks(month: date) -> dict[Lack, Q]:
    handed_over = Q(handover__isnull=False)
    known = Q(**{f"{ACCOUNT}__isnull": False})
    unconfirmed = Q(**{f"{ACCOUNT}__confirmed_at__isnull": True})
    numbers = {f"{PERSON}__nik_hash": "", f"{PERSON}__npwp_hash": ""}
    return {
        Lack.CONTRACT: ~agreed_in(SIGNED, month),
        Lack.HANDOVER: ~handed_over,
        Lack.RECEIPT: handed_over & ~Q(receipts_in(SIGNED, month)),
        Lack.ACCOUNT: ~known,
        Lack.RETURNED: unconfirmed & Q(Exists(_sent_back_from_it())),
        Lack.HOLDER: known & unconfirmed & ~_is_the_mitras(),
        Lack.NUMBER: Q(**numbers),
    }


def _sent_back_from_it() -> QuerySet[TransferReturn]:
    """Transfers to this mitra, of any month and office, sent back from the account on record now."""
    return TransferReturn.objects.filter(
        line__person=OuterRef(PERSON),
        line__bank=OuterRef(f"{ACCOUNT}__bank"),
        line__account_hash=OuterRef(f"{ACCOUNT}__number_hash"),
        line__holder=OuterRef(f"{ACCOUNT}__holder"),
    )


def _is_the_mitras() -> Q:
    """Whether the account's holder is the mitra, however the name is written; a name of nothing is nobody."""
    name = NullIf(BareName(F(f"{PERSON}__name")), Value(""))
    return Q(Exact(BareName(F(f"{ACCOUNT}__holder")), Coalesce(name, Value("?"))))


def _stage(lacking: Mapping[str, Q]) -> Case:
    lacks_something = reduce(or_, (Q(**{name: True}) for name in lacking))
    return Case(
        When(line__payment_list__state=PaymentList.State.PAID, then=Value(Stage.PAID)),
        When(line__isnull=False, then=Value(Stage.LISTED)),
        When(handover__due=0, then=Value(Stage.NOTHING)),
        When(lacks_something, then=Value(Stage.LACKING)),
        default=Value(Stage.READY),
        output_field=TextField(),
    )


def _late(limit: date | None, today: date) -> Q:
    """Paid after the limit, or not paid though it has passed; what pays nothing is never late."""
    if limit is None:
        return Q(pk__in=[])
    paid_late = Q(line__payment_list__paid_on__gt=limit)
    if today <= limit:
        return paid_late
    unpaid = Q(line__payment_list__paid_on__isnull=True)
    return paid_late | (unpaid & (Q(handover__isnull=True) | Q(handover__due__gt=0)))


def _is(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())
