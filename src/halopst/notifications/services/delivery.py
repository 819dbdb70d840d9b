"""Taking notices out of the house: claim, hand over, write down the answer. docs/notices.md tells the rule.

Every step is one conditional UPDATE: whoever finds the row in another state than expected has lost it
to someone else and does nothing. The provider is called outside any transaction.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from halopst.notifications.channels import Declined, OutcomeUnknown, Senders, Unreached
from halopst.notifications.kinds import find_kind
from halopst.notifications.models import Channel, Contact, Delivery, ProviderError, WhatsAppTemplate
from halopst.notifications.queries import earliest_hour, may_chat, window_open
from halopst.notifications.rules import pause_after
from halopst.notifications.services.letters import letter_for
from halopst.notifications.services.outbox import fall_back, wake

Clock = Callable[[], datetime]
State = Delivery.State

CLAIM_LASTS = timedelta(minutes=2)
UNDECIDED = (State.QUEUED, State.SENDING)


class _Withdrawn(Exception):
    """At the last moment the letter must not go out: too late, or the claim is no longer ours."""


def deliver(delivery_id: int, *, senders: Senders, clock: Clock) -> bool:
    """Hand one delivery to its provider if it is due and nobody else has it; True when it was offered."""
    delivery = _claim(delivery_id, now=clock())
    if delivery is None or not _may_leave(delivery, senders, now=clock()):
        return False
    try:
        letter = letter_for(delivery, free_text=_may_be_free(delivery, now=clock()))
        provider_id = senders[delivery.channel].send(letter, lambda: _offer(delivery, now=clock()))
    except _Withdrawn:
        return False
    except Unreached as failure:
        retry(delivery, "unreached", str(failure), now=clock())
    except Declined as refusal:
        decline(delivery, refusal.code, refusal.detail, now=clock())
    except OutcomeUnknown:
        pass  # the row stays in `sending`; `reconcile.settle` decides when the provider has had its say
    else:
        accept(delivery, provider_id, now=clock())
    return True


def deliver_due(*, limit: int, senders: Senders, clock: Clock) -> int:
    """Work off up to `limit` overdue deliveries, oldest first; returns how many were offered."""
    tried: set[int] = set()
    offered = 0
    while len(tried) < limit:
        now = clock()
        due = Delivery.objects.filter(_is_due(now), channel__in=list(senders)).exclude(pk__in=tried)
        with transaction.atomic():
            row = due.order_by("next_at").select_for_update(skip_locked=True).values_list("pk").first()
        if row is None:
            break
        tried.add(row[0])
        offered += deliver(row[0], senders=senders, clock=clock)
    return offered


def _is_due(now: datetime) -> Q:
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    return Q(state=State.QUEUED, next_at__lte=now) & free


def _claim(delivery_id: int, *, now: datetime) -> Delivery | None:
    mine = Delivery.objects.filter(_is_due(now), pk=delivery_id)
    if not mine.update(claim=F("claim") + 1, claimed_until=now + CLAIM_LASTS):
        return None
    return Delivery.objects.select_related("notice__unit").get(pk=delivery_id)


def _may_leave(delivery: Delivery, senders: Senders, *, now: datetime) -> bool:
    """Ask again what was asked when it was written: the world may have moved while it waited."""
    kind = find_kind(delivery.notice.kind)
    if now >= delivery.give_up_at:
        give_up(delivery, now=now)
    elif delivery.channel not in senders:
        end(delivery, State.SKIPPED, "no-credentials", _("Saluran ini tidak dipasang lagi."), now=now)
    elif delivery.channel == Channel.WHATSAPP and not _whatsapp_allowed(delivery, now):
        end(
            delivery, State.SKIPPED, "not-allowed", _("Tidak ada persetujuan atau templat WhatsApp."), now=now
        )
    elif kind is not None and (hour := earliest_hour(delivery.notice, kind, now)) > now:
        _postpone(delivery, hour)
        wake(delivery, now=now)
    else:
        return True
    return False


def _may_be_free(delivery: Delivery, *, now: datetime) -> bool:
    """WhatsApp takes our own words only within a day of the person's; e-mail knows no such thing."""
    is_chat = delivery.channel == Channel.WHATSAPP and not delivery.needs_template
    return is_chat and window_open(delivery.notice.phone, now)


