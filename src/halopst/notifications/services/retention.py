"""What the outbox does not need any longer."""

from datetime import datetime, timedelta

from halopst.notifications.models import Inbound, Notice, WebhookReceipt

CALLS_KEPT_FOR = timedelta(days=7)  # as long as the provider may repeat them
MAIL_KEPT_FOR = timedelta(days=1)  # a sign-in code is worthless after minutes


def forget_old(*, now: datetime) -> int:
    """Delete worked-off calls of the provider and the platform's own mail; returns how many rows.

    Of older messages only that they came is kept.
    """
    calls = WebhookReceipt.objects.filter(
        processed_at__isnull=False, received_at__lt=now - CALLS_KEPT_FOR
    ).delete()
    Inbound.objects.filter(at__lt=now - CALLS_KEPT_FOR).exclude(text="", refers_to="").update(
        text="", refers_to=""
    )
    mail = Notice.objects.filter(unit__isnull=True, at__lt=now - MAIL_KEPT_FOR).delete()
    return calls[0] + mail[0]
