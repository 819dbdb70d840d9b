from dataclasses import dataclass
from datetime import datetime, timedelta

from halopst.letters.models import Batch

ENOUGH_TO_TELL = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is; `left` is an estimate from its own speed, None while it is too early or over."""

    settled: int
    total: int
    left: timedelta | None


def progress(batch: Batch, now: datetime) -> Progress:
    open_items = batch.total - batch.settled
    taken = now - batch.started_at
    left = None
    if batch.settled >= ENOUGH_TO_TELL and open_items and batch.state == Batch.State.RUNNING:
        left = taken * open_items / batch.settled
    return Progress(batch.settled, batch.total, left)
