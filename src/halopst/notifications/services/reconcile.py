"""The sweeper: what a killed worker, a lost job or a silent provider left behind."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from halopst.notifications.models import Channel, Delivery, WebhookReceipt
from halopst.notifications.services.delivery import State, end, give_up, retry
from halopst.notifications.services.outbox import QUEUE
from halopst.notifications.services.webhook import process_later

OVERDUE = timedelta(minutes=1)
HELPERS = 4
PROVIDER_HAS_ITS_SAY = {Channel.EMAIL: timedelta(minutes=3), Channel.WHATSAPP: timedelta(minutes=10)}


def sweep(*, now: datetime) -> None:
    """Settle unknown outcomes, close what came too late, and call helpers for what is overdue."""
    for channel, patience in PROVIDER_HAS_ITS_SAY.items():
        stuck = Delivery.objects.filter(
            channel=channel, state=State.SENDING, offered_at__lt=now - patience
        ).select_related("notice__unit")
        for delivery in stuck:
            settle(delivery, now=now)
    expired = Delivery.objects.filter(state=State.QUEUED, give_up_at__lte=now).select_related("notice__unit")
    for delivery in expired:
        give_up(delivery, now=now)
    for receipt in WebhookReceipt.objects.filter(processed_at__isnull=True, received_at__lt=now - OVERDUE):
        process_later(receipt)
    if Delivery.objects.filter(state=State.QUEUED, next_at__lt=now - OVERDUE).exists():
        for _number in range(HELPERS):
            app.configure_task("halopst.notifications.tasks.catch_up", queue=QUEUE).defer()


def settle(delivery: Delivery, *, now: datetime) -> None:
    """A delivery offered and never answered: once it may go again, with the same identity; then no more.

    By now the provider's own statuses would have told us about an accepted WhatsApp message, and an e-mail
    carries the Message-ID of the first attempt.
    """
    sentence = _("Hasil penyerahan tidak diketahui; pesan ini mungkin sudah sampai.")
    if delivery.unknowns:
        end(delivery, State.FAILED, "unknown-outcome", sentence, now=now)
    else:
        retry(delivery, "unknown-outcome", sentence, now=now, next_at=now, unknowns=1)
