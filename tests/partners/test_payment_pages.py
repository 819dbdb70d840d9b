"""The pages, files and operations of paying, as people and programs use them."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from halopst.audit.models import Entry
from halopst.core.models import IdempotencyKey
from halopst.letters.models import Letter, Signatory
from halopst.partners.models import Approval, OfficeRules, PaymentList
from halopst.partners.queries.monitoring.following import follow_lines, follow_total
from halopst.partners.queries.payments.payable import payables, rows_of
from halopst.partners.services.payments import paying
from halopst.partners.wording.payments import told
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, NOW, BankAccountFactory, PersonFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give, head
from tests.partners.payers import a_paying_office, approved, handed_over, payer, ready, signed
from tests.units.factories import HeadOfficeFactory, ProvinceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
MONTH = "?bulan=2026-11"


@pytest.fixture
def unit():
    return a_paying_office()


def page(client, unit, path=""):
    return client.get(f"/mitra/{unit.slug}/pembayaran/{path}{MONTH}").content.decode()


def sign(row):
    Letter.objects.filter(about=f"partners.spj:{row.pk}").update(state="signed", signed_at=NOW)


def issued(unit):
    row = paying.make_list(payer(unit), unit=unit, month=NOVEMBER, now=NOW)
    paying.issue_list(payer(unit), row, now=NOW)
    sign(row)
    return row


def test_from_the_page_of_the_month_to_a_paid_list(treasurer, unit):
    ready(unit, "Ayu Pratiwi")
    approved(a_mitra(unit, "Budi Santosa"))
    shown = page(treasurer, unit)
    assert "Susun daftar untuk 1 mitra" in shown
    assert "Berita acara belum ditandatangani" not in shown
    assert f"/mitra/{unit.slug}/serah-terima/?bulan=2026-11" in shown

    url = treasurer.post(f"/mitra/{unit.slug}/pembayaran/{MONTH}", {"semua": "ya"})["Location"]
    assert "Terbitkan" in treasurer.get(url).content.decode()
    treasurer.post(f"{url}terbit/")
    sign(PaymentList.objects.get())
    assert treasurer.post(url, {"paid_on": "kemarin"}).status_code == 422
    today = Letter.objects.get(kind="partners.payment_list").dated_on
    treasurer.post(url, {"paid_on": today.isoformat()})

    assert PaymentList.objects.get().state == "paid"
    assert "Tandai sudah dibayar" not in treasurer.get(url).content.decode()
    assert "Dibayar 1" in page(treasurer, unit)
    assert "Belum ada yang siap. Yang masih kurang disebut di tabel di bawah." in page(treasurer, unit)
    Approval.objects.filter(registration__person__name="Budi Santosa").update(withdrawn_at=NOW)
    assert "Tidak ada lagi honor bulan ini yang belum masuk daftar pembayaran." in page(treasurer, unit)


def test_what_waits_for_a_signature_leads_to_that_very_letter(treasurer, unit):
    ayu, budi = (approved(a_mitra(unit, name)) for name in ("Ayu Pratiwi", "Budi Santosa"))
    for row in (ayu, budi):
        handed_over(row)
    old, receipt = signed(ayu, "contract"), signed(ayu, "handover", "printed")
    Letter.objects.filter(pk=old.pk).update(state="outdated", outdated_at=NOW, reason="Honor berubah")
    addendum = signed(ayu, "addendum", "final")
    month = f"/mitra/{unit.slug}/perjanjian/{MONTH}"

    shown = page(treasurer, unit)
    assert f'href="/surat/{addendum.pk}/?' in shown
    assert f'href="/surat/{receipt.pk}/?' in shown
    assert f'href="/surat/{old.pk}/?' not in shown
    assert shown.count(f'href="{month}') == 1  # of Budi, who has none yet
    named, none = treasurer.get(f"/api/v1/partners/units/{unit.slug}/payments?month=2026-11").json()
    assert [lack["url"] for lack in named["lacks"][:2]] == [f"/surat/{addendum.pk}/", f"/surat/{receipt.pk}/"]
    assert none["lacks"][0]["url"] == month

    Letter.objects.filter(pk=addendum.pk).update(state="void", ended_at=NOW, reason="Keliru")
    assert f'href="/surat/{old.pk}/?' not in page(treasurer, unit)  # it is made anew, not signed


def test_finding_the_letters_takes_the_same_queries_for_one_mitra_and_three(unit, django_assert_num_queries):
    def told_of(*names):
        for name in names:
            row = approved(a_mitra(unit, name))
            handed_over(row)
            signed(row, "contract", "final")
            signed(row, "handover", "final")
        rows = rows_of(payables(unit, NOVEMBER, today=date(2026, 12, 1)))
        with django_assert_num_queries(4):
            return told(rows)

    told_of("Ayu Pratiwi")
    assert len(told_of("Budi Santosa", "Citra Maharani")) == 3


def test_a_refusal_is_shown_and_a_cancelled_list_says_why(treasurer, unit):
    ready(unit)
    base = f"/mitra/{unit.slug}/pembayaran/"
    refused = treasurer.post(f"{base}{MONTH}", {"pilih": ["0", "x"]}, follow=True)
    assert "Belum ada yang dapat dibayar" in refused.content.decode()
    assert "Centang dulu mitra" in treasurer.post(f"{base}{MONTH}", follow=True).content.decode()
    row = paying.make_list(payer(unit), unit=unit, month=NOVEMBER, now=NOW)

    treasurer.post(f"{base}{row.pk}/batal/", {"reason": ""})
    assert PaymentList.objects.get().state == "draft"
    treasurer.post(f"{base}{row.pk}/batal/", {"reason": "Rekening <salah>"})

    shown = treasurer.get(f"{base}{row.pk}/").content.decode()
    assert "Rekening &lt;salah&gt;" in shown
    assert "Terbitkan daftar honor" in shown
    assert "Batalkan daftar ini" not in shown


def test_the_transfer_file_has_one_row_per_account_and_no_formula(treasurer, unit):
    for name in ("Ayu Pratiwi", "Budi Santosa"):
        person = PersonFactory(name=name)
        BankAccountFactory(person=person, number="0012345678", holder="=HYPERLINK(1)", confirmed_at=NOW)
        ready(unit, person=person)
    ready(unit, "Citra Maharani", number="987654321")
    row = paying.make_list(payer(unit), unit=unit, month=NOVEMBER, now=NOW)
    base = f"/mitra/{unit.slug}/pembayaran/{row.pk}/transfer"
    assert treasurer.post(f"{base}.csv").status_code == 409
    paying.issue_list(payer(unit), row, now=NOW)

    answer = treasurer.post(f"{base}.csv")

    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Bank", "Nomor rekening", "Atas nama", "Jumlah (Rp)", "Keterangan"]
    assert rows[1:] == [
        [
            "Bank Contoh",
            "0012345678",
            "'=HYPERLINK(1)",
            "2720000",
            "Honor 11-2026 Ayu Pratiwi, Budi Santosa",
        ],
        ["Bank Contoh", "987654321", "Citra Maharani", "1360000", "Honor 11-2026 Citra Maharani"],
    ]
    sheet = load_workbook(BytesIO(treasurer.post(f"{base}.xlsx").content)).active
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["D2"].value) == ("0012345678", "s", 2_720_000)
    assert treasurer.post(f"{base}.exe").status_code == 404
    assert Entry.objects.filter(action="partners.transfer-file-taken").count() == 2


def test_the_payment_file_of_the_month_has_the_sums_in_words(treasurer, unit):
    ready(unit, "Ayu Pratiwi", volume=80, price=70_000)
    row = issued(unit)
    today = Letter.objects.get(kind="partners.payment_list").dated_on
    paying.mark_paid(payer(unit), row, paid_on=today, now=NOW)

    answer = treasurer.post(f"/mitra/{unit.slug}/pembayaran/unduh.csv{MONTH}")

    heads, ayu, total = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert heads[2:6] == ["Bruto (Rp)", "PPh 21 (Rp)", "Diterima (Rp)", "Terbilang"]
    words = "lima juta lima ratus tujuh puluh dua ribu rupiah"
    assert ayu[1:8] == ["Ayu Pratiwi", "5600000", "28000", "5572000", words, "Bank Contoh", "••••7890"]
    assert total[1:6] == ["Jumlah", "5600000", "28000", "5572000", words]


def test_offices_without_work_are_one_line_below_those_with_it(client):
    nation = HeadOfficeFactory()
    at_work, *idle = ProvinceFactory.create_batch(4, parent=nation)
    office = an_office(province=at_work)
    give(a_mitra(office), a_duty(office), 1)
    client.force_login(MembershipFactory(unit=nation, role="kepala").user)

    answer = client.get(f"/mitra/{nation.slug}/pantauan/{MONTH}")

    page, context = answer.content.decode(), answer.context
    assert [line.unit for line in context["offices"]["busy"]] == [at_work, nation]
    assert {line.unit for line in context["offices"]["idle"]} == set(idle)
    assert "3 provinsi belum mengalokasikan" in page
    assert all(page.count(unit.name) >= 2 for unit in idle)
    assert "4 provinsi belum punya honor yang disetujui" in page


@pytest.mark.usefixtures("in_november")
def test_monitoring_counts_every_step_and_who_is_late(client, unit):
    OfficeRules.objects.create(unit=unit, payment_days=20)
    ready(unit, "Ayu Pratiwi")
    row = issued(unit)
    today = Letter.objects.get(kind="partners.payment_list").dated_on
    paying.mark_paid(payer(unit), row, paid_on=today, now=NOW)
    ready(unit, "Budi Santosa")
    signed(approved(a_mitra(unit, "Citra Maharani")), "contract", "printed")
    struck = signed(approved(a_mitra(unit, "Dewi Lestari")), "contract", "final")
    Letter.objects.filter(pk=struck.pk).update(state="outdated", outdated_at=NOW, reason="Berubah")

    (line,) = follow_lines(head(unit), unit, NOVEMBER, today=date(2026, 12, 21))

    assert (line.approved, line.contracted, line.signed, line.handed_over) == (4, 3, 2, 2)
    assert (line.paid, line.paid_honor, line.late, line.outdated) == (1, 1_360_000, 3, 1)
    client.force_login(MembershipFactory(unit=unit, role="auditor").user)
    shown = client.get(f"/mitra/{unit.slug}/pantauan/{MONTH}").content.decode()
    assert "1 dari 4 mitra sudah dibayar" in shown
    stale = f"/surat/?satker={unit.slug}&amp;keadaan=outdated&amp;pilihan=usang:2026-11"
    assert f'<a href="{stale}">1 surat usang perlu diganti.</a>' in shown
    file = client.get(f"/mitra/{unit.slug}/pantauan/pembayaran.csv{MONTH}").content.decode("utf-8-sig")
    assert file.splitlines()[1].endswith(",4,5440000,3,4080000,2,2720000,2,2720000,1,1360000,0,0,0,1")


def test_without_a_limit_of_its_own_an_office_is_not_said_to_have_nobody_late(client, unit):
    ready(unit)
    beside = a_paying_office(province=unit.parent, kinds=())
    OfficeRules.objects.create(unit=beside, payment_days=1)
    ready(beside, "Budi Santosa")
    client.force_login(MembershipFactory(unit=unit, role="auditor").user)
    page = f"/mitra/{unit.slug}/pantauan/"

    lines = follow_lines(head(unit, beside, unit.parent), unit.parent, NOVEMBER, today=date(2026, 12, 21))
    late = {line.unit: line.late for line in lines}
    shown = client.get(f"{page}{MONTH}").content.decode()

    assert (late[unit], late[beside], follow_total(lines, unit.parent).late) == (None, 1, 1)
    assert "Keterlambatan belum dihitung karena batas hari pembayarannya belum ditetapkan." in shown
    told = client.get(f"/api/v1/partners/units/{unit.slug}/monitoring/payments?month=2026-11").json()
    assert [one["late"] for one in told] == [None]
    file = client.get(f"{page}pembayaran.csv{MONTH}").content.decode("utf-8-sig")
    assert file.splitlines()[1].endswith(",0,,0")


def test_monitoring_takes_the_same_queries_for_one_office_and_three(unit, django_assert_num_queries):
    actor = head(unit, unit.parent)
    OfficeRules.objects.create(unit=unit, payment_days=20)
    ready(unit)
    with django_assert_num_queries(8):
        follow_lines(actor, unit.parent, NOVEMBER, today=date(2026, 12, 21))
    for name in ("Budi Santosa", "Citra Maharani"):
        ready(a_paying_office(province=unit.parent, kinds=()), name)
    with django_assert_num_queries(8):
        follow_lines(actor, unit.parent, NOVEMBER, today=date(2026, 12, 21))


def test_programs_pay_through_the_same_services(treasurer, unit):
    ready(unit, "Ayu Pratiwi")
    approved(a_mitra(unit, "Budi Santosa"))
    api, keys = f"/api/v1/partners/units/{unit.slug}", iter(range(9))

    def post(url, body=None):
        headers = {"Idempotency-Key": f"kunci-pembayaran-{next(keys)}"}
        return treasurer.post(url, body or {}, content_type="application/json", headers=headers)

    ayu, budi = sorted(treasurer.get(f"{api}/payments?month=2026-11").json(), key=lambda row: row["mitra"])
    assert (ayu["stage"], ayu["due"], ayu["lacks"]) == ("siap", 1_360_000, [])
    assert [lack["code"] for lack in budi["lacks"]] == ["contract", "handover", "account"]

    made = post(f"{api}/payment-lists", {"month": "2026-11"}).json()
    one = f"/api/v1/partners/payment-lists/{made['id']}"
    assert post(f"{one}/paid", {"paid_on": "2026-11-20"}).json()["type"] == "urn:halopst:payment-out-of-turn"
    assert post(f"{one}/transfer").json()["type"] == "urn:halopst:not-yet-issued"
    assert post(f"{one}/issue").json()["state"] == "final"
    assert b"1234567890,Ayu Pratiwi,1360000" in post(f"{one}/transfer").content
    assert not IdempotencyKey.objects.filter(body__contains="1234567890").exists()
    sign(PaymentList.objects.get())
    today = Letter.objects.get(kind="partners.payment_list").dated_on.isoformat()
    assert post(f"{one}/paid", {"paid_on": today}).json()["paid_on"] == today
    assert post(f"{one}/cancel", {"reason": "x"}).status_code == 409
    whole = treasurer.get(one).json()
    assert (whole["net"], whole["lines"][0]["mitra"], whole["lines"][0]["tail"]) == (
        1_360_000,
        "Ayu Pratiwi",
        "7890",
    )
    assert treasurer.get(f"{api}/payment-lists?month=2026-11").json()[0]["state"] == "paid"
    assert treasurer.get(f"{api}/monitoring/payments?month=2026-11").json()[0]["paid"] == 1
    assert treasurer.get(f"{api}/tax-policy?day=2025-11-30").status_code == 404
    taken = load_workbook(BytesIO(post(f"{api}/payment-file?month=2026-11&form=xlsx").content)).active
    assert (taken["B3"].value, taken["C3"].value) == ("Jumlah", 1_360_000)
    done = treasurer.get(f"{api}/monitoring/activities?month=2026-11").json()
    assert sorted((row["mitra"], row["honor"], row["approved"]) for row in done) == [
        (1, 1_360_000, 1_360_000),
        (1, 1_360_000, 1_360_000),
    ]


def test_a_list_says_before_it_is_issued_who_does_not_sign_yet_and_where_that_is_mended(client, unit):
    ready(unit)
    row = paying.make_list(payer(unit), unit=unit, month=NOVEMBER, now=NOW)
    Signatory.objects.filter(unit=unit).exclude(role="ppk").delete()
    url = f"/mitra/{unit.slug}/pembayaran/{row.pk}/"
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    as_head = client.get(url).content.decode()
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    as_admin = client.get(url).content.decode()

    assert "Belum ada Bendahara Pengeluaran yang menjabat hari ini." in as_head
    assert "Belum ada Pembuat daftar yang menjabat hari ini." in as_head
    assert "Minta admin satker melengkapinya." in as_head
    assert f"{row.pk}/terbit/" not in as_head
    assert f"/surat/penanda-tangan/{unit.slug}/?peran=bendahara&amp;kembali=" in as_admin
