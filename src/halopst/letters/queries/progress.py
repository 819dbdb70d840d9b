"""How far a batch is, and how long the rest will take."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from halopst.letters.models import Batch

ENOUGH_TO_TELL = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How many letters were tried; `left` is an estimate from its own speed, None when too early or over."""

    tried: int
    total: int
    left: timedelta | None


def progress(batch: Batch, now: datetime) -> Progress:
    tried = batch.done + batch.failed
    open_items = batch.total - batch.settled
    left = None
    if tried >= ENOUGH_TO_TELL and open_items and batch.state == Batch.State.RUNNING:
        left = (now - batch.started_at) * open_items / tried
    return Progress(tried, batch.total, left)
