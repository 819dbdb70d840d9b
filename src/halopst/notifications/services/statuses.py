"""The provider's word about a message it has: it moves a delivery forward, never back (R-15)."""

import re
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce

from halopst.notifications.models import Channel, Delivery, ProviderError
from halopst.notifications.services.delivery import (
    State,
    accept,
    mark_cause,
    meaning_of,
)
from halopst.notifications.services.outbox import fall_back, wake

REFERENCE = re.compile(r"halopst-(\d{1,18})-(\d{1,9})")
FORWARD = {"delivered": (State.SENT,), "read": (State.SENT, State.DELIVERED)}


def apply_status(status: dict[str, Any], *, at: datetime, now: datetime) -> None:
    """One entry of `statuses`, for whichever delivery of ours it is about."""
    delivery = _find(status, at=at)
    word = str(status.get("status"))
    if delivery is None:
        return
    if word in FORWARD:
        _advance(delivery, word, at=at)
    elif word == "failed":
        _bounce(delivery, status, now=now)


def _find(status: dict[str, Any], *, at: datetime) -> Delivery | None:
    """By the provider's id; or by our own reference, when the answer that held the id never reached us."""
    ours = Delivery.objects.filter(channel=Channel.WHATSAPP).select_related("notice__unit")
    known: Delivery | None = ours.filter(provider_id=str(status["id"])[:200]).first()
    found = REFERENCE.fullmatch(str(status.get("biz_opaque_callback_data", "")))
    if known is not None or found is None:
        return known
    lost: Delivery | None = ours.filter(pk=int(found[1]), state__in=(State.QUEUED, State.SENDING)).first()
    if lost is None or (int(found[2]) != lost.claim and lost.error_code != "unknown-outcome"):
        return None
    accept(lost, str(status["id"])[:200], now=at)
    lost.refresh_from_db()
    return lost


def _advance(delivery: Delivery, word: str, *, at: datetime) -> None:
    """Move on if this is news; a time that was missed is filled in either way."""
    rows = Delivery.objects.filter(pk=delivery.pk)
    times = {"delivered_at": Coalesce("delivered_at", Value(at))}
    if word == "read":
        times["read_at"] = Coalesce("read_at", Value(at))
    rows.filter(state__in=(State.SENT, State.DELIVERED, State.READ)).update(**times)
    rows.filter(state__in=FORWARD[word]).update(state=word)


def _bounce(delivery: Delivery, status: dict[str, Any], *, now: datetime) -> None:
    """Accepted, then not delivered. Only a message outside the 24-hour window goes again, as a template."""
    error = next((e for e in status.get("errors") or [] if isinstance(e, dict)), {})
    code = str(error.get("code", "failed"))[:40]
    meaning = meaning_of(Channel.WHATSAPP, code)
    sentence = meaning.sentence if meaning else str(error.get("title") or code)
    rows = Delivery.objects.filter(pk=delivery.pk, state=State.SENT)
    as_template = meaning is not None and meaning.action == ProviderError.Action.TEMPLATE
    if as_template and not delivery.needs_template:
        changes: dict[str, Any] = {"state": State.QUEUED, "provider_id": "", "needs_template": True}
        if rows.update(**changes, next_at=now, claimed_until=None, error_code=code, error=sentence):
            delivery.next_at = now
            wake(delivery, now=now)
    elif rows.update(state=State.FAILED, error_code=code, error=sentence[:300], ended_at=now):
        mark_cause(delivery, meaning.action if meaning else "", code, now=now)
        fall_back(delivery, now=now)
