"""One mitra for programs: the same services and sentences as on their page."""

from datetime import date

import pytest

from halopst.audit.models import Entry
from halopst.core.editing import version_of
from halopst.partners.models import Blacklisting, Person, PersonDocument, Registration
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import (
    BankAccountFactory,
    BlacklistingFactory,
    PersonDocumentFactory,
    PersonFactory,
    RegistrationFactory,
    example_nik,
)
from tests.partners.programs import BASE, handed_in, refused, sent
from tests.partners.sheets import read_back

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%contoh"


@pytest.fixture
def office(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    membership = MembershipFactory(role="admin")
    client.force_login(membership.user)
    return membership.unit


@pytest.fixture
def mitra(office):
    person = PersonFactory(nik=example_nik(1), name="Ayu Pratiwi", phone="6281234567890")
    RegistrationFactory(unit=office, person=person)
    return person


@pytest.fixture
def at(office, mitra):
    return f"/units/{office.slug}/mitra/{mitra.pk}"


def test_a_mitra_is_given_whole_but_for_their_numbers(client, office, mitra, at):
    BankAccountFactory(person=mitra, number="9876543210")
    mitra.keep_npwp("091234567890000")
    mitra.save()

    answer = client.get(f"{BASE}{at}")

    told = answer.json()
    assert (told["name"], told["nik"], told["has_npwp"]) == ("Ayu Pratiwi", "9999••••••••0002", True)
    (year,) = told["years"]
    assert (year["unit"], year["year"], year["status"]) == (office.slug, 2026, "aktif")
    assert year["version"] == version_of(Registration.objects.get())
    assert (told["account"]["tail"], told["account"]["confirmed_at"]) == ("3210", None)
    for number in (example_nik(1), "091234567890000", "9876543210"):
        assert number not in answer.content.decode()


def test_only_what_is_sent_is_changed(client, mitra, at):
    version = client.get(f"{BASE}{at}").json()["version"]

    answer = sent(client, "patch", at, {"district": "Kenanga", "birth_date": None, "version": version})

    told = answer.json()
    assert (answer.status_code, told["district"], told["birth_date"]) == (200, "Kenanga", None)
    assert (told["phone"], told["nik"]) == ("6281234567890", "9999••••••••0002")
    assert told["version"] != version
    assert Entry.objects.get(action="partners.person-edited").details["fields"] == ["birth_date", "district"]


def test_a_change_to_what_somebody_else_has_changed_is_declined(client, mitra, at):
    version = client.get(f"{BASE}{at}").json()["version"]
    sent(client, "patch", at, {"district": "Kenanga"})

    answer = sent(client, "patch", at, {"district": "Melati", "version": version})

    assert refused(answer) == (
        409,
        "Data ini sudah diubah sejak Anda membukanya. Muat ulang, lalu ulangi perubahan Anda.",
    )
    assert answer.json()["type"] == "urn:halopst:changed-meanwhile"
    assert Person.objects.get(pk=mitra.pk).district == "Kenanga"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"nik": "123"}, "NIK terdiri dari 16 angka; ini 3 angka. Tulis ulang seperti di KTP."),
        ({"phone": "12"}, "Nomor telepon belum lengkap atau bukan nomor ponsel. Contoh: 0812-3456-7890"),
        ({"birth_date": "1850-01-01"}, "Tanggal lahir tidak masuk akal. Periksa tahunnya."),
        ({"name": ""}, "Isi bagian ini dulu."),
        ({"name": "x" * 151}, None),
        ({"name": 7}, None),
        ({"sex": "X"}, None),
        ({"nama": "Ayu"}, None),
        ({"version": "kemarin"}, None),
    ],
)
def test_a_value_that_cannot_be_is_named_by_its_field(client, mitra, at, body, said):
    answer = sent(client, "patch", at, body)

    status, told = refused(answer)
    assert (status, answer.json()["errors"][0]["at"][-1]) == (422, next(iter(body)))
    assert said in (None, told)
    assert Person.objects.get(pk=mitra.pk).updated_at == mitra.updated_at


def test_a_nik_of_somebody_else_is_declined(client, mitra, at):
    PersonFactory(nik=example_nik(2))

    answer = sent(client, "patch", at, {"nik": example_nik(2)})

    assert refused(answer) == (409, "NIK ini sudah dipakai mitra lain di daftar. Periksa kembali di KTP.")