def _whatsapp_allowed(delivery: Delivery, now: datetime) -> bool:
    notice, kind = delivery.notice, find_kind(delivery.notice.kind)
    if kind is None or not may_chat(kind, notice.phone, notice.user_id, now):
        return False
    if kind.is_answer:  # there is no template for it: outside the window it stays unsaid
        return not delivery.needs_template
    broken = WhatsAppTemplate.objects.filter(
        name=kind.whatsapp_template, language=notice.language, is_usable=False
    )
    return not broken.exists() or window_open(notice.phone, delivery.next_at)


def _offer(delivery: Delivery, *, now: datetime) -> None:
    """Write down, and commit, that the provider may have it from this moment on."""
    offered = Delivery.objects.filter(
        pk=delivery.pk, claim=delivery.claim, state=State.QUEUED, give_up_at__gt=now
    ).update(state=State.SENDING, offered_at=now, attempts=F("attempts") + 1)
    if not offered:
        raise _Withdrawn


def accept(delivery: Delivery, provider_id: str, *, now: datetime) -> None:
    """The provider has it. True whoever holds the claim by now: what was accepted is never sent again."""
    Delivery.objects.filter(pk=delivery.pk, state__in=UNDECIDED).update(
        state=State.SENT,
        provider_id=provider_id,
        sent_at=now,
        claimed_until=None,
        error_code="",
        error="",
    )


@transaction.atomic
def decline(delivery: Delivery, code: str, detail: str, *, now: datetime) -> None:
    """The provider said no: do what the table of its errors says about this code."""
    meaning = meaning_of(delivery.channel, code)
    action = meaning.action if meaning else ProviderError.Action.FALLBACK
    sentence = meaning.sentence if meaning else detail or code
    if action == ProviderError.Action.RETRY:
        retry(delivery, code, sentence, now=now)
    elif action == ProviderError.Action.TEMPLATE and not delivery.needs_template:
        retry(delivery, code, sentence, now=now, needs_template=True, next_at=now)
    else:
        mark_cause(delivery, action, code, now=now)
        end(delivery, State.FAILED, code, sentence, now=now)


def meaning_of(channel: str, code: str) -> ProviderError | None:
    """The row for exactly this code, else for its class: `452` is answered by `4xx`."""
    rows = ProviderError.objects.filter(channel=channel, code__in=[code, f"{code[:1]}xx"])
    return min(rows, key=lambda row: row.code != code, default=None)


def retry(
    delivery: Delivery,
    code: str,
    sentence: str,
    *,
    now: datetime,
    next_at: datetime | None = None,
    **changes: Any,
) -> None:
    """Try again after a pause that grows, until the time this notice is worth anything has passed."""
    next_at = next_at or now + pause_after(delivery.attempts + 1)
    if next_at >= delivery.give_up_at:
        end(delivery, State.FAILED, code, sentence, now=now)
        return
    _postpone(delivery, next_at, error_code=code, error=sentence[:300], **changes)
    wake(delivery, now=now)


def give_up(delivery: Delivery, *, now: datetime) -> None:
    """Its time has passed: a reminder after the start helps nobody."""
    if delivery.attempts:
        sentence = delivery.error or _("Tidak berhasil diserahkan sampai batas waktunya.")
        end(delivery, State.FAILED, delivery.error_code or "expired", sentence, now=now)
    else:
        end(delivery, State.SKIPPED, "too-late", _("Batas waktu kirim sudah lewat."), now=now)


@transaction.atomic
def end(delivery: Delivery, state: str, code: str, sentence: str, *, now: datetime) -> None:
    """Close a delivery that will not be sent, and let the next channel have a try."""
    ended = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state__in=UNDECIDED).update(
        state=state, error_code=code, error=sentence[:300], ended_at=now, claimed_until=None
    )
    if ended:
        fall_back(delivery, now=now)


def _postpone(delivery: Delivery, next_at: datetime, **changes: Any) -> None:
    changes |= {"state": State.QUEUED, "next_at": next_at, "claimed_until": None}
    mine = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state__in=UNDECIDED)
    if mine.update(**changes):
        delivery.next_at = next_at


def mark_cause(delivery: Delivery, action: str, code: str, *, now: datetime) -> None:
    """Remember what else the refusal means: a template that is of no use, a person who has had enough."""
    notice, kind = delivery.notice, find_kind(delivery.notice.kind)
    if action == ProviderError.Action.BROKEN_TEMPLATE and kind is not None:
        values: Mapping[str, Any] = {"is_usable": False, "error_code": code, "checked_at": now}
        WhatsAppTemplate.objects.update_or_create(
            name=kind.whatsapp_template, language=notice.language, defaults=values
        )
    elif action == ProviderError.Action.OPT_OUT:
        Contact.objects.filter(phone=notice.phone).update(opted_out_at=now)
