"""Programs write assignment letters and decrees, and know what letters still lack, as the pages do."""

import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from psycopg.types.range import DateRange

from halopst.letters.api.letters import IssueIn
from halopst.letters.models import Letter, NumberPattern, Signatory
from halopst.partners.models import Paper
from halopst.partners.secrecy import seal_bytes
from halopst.partners.services.allocation import approving
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import (
    NOVEMBER,
    NOW,
    ActivityFactory,
    OwnLinkFactory,
    PaperFactory,
    SentScanFactory,
)
from tests.partners.offices import a_duty, a_mitra, an_office, give, head

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
BASE = "/api/v1/partners"
TEXT = {
    "kind": "surat-tugas",
    "subject": "pengawasan  lapangan",
    "points": ["mengawasi\npencacahan"],
    "first_day": "2026-11-23",
    "last_day": "2026-11-27",
    "people": [{"name": "Wira", "number": "1990", "title": "Statistisi"}],
}


@pytest.fixture
def unit():
    unit = an_office()
    for role, name in (("kepala", "Wulan Contoh"), ("kpa", "Bayu Contoh")):
        Signatory.objects.create(
            unit=unit,
            role=role,
            name=name,
            nip="199001012015031001",
            title="Kepala",
            basis="SK Kepala BPS Nomor 1 Tahun 2026",
            period=DateRange(NOVEMBER - timedelta(days=300), None),
        )
    return unit


@pytest.fixture
def program(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    return client


def send(client, path, body=None, key="kunci-satu", verb="post"):
    return getattr(client, verb)(
        f"{BASE}{path}",
        json.dumps(body or {}),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


@pytest.mark.usefixtures("in_november")
def test_an_assignment_letter_from_text_to_letter(program, unit):
    path = f"/units/{unit.slug}/papers"

    made = send(program, path, TEXT)
    row = made.json()
    issued = send(program, f"{path}/{row['id']}/issue", key="kunci-dua")
    listed = program.get(f"{BASE}{path}").json()
    changed = send(
        program, f"{path}/{row['id']}", {**TEXT, "subject": "lain"}, "kunci-tiga", verb="put"
    ).json()
    kept = send(program, f"{path}/{row['id']}", key="kunci-empat", verb="delete")

    assert made.status_code == 201
    assert (row["subject"], row["points"], row["letter"]) == (
        "pengawasan lapangan",
        ["mengawasi pencacahan"],
        None,
    )
    assert row["considerations"] == ["bahwa untuk kelancaran kegiatan statistik perlu menugaskan petugas;"]
    assert row["people"] == TEXT["people"]
    assert (issued.status_code, issued.json()["number"]) == (201, f"B-001/{unit.code}0/KP.650/2026")
    assert [(one["letter"], one["letter_state"]) for one in listed] == [(issued.json()["letter"], "final")]
    assert (changed["subject"], changed["letter_state"]) == ("lain", "outdated")
    assert changed["considerations"] == row["considerations"]
    assert (kept.status_code, kept.json()["title"]) == (
        409,
        "Naskah ini sudah menjadi surat bernomor, jadi tidak dapat dihapus. Batalkan suratnya.",
    )


def test_a_decree_lists_the_mitra_of_its_activity(program, unit):
    duty = a_duty(unit, name="Sakernas")
    give(a_mitra(unit, "Ayu"), duty, 2)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    text = {**TEXT, "kind": "sk-kpa", "activity": duty.activity_id, "people": []}

    row = send(program, f"/units/{unit.slug}/papers", text).json()
    shown = program.get(f"{BASE}/units/{unit.slug}/papers/{row['id']}").json()

    assert [one["name"] for one in shown["mitra"]] == ["Ayu"]
    assert send(program, f"/units/{unit.slug}/papers/{row['id']}/issue", key="kunci-dua").status_code == 201
    assert Letter.objects.get().kind == "partners.decree"


def test_what_a_letter_lacks_is_said_with_where_to_mend_it(program, unit):
    paper = PaperFactory(unit=unit, people=[])

    answer = send(program, f"/units/{unit.slug}/papers/{paper.pk}/issue")

    assert (answer.status_code, answer.json()["repair_url"]) == (
        409,
        f"/mitra/{unit.slug}/naskah/{paper.pk}/ubah/",
    )
    assert answer.json()["title"].startswith("Belum ada orang di naskah ini.")


def test_the_example_of_a_letter_by_its_values_makes_one(program, unit):
    """As it stands in the description, but for the office."""
    given = {**IssueIn.model_config["json_schema_extra"]["examples"][0], "unit": unit.slug}

    answer = program.post(
        "/api/v1/letters", given, content_type="application/json", headers={"Idempotency-Key": "kunci-contoh"}
    )

    assert (answer.status_code, answer.json()["kind"]) == (201, "partners.order")


def test_what_only_the_administrator_mends_is_said_so(program, unit):
    NumberPattern.objects.all().delete()
    paper = PaperFactory(unit=unit)

    answer = send(program, f"/units/{unit.slug}/papers/{paper.pk}/issue").json()

    assert "repair_url" not in answer
    assert answer["title"].startswith("Belum ada pola nomor “Surat tugas” yang berlaku pada ")
    assert answer["title"].endswith("Minta admin satker melengkapinya.")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last_day": "2026-11-01"}, "Tanggal akhir harus pada atau sesudah tanggal mulai."),
        ({"people": [{"name": " ", "number": "12"}]}, "Baris 1: tulis nama; NIP; jabatan"),
        ({"people": [{"name": "Wira; Statistisi"}]}, "Tulis tanpa titik koma."),
        ({"points": [" "]}, "Isi bagian ini dulu."),
        ({"points": ["x" * 1001]}, "Satu butir paling panjang 1000 huruf."),
        ({"points": ["x"] * 16}, "15"),
        ({"subject": "x" * 301}, "300"),
        ({"kind": "nota-dinas"}, "surat-tugas"),
        ({"first_day": "0001-01-01"}, "1990"),
    ],
)
def test_a_text_that_will_not_do_is_not_kept(program, unit, wrong, said):
    answer = send(program, f"/units/{unit.slug}/papers", {**TEXT, **wrong})

    assert answer.status_code == 422
    assert said in json.dumps(answer.json())
    assert not Paper.objects.exists()