def test_a_mitra_of_another_office_is_not_there(client, office):
    other = RegistrationFactory()

    listed = {"reason": "Contoh", "since": "2026-01-01"}
    for method, path, body in [("patch", "", {}), ("post", "/nik", {}), ("post", "/blacklistings", listed)]:
        at = f"/units/{office.slug}/mitra/{other.person_id}{path}"
        assert sent(client, method, at, body).status_code == 404
    for path in ("", "/documents", "/blacklistings"):
        assert client.get(f"{BASE}/units/{office.slug}/mitra/{other.person_id}{path}").status_code == 404
    assert client.get(f"{BASE}/units/tidak-ada/mitra/{other.person_id}").status_code == 404
    assert client.get(f"{BASE}/units/{office.slug}/mitra/{'9' * 30}").status_code == 404


def test_a_year_is_set_and_set_again(client, mitra, at):
    body = {"position": "pengolahan", "status": "calon"}

    first = sent(client, "put", f"{at}/years/2027", body)
    again = sent(client, "put", f"{at}/years/2027", {**body, "status": "aktif", "decree": "SK-1"})

    assert (first.json()["status"], again.json()["status"], again.json()["decree"]) == (
        "calon",
        "aktif",
        "SK-1",
    )
    assert Registration.objects.filter(person=mitra, year=2027).count() == 1
    assert sent(client, "put", f"{at}/years/1999", body).status_code == 422
    assert sent(client, "put", f"{at}/years/2027", {**body, "status": "ada"}).status_code == 422


def test_the_whole_nik_is_given_on_record(client, mitra, at, caplog):
    answer = sent(client, "post", f"{at}/nik")

    assert answer.json() == {"nik": example_nik(1)}
    assert Entry.objects.filter(action="partners.nik-read").count() == 1
    assert example_nik(1) not in caplog.text


def test_a_document_is_kept_given_back_and_taken_away(client, mitra, at):
    made = handed_in(client, f"{at}/documents", PDF, "KTP Ayu.pdf", kind="ktp")

    assert (made.status_code, made.json()["name"], made.json()["size"]) == (201, "KTP Ayu.pdf", len(PDF))
    one = f"{at}/documents/{made.json()['id']}"
    assert [row["kind"] for row in client.get(f"{BASE}{at}/documents").json()] == ["ktp"]
    file = client.get(f"{BASE}{one}")
    assert (file.content, file["Content-Type"]) == (PDF, "application/pdf")
    assert file["Content-Disposition"].startswith("attachment")
    assert sent(client, "delete", one).status_code == 204
    assert client.get(f"{BASE}{one}").status_code == sent(client, "delete", one).status_code == 404


def test_a_document_sent_again_is_kept_once(client, mitra, at):
    first, again = (
        handed_in(client, f"{at}/documents", PDF, kind="ktp", key="kunci-sama-1") for _ in range(2)
    )

    assert first.json() == again.json()
    assert PersonDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (
            b"MZ\x90",
            "ktp",
            "Unggah PDF, JPG, atau PNG, paling besar 5 MB, yang isinya sesuai dengan jenisnya.",
        ),
        (b"", "ktp", "Berkas ini kosong. Buka dan simpan ulang berkasnya, atau pilih berkas lain."),
        (
            PDF + b"x" * 5 * 1024 * 1024,
            "ktp",
            "Unggah PDF, JPG, atau PNG, paling besar 5 MB, yang isinya sesuai dengan jenisnya.",
        ),
        (None, "ktp", "Pilih satu berkas dulu."),
        (PDF, "", "Isi bagian ini dulu."),
        (PDF, "foto", None),
    ],
    ids=["program", "empty", "too large", "none", "no kind", "unknown kind"],
)
def test_a_document_that_cannot_be_kept_is_told(client, mitra, at, content, kind, said):
    status, told = refused(handed_in(client, f"{at}/documents", content, kind=kind))

    assert status == 422
    assert said in (None, told)
    assert not PersonDocument.objects.exists()


def test_a_document_of_another_office_is_not_there(client, mitra, at):
    kept = PersonDocumentFactory(person=mitra)

    assert client.get(f"{BASE}{at}/documents/{kept.pk}").status_code == 404
    assert sent(client, "delete", f"{at}/documents/{kept.pk}").status_code == 404


