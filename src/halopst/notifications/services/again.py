"""A person sends again what the platform has given up on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.notifications.channels.configured import is_configured
from halopst.notifications.models import Delivery
from halopst.notifications.permissions import MANAGE
from halopst.notifications.services.outbox import PATIENCE, wake


class TooLateToSend(Refused):
    message = _("Batas waktu pesan ini sudah lewat, jadi tidak dikirim lagi.")


class ChannelNotSetUp(Refused):
    message = _("Saluran ini belum dipasang. Minta pengelola mengisi pengaturannya lebih dulu.")


class NotEnded(Refused):
    message = _("Pesan ini masih dalam perjalanan atau sudah terkirim. Tidak perlu dikirim ulang.")


@transaction.atomic
def send_again(actor: Actor, delivery: Delivery, *, now: datetime) -> Delivery:
    """A person decides that a failed or withheld delivery deserves another try."""
    if delivery.notice.unit_id is None or not actor.may(MANAGE, delivery.notice.unit_id):
        raise NotPermitted
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("notice").get(pk=delivery.pk)
    notice = delivery.notice
    if delivery.state not in {Delivery.State.FAILED, Delivery.State.SKIPPED}:
        raise NotEnded
    if notice.send_before is not None and now >= notice.send_before:
        raise TooLateToSend
    if not is_configured(delivery.channel):
        raise ChannelNotSetUp
    give_up_at = now + PATIENCE
    delivery.state, delivery.next_at = Delivery.State.QUEUED, now
    delivery.give_up_at = min(give_up_at, notice.send_before or give_up_at)
    delivery.ended_at, delivery.unknowns, delivery.claimed_until = None, 0, None
    delivery.save()
    record(actor, "notifications.sent-again", delivery, unit_id=notice.unit_id, channel=delivery.channel)
    wake(delivery, now=now)
    return delivery
