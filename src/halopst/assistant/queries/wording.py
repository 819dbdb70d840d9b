"""How far the words of an answer are."""

from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings

from halopst.assistant.models import Turn, Wording

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
