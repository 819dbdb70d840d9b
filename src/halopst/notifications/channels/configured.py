"""The senders this installation has, read from its settings once per process."""

from functools import cache

from django.conf import settings

from halopst.notifications.channels import Sender, Senders
from halopst.notifications.channels.smtp import Server, SmtpSender
from halopst.notifications.channels.whatsapp import CloudApiSender
from halopst.notifications.models import Channel


def is_configured(channel: str) -> bool:
    """False on an installation without credentials: its messages stay in the outbox page."""
    if channel == Channel.EMAIL:
        return bool(settings.SMTP_URL)
    return bool(settings.WHATSAPP["token"] and settings.WHATSAPP["phone_id"])


@cache
def _smtp(url: str, from_address: str) -> Sender:
    return SmtpSender(Server.at(url), from_address)


@cache
def _cloud_api(base_url: str, phone_id: str, token: str) -> Sender:
    return CloudApiSender(base_url=base_url, phone_id=phone_id, token=token)


def senders() -> Senders:
    found: dict[str, Sender] = {}
    if is_configured(Channel.EMAIL):
        found[Channel.EMAIL] = _smtp(settings.SMTP_URL, settings.MAIL_FROM)
    if is_configured(Channel.WHATSAPP):
        api = settings.WHATSAPP
        found[Channel.WHATSAPP] = _cloud_api(api["base_url"], api["phone_id"], api["token"])
    return found
