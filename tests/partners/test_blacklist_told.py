"""Who is blacklisted is told why and how to appeal, and later what became of the appeal."""

from datetime import date

import pytest

from halopst.notifications.models import Notice
from halopst.partners import services
from tests.partners.factories import NOW, RegistrationFactory
from tests.partners.test_register import keeper

pytestmark = pytest.mark.django_db


def listed_at(registration):
    return services.blacklist(
        keeper(registration.unit),
        registration.person,
        unit=registration.unit,
        reason="Isian dikarang.",
        since=date(2026, 3, 1),
        last_day=None,
        now=NOW,
    )


@pytest.mark.parametrize(("granted", "said"), [(True, "tidak berlaku"), (False, "ditolak")])
def test_the_mitra_hears_of_the_blacklisting_and_of_the_decision_once_each(granted, said):
    registration = RegistrationFactory(person__email="ayu@contoh.id")
    listed = listed_at(registration)
    services.appeal(keeper(registration.unit), listed, text="Saya hadir.", now=NOW)
    judge = keeper(registration.unit, permissions=("partners.view", "partners.approve"))

    services.decide_appeal(judge, listed, granted=granted, note="Foto sesuai lokasi.", now=NOW)

    first, second = Notice.objects.filter(email="ayu@contoh.id").order_by("pk")
    assert "1 Maret 2026" in first.body
    assert "Isian dikarang." in first.body
    assert said in second.body
    assert "Foto sesuai lokasi." in second.body


def test_who_has_no_address_reads_it_on_their_page():
    listed_at(RegistrationFactory(person__email="", person__phone=""))

    assert not Notice.objects.exists()
