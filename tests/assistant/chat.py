"""Writing to an office's AIDA over WhatsApp, through the signed webhook and the API on loopback."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from halopst.cases.reference import load_follow_up_policy
from halopst.knowledge.services import reindex
from halopst.satisfaction.reference import load_instrument
from tests.assistant.factories import OfficeChannelsFactory
from tests.knowledge.factories import DocumentFactory
from tests.notifications.cloud_api import call, reaction, text
from tests.units.factories import HeadOfficeFactory, ServiceKindFactory, StandardTemplateFactory

PHONE = "6281234567890"


@pytest.fixture
def listening_office(cloud):
    load_follow_up_policy()
    load_instrument()  # the daily summary counts what happens to a request
    StandardTemplateFactory(kind=ServiceKindFactory(code="konsultasi", is_offered_by_default=True))
    meaning = "Inflasi adalah kenaikan harga secara umum dan terus-menerus. Kebalikannya deflasi."
    reindex([DocumentFactory(unit=None, state="published", title="Inflasi", text=meaning)])
    unit = HeadOfficeFactory()
    OfficeChannelsFactory(unit=unit, whatsapp=True)
    return unit


@pytest.fixture
def hand_in(webhook, cloud):
    """Hand in a message of the visitor; gives what came back because of it."""

    def send(message):
        before = len(cloud.accepted)
        card = {"wa_id": message["from"], "profile": {"name": "Laras"}}
        webhook(call(messages=[message], contacts=[card]))
        return [answer["text"]["body"] for answer in cloud.accepted[before:]]

    return send


@pytest.fixture
def write(hand_in):
    """Write as the visitor."""
    sent = count()

    def send(words, *, sender=PHONE, seconds_ago=0, quotes=""):
        at = timezone.now() - timedelta(seconds=seconds_ago)
        message = text(words, wamid=f"wamid.in{next(sent)}", at=at, sender=sender)
        return hand_in(message | ({"context": {"id": quotes}} if quotes else {}))

    return send


@pytest.fixture
def react(hand_in):
    """Put a sign under one of our messages as the visitor, or take it back."""
    sent = count()

    def send(sign, *, to):
        return hand_in(reaction(sign, to=to, wamid=f"wamid.sign{next(sent)}", at=timezone.now()))

    return send
