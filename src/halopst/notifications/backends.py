from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from halopst.notifications.services.outbox import post_mail


class OutboxBackend(BaseEmailBackend):
    """Django's own mail (sign-in codes) takes the same way out as every notice: nothing waits for SMTP."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.recipients():
                post_mail(
                    to=address,
                    subject=str(message.subject),
                    body=str(message.body),
                    key=f"mail:{uuid4()}",
                    now=timezone.now(),
                )
        return len(email_messages)
