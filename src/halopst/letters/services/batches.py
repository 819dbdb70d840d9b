"""Many letters at once, in the background: resumable, shared between workers, each letter made exactly once.

A chunk takes two transactions. The first takes waiting items, composes and checks them, and gives each good
one its number and a draft; the second prints numbered ones. Both take their items with SKIP LOCKED, so
workers on several machines share a batch, and a killed worker's items are free the moment its connection is
gone: what was numbered is printed under the same number by whoever comes next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as say

from halopst.audit.services import record
from halopst.core.actors import SYSTEM, Actor
from halopst.core.errors import Refused
from halopst.core.events import publish
from halopst.letters.events import BatchEnded, BatchStarted
from halopst.letters.kinds import DocumentKind, find_kind, kind_named
from halopst.letters.models import Batch, BatchItem, Letter
from halopst.letters.rendering.press import press
from halopst.letters.rules import State
from halopst.letters.services.authority import must_issue
from halopst.letters.services.composing import Composition, can_compose, compose, taken_subjects
from halopst.letters.services.issuing import draft, finalise, template_for
from halopst.letters.services.moving import end
from halopst.letters.services.numbering import take_numbers
from halopst.letters.services.refusals import (
    AlreadyIssued,
    BatchEmpty,
    BatchOver,
    BatchTooLarge,
    CannotCompose,
    UnknownKind,
)
from halopst.units.models import Unit

MOST_ITEMS = 50_000
CHUNK = 25


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter to make: what it is about, and a label people know it by while it has no number."""

    about: str
    label: str = ""


@transaction.atomic
def start_batch(
    actor: Actor, *, kind: str, unit: Unit, items: Sequence[tuple[str, ...]], now: datetime
) -> Batch:
    """Have a letter made about each of `items` (what it is about, and a label); the rest is a worker's."""
    must_issue(actor, unit.pk)
    if find_kind(kind) is None or not can_compose(kind):
        raise UnknownKind
    entries = {item[0]: Entry(*item[:2]) for item in items}
    if not entries:
        raise BatchEmpty
    if len(entries) > MOST_ITEMS:
        raise BatchTooLarge
    batch = Batch.objects.create(
        unit=unit, kind=kind, asked_by_id=actor.user_id, total=len(entries), started_at=now
    )
    BatchItem.objects.bulk_create(
        [
            BatchItem(batch=batch, position=place, about=entry.about, label=entry.label[:200])
            for place, entry in enumerate(entries.values(), 1)
        ],
        batch_size=1000,
    )
    record(actor, "letters.batch-started", batch, kind=kind, total=batch.total)
    publish(BatchStarted(batch_id=batch.pk))
    return batch


def run_batch_chunk(batch_id: int, *, now: datetime, size: int = CHUNK) -> bool:
    """Make some letters of the batch; False when there is nothing left that nobody else has in hand."""
    return _print_some(batch_id, size, now) or _number_some(batch_id, size, now)


@transaction.atomic
def cancel_batch(actor: Actor, batch: Batch) -> Batch:
    """Make no more letters; those made or numbered stay as they are."""
    must_issue(actor, batch.unit_id)
    row = Batch.objects.locked(batch.pk)
    if row.state != Batch.State.RUNNING:
        raise BatchOver
    left = row.items.select_for_update().filter(state=BatchItem.State.WAITING)
    stopped = left.update(state=BatchItem.State.FAILED, error=say("Dihentikan sebelum dibuat."))
    row.failed += stopped
    row.save(update_fields=["failed", "updated_at"])
    record(actor, "letters.batch-cancelled", row, left=stopped)
    publish(BatchStarted(batch_id=row.pk))
    return row


@transaction.atomic
def retry_failed(actor: Actor, batch: Batch, *, now: datetime) -> Batch:
    """A new batch of those that failed, after they were mended."""
    failed = batch.items.filter(state=BatchItem.State.FAILED).order_by("position")
    items = list(failed.values_list("about", "label"))
    return start_batch(actor, kind=batch.kind, unit=batch.unit, items=items, now=now)


