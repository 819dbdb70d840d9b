"""What a mitra reads who may not be given work for now, and who takes back a word about their account."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from halopst.letters.models import Letter
from halopst.partners.models import AccountRemark, OfferAnswer, OwnSession, Registration
from halopst.partners.queries.own.offers import offers
from halopst.partners.services import own
from halopst.partners.services.own.refusals import OfferClosed, OfferWithheld, RemarkStands
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOW, BankAccountFactory, BlacklistingFactory
from tests.partners.offices import JANUARY, a_duty, a_mitra, an_office, give
from tests.partners.payers import approved, handed_over, signed
from tests.partners.test_own_page import bearer, browser_of

pytestmark = pytest.mark.django_db
CLOSED = "pekerjaan ini tidak dapat diberikan kepada Anda"


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def unit():
    return an_office()


def accepted_offer(unit):
    row = a_mitra(unit, "Ayu")
    give(row, a_duty(unit), 10)
    own.answer_offer(bearer(row), row.assignments.get(), accepted=True, volume=10, now=NOW)
    return row


def test_who_is_blacklisted_sees_their_offers_closed_and_how_to_appeal(unit):
    row = accepted_offer(unit)
    browser = browser_of(row.person)
    assert "Anda bersedia" in browser.get("/saya-mitra/").content.decode()
    BlacklistingFactory(unit=unit, person=row.person, since=date(2026, 11, 1))

    page = browser.get("/saya-mitra/").content.decode()
    url = reverse("own:answer", args=[row.assignments.get().pk])
    told = browser.post(url, {"jawab": "tidak", "volume": "10", "alasan": "Sakit."}, follow=True)

    assert "Anda bersedia" not in page
    assert CLOSED in page
    assert 'href="#daftar-hitam">Baca alasannya dan cara mengajukan keberatan' in page
    assert f'action="{url}"' not in page
    assert "Tawaran ini ditutup karena Anda dalam daftar hitam pada bulan itu." in told.content.decode()
    assert OfferAnswer.objects.get().accepted


def test_who_is_inactive_is_told_so_and_an_appeal_granted_opens_the_offer_again(unit):
    row = accepted_offer(unit)
    offer = row.assignments.get()
    Registration.objects.filter(pk=row.pk).update(status="nonaktif")
    page = browser_of(row.person).get("/saya-mitra/").content.decode()
    assert "Status Anda di satker ini tidak aktif" in page
    with pytest.raises(OfferWithheld, match="status Anda di satker itu tidak aktif"):
        own.answer_offer(bearer(row), offer, accepted=True, volume=10, now=NOW)

    Registration.objects.filter(pk=row.pk).update(status="aktif")
    said = {"appeal": "Saya hadir.", "appealed_at": NOW, "appeal_decided_at": NOW}
    BlacklistingFactory(
        unit=unit, person=row.person, since=date(2026, 11, 1), decision="diterima", decision_note="-", **said
    )

    assert [one.is_open for one in offers(bearer(row), now=NOW)] == [True]


def test_a_blacklisting_is_shown_with_the_last_day_it_holds_on_both_pages(unit, client):
    row = a_mitra(unit, "Ayu")
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    at = reverse("partners:blacklist", args=[unit.slug, row.person_id])
    given = {"reason": "Isian dikarang.", "since": "2026-11-02"}
    backwards = client.post(at, {**given, "last_day": "2026-11-01"})
    assert backwards.status_code == 422
    assert "Hari terakhir tidak boleh sebelum tanggal mulai." in backwards.content.decode()

    client.post(at, {**given, "last_day": "2026-11-30"})

    listed = row.person.blacklistings.get()
    on = [row.person.blacklistings.in_force(day).exists() for day in (date(2026, 11, 30), date(2026, 12, 1))]
    assert (listed.until, on) == (date(2026, 12, 1), [True, False])
    theirs = client.get(reverse("partners:person", args=[unit.slug, row.person_id])).content.decode()
    mine = browser_of(row.person).get("/saya-mitra/").content.decode()
    assert "Alokasi baru ditolak sampai 30 November 2026." in theirs
    assert "2 November 2026 sampai 30 November 2026" in theirs
    assert "sejak 2 November 2026 sampai 30 November 2026." in mine


def test_an_account_is_not_confirmed_over_ones_own_remark_but_by_taking_it_back(unit):
    row = a_mitra(unit, "Ayu")
    account = BankAccountFactory(person=row.person)
    browser, url = browser_of(row.person), reverse("own:account")
    older_tab = {"aksi": "benar", "tanda": account.mark}
    browser.post(url, {"aksi": "betulkan", "tanda": account.mark, "catatan": "Nama saya Ayu Pratiwi."})

    told = browser.post(url, older_tab, follow=True).content.decode()

    assert "Anda sudah meminta rekening ini dibetulkan." in told
    assert "Tarik permintaan, rekening sudah benar" in told
    assert ">Sudah benar<" not in told
    account.refresh_from_db()
    assert (account.confirmed_at, AccountRemark.objects.get().settled_at) == (None, None)
    with pytest.raises(RemarkStands):
        own.confirm_account(bearer(row), seen=account.mark, now=NOW)
    done = browser.post(url, {**older_tab, "tarik": "ya"}, follow=True).content.decode()
    account.refresh_from_db()
    assert "Permintaan Anda ditarik dan rekening dibenarkan." in done
    assert (account.confirmed_at, AccountRemark.objects.get().settled_at) == (NOW, NOW)


def changed_after_its_signature(unit, **duty):
    """The approval of a month whose contract was signed before its volume changed."""
    approval = approved(a_mitra(unit, "Ayu"), duty=a_duty(unit, **duty))
    contract = signed(approval, "contract")
    Letter.objects.filter(pk=contract.pk).update(state="outdated", reason="Volume berubah")
    return approval


def test_who_has_handed_the_work_over_is_not_asked_again_whether_they_will_do_it(unit):
    approval = changed_after_its_signature(unit)
    row = approval.registration
    offer = row.assignments.get()
    assert "Saya bersedia" in browser_of(row.person).get("/saya-mitra/").content.decode()
    handed_over(approval)

    (seen,) = offers(bearer(row), now=NOW)

    assert (seen.is_open, seen.is_done) == (False, True)
    with pytest.raises(OfferClosed):
        own.answer_offer(bearer(row), offer, accepted=True, volume=20, now=NOW)
    OwnSession.objects.all().delete()
    page = browser_of(row.person).get("/saya-mitra/").content.decode()
    assert "Saya bersedia" not in page
    assert "Hasilnya sudah diserahterimakan; tidak ada yang perlu dijawab." in page


def test_work_of_several_months_waits_for_a_word_until_the_last_is_handed_over(unit):
    approval = changed_after_its_signature(unit, ends=JANUARY)
    handed_over(approval)

    assert [one.is_open for one in offers(bearer(approval.registration), now=NOW)] == [True]


def test_a_handover_whose_approval_was_taken_back_settles_nothing(unit):
    approval = changed_after_its_signature(unit)
    handed_over(approval)
    give(approval.registration, approval.registration.assignments.get().duty, 15)

    approval.refresh_from_db()
    assert approval.withdrawn_at is not None
    assert [one.is_open for one in offers(bearer(approval.registration), now=NOW)] == [True]
