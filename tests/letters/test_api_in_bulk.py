"""Programs follow batches, hand in stacks of scans, keep texts and numbers: as the pages do."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from halopst.letters.models import LetterNumber, ScanStack, Template
from halopst.letters.rendering.papers import pages_of
from halopst.letters.services import bind_batch, start_batch
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import (
    NOW,
    BatchFactory,
    LetterFactory,
    LetterNumberFactory,
    NumberSeriesFactory,
    ScanFindingFactory,
    ScanStackFactory,
    TemplateFactory,
)
from tests.letters.kinds import BODY
from tests.letters.test_batches import work
from tests.programs import sender

pytestmark = pytest.mark.django_db
BASE = "/api/v1/letters"


@pytest.fixture
def program(client, unit):
    """As the team lead, who makes letters."""
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    return client


@pytest.fixture
def keeper(client, unit):
    """As the admin, who keeps texts and numbers."""
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    return client


def post(client, path, body=None, key="kunci-borongan-1"):
    return client.post(
        f"{BASE}{path}", body or {}, content_type="application/json", headers={"Idempotency-Key": key}
    )


def a_batch(clerk, unit, *names):
    items = [(f"tests:{name}", f"Petugas {name}") for name in names]
    return start_batch(clerk, kind="tests.contract", unit=unit, items=items, now=NOW)


def test_a_batch_is_followed_to_its_files(program, clerk, unit):
    batch = work(a_batch(clerk, unit, 1, "belum", 2))
    path = f"{BASE}/batches/{batch.pk}"
    early = program.get(f"{path}/merged")
    bind_batch(batch.pk)

    said = program.get(path).json()
    failed = program.get(f"{path}/failures").json()
    merged, packed = program.get(f"{path}/merged"), program.get(f"{path}/archive")

    assert early.status_code == 404
    assert (said["state"], said["done"], said["failed"], said["has_files"]) == ("done", 2, 1, True)
    assert [row["id"] for row in program.get(f"{BASE}/units/{unit.slug}/batches").json()] == [batch.pk]
    assert [(row["label"], row["error"], row["repair_url"]) for row in failed] == [
        ("Petugas belum", "Petugas ini belum punya rekening.", "/mitra/")
    ]
    assert program.get(f"{path}/failures?after={failed[0]['position']}").json() == []
    assert (merged["Content-Type"], pages_of(b"".join(merged))) == ("application/pdf", 2)
    with zipfile.ZipFile(io.BytesIO(b"".join(packed))) as archive:
        assert "indeks.csv" in archive.namelist()
        assert len(archive.namelist()) == 3


def test_a_batch_whose_files_are_lost_is_bound_again(program, clerk, unit):
    batch = work(a_batch(clerk, unit, 1, 2))
    early = post(program, f"/batches/{batch.pk}/bind")
    bind_batch(batch.pk)

    again = post(program, f"/batches/{batch.pk}/bind", key="kunci-borongan-2").json()
    bind_batch(batch.pk)

    assert (early.status_code, early.json()["type"]) == (409, "urn:halopst:nothing-to-bind")
    assert again["state"] == "binding"
    assert program.get(f"{BASE}/batches/{batch.pk}").json()["has_files"]


def test_a_batch_is_stopped_and_its_rest_made_later(program, clerk, unit):
    batch = a_batch(clerk, unit, 1, 2)

    stopped = post(program, f"/batches/{batch.pk}/cancel")
    again = post(program, f"/batches/{batch.pk}/cancel", key="kunci-borongan-2")
    rest = post(program, f"/batches/{batch.pk}/retry", key="kunci-borongan-3")
    repeated = post(program, f"/batches/{batch.pk}/retry", key="kunci-borongan-3")

    assert (stopped.status_code, stopped.json()["stopped"]) == (200, 2)
    work(batch)
    assert post(program, f"/batches/{batch.pk}/cancel", key="kunci-borongan-4").json()["title"] == (
        "Tidak ada lagi yang dapat dihentikan: sisanya sudah bernomor, atau semuanya sudah selesai."
    )
    assert again.status_code == 409
    assert (rest.status_code, rest.json()["total"], repeated.content) == (201, 2, rest.content)


def test_lists_cost_the_same_for_one_and_for_many(program, unit, django_assert_max_num_queries):
    addresses = [f"?unit={unit.slug}", f"/units/{unit.slug}/batches", f"/units/{unit.slug}/stacks"]

    def made(count):
        LetterFactory.create_batch(count, unit=unit)
        BatchFactory.create_batch(count, unit=unit)
        ScanStackFactory.create_batch(count, unit=unit)
        counts = []
        for address in addresses:
            with django_assert_max_num_queries(20) as asked:
                assert len(program.get(f"{BASE}{address}").json()) >= count
            counts.append(len(asked))
        return counts

    program.get(f"{BASE}?unit={unit.slug}")  # the session is read and kept once
    assert made(1) == made(3)


def test_findings_cost_the_same_for_one_and_for_many(program, unit, django_assert_max_num_queries):
    stack = ScanStackFactory(unit=unit, pages=4, settled=4, state=ScanStack.State.DONE)
    address = f"{BASE}/units/{unit.slug}/stacks/{stack.pk}/findings"
    counts = []
    for more in (1, 3):
        for _ in range(more):
            letter = LetterFactory(unit=unit)
            ScanFindingFactory(stack=stack, letter=letter, fault="Surat ini 3 halaman.")
        program.get(address)
        with django_assert_max_num_queries(20) as asked:
            rows = program.get(address).json()
        counts.append(len(asked))

    assert (len(rows), rows[0]["number"], counts[0]) == (
        4,
        str(stack.findings.first().letter.number),
        counts[1],
    )


def test_letters_are_filtered_and_read_on(program, clerk, unit):
    batch = BatchFactory(unit=unit)
    old, middle, new = (LetterFactory(unit=unit, batch=batch) for _ in range(3))
    LetterFactory(unit=unit, kind="tests.other")

    def ids(query):
        return [row["id"] for row in program.get(f"{BASE}?{query}").json()]

    assert ids(f"batch={batch.pk}") == [new.pk, middle.pk, old.pk]
    assert ids(f"kind=tests.contract&before={middle.pk}") == [old.pk]
    assert program.get(f"{BASE}?batch=nol").status_code == 422


def test_a_letter_is_replaced_by_what_is_so_now(program, clerk, unit):
    batch = work(a_batch(clerk, unit, 1))
    old = batch.letters.get()

    nameless = post(program, f"/{old.pk}/replace", {"reason": ""})
    answer = post(program, f"/{old.pk}/replace", {"reason": "Nama keliru"})

    assert nameless.status_code == 422
    assert (answer.status_code, answer.json()["state"]) == (201, "final")
    before = program.get(f"{BASE}/{old.pk}").json()
    assert (before["state"], before["replaced_by"], before["reason"]) == (
        "replaced",
        answer.json()["id"],
        "Nama keliru",
    )


def test_files_of_a_letter(program, clerk, unit, scan_of):
    letter = work(a_batch(clerk, unit, 1)).letters.get()
    given = {"file": SimpleUploadedFile("ttd.pdf", scan_of(letter)), "signer": "Sri Contoh"}
    program.post(f"{BASE}/{letter.pk}/signature", given, headers={"Idempotency-Key": "kunci-pindaian"})

    signings = program.get(f"{BASE}/{letter.pk}/signings").json()
    signed = program.get(f"{BASE}/{letter.pk}/signings/{signings[0]['id']}/pdf")
    word = program.get(f"{BASE}/{letter.pk}/word")

    assert [(row["method"], row["signer"], row["number_was_read"]) for row in signings] == [
        ("wet", "Sri Contoh", True)
    ]
    assert (signed.content[:5], signed["Cache-Control"]) == (b"%PDF-", "private, no-store")
    assert (word.status_code, word.json()["title"]) == (
        409,
        "Naskah surat ini belum memiliki templat Word. Unduh PDF-nya.",
    )


def test_a_stack_of_scans_is_handed_in_once_and_followed(program, clerk, unit, scan_of):
    letter = work(a_batch(clerk, unit, 1)).letters.get()
    url = f"{BASE}/units/{unit.slug}/stacks"

    def give(content, signer="Sri Contoh", key="kunci-tumpukan"):
        given = {"file": SimpleUploadedFile("semua.pdf", content), "signer": signer}
        return program.post(url, given, headers={"Idempotency-Key": key})

    scan = scan_of(letter)
    first, again = give(scan), give(scan)
    wrong = [give(b"bukan pdf", key="kunci-bukan"), give(scan, signer=" ", key="kunci-tanpa")]

    assert (first.status_code, again.content, ScanStack.objects.count()) == (201, first.content, 1)
    assert [(one.status_code, one.json()["title"]) for one in wrong] == [
        (422, "Berkas ini bukan PDF yang dapat dibaca. Pindai ulang sebagai PDF."),
        (422, "Isi nama penanda tangan."),
    ]
    said = program.get(f"{url}/{first.json()['id']}").json()
    assert (said["pages"], said["settled"], said["signed"], said["faulty"]) == (1, 0, 0, 0)


def test_of_two_who_draft_the_same_text_the_second_is_told(keeper, unit):
    path = f"/units/{unit.slug}/templates/tests.contract"
    seen = keeper.get(f"{BASE}{path}").json()["draft_version"]
    first = post(keeper, path, {"body": BODY, "note": "Satu", "draft_version": seen})
    second = post(keeper, path, {"body": BODY, "note": "Dua", "draft_version": seen}, "kunci-borongan-2")

    assert (second.status_code, second.json()["type"]) == (409, "urn:halopst:changed-meanwhile")
    assert keeper.get(f"{BASE}{path}").json()["note"] == "Satu"
    now = {"body": BODY, "note": "Tiga", "draft_version": first.json()["draft_version"]}
    assert post(keeper, path, now, "kunci-borongan-3").json()["note"] == "Tiga"


def test_a_text_is_drafted_looked_at_published_and_withdrawn(keeper, unit):
    url = f"/units/{unit.slug}/templates/tests.contract"
    new = BODY.replace("Perjanjian Kerja", "Perjanjian Baru")

    before = keeper.get(f"{BASE}{url}").json()
    draft = post(keeper, url, {"body": new, "note": "Judul"}).json()
    looked = post(keeper, f"{url}/preview", {"body": new}).json()
    published = post(keeper, f"{url}/publish", {"valid_from": "2027-01-01"}, "kunci-terbit-1").json()
    nothing = post(keeper, f"{url}/publish", {}, "kunci-terbit-2")
    withdrawn = post(keeper, f"{url}/withdraw", key="kunci-tarik-1").json()

    assert (before["body"], before["inherited"]) == (BODY, False)
    assert {"d.nomor", "d.petugas.nama"} <= {one["name"] for one in before["variables"]}
    assert (draft["body"], draft["note"], draft["versions"][0]["state"]) == (new, "Judul", "draft")
    assert (looked["pages"][0][:22], looked["fault"]) == ("data:image/png;base64,", "")
    assert (published["versions"][0]["state"], published["versions"][0]["valid_from"]) == (
        "published",
        "2027-01-01",
    )
    assert (nothing.status_code, nothing.json()["type"]) == (409, "urn:halopst:nothing-to-publish")
    assert withdrawn["versions"][0]["state"] == "withdrawn"


def test_a_faulty_text_is_kept_but_not_published_and_names_its_line(keeper, unit):
    url = f"/units/{unit.slug}/templates/tests.contract"
    faulty = "#kop(d)\nHonor #d.honr"

    post(keeper, url, {"body": faulty})
    looked = post(keeper, f"{url}/preview", {"body": faulty})
    refused = post(keeper, f"{url}/publish", {}, "kunci-terbit-3")

    assert (looked.status_code, looked.json()["line"], looked.json()["pages"]) == (200, 2, [])
    assert (refused.status_code, refused.json()["line"]) == (422, 2)
    assert refused.json()["title"] == looked.json()["fault"]
    assert Template.objects.get(state="draft").body == faulty


def test_a_word_form_is_needed_and_must_be_one(keeper, unit):
    url = f"{BASE}/units/{unit.slug}/templates/tests.contract/word"

    none = post(keeper, f"/units/{unit.slug}/templates/tests.contract/word")
    given = {"file": SimpleUploadedFile("naskah.docx", b"bukan docx")}
    other = keeper.post(url, given, headers={"Idempotency-Key": "kunci-word-1"})

    assert (none.status_code, other.status_code) == (422, 422)
    assert other.json()["title"].startswith("Berkas ini bukan dokumen Word")
    assert not Template.objects.filter(state="draft").exists()


def test_a_text_of_another_office_or_kind_is_not_there(keeper, unit):
    TemplateFactory()

    assert keeper.get(f"{BASE}/units/{unit.slug}/templates/tidak.ada").status_code == 404
    assert post(keeper, f"/units/{unit.slug}/templates/tests.contract", {"body": ""}).status_code == 422


def test_old_numbers_are_entered_and_the_book_shows_what_is_lacking(keeper, unit):
    old = [{"number": f"B-0{n}/{unit.code}0/VS.330/2026", "dated_on": "2026-10-30"} for n in (40, 42)]
    asked = {"kind": "tests.contract", "numbers": old}

    added = post(keeper, f"/units/{unit.slug}/old-numbers", asked).json()
    again = post(keeper, f"/units/{unit.slug}/old-numbers", asked, "kunci-nomor-2").json()
    series = keeper.get(f"{BASE}/units/{unit.slug}/number-series").json()
    book = keeper.get(f"{BASE}/units/{unit.slug}/number-series/{series[0]['id']}").json()
    numbers = keeper.get(f"{BASE}/units/{unit.slug}/number-series/{series[0]['id']}/numbers").json()

    assert (added, again, series[0]["last"]) == ({"added": 2}, {"added": 0}, 42)
    assert book["gaps"] == [{"first": 1, "last": 39}, {"first": 41, "last": 41}]
    assert [(row["sequence"], row["state"], row["letter"]) for row in numbers] == [
        (40, "imported", None),
        (42, "imported", None),
    ]


def test_a_book_names_the_letter_of_a_number(keeper, unit):
    series = NumberSeriesFactory(unit=unit, last=1)
    letter = LetterFactory(unit=unit, number=LetterNumberFactory(unit=unit, series=series))
    LetterNumberFactory(unit=unit, series=series, segment=1)

    rows = keeper.get(f"{BASE}/units/{unit.slug}/number-series/{series.pk}/numbers").json()

    assert [(row["letter"], row["segment"]) for row in rows] == [(letter.pk, 0), (None, 1)]
    assert keeper.get(f"{BASE}/units/{unit.slug}/number-series/{series.pk}").json()["gaps"] == []


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        ([], "Ada isian yang perlu diperbaiki."),
        (
            [{"number": "12 tanpa pola", "dated_on": "2026-10-30"}],
            "Nomor di baris 1 tidak mengikuti pola nomor satker, misalnya B-001/",
        ),
        ([{"number": "B-001", "dated_on": "1026-10-30"}], "Ada isian yang perlu diperbaiki."),
    ],
)
def test_numbers_that_are_none_are_not_entered(keeper, unit, numbers, title):
    asked = {"kind": "tests.contract", "numbers": numbers}
    answer = post(keeper, f"/units/{unit.slug}/old-numbers", asked)

    assert answer.status_code == 422
    assert answer.json()["title"].startswith(title)
    assert not LetterNumber.objects.exists()


@pytest.mark.usefixtures("in_november")
def test_a_pattern_is_set_from_a_day_on(keeper, unit):
    url = f"/units/{unit.slug}/number-patterns"
    wanted = {
        "kind": "tests.contract",
        "counter": "SPK",
        "pattern": "{urut:03}{sisip}/{unit}/{tahun}",
        "valid_from": "2027-01-01",
        "basis": "Surat Kepala Kantor 5/2026",
    }

    made = post(keeper, url, wanted)
    twice = post(keeper, url, wanted, "kunci-pola-2")
    faulty = post(keeper, url, {**wanted, "pattern": "{urut:03}{sisip}"}, "kunci-pola-3")
    unknown = post(keeper, url, {**wanted, "kind": "tidak.ada"}, "kunci-pola-4")
    rows = keeper.get(f"{BASE}{url}").json()

    assert (made.status_code, made.json()["own"], made.json()["in_force"]) == (201, True, False)
    assert (twice.status_code, faulty.status_code, unknown.status_code) == (409, 422, 422)
    assert "{tahun}" in faulty.json()["title"]
    mine = [row["valid_from"] for row in rows if row["kind"] == "tests.contract"]
    assert sorted(mine) == ["2026-01-01", "2027-01-01"]


def test_a_signatory_is_appointed_followed_and_ended(keeper, unit):
    url = f"/units/{unit.slug}/signatories"
    wanted = {
        "role": "ppk",
        "name": "Budi Contoh",
        "nip": "1980 0101 2005 0110 01",
        "title": "Pejabat Pembuat Komitmen",
        "first_day": "2026-01-01",
        "basis": "SK-12/2026",
    }

    made = post(keeper, url, wanted)
    twice = post(keeper, url, wanted, "kunci-ttd-2")
    short = post(keeper, url, {**wanted, "nip": "1980"}, "kunci-ttd-3")
    one = f"{url}/{made.json()['id']}"
    right = {"name": "Budi Contoh, M.Si.", "nip": wanted["nip"], "title": "PPK", "basis": "SK-12/2026"}
    put_right = sender(keeper, BASE)("put", one, right)
    ended = post(keeper, f"{one}/end", {"last_day": "2026-06-30"}, "kunci-ttd-4")
    backwards = post(keeper, f"{one}/end", {"last_day": "2025-06-30"}, "kunci-ttd-5")

    assert (made.status_code, made.json()["nip"], made.json()["last_day"]) == (
        201,
        "198001012005011001",
        None,
    )
    assert (twice.status_code, twice.json()["type"]) == (409, "urn:halopst:signatory-overlaps")
    assert (short.status_code, short.json()["errors"][0]["problem"]) == (422, "NIP terdiri dari 18 angka.")
    assert (put_right.status_code, put_right.json()["name"]) == (200, "Budi Contoh, M.Si.")
    assert (ended.json()["last_day"], backwards.status_code) == ("2026-06-30", 422)
    assert [row["last_day"] for row in keeper.get(f"{BASE}{url}").json()] == ["2026-06-30"]
