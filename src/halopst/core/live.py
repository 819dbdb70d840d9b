"""Live updates: a fact of the moment, told to the pages that are open.

`announce` writes a row and notifies in the caller's transaction: who hears it can also read it. A page
listens to topics it is allowed to hear (`core.views.stream`); after a cut it asks for what it missed.
An event says "look again" and carries ids, never content: hearing one twice is harmless.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from halopst.core.actors import Actor
from halopst.core.models import LiveEvent

CHANNEL = "halopst_live"
KEPT_FOR = timedelta(days=1)
# A transaction that took a lower id may commit a moment later: a replay starts this much earlier.
OVERLAP = timedelta(seconds=15)
REPLAYED_AT_MOST = 500
# PostgreSQL carries less than 8,000 bytes in a notification.
LARGEST_DATA = 4_000

MayHear = Callable[[Actor, str, str], bool]
_topics: dict[str, MayHear] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a listener receives it."""

    id: int
    topic: str
    kind: str
    data: dict[str, Any]

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def announce(topic: str, kind: str, data: dict[str, Any]) -> None:
    """Tell everyone who listens to `topic` ("case:17"), when the current transaction commits."""
    written = json.dumps(data)
    if len(written) > LARGEST_DATA:
        raise ValueError(f"{kind} on {topic} carries {len(written)} bytes: send ids, not content")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH told AS (
                INSERT INTO core_liveevent (topic, kind, data) VALUES (%s, %s, %s)
                RETURNING id, topic, kind, data
            )
            SELECT pg_notify(%s, to_jsonb(told)::text) FROM told
            """,
            [topic, kind, written, CHANNEL],
        )


def topic(prefix: str) -> Callable[[MayHear], MayHear]:
    """Register who may hear `prefix:<key>`: a function of the actor, the key, and the page's signed token."""

    def register(may_hear: MayHear) -> MayHear:
        _topics[prefix] = may_hear
        return may_hear

    return register


def may_hear(actor: Actor, name: str, token: str) -> bool:
    prefix, _, key = name.partition(":")
    rule = _topics.get(prefix)
    return rule is not None and rule(actor, key, token)


def latest_id() -> int:
    """Where a page that is being drawn now should begin to listen."""
    return LiveEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def missed(topics: frozenset[str], last_id: int) -> list[Told] | None:
    """What was told on `topics` after event `last_id`; None when that is too long ago or too much to tell."""
    last = LiveEvent.objects.filter(pk=last_id).values_list("created_at", flat=True).first()
    if last is None:
        return None
    later = Q(pk__gt=last_id) | Q(created_at__gte=last - OVERLAP)
    rows = (
        LiveEvent.objects.filter(later, topic__in=topics)
        .exclude(pk=last_id)
        .order_by("pk")
        .values_list("pk", "topic", "kind", "data")[: REPLAYED_AT_MOST + 1]
    )
    told = [Told(*row) for row in rows]
    return told if len(told) <= REPLAYED_AT_MOST else None


def forget_old_events(*, now: datetime) -> int:
    """Drop events older than a day; returns how many."""
    return LiveEvent.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]
