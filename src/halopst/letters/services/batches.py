"""Many letters at once, in the background: resumable, shared between workers, each letter made exactly once.

A chunk takes two transactions. The first takes waiting items, composes and checks them, and gives each good
one its number and a draft; the second prints numbered ones. Workers on several machines share a batch: they
number one after the other, so that numbers follow the list, and print side by side (SKIP LOCKED). A killed
worker's turn and items are free the moment its connection is gone: what was numbered is printed under the
same number by whoever comes next.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as say

from halopst.audit.services import record
from halopst.core.actors import SYSTEM, Actor
from halopst.core.errors import Refused
from halopst.core.events import publish
from halopst.letters.events import BatchEnded, BatchStarted
from halopst.letters.kinds import DocumentKind, find_kind, kind_named
from halopst.letters.models import Batch, BatchItem, Letter
from halopst.letters.rendering.press import press
from halopst.letters.rules import ENDED, State
from halopst.letters.services.authority import must_issue
from halopst.letters.services.batch_refusals import (
    BatchEmpty,
    BatchOver,
    BatchTooLarge,
    BeingMade,
    NothingLeft,
    NothingToBind,
)
from halopst.letters.services.composing import can_compose, compose, taken_subjects
from halopst.letters.services.issuing import draft, finalise, template_for
from halopst.letters.services.moving import end
from halopst.letters.services.numbering import take_numbers
from halopst.letters.services.refusals import AlreadyIssued, CannotCompose, UnknownKind
from halopst.units.models import Unit

MOST_ITEMS = 50_000
CHUNK = 25


@transaction.atomic
def start_batch(
    actor: Actor, *, kind: str, unit: Unit, items: Sequence[tuple[str, str]], now: datetime
) -> Batch:
    """Have letters made of `items`: what each is about, and a label it is known by until it has a number."""
    must_issue(actor, unit.pk)
    if find_kind(kind) is None or not can_compose(kind):
        raise UnknownKind
    labels = dict(items)
    if not labels:
        raise BatchEmpty
    if len(labels) > MOST_ITEMS:
        raise BatchTooLarge
    labels = _not_in_hand(unit, kind, labels)
    batch = Batch.objects.create(
        unit=unit, kind=kind, asked_by_id=actor.user_id, total=len(labels), started_at=now
    )
    BatchItem.objects.bulk_create(
        [
            BatchItem(batch=batch, position=place, about=about, label=label[:200])
            for place, (about, label) in enumerate(labels.items(), 1)
        ],
        batch_size=1000,
    )
    record(actor, "letters.batch-started", batch, kind=kind, total=batch.total)
    publish(BatchStarted(batch_id=batch.pk))
    return batch


def _not_in_hand(unit: Unit, kind: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Those no running batch makes already: of two officers who begin at once the second is told so."""
    _wait_for_the_others(unit)
    in_hand = BatchItem.objects.filter(
        batch__unit=unit,
        batch__kind=kind,
        about__in=labels,
        state__in=[BatchItem.State.WAITING, BatchItem.State.NUMBERED],
    )
    found = dict(in_hand.values_list("about", "batch"))
    left = {about: label for about, label in labels.items() if about not in found}
    if not left:
        raise BeingMade(max(found.values()))
    return left


def _wait_for_the_others(unit: Unit) -> None:
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)


def run_batch_chunk(batch_id: int, *, now: datetime, size: int = CHUNK) -> bool:
    """Make some letters of the batch; False when there is nothing left that nobody else has in hand."""
    return _print_some(batch_id, size, now) or _number_some(batch_id, size, now)


@transaction.atomic
def cancel_batch(actor: Actor, batch: Batch) -> Batch:
    """Make no more letters; those made, numbered or in a worker's hand stay as they are.

    Waiting for these would let workers take the next ones meanwhile, until none is left to stop.
    """
    must_issue(actor, batch.unit_id)
    waiting = batch.items.select_for_update(skip_locked=True).filter(state=BatchItem.State.WAITING)
    left = list(waiting.values_list("pk", flat=True))
    if not left:
        raise BatchOver
    BatchItem.objects.filter(pk__in=left).update(state=BatchItem.State.STOPPED)
    row = Batch.objects.locked(batch.pk)
    row.stopped += len(left)
    row.save(update_fields=["stopped", "updated_at"])
    record(actor, "letters.batch-cancelled", row, left=len(left))
    publish(BatchStarted(batch_id=row.pk))
    return row


