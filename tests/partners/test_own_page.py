"""On their own page mitra see and say what is theirs, and reach nothing of anyone else's."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from halopst.audit.models import Entry
from halopst.core.errors import NotPermitted
from halopst.letters import services as letters
from halopst.letters.esign import EsignClient, Terms
from halopst.letters.models import Letter, Signing
from halopst.letters.reference import load_classifications, load_defaults
from halopst.letters.services.papers import fetch
from halopst.letters.services.refusals import ScanUnread
from halopst.notifications.models import Notice
from halopst.partners.letter_kinds.receipts import HANDOVER
from halopst.partners.models import AccountRemark, OfferAnswer, Person, SentScan
from halopst.partners.queries.own.page import own_blacklistings, own_letters
from halopst.partners.rules.own import Mitra
from halopst.partners.services import own, set_bank_account
from halopst.partners.services.allocation import approving
from halopst.partners.services.contracts import contracting
from halopst.partners.services.own.refusals import (
    AccountChanged,
    NumberInNote,
    OfferChanged,
    OfferClosed,
    ReasonNeeded,
    ReturnNeedsReason,
    ScanAlreadySent,
    ScanDecided,
    ScanNotNow,
)
from tests.accounts.factories import MembershipFactory
from tests.letters.esign_service import ACTIVATION, PASSWORD, SEAL, SUBSCRIBER, USER, EsignService
from tests.letters.factories import LetterFactory, SignatoryFactory
from tests.partners.factories import (
    NOVEMBER,
    NOW,
    BankAccountFactory,
    BlacklistingFactory,
    DeliveryFactory,
    OwnSessionFactory,
    PaymentLineFactory,
    TerminationFactory,
    pay,
)
from tests.partners.offices import a_duty, a_mitra, an_office, give, head, head_of
from tests.partners.payers import approved, handed_over, signed
from tests.partners.scans import scanned
from tests.partners.subjects import keeper_of
from tests.partners.test_contracts import write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_that_day(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def unit():
    return an_office()


def browser_of(person):
    """A browser in which this person has answered their code."""
    browser = Client()
    OwnSessionFactory(person=person, secret=f"rahasia-{person.pk}")
    browser.cookies["mitra"] = f"rahasia-{person.pk}"
    return browser


def bearer(row):
    return Mitra(row.person_id, 0)


def with_contracts(unit, *names):
    """These mitra, each with an approved November and its contract."""
    load_classifications()
    load_defaults()
    SignatoryFactory(unit=unit)
    duty = a_duty(unit, name="Sakernas")
    rows = [a_mitra(unit, name) for name in names]
    for row in rows:
        give(row, duty, 20)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    write(unit, head_of(unit))
    return [(row, Letter.objects.get(about=contracting.about_month(row.pk, NOVEMBER))) for row in rows]


def test_the_page_shows_what_is_theirs_and_costs_the_same_at_one_line_and_three(unit):
    row, other = a_mitra(unit, "Ayu Pratiwi"), a_mitra(unit, "Bagus Santosa")
    BankAccountFactory(person=row.person, number="9876501234", holder="Ayu Pratiwi")
    duty = a_duty(unit, name="Sakernas")
    give(row, duty, 10)
    give(other, a_duty(unit, name="Rahasia orang lain"), 3)
    browser = browser_of(row.person)

    with CaptureQueriesContext(connection) as one:
        page = browser.get("/saya-mitra/").content.decode()
    for name in ("Susenas", "Konstruksi"):
        give(row, a_duty(unit, name=name), 2)
    with CaptureQueriesContext(connection) as three:
        fuller = browser.get("/saya-mitra/").content.decode()

    assert "Sakernas" in page
    assert "Rp500.000" in page
    assert "••••1234" in page
    assert all(words not in page for words in ("9876501234", "Bagus", "Rahasia orang lain", row.person.nik))
    assert "Susenas" in fuller
    assert len(one) == len(three)


def test_who_is_blacklisted_reads_why_and_answers_once_and_the_head_is_told(unit, client):
    row = a_mitra(unit, "Ayu")
    listed = BlacklistingFactory(
        unit=unit, person=row.person, reason="Isian dikarang.", since=date(2026, 11, 1)
    )
    other = BlacklistingFactory(unit=unit, reason="Rahasia orang lain.")
    browser = browser_of(row.person)

    def send(pk, text):
        return browser.post(f"/saya-mitra/daftar-hitam/{pk}/", {"keberatan": text}, follow=True)

    page = browser.get("/saya-mitra/").content.decode()
    assert all(words in page for words in ("sejak 1 November 2026", "Isian dikarang.", "Ajukan keberatan"))
    assert "Rahasia orang lain." not in page
    assert "Tulis keberatan Anda" in send(listed.pk, "  ").content.decode()
    assert send(other.pk, "Bukan saya.").status_code == 404
    assert "Keberatan Anda tercatat." in send(listed.pk, "Saya hadir.\nAda fotonya.").content.decode()
    again = send(listed.pk, "Lagi.").content.decode()

    assert "sudah dicatat atau sudah diputuskan" in again
    assert "Keberatan Anda menunggu diputuskan:" in again
    listed.refresh_from_db()
    assert (listed.appeal, listed.appealed_at) == ("Saya hadir.\nAda fotonya.", NOW)
    assert Entry.objects.get(action="partners.appeal-received").actor_label == f"mitra:{row.person_id}"
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    register = client.get(f"/mitra/{unit.slug}/?tahun=2026").content.decode()
    assert "1 keberatan atas daftar hitam menunggu putusan Anda." in register
    found = client.get(f"/api/v1/partners/units/{unit.slug}/mitra?year=2026&lack=keberatan").json()
    assert [one["name"] for one in found] == ["Ayu"]


@pytest.mark.parametrize(("zone", "holds"), [("Asia/Jakarta", True), ("Asia/Jayapura", False)])
def test_a_blacklisting_ends_with_the_day_of_the_office_that_decided_it(zone, holds):
    row = a_mitra(an_office())
    listed = BlacklistingFactory(unit__zone=zone, person=row.person, until=date(2026, 11, 20))
    late = datetime(2026, 11, 19, 15, 30, tzinfo=UTC)  # 22.30 WIB, 00.30 WIT the day after

    found = own_blacklistings(Mitra(row.person_id, 0), now=late)

    assert list(found) == [listed] * holds


def test_a_mitra_reads_how_their_appeal_was_decided(unit):
    row = a_mitra(unit)
    said = {"appeal": "Saya hadir.", "appealed_at": NOW, "appeal_decided_at": NOW}
    BlacklistingFactory(
        unit=unit, person=row.person, decision="ditolak", decision_note="Tidak ada di foto.", **said
    )
    BlacklistingFactory(unit=unit, person=row.person, decision="diterima", decision_note="Benar.", **said)

    page = browser_of(row.person).get("/saya-mitra/").content.decode()

    assert "Keberatan Anda ditolak:</b> Tidak ada di foto." in page
    assert "daftar hitam itu tidak berlaku" in page
    assert "Ajukan keberatan" not in page


def test_an_offer_is_accepted_or_declined_with_a_reason_and_answered_again_when_it_changes(unit):
    row, duty = a_mitra(unit), a_duty(unit)
    give(row, duty, 10)
    offer = row.assignments.get()
    url, browser = reverse("own:answer", args=[offer.pk]), browser_of(row.person)

    browser.post(url, {"jawab": "tidak", "volume": "10", "alasan": ""})
    assert not OfferAnswer.objects.exists()
    browser.post(url, {"jawab": "tidak", "volume": "10", "alasan": "Sedang di luar kota."})
    assert OfferAnswer.objects.get().reason == "Sedang di luar kota."
    browser.post(url, {"jawab": "ya", "volume": "10"})
    answer = OfferAnswer.objects.get()
    assert (answer.accepted, answer.reason, answer.volume) == (True, "", 10)
    assert "Anda bersedia" in browser.get("/saya-mitra/").content.decode()

    give(row, duty, 12)
    assert "Menunggu jawaban Anda" in browser.get("/saya-mitra/").content.decode()
    with pytest.raises(OfferChanged):
        own.answer_offer(bearer(row), offer, accepted=True, volume=10, now=NOW)
    with pytest.raises(ReasonNeeded):
        own.answer_offer(bearer(row), offer, accepted=False, reason=" ", volume=12, now=NOW)
    with pytest.raises(OfferClosed):
        own.answer_offer(bearer(row), offer, accepted=True, volume=12, now=NOW + timedelta(days=11))
    said = Entry.objects.filter(action="partners.offer-accepted").get()
    assert (said.actor_label, said.actor_id) == (f"mitra:{row.person_id}", None)


def test_the_office_reads_the_answers_where_it_approves(client, unit):
    yes, no, stale = a_mitra(unit, "Ayu"), a_mitra(unit, "Bagus"), a_mitra(unit, "Citra")
    duty = a_duty(unit)
    for row, accepted in ((yes, True), (no, False), (stale, False)):
        give(row, duty, 5)
        own.answer_offer(
            bearer(row), row.assignments.get(), accepted=accepted, reason="Sakit.", volume=5, now=NOW
        )
    give(stale, duty, 4)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    page = client.get(f"/mitra/{unit.slug}/persetujuan/?bulan=2026-11&saring=menolak")

    assert [row.person.name for row in page.context["page"]] == ["Bagus"]
    assert "Tidak bersedia: 1 kegiatan" in page.content.decode()
    sheet = client.get(f"/mitra/{unit.slug}/alokasi/?bulan=2026-11")
    assert sheet.context["declining"] == {no.pk}
    alone = client.get(f"/mitra/{unit.slug}/alokasi/{no.pk}/?bulan=2026-11").content.decode()
    assert "Sakit." in alone
    load_classifications()
    load_defaults()
    SignatoryFactory(unit=unit)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    contracts = client.get(f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11").content.decode()
    assert "3 perjanjian siap dibuat" in contracts
    assert "1 mitra di antaranya menyatakan tidak bersedia." in contracts
    assert f"/mitra/{unit.slug}/persetujuan/?bulan=2026-11&amp;saring=menolak&amp;kembali=" in contracts


def test_programs_read_the_answers_and_decide_on_scans(client, unit):
    (row, letter), *_ = with_contracts(unit, "Ayu")
    own.answer_offer(bearer(row), row.assignments.get(), accepted=True, volume=20, now=NOW)
    scan = own.send_scan(bearer(row), letter, content=scanned(letter), now=NOW)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    at = f"/api/v1/partners/units/{unit.slug}"

    answers = client.get(f"{at}/answers?month=2026-11").json()
    waiting = client.get(f"{at}/sent-scans").json()
    taken = client.post(
        f"{at}/sent-scans/{scan.pk}",
        {"accept": True},
        content_type="application/json",
        headers={"Idempotency-Key": "terima-pindaian"},
    )

    assert [(said["mitra"], said["accepted"], said["volume"]) for said in answers] == [("Ayu", True, 20)]
    assert [(one["number"], one["code_was_read"]) for one in waiting] == [(str(letter.number), True)]
    assert (taken.json()["state"], client.get(f"{at}/sent-scans").json()) == ("diterima", [])


def test_nobody_else_s_rows_are_reached_by_any_door(unit):
    """Every address of the page that names a row: one's own opens, anybody else's is not there."""
    (mine, my_letter), (theirs, their_letter) = with_contracts(unit, "Ayu", "Bagus")
    elsewhere = a_mitra(an_office(), "Citra")
    give(elsewhere, a_duty(elsewhere.unit), 1)
    browser = browser_of(mine.person)
    scan = {"file": SimpleUploadedFile("a.pdf", fetch(their_letter.file))}

    assert browser.get(reverse("own:letter", args=[my_letter.pk])).status_code == 200
    assert browser.get(reverse("own:scan", args=[my_letter.pk])).status_code == 200
    met = [
        browser.get(reverse("own:letter", args=[their_letter.pk])),
        browser.get(reverse("own:scan", args=[their_letter.pk])),
        browser.post(reverse("own:scan", args=[their_letter.pk]), scan),
        *(
            browser.post(
                reverse("own:answer", args=[row.assignments.get().pk]),
                {"jawab": "ya", "volume": row.assignments.get().volume},
            )
            for row in (theirs, elsewhere)
        ),
    ]

    assert [answer.status_code for answer in met] == [404] * len(met)
    assert not OfferAnswer.objects.exists()
    assert not SentScan.objects.exists()
    assert {row.letter for row in own_letters(bearer(theirs))} == {their_letter}


def test_what_ends_a_contract_is_read_and_not_signed_by_its_mitra():
    ended, other = TerminationFactory(), TerminationFactory()
    mine, theirs = (
        LetterFactory(
            unit=row.registration.unit,
            kind="partners.termination",
            about=f"partners.termination:{row.pk}",
            title="Surat pemutusan",
            final_at=NOW,
        )
        for row in (ended, other)
    )
    browser = browser_of(ended.registration.person)
    scan = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 contoh")}

    assert [row.letter for row in own_letters(bearer(ended.registration))] == [mine]
    assert browser.get(reverse("own:scan", args=[theirs.pk])).status_code == 404
    assert "tidak menunggu pindaian" in browser.get(reverse("own:scan", args=[mine.pk])).content.decode()
    assert browser.post(reverse("own:scan", args=[mine.pk]), scan).status_code == 403


def test_an_addendum_is_theirs_beside_the_contract_it_changes(unit):
    mine, other = give_a_month(unit), give_a_month(unit)
    letters = [
        LetterFactory(
            unit=unit,
            kind="partners.addendum",
            about=f"partners.addendum:{row.pk}:2026-11",
            title="Adendum",
            final_at=NOW,
        )
        for row in (mine, other)
    ]

    assert [row.letter for row in own_letters(bearer(mine))] == letters[:1]


def give_a_month(unit):
    row = a_mitra(unit)
    give(row, a_duty(unit), 1)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    return row


def test_a_letter_that_only_names_the_same_registration_elsewhere_is_not_theirs(unit):
    (mine, letter), *_ = with_contracts(unit, "Ayu")
    other = an_office()
    forged = LetterFactory(unit=other, kind=letter.kind, about=letter.about, final_at=NOW)

    assert browser_of(mine.person).get(reverse("own:letter", args=[forged.pk])).status_code == 404
    with pytest.raises(NotPermitted):
        own.send_scan(bearer(mine), forged, content=b"", now=NOW)


def test_the_page_of_a_mitra_opens_nothing_of_the_office(unit):
    row = a_mitra(unit)
    browser = browser_of(row.person)

    assert "/akun/masuk" in browser.get(f"/mitra/{unit.slug}/")["Location"]
    assert browser.get(f"/mitra/{unit.slug}/{row.person_id}/").status_code == 302
    assert browser.get("/api/v1/partners/offices").status_code in {401, 404}


def test_a_mitra_sees_what_was_paid_to_them_and_nothing_paid_to_others():
    line, other = PaymentLineFactory(), PaymentLineFactory(holder="Orang Lain", tail="9999")
    browser = browser_of(line.person)

    page = browser.get("/saya-mitra/").content.decode()

    assert "Dalam daftar pembayaran" in page
    assert f"{line.bank} ••••{line.tail}" in page
    assert f"••••{other.tail}" not in page
    done = DeliveryFactory(handover__due=100_000, realised=2, due=100_000)
    theirs = browser_of(done.assignment.registration.person).get("/saya-mitra/").content.decode()
    assert "Menunggu daftar pembayaran" in theirs


@pytest.mark.parametrize(
    ("paid_on", "is_there"), [(None, True), (date(2026, 9, 1), True), (date(2026, 2, 5), False)]
)
def test_honor_of_a_month_long_past_stays_on_the_page_until_it_is_long_paid(paid_on, is_there):
    january = date(2026, 1, 1)
    line = PaymentLineFactory(payment_list__month=january, handover__approval__month=january)
    if paid_on:
        pay(line.payment_list, paid_on)

    page = browser_of(line.person).get("/saya-mitra/").content.decode()

    assert ("Januari 2026" in page, "Belum ada hasil yang diserahkan" in page) == (is_there, not is_there)


def test_who_has_yet_to_sign_is_not_told_that_only_a_list_is_missing(unit):
    handover = handed_over(approved(a_mitra(unit)), due=1_360_000)
    receipt = signed(handover.approval, HANDOVER.code.removeprefix("partners."), state="final")
    Letter.objects.filter(pk=receipt.pk).update(final_at=NOW)
    browser = browser_of(handover.approval.registration.person)

    waits = browser.get("/saya-mitra/").content.decode()
    Letter.objects.filter(pk=receipt.pk).update(state="signed")
    is_signed = browser.get("/saya-mitra/").content.decode()

    assert "Menunggu tanda tangan berita acara" in waits
    assert "Menunggu daftar pembayaran" not in waits
    assert "Menunggu daftar pembayaran" in is_signed
    assert "Menunggu tanda tangan berita acara" not in is_signed


def test_the_account_is_confirmed_or_sent_back_as_it_was_shown(unit):
    row = a_mitra(unit)
    account, keeper = BankAccountFactory(person=row.person, holder="Ayu"), keeper_of(unit)
    browser, url = browser_of(row.person), reverse("own:account")

    browser.post(url, {"aksi": "benar", "tanda": account.mark})
    account.refresh_from_db()
    assert account.confirmed_at == NOW

    browser.post(url, {"aksi": "betulkan", "tanda": account.mark, "catatan": "Nama saya Ayu Pratiwi."})
    account.refresh_from_db()
    assert (account.confirmed_at, AccountRemark.objects.get().note) == (None, "Nama saya Ayu Pratiwi.")

    seen = account.mark
    set_bank_account(keeper, row.person, unit=unit, bank=account.bank, number="1234567890", holder="Ayu P")
    assert AccountRemark.objects.get().settled_at is not None
    with pytest.raises(AccountChanged):
        own.confirm_account(bearer(row), seen=seen, now=NOW)


@pytest.mark.parametrize("note", ["Nomor saya 1234567890", "Yang benar 0021-3456 7890.1", "٠١٢٣٤٥٦٧٨٩"])
def test_a_whole_account_number_is_not_taken_down_as_a_note(unit, note):
    row = a_mitra(unit)
    account = BankAccountFactory(person=row.person)

    with pytest.raises(NumberInNote, match="empat angka terakhir"):
        own.remark_account(bearer(row), seen=account.mark, note=note, now=NOW)

    assert not AccountRemark.objects.exists()
    own.remark_account(bearer(row), seen=account.mark, note="Berakhir 7890, sejak 1-11-2026.", now=NOW)
    assert AccountRemark.objects.get().note == "Berakhir 7890, sejak 1-11-2026."


def test_how_it_went_stands_in_the_part_of_the_page_it_was_asked_in(unit):
    row = a_mitra(unit)
    account = BankAccountFactory(person=row.person)
    browser = browser_of(row.person)

    for note, said in (
        ("Nomor saya 1234567890", "Tulis paling banyak empat angka"),
        ("Nama keliru", "Permintaan tercatat"),
    ):
        values = {"aksi": "betulkan", "tanda": account.mark, "catatan": note}
        shown = browser.post("/saya-mitra/rekening/", values, follow=True).content.decode()
        before, _id, part = shown.partition('id="rekening"')
        assert (said in before, part.count(said)) == (False, 1)


def test_a_note_that_may_not_be_kept_comes_back_to_be_written_anew(unit):
    row = a_mitra(unit)
    account = BankAccountFactory(person=row.person)
    values = {"aksi": "betulkan", "tanda": account.mark, "catatan": "Yang benar 1234567890, bank sama"}
    told = browser_of(row.person).post("/saya-mitra/rekening/", values)
    assert told.status_code == 422
    assert 'value="Yang benar 1234567890, bank sama"' in told.content.decode()
    assert not AccountRemark.objects.exists()


def test_another_name_on_the_account_asks_for_another_confirmation(unit):
    row = a_mitra(unit)
    account = BankAccountFactory(person=row.person, holder="Ayu", confirmed_at=NOW)
    same = {"bank": account.bank, "number": "1234567890", "holder": "Ayu"}

    assert set_bank_account(keeper_of(unit), row.person, unit=unit, **same).confirmed_at == NOW
    changed = {**same, "holder": "Orang Lain"}
    assert set_bank_account(keeper_of(unit), row.person, unit=unit, **changed).confirmed_at is None


def test_a_scan_waits_for_the_officer_and_is_a_signature_only_then(client, unit):
    (row, letter), *_ = with_contracts(unit, "Ayu")
    browser, url = browser_of(row.person), reverse("own:scan", args=[letter.pk])
    content = scanned(letter)

    for wrong in (b"%PDF-1.7 rusak", fetch(letter.file)):
        assert browser.post(url, {"file": SimpleUploadedFile("a.pdf", wrong)}).status_code == 422
    assert browser.post(url, {"file": SimpleUploadedFile("a.pdf", content)}).status_code == 302
    scan = SentScan.objects.get()
    letter.refresh_from_db()
    assert (letter.state, scan.code_was_read, scan.pages) == ("final", True, letter.pages)
    with default_storage.open(scan.stored_as) as kept:
        assert b"%PDF" not in kept.read()
    assert "menunggu diperiksa petugas" in browser.get(url).content.decode()
    with pytest.raises(ScanAlreadySent):
        own.send_scan(bearer(row), letter, content=content, now=NOW)

    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    assert "Ayu" in client.get(f"/mitra/{unit.slug}/pindaian/").content.decode()
    file = client.get(reverse("partners:scan-file", args=[unit.slug, scan.pk]))
    assert BytesIO(file.content).read() == content
    client.post(reverse("partners:scan-decide", args=[unit.slug, scan.pk]), {"putusan": "terima"})

    letter.refresh_from_db()
    assert (letter.state, Signing.objects.get().signer) == ("signed", "Ayu")
    assert browser.get(reverse("own:letter", args=[letter.pk])).content == content
    with pytest.raises(ScanNotNow):
        own.send_scan(bearer(row), letter, content=content, now=NOW)
    with pytest.raises(OfferClosed):
        own.answer_offer(
            bearer(row), row.assignments.get(), accepted=False, reason="Sakit.", volume=20, now=NOW
        )


def test_a_scan_that_will_not_do_comes_back_with_its_reason(unit):
    (row, letter), *_ = with_contracts(unit, "Ayu")
    Person.objects.update(email="ayu@contoh.id")
    actor, content = head_of(unit), scanned(letter, blank=True)
    scan = own.send_scan(bearer(row), letter, content=content, now=NOW)
    with pytest.raises(ScanUnread):
        own.take_scan(actor, scan, compared=False, now=NOW)
    with pytest.raises(ReturnNeedsReason):
        own.return_scan(actor, scan, reason=" ", now=NOW)

    own.return_scan(actor, scan, reason="Halaman dua terpotong.", now=NOW)

    page = browser_of(row.person).get("/saya-mitra/").content.decode()
    assert "Pindaian dikembalikan: Halaman dua terpotong." in page
    with pytest.raises(ScanDecided):
        own.take_scan(actor, scan, compared=True, now=NOW)
    again = own.send_scan(bearer(row), letter, content=content, now=NOW)
    assert own.take_scan(actor, again, compared=True, now=NOW).state == "diterima"
    assert "Halaman dua terpotong." in Notice.objects.get(kind="partners.scan_returned").body


def test_of_a_sealed_letter_they_take_the_sealed_file(unit, request):
    (row, letter), *_ = with_contracts(unit, "Ayu")
    actor, gateway = head_of(unit), EsignService()
    request.addfinalizer(gateway.stop)
    gateway.is_active = True
    client = EsignClient(gateway.address, USER, PASSWORD, Terms(subscriber=SUBSCRIBER))
    content = scanned(letter)
    letters.upload_scan(actor, letter, content=content, signer="Ayu", compared=False, now=NOW)
    letter.refresh_from_db()
    letters.seal_with_bsre(actor, letter, activation=ACTIVATION, client=client, now=NOW)

    given = browser_of(row.person).get(reverse("own:letter", args=[letter.pk])).content

    assert given == content + SEAL


def test_of_a_contract_that_was_ended_no_other_is_promised(unit):
    (row, letter), *_ = with_contracts(unit, "Ayu")
    with connection.cursor() as cursor:  # its work was written before the contract ended
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    TerminationFactory(registration=row, contract=letter)
    letters.mark_outdated(letter.about, "Diputus.", NOW)

    page = browser_of(row.person).get("/saya-mitra/").content.decode()

    assert "Perjanjian ini diputus dan tidak diganti." in page
    assert "tunggu penggantinya" not in page


def test_an_outdated_contract_is_not_given_out_to_sign(unit):
    (row, letter), *_ = with_contracts(unit, "Ayu")
    letters.mark_outdated(letter.about, "Alokasi berubah.", NOW)
    browser = browser_of(row.person)

    assert "Jangan ditandatangani" in browser.get("/saya-mitra/").content.decode()
    assert browser.get(reverse("own:letter", args=[letter.pk])).status_code == 404


def test_nothing_typed_on_the_page_breaks_it(unit):
    row = a_mitra(unit)
    give(row, a_duty(unit), 1)
    BankAccountFactory(person=row.person)
    browser = browser_of(row.person)
    offer = reverse("own:answer", args=[row.assignments.get().pk])

    for text in ("\0", "9" * 40, "x" * 20_000, "{{ 7*7 }}<b>'\"", "😀"):
        met = [
            browser.post(offer, {"jawab": text, "alasan": text, "volume": text}),
            browser.post(reverse("own:account"), {"aksi": text, "catatan": text, "tanda": text}),
            browser.post("/saya-mitra/masuk/", {"address": text}),
        ]
        assert met[0].status_code == 302
        assert {answer.status_code for answer in met[1:]} <= {302, 422}
    assert browser.post(offer, {"jawab": "tidak", "alasan": "<b>x</b>", "volume": "1"}).status_code == 302
    assert "&lt;b&gt;x&lt;/b&gt;" in browser.get("/saya-mitra/").content.decode()


def test_a_scan_the_officer_was_quicker_with_no_longer_waits_and_is_not_kept(
    client, unit, run_jobs, django_capture_on_commit_callbacks
):
    (row, letter), *_ = with_contracts(unit, "Ayu")
    actor, content = head_of(unit), scanned(letter)
    scan = own.send_scan(bearer(row), letter, content=content, now=NOW)
    browser = browser_of(row.person)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    letters.upload_scan(actor, letter, content=content, signer="Ayu", compared=True, now=NOW)

    page = browser.get("/saya-mitra/").content.decode()
    assert "menunggu diperiksa petugas" not in page
    assert "tidak diperlukan lagi" in page
    assert "Tidak ada pindaian yang menunggu" in client.get(f"/mitra/{unit.slug}/pindaian/").content.decode()
    with pytest.raises(ScanDecided):
        own.take_scan(actor, scan, compared=True, now=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()

    scan.refresh_from_db()
    assert (scan.state, scan.decided_at, scan.decided_by) == ("gugur", NOW, None)
    assert not default_storage.exists(scan.stored_as)
    assert Entry.objects.filter(action="partners.scan-unneeded").count() == 1
    assert "tidak diperlukan lagi" in browser.get("/saya-mitra/").content.decode()


def test_a_scan_of_a_contract_that_changed_meanwhile_is_settled_overnight(
    unit, django_capture_on_commit_callbacks
):
    (row, letter), (other, kept) = with_contracts(unit, "Ayu", "Bagus")
    scan = own.send_scan(bearer(row), letter, content=scanned(letter), now=NOW)
    waiting = own.send_scan(bearer(other), kept, content=scanned(kept), now=NOW)
    letters.mark_outdated(letter.about, "Alokasi berubah.", NOW)

    page = browser_of(row.person).get("/saya-mitra/").content.decode()
    assert "menunggu diperiksa petugas" not in page
    assert "tidak dipakai" in page

    with django_capture_on_commit_callbacks(execute=True):
        assert own.drop_unneeded_scans(now=NOW) == 1
    assert own.drop_unneeded_scans(now=NOW) == 0

    scan.refresh_from_db()
    waiting.refresh_from_db()
    assert (scan.state, waiting.state) == ("gugur", "menunggu")
    assert not default_storage.exists(scan.stored_as)
    assert default_storage.exists(waiting.stored_as)
