"""Programs make letters under the same rules as people."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from halopst.letters.models import Letter, LetterNumber
from tests.accounts.factories import MembershipFactory
from tests.letters.kinds import contract

pytestmark = pytest.mark.django_db
BASE = "/api/v1/letters"


@pytest.fixture
def program(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    return client


def post(client, path, body=None, key="kunci-uji-1"):
    return client.post(
        f"{BASE}{path}", body or {}, content_type="application/json", headers={"Idempotency-Key": key}
    )


def signed(client, letter, scan):
    """What handing in this scan comes to."""
    given = {"file": SimpleUploadedFile("ttd.pdf", scan), "signer": "Sri Contoh"}
    headers = {"Idempotency-Key": f"kunci-pindaian-{len(scan)}"}
    return client.post(f"{BASE}/{letter['id']}/signature", given, headers=headers).json()


def asked(unit, **more):
    return {
        "unit": unit.slug,
        "kind": "tests.contract",
        "data": contract(),
        "about": "uji:1",
        "parties": ["Sri Contoh"],
        "dated_on": "2026-11-20",
        **more,
    }


def test_a_letter_from_issue_to_verification(program, unit, scan_of):
    made = post(program, "", asked(unit))
    assert made.status_code == 201
    letter = made.json()
    assert (letter["state"], letter["number"], letter["parties"], letter["about"]) == (
        "final",
        f"B-001/{unit.code}0/VS.330/2026",
        ["S.C."],
        "api:uji:1",
    )
    assert program.get(f"{BASE}/{letter['id']}/pdf").content[:5] == b"%PDF-"
    assert post(program, f"/{letter['id']}/print", key="kunci-uji-2").json()["state"] == "printed"
    assert [row["id"] for row in program.get(f"{BASE}?q=B-001&state=printed").json()] == [letter["id"]]
    assert signed(program, letter, b"")["type"] == "urn:halopst:not-a-pdf"
    assert signed(program, letter, scan_of(Letter.objects.get()))["state"] == "signed"

    program.logout()
    found = program.get(f"{BASE}/verification/{letter['token']}").json()
    assert (found["number"], found["status"], found["initials"]) == (letter["number"], "valid", ["S.C."])
    assert "hashes" not in found


def test_anybody_may_ask_whether_a_file_is_the_letter(program, unit):
    letter = post(program, "", asked(unit)).json()
    whole = program.get(f"{BASE}/{letter['id']}/pdf").content
    program.logout()

    def compared(content, token=letter["token"]):
        given = {"file": SimpleUploadedFile("surat.pdf", content)} if content else {}
        answer = program.post(f"{BASE}/verification/{token}", given, headers={"Accept-Language": "id"})
        return answer.status_code, answer.json()

    assert compared(whole) == (200, {"same": True})
    assert compared(whole + b"x") == (200, {"same": False})
    assert compared(b"bukan")[1]["errors"] == [
        {"at": ["body", "file"], "problem": "Berkas ini bukan PDF. Pilih PDF surat yang Anda terima."}
    ]
    assert compared(b"")[0] == 422
    assert compared(whole, "tidak-ada")[0] == 404


def test_a_repeat_makes_no_second_letter(program, unit):
    first, again = post(program, "", asked(unit)), post(program, "", asked(unit))
    assert first.json() == again.json()
    assert Letter.objects.count() == LetterNumber.objects.count() == 1


def test_missing_values_are_named(program, unit):
    refused = post(program, "", asked(unit, data=contract(honor=None)))
    assert refused.status_code == 422
    assert refused.json()["title"] == "Surat belum dapat dibuat. Lengkapi dulu: Honor."
    assert not LetterNumber.objects.exists()


def test_an_annulled_letter_says_why(program, unit):
    letter = post(program, "", asked(unit)).json()
    done = post(program, f"/{letter['id']}/annul", {"reason": "Salah orang"}, "kunci-uji-3").json()
    assert (done["state"], done["reason"]) == ("void", "Salah orang")


def test_the_kinds_say_what_they_are_filled_with(program):
    kind = next(kind for kind in program.get(f"{BASE}/kinds").json() if kind["code"] == "tests.contract")
    assert [(field["name"], field["shape"]) for field in kind["fields"]][:4] == [
        ("petugas", "person"),
        ("ppk", "text"),
        ("mulai", "date"),
        ("selesai", "date"),
    ]
