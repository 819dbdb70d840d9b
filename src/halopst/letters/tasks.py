"""What the worker does for letters: make and bind batches, sort stacks of scans."""

import time

from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.core.events import on, publish, task
from halopst.letters.events import BatchEnded, BatchStarted, StackGiven
from halopst.letters.models import Batch, ScanStack
from halopst.letters.services import bind_batch, close_batch, read_stack, run_batch_chunk

TURN_SECONDS = 10
HANDS = 4  # workers that may share one batch


@on(BatchStarted)
def share_batch(*, batch_id: int) -> None:
    for _ in range(HANDS):
        _again(batch_id)


@task(attempts=20)
def make_letters(batch_id: int) -> None:
    """Make letters for a while, then queue again, so that other jobs get their turn."""
    until = time.monotonic() + TURN_SECONDS
    while run_batch_chunk(batch_id, now=timezone.now()):
        if time.monotonic() > until:
            _again(batch_id)
            return
    close_batch(batch_id, now=timezone.now())


@on(BatchEnded)
def bind_letters(*, batch_id: int) -> None:
    bind_batch(batch_id)


@on(StackGiven, attempts=20)
def sort_scans(*, stack_id: int) -> None:
    """Sort scans for a while, then queue again."""
    until = time.monotonic() + TURN_SECONDS
    if read_stack(stack_id, now=timezone.now(), goes_on=lambda: time.monotonic() < until):
        _sort_on(stack_id)


@app.periodic(cron="*/5 * * * *")
@task(queueing_lock="letters-resume-batches")
def resume_batches(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Bring back to work what lost its job, whatever the reason; a batch with a job shares it."""
    for pk in Batch.objects.filter(state=Batch.State.RUNNING).values_list("pk", flat=True):
        _again(pk)
    for pk in Batch.objects.filter(state=Batch.State.BINDING).values_list("pk", flat=True):
        publish(BatchEnded(batch_id=pk))
    for pk in ScanStack.objects.filter(state=ScanStack.State.READING).values_list("pk", flat=True):
        _sort_on(pk)


def _sort_on(stack_id: int) -> None:
    app.configure_task("halopst.letters.tasks.sort_scans").defer(stack_id=stack_id)


def _again(batch_id: int) -> None:
    app.configure_task("halopst.letters.tasks.make_letters").defer(batch_id=batch_id)