def test_an_activity_of_another_office_is_refused(program, unit):
    text = {**TEXT, "activity": ActivityFactory().pk}
    assert send(program, f"/units/{unit.slug}/papers", text).status_code == 422
    assert not Paper.objects.exists()


def test_papers_cost_the_same_for_one_and_for_many(program, unit, django_assert_max_num_queries):
    url = f"{BASE}/units/{unit.slug}/papers"
    counts = []
    for more in (1, 3):
        PaperFactory.create_batch(more, unit=unit)
        program.get(url)
        with django_assert_max_num_queries(20) as asked:
            rows = program.get(url).json()
        counts.append(len(asked))

    assert (len(rows), counts[0]) == (4, counts[1])
    assert [one["id"] for one in program.get(f"{url}?before={rows[1]['id']}").json()] == [
        rows[2]["id"],
        rows[3]["id"],
    ]


def test_a_text_no_letter_was_made_of_is_removed(program, unit):
    paper = PaperFactory(unit=unit)

    assert send(program, f"/units/{unit.slug}/papers/{paper.pk}", verb="delete").status_code == 204
    assert not Paper.objects.exists()


def test_what_stands_in_the_way_of_contracts_and_handover_papers_is_known_before(program, unit):
    mitra = a_mitra(unit, "Ayu")
    give(mitra, a_duty(unit), 2)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)

    contracts = program.get(f"{BASE}/units/{unit.slug}/contracts?month=2026-11").json()
    receipts = program.get(f"{BASE}/units/{unit.slug}/receipts?month=2026-11").json()

    assert (contracts["ready"], contracts["made"], contracts["amendable"]) == (0, 0, 0)
    assert "Minta admin satker melengkapinya." in contracts["troubles"][0]["sentence"]
    assert {"ready": 0, "made": 0}.items() <= receipts.items()


def test_how_far_a_mitra_has_come_with_their_own_page(program, unit):
    mitra = a_mitra(unit, "Ayu")
    path = f"/units/{unit.slug}/mitra/{mitra.person_id}"
    nothing = program.get(f"{BASE}{path}/own-page").json()
    link = OwnLinkFactory(unit=unit, person=mitra.person)

    shown = program.get(f"{BASE}{path}/own-page").json()

    assert nothing == {"link": None, "is_open": False, "entered_at": None, "remark": ""}
    assert shown["link"]["id"] == link.pk
    assert send(program, f"{path}/settle-remark").json() == {"count": 0}


def test_a_scan_that_waits_is_looked_at(program, unit):
    stored = default_storage.save("mitra/pindaian/uji", ContentFile(seal_bytes(b"%PDF-1.7 contoh")))
    scan = SentScanFactory(letter__unit=unit, stored_as=stored)

    answer = program.get(f"{BASE}/units/{unit.slug}/sent-scans/{scan.pk}/file")

    assert (answer.content[:8], answer["Cache-Control"]) == (b"%PDF-1.7", "private, no-store")
