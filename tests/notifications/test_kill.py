"""kill -9 at every step: nothing is lost, nothing accepted goes out again (R-13, R-14).

The provider holds the line at the step in question, the worker is killed there, and a second worker
finds what is left. Where the outcome is unknown the rule of docs/notices.md decides.
"""

from datetime import timedelta
from threading import Event

import pytest
from django.db.models import F
from django.utils import timezone

from halopst.notifications.channels.configured import senders
from halopst.notifications.models import Delivery
from halopst.notifications.services.consent import opt_in
from halopst.notifications.services.delivery import deliver_due
from halopst.notifications.services.reconcile import settle, sweep
from tests.accounts.factories import UserFactory
from tests.notifications.cloud_api import call, status
from tests.notifications.test_outbox import tell
from tests.notifications.workers import eventually, worker
from tests.races import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


class Gate:
    """Where the provider stands still: `reached` when someone is there, `open` lets everyone through."""

    def __init__(self):
        self.reached, self._open = Event(), Event()

    def __call__(self, *_request):
        self.reached.set()
        self._open.wait(PATIENCE)

    def open(self):
        self._open.set()


def urgent(user=None, **values):
    """A notice that leaves at any hour, so that these tests run at any hour."""
    return tell(user, kind="tests.urgent", context={"nama": "Wening"}, now=timezone.now(), **values)


def agreeing():
    user = UserFactory(phone="0812-3456-7890")
    opt_in(user, phone=user.phone, how="preferences", now=timezone.now())
    return user


def killed_at(gate, smtp=None):
    """A worker takes the message as far as the gate and dies there; a mail server notices first."""
    with worker() as process:
        assert gate.reached.wait(PATIENCE)
        process.kill()
        process.wait()
    assert smtp is None or smtp.hung_up.wait(PATIENCE)
    gate.open()


def later(minutes=15):
    """Time passes: claims run out, providers have had their say."""
    gone = timedelta(minutes=minutes)
    Delivery.objects.update(offered_at=F("offered_at") - gone, next_at=F("next_at") - gone)
    Delivery.objects.update(claimed_until=F("claimed_until") - gone)
    sweep(now=timezone.now())


def state(channel):
    return Delivery.objects.get(channel=channel).state


def worked_off(channel="email"):
    """The next worker comes along; True when the delivery has found its end."""
    deliver_due(limit=10, senders=senders(), clock=timezone.now)
    return state(channel) not in {"queued", "sending"}


def test_a_worker_that_starts_after_the_fact_finds_the_message(smtp):
    urgent()

    with worker():
        assert eventually(lambda: state("email") == "sent")
    assert len(smtp.mails) == 1


def test_killed_on_the_way_to_the_server_the_mail_goes_out_once(smtp):
    smtp.hold_recipient = gate = Gate()
    urgent()
    killed_at(gate, smtp)
    assert state("email") == "queued"

    later()
    assert worked_off()
    assert len(smtp.mails) == 1


def test_killed_before_the_server_took_the_mail_it_goes_out_once(smtp):
    smtp.hold_before = gate = Gate()
    urgent()
    killed_at(gate, smtp)
    assert state("email") == "sending"

    later()
    assert worked_off()
    assert [mail["Message-ID"] for mail in smtp.mails] == [mail["Message-ID"] for mail in smtp.mails[:1]]


def test_killed_before_the_answer_the_mail_goes_out_twice_at_most_under_one_identity(smtp):
    smtp.hold_after = gate = Gate()
    urgent()
    killed_at(gate, smtp)
    assert (state("email"), len(smtp.mails)) == ("sending", 1)

    later()
    assert worked_off()
    assert len(smtp.mails) == 2
    assert len({mail["Message-ID"] for mail in smtp.mails}) == 1


def test_an_outcome_unknown_twice_is_not_tried_a_third_time(smtp):
    urgent()
    Delivery.objects.update(state="sending", offered_at=timezone.now(), unknowns=1)
    later()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error_code) == ("failed", "unknown-outcome")


def test_killed_before_the_provider_took_the_message_it_goes_out_once(cloud):
    cloud.hold_before = gate = Gate()
    urgent(agreeing())
    killed_at(gate)
    assert (state("whatsapp"), cloud.accepted) == ("sending", [])

    cloud.hold_before = None
    later()
    assert worked_off("whatsapp")
    assert len(cloud.accepted) == 1


def test_killed_after_the_provider_took_the_message_its_word_settles_it(cloud, webhook):
    cloud.hold_after = gate = Gate()
    urgent(agreeing())
    killed_at(gate)
    (message,) = cloud.accepted
    cloud.hold_after = None

    webhook(
        call(
            statuses=[
                status(
                    "delivered",
                    wamid=message["wamid"],
                    at=timezone.now(),
                    reference=message["biz_opaque_callback_data"],
                )
            ]
        )
    )
    later()
    assert worked_off("whatsapp")
    assert (state("whatsapp"), len(cloud.accepted)) == ("delivered", 1)


def test_control_without_waiting_for_its_word_the_message_goes_out_twice(cloud):
    """What the test above would miss if it could not see a duplicate."""
    cloud.hold_after = gate = Gate()
    urgent(agreeing())
    killed_at(gate)
    cloud.hold_after = None

    settle(Delivery.objects.get(channel="whatsapp"), now=timezone.now())
    assert worked_off("whatsapp")
    assert len(cloud.accepted) == 2


def test_many_messages_survive_many_killings(smtp):
    """Workers die at random moments; each message arrives, and no more than one per death arrives twice."""
    for number in range(90):
        urgent(key=f"urgent:{number}")
    deaths = 0
    for patience in (0.15, 0.3, 0.05):
        before = len(smtp.mails)
        with worker(concurrency=2) as process:
            eventually(lambda goal=before + 20: len(smtp.mails) >= goal)
            Event().wait(patience)
            process.kill()
            process.wait()
        deaths += 1
        later()
    with worker(concurrency=2):
        assert eventually(lambda: not Delivery.objects.exclude(state="sent").exists())

    identities = [mail["Message-ID"] for mail in smtp.mails]
    assert len(set(identities)) == 90
    assert len(identities) - 90 <= deaths * 2  # two messages were in hand at each death