@transaction.atomic
def close_batch(batch_id: int, *, now: datetime) -> None:
    """End a batch whose items are all settled; what came out of it waits to be bound."""
    row = Batch.objects.select_for_update().filter(pk=batch_id, state=Batch.State.RUNNING).first()
    if row is None or row.settled < row.total:
        return
    row.state = Batch.State.BINDING if row.done else Batch.State.DONE
    row.ended_at = now
    row.save(update_fields=["state", "ended_at", "updated_at"])
    publish(BatchEnded(batch_id=row.pk))


@transaction.atomic
def _number_some(batch_id: int, size: int, now: datetime) -> bool:
    batch = Batch.objects.select_related("unit").get(pk=batch_id)
    items = _claim(batch, BatchItem.State.WAITING, size)
    kind = kind_named(batch.kind)
    taken = taken_subjects(batch.unit, batch.kind, [item.about for item in items])
    good: list[tuple[BatchItem, Composition]] = []
    for item in items:
        try:
            if item.about in taken:
                raise AlreadyIssued
            composed = compose(kind, item.about, now)
            template_for(batch.unit, kind, composed.dated_on)
        except Refused as refusal:
            _fail(item, refusal)
        else:
            good.append((item, composed))
    _write_drafts(batch, kind, good)
    _count(batch, failed=len(items) - len(good))
    return bool(items)


def _write_drafts(batch: Batch, kind: DocumentKind, good: list[tuple[BatchItem, Composition]]) -> None:
    numbers = take_numbers(unit=batch.unit, kind=kind, days=[composed.dated_on for _, composed in good])
    templates = {composed.dated_on: None for _, composed in good}
    in_force = {day: template_for(batch.unit, kind, day) for day in templates}
    letters = [
        draft(
            batch.unit, kind, item.about, composed, number, template=in_force[composed.dated_on], batch=batch
        )
        for (item, composed), number in zip(good, numbers, strict=True)
    ]
    Letter.objects.bulk_create(letters)
    for (item, _), letter in zip(good, letters, strict=True):
        item.letter, item.state = letter, BatchItem.State.NUMBERED
    BatchItem.objects.bulk_update([item for item, _ in good], ["letter", "state"])


@transaction.atomic
def _print_some(batch_id: int, size: int, now: datetime) -> bool:
    batch = Batch.objects.select_related("unit", "asked_by").get(pk=batch_id)
    kind = kind_named(batch.kind)
    items = _claim(batch, BatchItem.State.NUMBERED, size)
    made = sum(_print_one(batch, item, kind, now) for item in items)
    _count(batch, done=made, failed=len(items) - made)
    return bool(items)


def _print_one(batch: Batch, item: BatchItem, kind: DocumentKind, now: datetime) -> bool:
    """Whether the letter came out; one that cannot be printed is annulled with its number, and says why."""
    rows = Letter.objects.select_for_update(of=("self",)).select_related("number", "template", "unit")
    letter = rows.get(item=item)
    if letter.state != State.DRAFT:
        _fail(item, CannotCompose(letter.reason or say("Surat ini sudah tidak berlaku.")))
        return False
    try:
        with transaction.atomic():
            finalise(_asker(batch), letter, kind, press(), now=now)
    except Refused as refusal:
        letter.refresh_from_db()
        end(SYSTEM, letter, str(refusal.message), now=now)
        _fail(item, refusal)
        return False
    item.state = BatchItem.State.DONE
    item.save(update_fields=["state", "updated_at"])
    return True


def _asker(batch: Batch) -> Actor:
    return Actor(user_id=batch.asked_by_id, label=str(batch.asked_by)) if batch.asked_by else SYSTEM


def _claim(batch: Batch, state: str, size: int) -> list[BatchItem]:
    """Items nobody else has in hand, held until the transaction ends."""
    if batch.state != Batch.State.RUNNING:
        return []
    free = batch.items.select_for_update(skip_locked=True, of=("self",)).filter(state=state)
    return list(free.order_by("position")[:size])


def _fail(item: BatchItem, refusal: Refused) -> None:
    item.state, item.error = BatchItem.State.FAILED, str(refusal.message)[:500]
    item.repair_url = refusal.repair_url[:300] if isinstance(refusal, CannotCompose) else ""
    item.save(update_fields=["state", "error", "repair_url", "updated_at"])


def _count(batch: Batch, *, done: int = 0, failed: int = 0) -> None:
    if done or failed:
        Batch.objects.filter(pk=batch.pk).update(done=F("done") + done, failed=F("failed") + failed)
