from datetime import timedelta

import pytest

from halopst.core.actors import ANONYMOUS, Actor
from halopst.core.live import may_hear
from halopst.core.models import LiveEvent
from halopst.notifications.models import Notice, ProviderError, WebhookReceipt
from halopst.notifications.reference import load_error_meanings
from halopst.notifications.services.reconcile import sweep
from halopst.notifications.services.retention import forget_old
from tests.accounts.factories import UserFactory
from tests.notifications.factories import MORNING, DeliveryFactory, NoticeFactory, WebhookReceiptFactory
from tests.notifications.test_outbox import tell

pytestmark = pytest.mark.django_db


def test_an_administrators_correction_of_an_error_survives_loading_again(meanings):
    ProviderError.objects.filter(code="131026").update(action="retry")
    load_error_meanings()

    assert ProviderError.objects.get(code="131026").action == "retry"
    assert ProviderError.objects.count() == ProviderError.objects.values("channel", "code").distinct().count()


def test_old_calls_and_old_codes_are_forgotten_and_nothing_else(meanings):
    week, day = timedelta(days=7, seconds=1), timedelta(days=1, seconds=1)
    WebhookReceiptFactory(received_at=MORNING - week, processed_at=MORNING - week)
    kept = [
        WebhookReceiptFactory(received_at=MORNING - week),
        WebhookReceiptFactory(received_at=MORNING, processed_at=MORNING),
    ]
    NoticeFactory(unit=None, user=None, kind="platform.mail", at=MORNING - day)
    notice = NoticeFactory(at=MORNING - timedelta(days=900))
    forget_old(now=MORNING)

    assert list(WebhookReceipt.objects.order_by("pk")) == kept
    assert list(Notice.objects.all()) == [notice]


def test_a_call_whose_job_was_lost_is_worked_off_later(waiting_jobs):
    WebhookReceiptFactory(received_at=MORNING - timedelta(minutes=2))
    sweep(now=MORNING)

    assert waiting_jobs() == ["halopst.notifications.tasks.process_receipt"]


def test_messages_whose_jobs_were_lost_call_for_help(waiting_jobs, smtp):
    DeliveryFactory(next_at=MORNING - timedelta(minutes=2))
    sweep(now=MORNING)

    assert waiting_jobs() == ["halopst.notifications.tasks.catch_up"] * 4


def test_nothing_overdue_calls_nobody(waiting_jobs, smtp):
    DeliveryFactory(next_at=MORNING)
    sweep(now=MORNING)

    assert waiting_jobs() == []


def test_a_new_notice_is_told_to_the_open_page_of_its_recipient_only():
    user = UserFactory()
    notice = tell(user)

    event = LiveEvent.objects.get()
    assert (event.topic, event.data) == (f"notices:{user.pk}", {"notice": notice.pk})
    assert may_hear(Actor(user_id=user.pk), event.topic, "")
    assert not may_hear(Actor(user_id=user.pk + 1), event.topic, "")
    assert not may_hear(ANONYMOUS, "notices:None", "")
