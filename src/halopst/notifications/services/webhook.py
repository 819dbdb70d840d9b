"""What the provider tells us: signed, stored as it came, answered at once, worked off by a job.

Calls come in batches, twice, and out of order. A call is known by its digest, a message by its provider's
id, and a status only ever moves a delivery forward.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from halopst.core.errors import Invalid, NotPermitted
from halopst.core.events import publish
from halopst.notifications.channels.whatsapp import signature_is_good
from halopst.notifications.events import InboundMessage
from halopst.notifications.models import Channel, Contact, Inbound, Notice, WebhookReceipt
from halopst.notifications.services.consent import heed
from halopst.notifications.services.outbox import QUEUE
from halopst.notifications.services.statuses import apply_status
from halopst.units.models import Unit


class NotJson(Invalid):
    message = _("Isi panggilan bukan JSON yang dapat dibaca.")


@transaction.atomic
def receive(body: bytes, *, signature: str, secret: str, now: datetime) -> WebhookReceipt:
    """Store a call of the provider; one with a wrong signature leaves no trace (403)."""
    if not secret or not signature_is_good(secret, body, signature):
        raise NotPermitted
    try:
        payload = json.loads(body.replace(b"\\u0000", b""))
    except ValueError as error:
        raise NotJson from error
    if not isinstance(payload, dict):
        raise NotJson
    receipt, is_new = WebhookReceipt.objects.get_or_create(
        digest=hashlib.sha256(body).hexdigest(), defaults={"payload": payload, "received_at": now}
    )
    if is_new:
        process_later(receipt)
    return receipt


def process_later(receipt: WebhookReceipt) -> None:
    app.configure_task("halopst.notifications.tasks.process_receipt", queue=QUEUE).defer(
        receipt_id=receipt.pk
    )


@transaction.atomic
def process(receipt_id: int, *, phone_id: str, now: datetime) -> None:
    """Work off one stored call: inbound messages in the order they were written, then statuses."""
    receipt = WebhookReceipt.objects.select_for_update().get(pk=receipt_id)
    if receipt.processed_at is not None:
        return
    values = [value for value in _values(receipt.payload) if _is_ours(value, phone_id)]
    for message, contact in _messages(values, now=now):
        _store(message, contact, now=now)
    for status in sorted(_each(values, "statuses"), key=lambda status: _time(status, now)):
        apply_status(status, at=_time(status, now), now=now)
    receipt.processed_at = now
    receipt.save(update_fields=["processed_at", "updated_at"])


def _values(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in _dicts(payload.get("entry")):
        for change in _dicts(entry.get("changes")):
            yield from _dicts([change.get("value")])


def _dicts(items: Any) -> Iterator[dict[str, Any]]:
    """The objects in what should be a list of objects; a stranger's shapes never stop the rest."""
    if isinstance(items, list):
        yield from (item for item in items if isinstance(item, dict))


def _is_ours(value: dict[str, Any], phone_id: str) -> bool:
    """One app may serve several numbers; only what concerns ours is read."""
    return any(str(data.get("phone_number_id")) == phone_id for data in _dicts([value.get("metadata")]))


def _each(values: list[dict[str, Any]], name: str) -> Iterator[dict[str, Any]]:
    for value in values:
        yield from (item for item in _dicts(value.get(name)) if item.get("id"))


def _time(item: dict[str, Any], now: datetime) -> datetime:
    """The provider's time of an item, never later than now."""
    try:
        return min(datetime.fromtimestamp(int(item["timestamp"]), tz=UTC), now)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return now


def _messages(values: list[dict[str, Any]], *, now: datetime) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each message with its sender's entry in `contacts`, oldest first."""
    found = []
    for value in values:
        contacts = list(_dicts(value.get("contacts")))
        known = {key: card for card in contacts for key in (card.get("wa_id"), card.get("user_id")) if key}
        for message in _each([value], "messages"):
            sender = message.get("from") or message.get("from_user_id") or message.get("user_id")
            card = known.get(sender) or (contacts[0] if len(contacts) == 1 else {})
            found.append((message, card))
    return sorted(found, key=lambda pair: _time(pair[0], now))


def _store(message: dict[str, Any], card: dict[str, Any], *, now: datetime) -> None:
    at = _time(message, now)
    contact = _contact(message, card)
    if contact is None:
        return
    text, refers_to = _said(message)
    inbound, is_new = Inbound.objects.get_or_create(
        provider_id=str(message["id"])[:200],
        defaults={
            "contact": contact,
            "unit": _unit_of(contact),
            "kind": str(message.get("type", ""))[:20],
            "text": text,
            "refers_to": refers_to,
            "at": at,
        },
    )
    if not is_new:
        return
    contact.last_inbound_at = max(filter(None, (contact.last_inbound_at, at)))
    contact.save(update_fields=["last_inbound_at", "updated_at"])
    heed(contact, text, at=at)
    publish(InboundMessage(message_id=inbound.pk))


def _said(message: dict[str, Any]) -> tuple[str, str]:
    """Its words, or the sign of a reaction (none: taken back); and the message it reacts to or quotes."""
    for reaction in _dicts([message.get("reaction")]):
        return str(reaction.get("emoji") or ""), str(reaction.get("message_id") or "")[:200]
    body: dict[str, Any] = next(_dicts([message.get("text")]), {})
    quoted: dict[str, Any] = next(_dicts([message.get("context")]), {})
    return str(body.get("body", "")), str(quoted.get("id") or "")[:200]


def _contact(message: dict[str, Any], card: dict[str, Any]) -> Contact | None:
    """Who wrote: known by number, by the provider's own id, or by both; None when by neither."""
    phone = _digits(card.get("wa_id")) or _digits(message.get("from"))
    external = str(card.get("user_id") or message.get("from_user_id") or message.get("user_id") or "")[:80]
    by_phone = Contact.objects.filter(phone=phone).first() if phone else None
    by_id = Contact.objects.filter(external_id=external).first() if external else None
    if by_phone and by_id and by_phone != by_id:
        return _merge(by_phone, by_id)
    contact = by_phone or by_id
    if contact is None and (phone or external):
        contact = Contact(phone=phone, external_id=external)
    if contact is None:
        return None
    contact.phone, contact.external_id = contact.phone or phone, contact.external_id or external
    profile = next(_dicts([card.get("profile")]), {})
    contact.name = str(profile.get("name", "") or contact.name)[:200]
    contact.save()
    return contact


def _merge(keeper: Contact, other: Contact) -> Contact:
    """One person met under two names: their messages come together under the number."""
    other.messages.update(contact=keeper)
    external = other.external_id
    other.delete()
    keeper.external_id = keeper.external_id or external
    keeper.save()
    return keeper


def _digits(value: Any) -> str:
    text = str(value or "")
    return text if text.isascii() and text.isdigit() and len(text) <= 20 else ""  # noqa: PLR2004  # column width


def _unit_of(contact: Contact) -> Unit | None:
    """The office that wrote to this number last; a stranger's message goes to the head office."""
    if contact.phone:
        last = (
            Notice.objects.filter(
                phone=contact.phone, unit__isnull=False, deliveries__channel=Channel.WHATSAPP
            )
            .select_related("unit")
            .order_by("-at")
            .first()
        )
        if last is not None:
            return last.unit
    return Unit.objects.filter(kind=Unit.Kind.HEAD_OFFICE).first()