def test_the_blacklist_from_reason_to_decision(client, office, mitra, at):
    body = {"reason": "Isian dikarang.", "since": "2026-01-01"}
    listed = sent(client, "post", f"{at}/blacklistings", body)
    one = f"{at}/blacklistings/{listed.json()['id']}"

    assert (listed.status_code, listed.json()["unit"], listed.json()["last_day"]) == (201, office.slug, None)
    assert client.get(f"{BASE}{at}").json()["is_blacklisted"] is True
    assert refused(sent(client, "post", f"{one}/decision", {"decision": "diterima", "note": "x"}))[0] == 403
    assert sent(client, "post", f"{one}/appeal", {"text": "Saya hadir."}).json()["appeal"] == "Saya hadir."
    assert refused(sent(client, "post", f"{one}/appeal", {"text": "Lagi."})) == (
        409,
        "Keberatan atas daftar hitam ini sudah dicatat atau sudah diputuskan. Muat ulang halaman.",
    )

    client.force_login(MembershipFactory(unit=office, role="kepala").user)
    decided = sent(client, "post", f"{one}/decision", {"decision": "diterima", "note": "Ada fotonya."})

    assert (decided.json()["decision"], decided.json()["decision_note"]) == ("diterima", "Ada fotonya.")
    assert client.get(f"{BASE}{at}").json()["is_blacklisted"] is False


def test_who_listed_a_mitra_does_not_decide_their_appeal(client, office, mitra, at):
    head = MembershipFactory(unit=office, role="kepala").user
    listed = BlacklistingFactory(
        unit=office, person=mitra, decided_by=head, appeal="Saya hadir.", appealed_at="2026-03-02T00:00Z"
    )
    client.force_login(head)

    answer = sent(
        client,
        "post",
        f"{at}/blacklistings/{listed.pk}/decision",
        {"decision": "ditolak", "note": "Bukti kurang."},
    )

    assert answer.json()["type"] == "urn:halopst:second-person-needed"


def test_a_blacklisting_is_lifted_once(client, office, mitra, at):
    listed = BlacklistingFactory(unit=office, person=mitra, since=date(2026, 1, 1))
    one = f"{at}/blacklistings/{listed.pk}"

    assert sent(client, "post", f"{one}/lift").json()["last_day"] is not None
    assert refused(sent(client, "post", f"{one}/lift")) == (
        409,
        "Daftar hitam ini sudah berakhir. Muat ulang halaman.",
    )


@pytest.mark.parametrize(
    "body",
    [
        {"since": "2026-01-01"},
        {"reason": "", "since": "2026-01-01"},
        {"reason": "x" * 2001, "since": "2026-01-01"},
        {"reason": "Contoh", "since": "besok"},
        {"reason": "Contoh", "since": "2026-02-01", "last_day": "2026-01-01"},
        {"reason": "Contoh", "since": "0001-01-01"},
    ],
)
def test_a_blacklisting_that_cannot_be_is_told(client, mitra, at, body):
    assert sent(client, "post", f"{at}/blacklistings", body).status_code == 422
    assert not Blacklisting.objects.exists()


def test_what_another_office_listed_is_shown_and_left_to_it(client, mitra, at):
    listed = BlacklistingFactory(person=mitra)

    assert [row["id"] for row in client.get(f"{BASE}{at}/blacklistings").json()] == [listed.pk]
    assert sent(client, "post", f"{at}/blacklistings/{listed.pk}/lift").status_code == 404


def test_the_register_is_taken_as_a_file_on_record(client, office, mitra):
    RegistrationFactory(unit=office, person=PersonFactory(name="Budi", nik=example_nik(2)))
    BankAccountFactory(person=mitra)
    at = f"/units/{office.slug}/mitra-file?year=2026"

    whole = sent(client, "post", at)
    lacking = sent(client, "post", f"{at}&lack=rekening&form=csv")

    assert [row[2] for row in read_back(whole.content)] == ["Nama", "Ayu Pratiwi", "Budi"]
    assert whole["Content-Disposition"] == f'attachment; filename="mitra-{office.code}-2026.xlsx"'
    assert [name in lacking.content.decode() for name in ("Budi", "Ayu")] == [True, False]
    assert [entry.details["rows"] for entry in Entry.objects.filter(action="partners.exported")] == [2, 1]
    assert sent(client, "post", f"{at}&form=pdf").status_code == 422
    assert [
        row["name"] for row in client.get(f"{BASE}/units/{office.slug}/mitra?year=2026&lack=rekening").json()
    ] == ["Budi"]
