import asyncio
import threading
from email import policy
from email.parser import BytesParser

import pytest
from aiosmtpd.controller import Controller

from halopst.notifications.channels import configured
from halopst.notifications.reference import load_error_meanings
from halopst.notifications.services.delivery import deliver_due
from tests.notifications.cloud_api import PHONE_ID, SECRET, TOKEN, CloudApi, sign
from tests.notifications.kinds import notices  # noqa: F401  # declares the kinds the tests send
from tests.ports import free_port


class Mailbox:
    """The handler of a real SMTP server: keeps what it accepts, says no when told to."""

    def __init__(self):
        self.mails = []
        self.refuse_recipient = None
        self.refuse_data = None
        self.hold_recipient = self.hold_before = self.hold_after = None
        self.hung_up = threading.Event()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  # aiosmtpd's name
        await self.stand_still(self.hold_recipient)
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # aiosmtpd's name
        await self.stand_still(self.hold_before)
        if self.refuse_data:
            return self.refuse_data
        self.mails.append(BytesParser(policy=policy.default).parsebytes(envelope.content))
        await self.stand_still(self.hold_after)
        return "250 OK"

    async def stand_still(self, gate):
        """Make the client wait at this step; when it has hung up meanwhile, this step never happens."""
        if gate:
            try:
                await asyncio.to_thread(gate)
            except asyncio.CancelledError:
                self.hung_up.set()
                raise


@pytest.fixture
def smtp(settings):
    """A real SMTP server on loopback, which the platform is told to use."""
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.SMTP_URL = address = f"smtp://127.0.0.1:{port}/?tls=none"
    settings.MAIL_FROM = "halopst@bps.example"
    yield mailbox
    configured._smtp(address, "halopst@bps.example")._drop()
    controller.stop()


@pytest.fixture
def work():
    """Let the workers do what is due at a moment; returns how many messages were offered."""
    return lambda at: deliver_due(limit=1000, senders=configured.senders(), clock=lambda: at)


@pytest.fixture
def meanings(db):
    """What the providers' errors mean, as every installation has it."""
    load_error_meanings()


@pytest.fixture
def cloud(settings, meanings):
    """A WhatsApp Cloud API on loopback, which the platform is told to use."""
    api = CloudApi()
    settings.WHATSAPP = {
        "base_url": api.base_url,
        "phone_id": PHONE_ID,
        "token": TOKEN,
        "app_secret": SECRET,
        "verify_token": "tanda-uji",
    }
    yield api
    configured.senders()["whatsapp"]._client.close()
    configured._cloud_api.cache_clear()
    api.stop()


@pytest.fixture
def webhook(client, run_jobs):
    """Call our webhook as the provider does, and let the jobs work it off."""

    def post(body, signature=None):
        headers = {"X-Hub-Signature-256": sign(body) if signature is None else signature}
        response = client.post(
            "/pemberitahuan/whatsapp/webhook/", body, content_type="application/json", headers=headers
        )
        run_jobs()
        return response

    return post
