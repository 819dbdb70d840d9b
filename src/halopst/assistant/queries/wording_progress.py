"""How far the wording of an answer is, and how wording went lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db.models import Count

from halopst.assistant.models import Turn, Wording
from halopst.units.models import Unit

SLACK = timedelta(seconds=5)
"""Beside its time-out: a page that is waiting longer waits for a server that died over it."""


def stage(turn: Turn, *, now: datetime) -> Literal["ask", "watch", ""]:
    """`ask` where nobody asked for the words yet, `watch` while a page is waiting for them, else nothing."""
    row: Wording | None = getattr(turn, "wording", None)
    if row is None or not row.prompt:
        return ""
    if row.state == Wording.State.WAITING:
        return "ask"
    if row.state != Wording.State.WRITING or row.began_at is None:
        return ""
    return "watch" if row.began_at > now - timedelta(seconds=settings.MODEL_SECONDS) - SLACK else ""


@dataclass(frozen=True, slots=True)
class Lately:
    """How a model did when it was to word answers of late; all of them together are `asked`."""

    worded: int
    rejected: int
    unknown: int
    unavailable: int
    spent: int
    failed: Wording | None
    """The last it did not answer; that it rested after a failure only where nothing else is known."""

    @property
    def asked(self) -> int:
        return self.worded + self.rejected + self.unknown + self.unavailable + self.spent


def worded_lately(unit: Unit, *, since: datetime) -> Lately | None:
    """How wording went since then; None if no model was asked for the office's answers."""
    rows = Wording.objects.filter(turn__conversation__unit=unit, turn__asked_at__gte=since).exclude(
        verdict=""
    )
    counts = dict(rows.order_by().values_list("verdict").annotate(Count("pk")))
    if not counts:
        return None
    verdict = Wording.Verdict
    failed = rows.filter(verdict=verdict.UNAVAILABLE).select_related("turn").order_by("-turn__asked_at")
    return Lately(
        worded=counts.get(verdict.PASSED, 0) + counts.get(verdict.MENDED, 0),
        rejected=counts.get(verdict.REJECTED, 0),
        unknown=counts.get(verdict.UNKNOWN, 0),
        unavailable=counts.get(verdict.UNAVAILABLE, 0),
        spent=counts.get(verdict.SPENT, 0),
        failed=failed.exclude(reason="resting").first() or failed.first(),
    )
