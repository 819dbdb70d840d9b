"""Many workers, one message: the row is claimed by one (R-14). Real threads, a real database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from halopst.notifications.channels.configured import senders
from halopst.notifications.models import Delivery, Inbound, Notice, WebhookReceipt
from halopst.notifications.services import delivery as delivery_service
from halopst.notifications.services.webhook import process, receive
from tests.accounts.factories import UserFactory
from tests.notifications.cloud_api import PHONE_ID, SECRET, call, sign, text
from tests.notifications.factories import MORNING
from tests.notifications.test_outbox import tell
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 8


def at_once(act):
    barrier = Barrier(WORKERS)

    def run(number):
        try:
            barrier.wait()
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(run, range(WORKERS)))


def hand_over(_number):
    provider = senders()["email"]
    try:
        return delivery_service.deliver(
            Delivery.objects.get().pk, senders={"email": provider}, clock=lambda: MORNING
        )
    finally:
        provider._drop()


def test_eight_workers_hand_one_message_over_once(smtp):
    for round_number in range(5):
        Notice.objects.all().delete()
        tell(key=f"round:{round_number}")
        assert sum(at_once(hand_over)) == 1

    assert len(smtp.mails) == 5


def test_control_without_the_claim_they_hand_it_over_more_than_once(smtp, monkeypatch):
    """Each worker believes the row is its own, and the row's state is not asked when it is offered."""

    def anyone(delivery_id, *, now):
        return Delivery.objects.select_related("notice__unit").get(pk=delivery_id)

    monkeypatch.setattr(delivery_service, "_claim", anyone)
    monkeypatch.setattr(delivery_service, "_offer", lambda *_row, **_moment: None)
    tell()
    at_once(hand_over)

    assert len(smtp.mails) > 1


def test_the_same_fact_told_at_once_is_one_notice(smtp):
    user, unit = UserFactory(), UnitFactory()

    notices = at_once(lambda _number: tell(user, unit=unit, key="fakta:1").pk)

    assert len(set(notices)) == 1
    assert Delivery.objects.count() == 1


def test_the_same_call_of_the_provider_at_once_is_one_message(cloud):
    body = call(messages=[text("Halo", wamid="wamid.1", at=MORNING)])

    def hear(_number):
        receipt = receive(body, signature=sign(body), secret=SECRET, now=MORNING)
        process(receipt.pk, phone_id=PHONE_ID, now=MORNING)

    at_once(hear)

    assert (WebhookReceipt.objects.count(), Inbound.objects.count()) == (1, 1)
