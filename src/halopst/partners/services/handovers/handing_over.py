"""Handing over: what was done of an approved month, recorded one by one or for all, and corrected."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as say

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.letters import services as letters
from halopst.partners import permissions
from halopst.partners.letter_kinds.receipts import about_handover
from halopst.partners.models import Approval, Delivery, Handover, PaymentLine
from halopst.partners.queries.contracts.agreements import is_paid
from halopst.partners.queries.handovers.recorded import Plan, plans
from halopst.partners.rules.handover import due
from halopst.partners.rules.money import first_of
from halopst.partners.rules.volumes import MOST_VOLUME
from halopst.partners.services.authority import must, must_be_as_seen
from halopst.partners.services.handovers.refusals import (
    AlreadyHandedOver,
    AlreadyPaid,
    BeyondNeedsNote,
    FinishedWhen,
    HandedOverWhen,
    NotApproved,
    NothingHandedOver,
    QualityUnclear,
    RealisedMeanwhile,
    RealisedUnclear,
    WorkMissing,
)
from halopst.partners.services.ledger import lock
from halopst.partners.services.payments.refusals import BeingPaid
from halopst.units.models import Unit

Volumes = Mapping[int, int | None]
"""By assignment; None where none was recorded or typed."""
BEST = 5
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Done:
    """What was done of one assignment, in its volume unit; `quality` from 1 to 5."""

    realised: int
    finished_on: date | None = None
    quality: int | None = None
    note: str = ""


@dataclass(slots=True)
class Saved:
    """The handovers recorded or corrected, and why the others (by approval) were not."""

    handovers: list[Handover] = field(default_factory=list)
    refused: dict[int, Refused] = field(default_factory=dict)


@transaction.atomic
def record_handover(
    actor: Actor,
    *,
    approval: Approval,
    done: Mapping[int, Done],
    handed_on: date,
    now: datetime,
    seen: Volumes | None = None,
) -> Handover:
    """Write down what was done of each assignment (by id) of an approved month, 0 for nothing.

    `seen` are the volumes shown where this was typed, None when nobody looked.
    """
    row = _held(actor, approval)
    planned = _as_seen(plans([row])[row.pk], seen)
    deliveries = _deliveries(planned, done, row, handed_on=handed_on, now=now)
    if Handover.objects.filter(approval=row).exists():
        raise AlreadyHandedOver
    handover = _new(actor, row, deliveries, handed_on=handed_on, now=now)
    handover.save()
    Delivery.objects.bulk_create(deliveries)
    _record(actor, "partners.handover-recorded", handover, row.registration.unit_id, deliveries)
    return handover


@transaction.atomic
def correct_handover(
    actor: Actor,
    *,
    handover: Handover,
    done: Mapping[int, Done],
    handed_on: date,
    now: datetime,
    seen: Volumes | None = None,
    version: datetime | None = None,
) -> Handover:
    """Put other figures in their place; the paper that said the old ones is out of date from now on.

    With `seen` or `version`, only where it is as when it was shown.
    """
    row = _held(actor, handover.approval)
    kept = Handover.objects.locked(handover.pk)
    must_be_as_seen(kept, version)
    planned = _as_seen(plans([row])[row.pk], seen)
    _must_be_unpaid(row, kept)
    deliveries = _deliveries(planned, done, row, handed_on=handed_on, now=now)
    kept.handed_on, kept.due = handed_on, sum(one.due for one in deliveries)
    kept.recorded_by_id, kept.recorded_at = _user(actor), now
    kept.save()
    for one in deliveries:
        one.handover = kept
    Delivery.objects.bulk_create(
        deliveries,
        update_conflicts=True,
        unique_fields=["handover", "assignment"],
        update_fields=["realised", "due", "finished_on", "quality", "note", "updated_at"],
    )
    _record(actor, "partners.handover-corrected", kept, row.registration.unit_id, deliveries)
    about = about_handover(row.registration_id, row.month)
    letters.mark_outdated(about, say("Realisasi bulan ini diperbaiki."), now)
    return kept


@transaction.atomic
def record_all_as_planned(
    actor: Actor,
    *,
    unit: Unit,
    month: date,
    now: datetime,
    approvals: Collection[int] | None = None,
) -> list[Handover]:
    """Everything approved and not recorded yet was done as planned and in time, or of these `approvals` only.

    A fixed number of statements, however many mitra.
    """
    must(actor, permissions.ALLOCATE, unit.pk)
    rows = _waiting(unit, first_of(month), approvals)
    if not rows:
        raise NothingHandedOver
    today = now.astimezone(unit.tz).date()
    if today < first_of(month):
        raise HandedOverWhen
    planned = plans(rows)
    works = {row.pk: [_as_planned(plan, today) for plan in planned[row.pk]] for row in rows}
    handovers = [_new(actor, row, works[row.pk], handed_on=today, now=now) for row in rows]
    Handover.objects.bulk_create(handovers)
    Delivery.objects.bulk_create([one for some in works.values() for one in some], batch_size=5000)
    ids = [row.pk for row in rows]
    record(actor, "partners.month-handed-over", unit, unit_id=unit.pk, month=f"{month:%Y-%m}", approvals=ids)
    return handovers


def save_realised(
    actor: Actor,
    *,
    unit: Unit,
    month: date,
    realised: Mapping[int, Volumes],
    now: datetime,
    seen: Mapping[int, Volumes] | None = None,
) -> Saved:
    """What was typed on a page of the month: by approval, by assignment; None where nothing was typed.

    Every mitra stands or falls by themselves. A figure that stays keeps its date, quality and note. `seen` is
    what the page showed: where somebody was first since, what was typed is not saved.
    """
    must(actor, permissions.ALLOCATE, unit.pk)
    rows = Approval.objects.in_force().filter(registration__unit=unit, month=month, pk__in=realised)
    approvals = list(rows.select_related("handover", "registration__unit").order_by("pk"))
    planned, saved = plans(approvals), Saved()
    today = now.astimezone(unit.tz).date()
    for approval in approvals:
        typed = realised[approval.pk]
        try:
            if _differs(planned[approval.pk], typed):
                done = _typed(planned[approval.pk], typed, today)
                shown = (seen or {}).get(approval.pk)
                saved.handovers.append(_put(actor, approval, done, seen=shown, now=now))
        except Refused as refusal:
            saved.refused[approval.pk] = refusal
    return saved


def _as_seen(planned: Sequence[Plan], seen: Volumes | None) -> Sequence[Plan]:
    """The plans, locked; refuses if another volume was recorded meanwhile than was shown."""
    if seen is not None and _differs(planned, seen):
        raise RealisedMeanwhile(str(plan.delivery.realised) if plan.delivery else "–" for plan in planned)
    return planned


def _differs(planned: Sequence[Plan], typed: Volumes) -> bool:
    return any(
        typed.get(plan.assignment) != (plan.delivery.realised if plan.delivery else None) for plan in planned
    )


def _typed(planned: Sequence[Plan], typed: Volumes, today: date) -> dict[int, Done]:
    done = {}
    for plan in planned:
        volume = typed.get(plan.assignment)
        if volume is None:
            raise WorkMissing
        done[plan.assignment] = _so_far(plan, volume, today)
    return done


def _put(
    actor: Actor, approval: Approval, done: Mapping[int, Done], *, seen: Volumes | None, now: datetime
) -> Handover:
    kept: Handover | None = getattr(approval, "handover", None)
    if kept is None:
        today = now.astimezone(approval.registration.unit.tz).date()
        return record_handover(actor, approval=approval, done=done, handed_on=today, seen=seen, now=now)
    return correct_handover(actor, handover=kept, done=done, handed_on=kept.handed_on, seen=seen, now=now)


def _so_far(plan: Plan, volume: int, today: date) -> Done:
    """A volume typed without its particulars: those on record stay; what reached its plan was in time."""
    if plan.delivery:
        kept = plan.delivery
        return Done(volume, kept.finished_on, kept.quality, kept.note)
    return Done(volume, min(plan.deadline, today) if volume >= plan.planned else None)


def _held(actor: Actor, approval: Approval) -> Approval:
    """The approval, locked against withdrawal until what was done is on record."""
    lock([approval.registration.person_id], [approval.month])
    row: Approval = Approval.objects.select_related("registration__unit").locked(approval.pk)
    must(actor, permissions.ALLOCATE, row.registration.unit_id)
    if row.withdrawn_at is not None:
        raise NotApproved
    return row


def why_final(approval: Approval, kept: Handover) -> Refused | None:
    """Why what was recorded is not corrected any more, for a page to say before anyone types."""
    if is_paid(approval):
        return AlreadyPaid()
    return BeingPaid() if PaymentLine.objects.binding().filter(handover=kept).exists() else None


def _must_be_unpaid(approval: Approval, kept: Handover) -> None:
    if refusal := why_final(approval, kept):
        raise refusal


def _waiting(unit: Unit, month: date, chosen: Collection[int] | None) -> list[Approval]:
    rows = Approval.objects.in_force().filter(registration__unit=unit, month=month, handover__isnull=True)
    rows = rows if chosen is None else rows.filter(pk__in=chosen)
    lock(list(rows.values_list("registration__person", flat=True)), [month])
    return list(rows.held_in_turn())


def _deliveries(
    planned: Sequence[Plan], done: Mapping[int, Done], approval: Approval, *, handed_on: date, now: datetime
) -> list[Delivery]:
    today = now.astimezone(approval.registration.unit.tz).date()
    if not approval.month <= handed_on <= today:
        raise HandedOverWhen
    if set(done) != {plan.assignment for plan in planned}:
        raise WorkMissing
    return [_delivery(plan, done[plan.assignment], approval.month, handed_on) for plan in planned]


def _delivery(plan: Plan, done: Done, month: date, handed_on: date) -> Delivery:
    if not 0 <= done.realised <= MOST_VOLUME:
        raise RealisedUnclear(plan.activity)
    if done.realised > plan.planned and not done.note.strip():
        raise BeyondNeedsNote(plan.activity)
    if done.quality is not None and not 1 <= done.quality <= BEST:
        raise QualityUnclear(plan.activity)
    if done.finished_on is not None and not month <= done.finished_on <= handed_on:
        raise FinishedWhen(plan.activity)
    return Delivery(
        assignment_id=plan.assignment,
        planned=plan.planned,
        realised=done.realised,
        amount=plan.amount,
        due=due(plan.amount, plan.planned, done.realised),
        deadline=plan.deadline,
        finished_on=done.finished_on,
        quality=done.quality,
        note=done.note.strip()[:LONGEST_NOTE],
    )


def _as_planned(plan: Plan, today: date) -> Delivery:
    done = Done(plan.planned, min(plan.deadline, today))
    return _delivery(plan, done, first_of(plan.deadline), today)


def _new(
    actor: Actor, approval: Approval, deliveries: Sequence[Delivery], *, handed_on: date, now: datetime
) -> Handover:
    handover = Handover(
        approval=approval,
        handed_on=handed_on,
        due=sum(one.due for one in deliveries),
        recorded_by_id=_user(actor),
        recorded_at=now,
    )
    for one in deliveries:
        one.handover = handover
    return handover


def _user(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotPermitted
    return actor.user_id


def _record(
    actor: Actor, action: str, handover: Handover, unit_id: int, deliveries: Sequence[Delivery]
) -> None:
    volumes = {str(one.assignment_id): one.realised for one in deliveries}
    record(actor, action, handover, unit_id=unit_id, due=handover.due, realised=volumes)
