"""Approving a month as it stands: prices, volumes and the cap of that day are kept for good."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.partners import permissions
from halopst.partners.models import Approval, Excess, Registration, Share
from halopst.partners.queries.allocation.idle import of_idle
from halopst.partners.queries.contracts.agreements import payable
from halopst.partners.queries.months import Books, Cap
from halopst.partners.queries.planning.duties import duties_of
from halopst.partners.queries.reference.figures import rules_of
from halopst.partners.rules.caps import Decision, decide
from halopst.partners.rules.money import first_of
from halopst.partners.services.allocation.writing import withdraw as take_back
from halopst.partners.services.allocation_refusals import NobodyToApprove, NothingToApprove, NotInForce
from halopst.partners.services.ledger import lock
from halopst.units.models import Unit


@dataclass(slots=True)
class Approved:
    """`skipped` are those left out, with why: "over", "uncapped", "census", "held", "inactive" or "changed".

    Held are those with a refused volume; inactive those no longer active, or blacklisted in that month;
    changed those whose honor is another than whoever approves was shown.
    """

    approvals: list[Approval] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(approval.total for approval in self.approvals)


@transaction.atomic
def approve(
    actor: Actor,
    *,
    unit: Unit,
    month: date,
    now: datetime,
    registrations: Collection[int] | None = None,
    shown: Mapping[int, int] | None = None,
) -> Approved:
    """Approve every mitra's month that is not approved yet, or of these `registrations` only.

    The cap is decided once more on what is there now; who does not pass is left out and named. With `shown`,
    the honor of each as whoever approves saw it, so is who has another by now or was not among them.
    """
    if not actor.may(permissions.APPROVE, unit.pk) or actor.user_id is None:
        raise NotPermitted
    if registrations is not None and not registrations:
        raise NobodyToApprove
    month = first_of(month)
    rows = _waiting(unit, month, registrations)
    lock([row.person_id for row in rows], [month])
    rows = _waiting(unit, month, registrations)
    changed = set() if shown is None else _changed(rows, month, shown)
    done = _decided(actor.user_id, unit, month, rows, changed, now=now)
    if not done.approvals and not done.skipped:
        raise NothingToApprove
    Approval.objects.bulk_create(done.approvals)
    ids = [approval.pk for approval in done.approvals]
    if ids:
        record(actor, "partners.month-approved", unit, unit_id=unit.pk, month=f"{month:%Y-%m}", approvals=ids)
    return done


@transaction.atomic
def withdraw(actor: Actor, *, approval: Approval, now: datetime) -> Approval:
    """Take an approval back: the month may change again, and letters that rest on it are out of date."""
    row = Approval.objects.select_related("registration").locked(approval.pk)
    if not actor.may(permissions.APPROVE, row.registration.unit_id):
        raise NotPermitted
    if row.withdrawn_at is not None:
        raise NotInForce
    take_back(actor, {(row.registration_id, row.month)}, now=now)
    record(
        actor,
        "partners.approval-withdrawn",
        row,
        unit_id=row.registration.unit_id,
        month=f"{row.month:%Y-%m}",
    )
    row.refresh_from_db()
    return row


def _waiting(unit: Unit, month: date, chosen: Collection[int] | None) -> list[Registration]:
    paid = payable(Share.objects.filter(month=month, assignment__registration__unit=unit))
    agreed = Approval.objects.in_force().filter(month=month, registration__unit=unit)
    rows = Registration.objects.filter(unit=unit, pk__in=paid.values("assignment__registration"))
    rows = rows.exclude(pk__in=agreed.values("registration"))
    return list(rows if chosen is None else rows.filter(pk__in=chosen))


def _changed(rows: Sequence[Registration], month: date, shown: Mapping[int, int]) -> set[int]:
    """Those of `rows` somebody allocated to while whoever approves looked at another honor, or at none."""
    who = "assignment__registration"
    shares = payable(Share.objects.filter(assignment__registration__in=rows, month=month)).order_by()
    honor = dict(shares.values_list(who).annotate(honor=Sum("amount")))
    return {row.pk for row in rows if shown.get(row.pk) != honor.get(row.pk)}


def _decided(
    approver: int,
    unit: Unit,
    month: date,
    rows: Sequence[Registration],
    changed: Collection[int],
    *,
    now: datetime,
) -> Approved:
    books = Books([row.person_id for row in rows], [month])
    alone = rules_of(unit).census_is_exclusive
    excess = Excess.objects.filter(registration__in=rows, duty__in=duties_of(unit, month))
    held = set(excess.values_list("registration", flat=True))
    lines, idle = _snapshots(rows, month), _idle(rows, month)
    done = Approved()
    for row in rows:
        decision = decide(
            books.lines[row.person_id, month].values(),
            override=books.overrides.get((row.person_id, month), 0),
            census_alone=alone,
        )
        if reason := _left_out(row.pk, decision, idle=idle, held=held, changed=changed):
            done.skipped[row.pk] = reason
            continue
        approval = Approval(registration=row, month=month, approved_by_id=approver, approved_at=now)
        caps = [books.caps.of(duty, month) for _, duty in books.lines[row.person_id, month]]
        done.approvals.append(_filled(approval, decision, lines[row.pk], [cap for cap in caps if cap]))
    return done


def _left_out(
    who: int, decision: Decision, *, idle: Collection[int], held: Collection[int], changed: Collection[int]
) -> str:
    """Why a month is not approved; nothing where it is."""
    if who in idle:
        return "inactive"
    if who in held:
        return "held"
    if not decision.fits:
        return str(decision.verdict)
    return "changed" if who in changed else ""


def _idle(rows: Sequence[Registration], month: date) -> set[int]:
    shares = of_idle(Share.objects.filter(assignment__registration__in=rows, month=month))
    return set(shares.values_list("assignment__registration", flat=True))


def _filled(approval: Approval, decision: Decision, lines: list[dict[str, Any]], caps: list[Cap]) -> Approval:
    lowest = min(caps, key=lambda cap: cap.amount)
    approval.total = sum(line["amount"] for line in lines)
    approval.person_total, approval.cap = decision.total, decision.limit or 0
    approval.cap_row_id, approval.cap_basis = lowest.row, lowest.basis
    approval.lines = lines
    return approval


def _snapshots(rows: Sequence[Registration], month: date) -> dict[int, list[dict[str, Any]]]:
    """Of each registration: its assignments paying in `month`, as they are today."""
    shares = Share.objects.filter(assignment__registration__in=rows, month=month).select_related(
        "budget_line",
        "assignment__duty__activity",
        "assignment__duty__unit_price",
        "assignment__duty__position",
        "assignment__registration",
    )
    lines: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for share in payable(shares).order_by("assignment"):
        lines[share.assignment.registration_id].append(_line(share))
    return lines


def _line(share: Share) -> dict[str, Any]:
    assignment, duty = share.assignment, share.assignment.duty
    begins, ends = duty.activity.within(assignment.registration.year)
    return {
        "assignment": assignment.pk,
        "activity": duty.activity.name,
        "duty": duty.position.code,
        "volume": assignment.volume,
        "volume_unit": duty.unit_price.volume_unit,
        "price": assignment.price,
        "value": assignment.value,
        "amount": share.amount,
        "budget": share.budget_line.code,
        "begins": begins.isoformat(),
        "ends": ends.isoformat(),
    }