@transaction.atomic
def make_the_rest(actor: Actor, batch: Batch, *, now: datetime) -> Batch:
    """A new batch of those that failed, after they were mended, and of those left when it was cancelled.

    Those made since then are left out.
    """
    if not (items := rest_of(batch)):
        raise NothingLeft
    return start_batch(actor, kind=batch.kind, unit=batch.unit, items=items, now=now)


def rest_of(batch: Batch) -> list[tuple[str, str]]:
    """Those of a batch that failed or were left, and that nothing has made since: about what, and a label."""
    left = batch.items.filter(state__in=[BatchItem.State.FAILED, BatchItem.State.STOPPED])
    rows = list(left.order_by("position").values_list("about", "label"))
    made = taken_subjects(batch.unit, batch.kind, [about for about, _label in rows])
    return [row for row in rows if row[0] not in made]


@transaction.atomic
def bind_again(actor: Actor, batch: Batch) -> Batch:
    """Bind the letters of a batch that is over once more: its files are lost, or some were annulled."""
    must_issue(actor, batch.unit_id)
    row = Batch.objects.locked(batch.pk)
    if row.state not in {Batch.State.DONE, Batch.State.CANCELLED} or not row.done:
        raise NothingToBind
    row.state = Batch.State.BINDING
    row.save(update_fields=["state", "updated_at"])
    record(actor, "letters.batch-bound-again", row)
    publish(BatchEnded(batch_id=row.pk))
    return row


@transaction.atomic
def close_batch(batch_id: int, *, now: datetime) -> None:
    """End a batch whose items are all settled; what came out of it waits to be bound."""
    row = Batch.objects.select_for_update().filter(pk=batch_id, state=Batch.State.RUNNING).first()
    if row is None or row.settled < row.total:
        return
    row.state = Batch.State.BINDING if row.done else row.end
    row.ended_at = now
    row.save(update_fields=["state", "ended_at", "updated_at"])
    publish(BatchEnded(batch_id=row.pk))


@transaction.atomic
def _number_some(batch_id: int, size: int, now: datetime) -> bool:
    _wait_for_a_turn(batch_id)
    batch = Batch.objects.select_related("unit").get(pk=batch_id)
    items = _claim(batch, BatchItem.State.WAITING, size)
    if batch.stopped:
        return _stop(batch, items)
    kind = kind_named(batch.kind)
    taken = taken_subjects(batch.unit, batch.kind, [item.about for item in items])
    in_force = cache(lambda day: template_for(batch.unit, kind, day))
    good: list[tuple[BatchItem, Letter]] = []
    for item in items:
        try:
            if item.about in taken:
                raise AlreadyIssued
            composed = compose(kind, item.about, now, hold=True)
            template = in_force(composed.dated_on)
        except Refused as refusal:
            _fail(item, refusal)
        else:
            made = draft(batch.unit, kind, item.about, composed, template=template, batch=batch)
            good.append((item, made))
    unnumbered = _give_numbers(batch, kind, good)
    _count(batch, failed=len(items) - len(good) + unnumbered)
    return bool(items)


def _give_numbers(batch: Batch, kind: DocumentKind, good: list[tuple[BatchItem, Letter]]) -> int:
    """Number the letters; those that can get no number fail one by one. Gives how many failed."""
    try:
        with transaction.atomic():
            _write_drafts(batch, kind, good)
    except Refused:
        in_turn = sorted(good, key=lambda pair: pair[1].dated_on)
        return sum(not _has_number(batch, kind, *pair) for pair in in_turn)
    return 0


def _has_number(batch: Batch, kind: DocumentKind, item: BatchItem, letter: Letter) -> bool:
    try:
        with transaction.atomic():
            _write_drafts(batch, kind, [(item, letter)])
    except Refused as refusal:
        _fail(item, refusal)
        return False
    return True


def _stop(batch: Batch, items: Sequence[BatchItem]) -> bool:
    """Stop the letters whose worker died while the batch was being cancelled."""
    BatchItem.objects.filter(pk__in=[item.pk for item in items]).update(state=BatchItem.State.STOPPED)
    _count(batch, stopped=len(items))
    return bool(items)


