"""How far the wording of an answer is, and how models did lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db.models import Count

from halopst.assistant.models import Turn, Wording
from halopst.units.models import Unit

SLACK = timedelta(seconds=5)
"""A page that waits this much longer than the time-out waits for a server that died meanwhile."""


def stage(turn: Turn, *, now: datetime) -> Literal["ask", "watch", ""]:
    """`ask` where nobody has asked for the words yet, `watch` while a page waits for them, else empty."""
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
    """How a model did of late with answers to word; `asked` is the sum."""

    worded: int
    rejected: int
    unknown: int
    unavailable: int
    spent: int
    failed: Wording | None
    """The last answer it did not word; one it only rested at, only where there is no other."""

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
