"""One WhatsApp message and many workers: it is answered once (R-15). Real threads, a real database."""

from functools import partial

import pytest
from django.db import IntegrityError
from django.utils import timezone

from halopst.assistant.models import Heard, Turn
from halopst.assistant.services import hear
from halopst.assistant.services.conversation import whatsapp_inbound
from halopst.notifications.models import Contact, Notice
from tests.assistant.factories import OfficeChannelsFactory
from tests.notifications.factories import ContactFactory, InboundFactory
from tests.races import all_at_once, meeting
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4
ROUNDS = 5


def heard_by_many(unit):
    """What the workers met; one message of a new person each time."""
    now = timezone.now()
    contact = ContactFactory(last_inbound_at=now)
    message = InboundFactory(contact=contact, unit=unit, kind="text", text="Halo", at=now)
    return all_at_once(*[partial(hear, message.pk, now=now)] * WORKERS)


@pytest.fixture
def unit():
    return OfficeChannelsFactory(unit=UnitFactory(), whatsapp=True).unit


def test_many_workers_answer_a_message_once(unit):
    for _round in range(ROUNDS):
        assert heard_by_many(unit) == [None] * WORKERS

    assert Turn.objects.count() == Notice.objects.count() == Heard.objects.count() == ROUNDS


def test_without_holding_the_person_they_collide(unit, monkeypatch):
    """Where each has seen the message unanswered before any answers it."""
    meet, outcome = meeting(WORKERS), whatsapp_inbound._outcome
    monkeypatch.setattr(
        whatsapp_inbound, "_held", lambda pk: Contact.objects.select_related("user").get(pk=pk)
    )
    monkeypatch.setattr(whatsapp_inbound, "_outcome", lambda *given, **at: (meet(), outcome(*given, **at))[1])
    met = [found for _round in range(ROUNDS) for found in heard_by_many(unit)]

    assert sum(isinstance(found, IntegrityError) for found in met) == (WORKERS - 1) * ROUNDS
    assert Heard.objects.count() == ROUNDS