def _write_drafts(batch: Batch, kind: DocumentKind, good: list[tuple[BatchItem, Letter]]) -> None:
    numbers = take_numbers(unit=batch.unit, kind=kind, days=[letter.dated_on for _, letter in good])
    for (_, letter), number in zip(good, numbers, strict=True):
        letter.number = number
    Letter.objects.bulk_create([letter for _, letter in good])
    for item, letter in good:
        item.letter, item.state = letter, BatchItem.State.NUMBERED
    BatchItem.objects.bulk_update([item for item, _ in good], ["letter", "state"])


@transaction.atomic
def _print_some(batch_id: int, size: int, now: datetime) -> bool:
    batch = Batch.objects.select_related("unit", "asked_by").get(pk=batch_id)
    items = _claim(batch, BatchItem.State.NUMBERED, size)
    if not items:
        return False
    kind, actor = kind_named(batch.kind), _asker(batch)
    letters, older = _held(batch, items)
    made = []
    for item in items:
        letter = letters[item.letter_id or 0]
        try:
            _print_one(actor, letter, kind, older.get(letter.about), now)
        except Refused as refusal:
            if letter.state == State.DRAFT:
                end(SYSTEM, letter, str(refusal.message), now=now)
            _fail(item, refusal)
        else:
            made.append(item.pk)
    BatchItem.objects.filter(pk__in=made).update(state=BatchItem.State.DONE)
    _count(batch, done=len(made), failed=len(items) - len(made))
    return True


def _print_one(actor: Actor, letter: Letter, kind: DocumentKind, older: Letter | None, now: datetime) -> None:
    """Refuses what was struck since it was numbered, what has a sibling by now, what cannot be printed."""
    if letter.state != State.DRAFT:
        raise CannotCompose(letter.reason or say("Surat ini sudah tidak berlaku."))
    if older is not None and older.state != State.OUTDATED:
        raise AlreadyIssued
    finalise(actor, letter, kind, press(), now=now, older=older)


def _held(batch: Batch, items: Sequence[BatchItem]) -> tuple[dict[int, Letter], dict[str, Letter]]:
    """The letters to print, and those about the same that hold, or held until they became outdated.

    All locked in one order, which `mark_outdated` has too: otherwise each could wait for the other.
    """
    wanted = {item.letter_id for item in items}
    same = Q(unit=batch.unit_id, kind=batch.kind, about__in=[item.about for item in items])
    rows = Letter.objects.select_for_update(of=("self",)).select_related("number", "template", "unit")
    found = list(rows.filter(Q(pk__in=wanted) | same & ~Q(state__in=[State.DRAFT, *ENDED])).order_by("pk"))
    letters = {row.pk: row for row in found if row.pk in wanted}
    return letters, {row.about: row for row in found if row.pk not in wanted}


def _asker(batch: Batch) -> Actor:
    return Actor(user_id=batch.asked_by_id, label=str(batch.asked_by)) if batch.asked_by else SYSTEM


def _claim(batch: Batch, state: str, size: int) -> list[BatchItem]:
    """Items no other worker has, locked until the transaction ends."""
    if batch.state != Batch.State.RUNNING:
        return []
    free = batch.items.select_for_update(skip_locked=True, of=("self",)).filter(state=state)
    return list(free.order_by("position")[:size])


def _wait_for_a_turn(batch_id: int) -> None:
    """One worker at a time numbers a batch; to wait for its items would be to hold them afterwards, too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('letters.numbering', %s))", [batch_id])


def _fail(item: BatchItem, refusal: Refused) -> None:
    item.state, item.error = BatchItem.State.FAILED, str(refusal.message)[:500]
    item.repair_url = refusal.repair_url[:300] if isinstance(refusal, CannotCompose) else ""
    item.save(update_fields=["state", "error", "repair_url", "updated_at"])


def _count(batch: Batch, **settled: int) -> None:
    """Add to how many are `done`, `failed` or `stopped`."""
    if any(settled.values()):
        more = {name: F(name) + count for name, count in settled.items()}
        Batch.objects.filter(pk=batch.pk).update(**more)
