"""What became of an exception is told to who asked for it and to who decides, long after the decision."""

import pytest

from halopst.partners.queries.allocation.approvals import exceptions
from halopst.partners.services.allocation.overriding import withdraw_exception
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, NOW, CapOverrideFactory
from tests.partners.offices import a_mitra, an_office, head

pytestmark = pytest.mark.django_db
ASK = "Ajukan pengecualian batas"
WHY = "Masih ada mitra lain di kecamatan itu."


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def mitra(unit):
    return a_mitra(unit)


@pytest.fixture
def told(client, unit, mitra):
    """What the team leader reads of the exception: on the month of the mitra, and among the approvals."""
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)

    def read():
        pages = (f"alokasi/{mitra.pk}/", "persetujuan/")
        return [client.get(f"/mitra/{unit.slug}/{page}?bulan=2026-11").content.decode() for page in pages]

    return read


def test_who_asked_reads_that_it_waits_and_is_not_led_to_ask_twice(told, unit, mitra):
    CapOverrideFactory(unit=unit, person=mitra.person)

    month, approvals = told()

    assert "Menunggu KPA" in month
    assert "Menunggu KPA" in approvals
    assert "Rp5.000.000" in month
    assert ASK not in month


def test_who_asked_reads_that_it_was_declined_and_may_ask_again(told, unit, mitra):
    asked = CapOverrideFactory(unit=unit, person=mitra.person)
    withdraw_exception(head(unit), exception=asked, reason=WHY, now=NOW)

    month, approvals = told()

    assert "Pengecualian ditolak" in month
    assert "Pengecualian ditolak" in approvals
    assert WHY in month
    assert WHY in approvals
    assert ASK in month


def test_what_was_granted_and_taken_back_is_not_called_declined(told, unit, mitra):
    granted = CapOverrideFactory(unit=unit, person=mitra.person, granted=True)
    assert "Pengecualian disetujui" in told()[0]
    withdraw_exception(head(unit), exception=granted, reason=WHY, now=NOW)

    assert all("Pengecualian ditarik" in page and "ditolak" not in page for page in told())


def test_the_limit_another_office_lifted_says_which_office(told, mitra):
    other = CapOverrideFactory(person=mitra.person, granted=True)

    month, approvals = told()

    assert f"Pengecualian {other.unit.name}: boleh sampai Rp5.000.000" in month
    assert "Rp5.000.000" not in approvals


def test_the_undecided_come_first_and_what_no_longer_counts_last(unit):
    declined, granted, asked = (CapOverrideFactory(unit=unit, granted=now) for now in (False, True, False))
    withdraw_exception(head(unit), exception=declined, reason=WHY, now=NOW)

    assert list(exceptions(head(unit), unit, NOVEMBER)) == [asked, granted, declined]
