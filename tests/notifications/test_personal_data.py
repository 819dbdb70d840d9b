import json

import pytest

from halopst.notifications.models import AttachedFile, Contact, Inbound, Notice
from halopst.notifications.services.personal_data import forget, held
from tests.accounts.factories import UserFactory
from tests.notifications.factories import (
    MORNING,
    AttachedFileFactory,
    ContactFactory,
    DeliveryFactory,
    InboundFactory,
    NoticeFactory,
    PreferenceFactory,
    QuietHoursFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wening():
    user = UserFactory(name="Wening", email="wening@contoh.id")
    notice = NoticeFactory(user=user, phone="6281234567890", body="Untuk Wening.")
    DeliveryFactory(notice=notice, state="sent", sent_at=MORNING)
    AttachedFileFactory(notice=notice)
    InboundFactory(contact=ContactFactory(user=user, phone="6281234567890"), text="Dari Wening.")
    PreferenceFactory(user=user)
    QuietHoursFactory(user=user, unit=None)
    return user


def test_a_person_gets_everything_we_know_and_nothing_of_others(wening):
    NoticeFactory(body="Untuk orang lain.")

    known = json.dumps(held(wening.pk))
    assert all(part in known for part in ("Untuk Wening.", "Dari Wening.", "6281234567890", "20.00-06.00"))
    assert "orang lain" not in known


def test_a_forgotten_person_leaves_only_that_something_was_sent(wening):
    NoticeFactory(user=None, unit=None, kind="platform.mail", email="WENING@contoh.id", body="Kode 123456")
    stays = NoticeFactory(body="Untuk orang lain.")
    forget(wening.pk, MORNING)

    told = Notice.objects.exclude(pk=stays.pk)
    assert set(told.values_list("user", "name", "email", "phone", "subject", "body", "link")) == {
        (None, "", "", "", "–", "–", "")
    }
    assert told.filter(deliveries__state="sent").count() == 1
    assert not AttachedFile.objects.exists()
    assert not Contact.objects.exists()
    assert not Inbound.objects.exists()
    stays.refresh_from_db()
    assert stays.body == "Untuk orang lain."
