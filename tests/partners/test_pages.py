"""The pages of the register: real forms that work without JavaScript."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from halopst.audit.models import Entry
from halopst.partners.models import (
    Activity,
    Blacklisting,
    BudgetLine,
    HonorCap,
    ImportRun,
    Person,
    PersonDocument,
    Registration,
    TaxPolicy,
)
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import (
    BankAccountFactory,
    BlacklistingFactory,
    BudgetLineFactory,
    HonorCapFactory,
    PersonFactory,
    RegistrationFactory,
    UnitPriceFactory,
    a_position,
    example_nik,
)
from tests.partners.sheets import people, read_back, workbook, xlsx
from tests.units.factories import ProvinceFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%..."


@pytest.fixture
def office(client):
    membership = MembershipFactory(role="kepala")
    client.force_login(membership.user)
    return membership.unit


def text(response):
    return response.content.decode()


def listed(client, office, query=""):
    page = client.get(f"/mitra/{office.slug}/{query}")
    return [row.person.name for row in page.context["page"]]


def test_who_works_in_one_office_comes_to_its_register(client, office):
    assert client.get("/mitra/").headers["Location"] == f"/mitra/{office.slug}/"


@pytest.mark.usefixtures("in_november")
def test_a_province_chooses_among_its_offices(client):
    province = ProvinceFactory()
    client.force_login(MembershipFactory(role="kepala", unit=province).user)
    below = RegistrationFactory(unit__parent=province).unit

    page = text(client.get("/mitra/"))

    assert page.index(f"/mitra/{below.slug}/") < page.index(f"/mitra/{province.slug}/")


def test_the_list_is_searched_and_filtered(client, office):
    def mitra(name, number, status="aktif", position="pendataan", **fields):
        person = PersonFactory(name=name, nik=example_nik(number) if number else "", **fields)
        RegistrationFactory(unit=office, person=person, status=status, position=position)
        return person

    ayu = mitra("Ayu Pratiwi", 1, district="Waru", phone="6281234567890")
    mitra("budi santoso", 2, position="keduanya", status="calon", address="")
    mitra("Citra", 0, id_sobat="610422020048", position="pengolahan")
    BankAccountFactory(person=ayu)
    BlacklistingFactory(person=ayu, unit=office, since=date(2020, 1, 1))
    RegistrationFactory(unit=office, year=2025)

    for query, names in {
        "?tahun=2026": ["Ayu Pratiwi", "budi santoso", "Citra"],
        "?tahun=2026&q=prat+waru": ["Ayu Pratiwi"],
        f"?tahun=2026&q={example_nik(2)}": ["budi santoso"],
        "?tahun=2026&q=610422020048": ["Citra"],
        "?tahun=2026&q=0812-3456": ["Ayu Pratiwi"],
        "?tahun=2026&status=calon": ["budi santoso"],
        "?tahun=2026&posisi=pengolahan": ["budi santoso", "Citra"],
        "?tahun=2026&cek=nik": ["Citra"],
        "?tahun=2026&cek=alamat": ["budi santoso"],
        "?tahun=2026&cek=rekening": ["budi santoso", "Citra"],
        "?tahun=2026&cek=hitam": ["Ayu Pratiwi"],
        "?tahun=2026&status=apa": ["Ayu Pratiwi", "budi santoso", "Citra"],
        "?tahun=2026&q=tidakada": [],
    }.items():
        assert listed(client, office, query) == names, query


def test_no_page_shows_a_whole_nik_unasked(client, office):
    person = PersonFactory(nik=example_nik(9))
    RegistrationFactory(unit=office, person=person, year=2026)

    assert "9999••••••••0010" in text(client.get(f"/mitra/{office.slug}/?tahun=2026"))
    for path in ("?tahun=2026", f"{person.pk}/", f"{person.pk}/ubah/"):
        assert example_nik(9) not in text(client.get(f"/mitra/{office.slug}/{path}"))
    assert example_nik(9) in text(client.post(f"/mitra/{office.slug}/{person.pk}/nik/"))
    assert Entry.objects.get().action == "partners.nik-read"


def test_the_list_costs_the_same_for_three_as_for_one(client, office):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/mitra/{office.slug}/?tahun=2026")
        return len(queries)

    RegistrationFactory(unit=office)
    cost()
    one = cost()
    for registration in RegistrationFactory.create_batch(2, unit=office):
        BankAccountFactory(person=registration.person)

    assert cost() == one


def test_a_mitra_is_added_with_a_warning_where_the_nik_says_otherwise(client, office):
    response = client.post(
        f"/mitra/{office.slug}/tambah/",
        {
            "nik": example_nik(1, born=date(1995, 8, 17)),
            "name": "Ayu Pratiwi",
            "birth_date": "1995-08-18",
            "phone": "0812-3456-7890",
            "year": "2026",
            "position": "pendataan",
            "status": "aktif",
        },
        follow=True,
    )

    person = Person.objects.get()
    assert response.redirect_chain[-1][0] == f"/mitra/{office.slug}/{person.pk}/"
    assert "Tanggal lahir berbeda dengan yang tertulis di NIK" in text(response)
    assert (person.phone, person.birth_date) == ("6281234567890", date(1995, 8, 18))


def test_a_wrong_number_keeps_what_was_typed(client, office):
    response = client.post(
        f"/mitra/{office.slug}/tambah/",
        {"nik": "123", "name": "Ayu Pratiwi", "year": "2026", "position": "pendataan", "status": "aktif"},
    )

    assert response.status_code == 422
    assert "NIK terdiri dari 16 angka; ini 3 angka." in text(response)
    assert 'value="Ayu Pratiwi"' in text(response)
    assert Person.objects.count() == 0


def test_an_edit_without_an_npwp_leaves_the_one_on_record(client, office):
    person = PersonFactory(name="Ayu")
    person.keep_npwp("1234567890123456")
    person.save()
    RegistrationFactory(unit=office, person=person)

    client.post(f"/mitra/{office.slug}/{person.pk}/ubah/", {"name": "Ayu Pratiwi", "npwp": "", "nik": ""})

    person.refresh_from_db()
    assert (person.name, person.npwp) == ("Ayu Pratiwi", "1234567890123456")


def test_a_scan_is_sealed_on_disk_and_comes_back_as_a_download(client, office):
    person = RegistrationFactory(unit=office).person
    path = f"/mitra/{office.slug}/{person.pk}/berkas/"

    client.post(path, {"kind": "ktp", "file": SimpleUploadedFile("C:\\ktp ayu.exe", PDF)})

    kept = PersonDocument.objects.get()
    assert (kept.name, kept.content_type, kept.size) == ("ktp ayu.pdf", "application/pdf", len(PDF))
    back = client.get(f"{path}{kept.pk}/")
    assert (back.content, back.headers["Content-Disposition"]) == (PDF, 'attachment; filename="ktp ayu.pdf"')
    client.post(f"{path}{kept.pk}/hapus/")
    assert PersonDocument.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ\x90"])
def test_what_is_no_scan_is_refused(client, office, content):
    person = RegistrationFactory(unit=office).person

    response = client.post(
        f"/mitra/{office.slug}/{person.pk}/berkas/",
        {"kind": "ktp", "file": SimpleUploadedFile("a.pdf", content)},
    )

    assert response.status_code == 422
    assert ("Berkas ini kosong." if not content else "yang isinya sesuai dengan jenisnya") in text(response)
    assert PersonDocument.objects.count() == 0


def test_a_mitra_is_blacklisted_and_the_page_says_so(client, office):
    person = RegistrationFactory(unit=office).person

    client.post(
        f"/mitra/{office.slug}/{person.pk}/daftar-hitam/",
        {"reason": "Isian dikarang.", "since": "2020-01-01", "last_day": ""},
    )

    assert Blacklisting.objects.get().reason == "Isian dikarang."
    assert "Alokasi baru ditolak tanpa batas waktu." in text(client.get(f"/mitra/{office.slug}/{person.pk}/"))


def test_a_file_goes_through_the_wizard(client, office, run_jobs):
    rows = people(3)
    rows[2][1] = "123"
    file = xlsx(rows)
    upload = SimpleUploadedFile("mitra saya.xlsx", file.read())

    client.post(f"/mitra/{office.slug}/impor/", {"file": upload, "year": "2026"})
    run = ImportRun.objects.get()
    here = f"/mitra/{office.slug}/impor/{run.pk}/"
    assert "Cocokkan kolom" in text(client.get(here))
    assert example_nik(1) not in text(client.get(here))

    columns = {f"kolom_0_{at}": name for name, at in run.mappings[0].items()}
    client.post(f"{here}periksa/", {**columns, "position": "pendataan", "status": "aktif"})
    assert "Memeriksa baris" in text(client.get(here))
    run_jobs()
    page = text(client.get(here))
    assert "Impor 2 baris" in page
    assert "<b>B3</b>" in page
    client.post(f"{here}mulai/")
    run_jobs()

    assert "Impor selesai." in text(client.get(here))
    assert listed(client, office, "?tahun=2026") == ["Mitra 1", "Mitra 3"]
    assert read_back(client.post(f"{here}salah.xlsx").content)[1][2] == "123"


def test_the_sheets_of_a_workbook_are_chosen_with_their_counts(client, office, run_jobs):
    taman = [["Nama Petugas", "No KTP"], ["Mitra 9", "123"]]
    file = workbook({"Petunjuk": [["Cara"], ["isi"]], "Waru": people(3), "Sedati": people(2), "Taman": taman})
    upload = SimpleUploadedFile("mitra.xlsx", file.read())

    client.post(f"/mitra/{office.slug}/impor/", {"file": upload, "year": "2026"})
    run = ImportRun.objects.get()
    here = f"/mitra/{office.slug}/impor/{run.pk}/"
    page = text(client.get(here))
    assert "Waru: 3 baris" in page
    assert "Kolom lembar Waru, Sedati" in page
    assert sorted(re.findall(r'<details class="stack g3"\s*(open)?\s*>', page)) == ["", "open", "open"]
    columns = {f"kolom_1_{at}": name for name, at in run.mappings[1].items()}
    columns |= {f"kolom_3_{at}": name for name, at in run.mappings[3].items()}
    defaults = {"position": "pendataan", "status": "aktif"}
    refused = client.post(f"{here}periksa/", {**columns, **defaults})
    assert (refused.status_code, "Pilih paling sedikit satu lembar." in text(refused)) == (422, True)
    unmapped = client.post(f"{here}periksa/", {**columns, **defaults, "lembar": ["0", "1"]})
    assert "Lembar Petunjuk: tunjukkan kolom nama" in text(unmapped)
    client.post(f"{here}periksa/", {**columns, **defaults, "lembar": ["1", "3"]})
    run_jobs()

    page = text(client.get(here))
    assert "Impor 3 baris" in page
    assert "<b>Taman!B2</b>" in page


def test_one_thing_in_two_columns_is_refused(client, office):
    upload = SimpleUploadedFile("mitra.xlsx", xlsx(people(1)).read())
    client.post(f"/mitra/{office.slug}/impor/", {"file": upload, "year": "2026"})
    run = ImportRun.objects.get()

    response = client.post(
        f"/mitra/{office.slug}/impor/{run.pk}/periksa/",
        {
            "kolom_0_0": "name",
            "kolom_0_1": "nik",
            "kolom_0_2": "nik",
            "position": "pendataan",
            "status": "aktif",
        },
    )

    assert response.status_code == 422
    assert "sama-sama dipilih sebagai NIK" in text(response)


def test_the_list_is_taken_out_as_it_is_shown(client, office):
    for number, name in enumerate(("Ayu", "Budi"), 1):
        RegistrationFactory(unit=office, person=PersonFactory(nik=example_nik(number), name=name))

    file = client.post(f"/mitra/{office.slug}/unduh/", {"tahun": "2026", "q": "budi", "bentuk": "xlsx"})

    assert [row[:3] for row in read_back(file.content)[1:]] == [[example_nik(2), None, "Budi"]]
    assert Entry.objects.get().details == {"rows": 1}


def test_a_province_sets_caps_that_its_offices_read(client, office):
    client.force_login(MembershipFactory(role="admin", unit=office.parent).user)
    cap = {
        "activity_kind": "survei",
        "employment": "non_organik",
        "duty": "pcl_ppl",
        "amount": "3.085.000",
        "valid_from": "2026-01-01",
        "basis": "Contoh, bukan tarif resmi",
    }
    path = f"/mitra/{office.parent.slug}/acuan/batas/"

    a_position()
    assert client.post(path, cap).status_code == 302
    assert client.post(path, cap).status_code == 409
    assert client.post(path, {**cap, "amount": "3 juta"}).status_code == 422
    too_much = client.post(path, {**cap, "amount": "9.999.999.999.999"})
    assert (too_much.status_code, "Paling banyak Rp1.000.000.000.000." in text(too_much)) == (422, True)

    assert HonorCap.objects.get().amount == 3_085_000
    client.force_login(MembershipFactory(role="kepala", unit=office).user)
    page = text(client.get(f"/mitra/{office.slug}/acuan/batas/?tahun=2026"))
    assert "Rp3.085.000" in page
    assert "Tambah batas" not in page


def test_an_office_cannot_set_caps_or_remove_what_another_set(client, office):
    cap = HonorCapFactory(province=office.parent)
    price = UnitPriceFactory(unit=office.parent)

    client.post(f"/mitra/{office.slug}/acuan/batas/", {"amount": "1"})
    assert client.post(f"/mitra/{office.slug}/acuan/batas/{cap.pk}/hapus/").status_code == 404
    assert client.post(f"/mitra/{office.slug}/acuan/harga/{price.pk}/hapus/").status_code == 404
    assert HonorCap.objects.get() == cap


def test_a_ceiling_is_revised_but_not_below_what_is_used(client, office):
    line = BudgetLineFactory(unit=office, ceiling=10_000_000, used=4_000_000)
    path = f"/mitra/{office.slug}/acuan/mak/{line.pk}/"
    revision = {"revision": "1", "valid_from": "2026-06-15", "ceiling": "5.000.000"}
    revision |= {"basis": "Pengesahan revisi POK 1"}

    below = client.post(path, {**revision, "ceiling": "3.000.000"})
    assert below.status_code == 409
    assert "Kurangi alokasinya dulu" in below.content.decode()
    assert client.post(path, {**revision, "valid_from": "2090-01-01"}).status_code == 422
    assert client.post(path, {**revision, "basis": ""}).status_code == 422
    assert client.post(path, revision).status_code == 302
    assert client.post(path, revision).status_code == 409

    line.refresh_from_db()
    assert (line.ceiling, line.basis) == (5_000_000, "Pengesahan revisi POK 1")
    page = client.get(path).content.decode()
    assert "Riwayat pagu" in page
    assert "15 Juni 2026" in page
    assert "DIPA contoh" in page
    assert (
        "Revisi 1, 15 Juni 2026" in client.get(f"/mitra/{office.slug}/acuan/mak/?tahun=2026").content.decode()
    )


def test_a_tax_rule_needs_the_figures_of_its_method(client, office):
    path = f"/mitra/{office.slug}/acuan/pajak/"
    rule = {
        "method": "ter",
        "rates": "5.400.000 = 0\n0,25",
        "valid_from": "2026-01-01",
        "basis": "PMK 168/2023",
    }

    assert client.post(path, {**rule, "method": "bebas_ptkp"}).status_code == 422
    assert client.post(path, {**rule, "rates": "x"}).status_code == 422
    assert client.post(path, rule).status_code == 302

    assert TaxPolicy.objects.get().parameters == {
        "brackets": [{"up_to": 5_400_000, "rate": "0"}, {"up_to": None, "rate": "0.25"}]
    }
    assert "2 lapisan tarif" in text(client.get(f"{path}?tahun=2026"))


@pytest.mark.usefixtures("in_november")
def test_an_activity_gets_its_duties(client, office):
    line, price = BudgetLineFactory(unit=office), UnitPriceFactory(unit=office)
    activity = {
        "name": "Sakernas Agustus",
        "short_name": "Sakernas",
        "kind": "survei",
        "first_day": "2026-08-01",
        "last_day": "2026-08-31",
        "budget_line": line.pk,
        "is_open": "on",
    }
    client.post(f"/mitra/{office.slug}/kegiatan/tambah/", activity)
    made = Activity.objects.get()
    assert (made.first_day, made.last_day, made.line_of(2026)) == (date(2026, 8, 1), date(2026, 8, 31), line)

    duty = {"duty": a_position().code, "unit_price": price.pk}
    here = f"/mitra/{office.slug}/kegiatan/{made.pk}/"
    assert client.post(here, duty).status_code == 302
    assert client.post(here, duty).status_code == 409
    client.post(f"{here}tugas/{made.duties.get().pk}/hapus/")
    assert made.duties.count() == 0

    foreign = {**activity, "budget_line": BudgetLineFactory().pk}
    assert client.post(f"/mitra/{office.slug}/kegiatan/tambah/", foreign).status_code == 422
    assert BudgetLine.objects.count() == 2


def test_the_english_pages_are_english(client, office):
    RegistrationFactory(unit=office)
    client.cookies["bahasa"] = "en"

    with translation.override("id"):  # a request leaves its language behind in the thread
        assert "Import a file" in text(client.get(f"/mitra/{office.slug}/"))
    assert Registration.objects.count() == 1
