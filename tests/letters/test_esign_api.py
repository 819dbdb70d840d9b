"""Programs have letters signed by BSrE; what only the signer knows is kept nowhere, not even as a hash."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from halopst.core.models import IdempotencyKey
from tests.accounts.factories import MembershipFactory
from tests.letters.esign_service import CODE, EMAIL, NAME, NIK, PASSPHRASE, settings_at
from tests.letters.test_esign import bytes_of, everything_kept
from tests.letters.test_issuing import make

pytestmark = pytest.mark.django_db
BASE = "/api/v1/letters"
SIGNER = "Budi Contoh, S.ST."


@pytest.fixture
def gateway(gateway, settings):
    settings.ESIGN = settings_at(gateway.address, seconds=30.0, asks_totp=False)
    return gateway


@pytest.fixture
def program(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    return client


def send(client, path, **body):
    return client.post(f"{BASE}{path}", body, content_type="application/json")


def test_a_letter_is_signed_once_and_its_signature_checked(program, clerk, unit, gateway):
    letter = make(clerk, unit)
    who = {"signer": SIGNER, "identity": NIK, "passphrase": PASSPHRASE}

    first, again = send(program, f"/{letter.pk}/esign", **who), send(program, f"/{letter.pk}/esign", **who)
    signed = bytes_of(letter.signings.get().file)
    given = {"file": SimpleUploadedFile("ttd.pdf", signed)}
    found = program.post(f"{BASE}/signatures", given).json()

    assert (first.status_code, first.json()["state"]) == (200, "signed")
    assert (again.status_code, again.json()["type"]) == (409, "urn:halopst:out-of-turn")
    assert (found["letter"], found["is_whole"], found["signatures"][0]["name"]) == (letter.pk, True, NAME)


def test_a_certificate_of_another_name_needs_the_programs_word(program, clerk, unit, gateway):
    letter = make(clerk, unit)
    who = {"signer": "Sri Wahyuni", "identity": NIK, "passphrase": PASSPHRASE, "visible": False}

    refused = send(program, f"/{letter.pk}/esign", **who)
    signed = send(program, f"/{letter.pk}/esign", **who, confirmed=True)

    assert (refused.status_code, refused.json()["type"]) == (409, "urn:halopst:certificate-of-another")
    assert (signed.status_code, signed.json()["state"]) == (200, "signed")


def test_what_only_the_signer_knows_is_kept_nowhere(program, clerk, unit, gateway, caplog):
    caplog.set_level(logging.DEBUG)
    letter = make(clerk, unit)
    bodies = [
        {"signer": SIGNER, "identity": NIK, "passphrase": "frasa-yang-salah"},
        {"signer": "", "identity": NIK, "passphrase": PASSPHRASE},
        {"signer": SIGNER, "identity": "3578", "passphrase": PASSPHRASE},
        {"signer": SIGNER, "identity": NIK, "passphrase": "x" * 300},
        {"signer": SIGNER, "identity": NIK, "passphrase": PASSPHRASE},
    ]

    answers = [send(program, f"/{letter.pk}/esign", **body) for body in bodies]
    send(program, f"/{letter.pk}/esign/certificate", identity=NIK)

    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 200]
    assert answers[0].json()["title"].startswith("Frasa sandi tidak cocok.")
    kept = [*everything_kept(), caplog.text, *[answer.content.decode() for answer in answers]]
    secrets = (PASSPHRASE, "frasa-yang-salah", "x" * 300, NIK)
    assert [secret for secret in secrets if any(secret in text for text in kept)] == []
    assert not IdempotencyKey.objects.exists()


def test_where_the_gateway_asks_for_a_code_it_is_sent_first(program, clerk, unit, gateway, settings):
    settings.ESIGN["terms"]["asks_totp"] = True
    letter = make(clerk, unit)

    asked = send(program, f"/{letter.pk}/esign/code", identity=EMAIL)
    without = send(program, f"/{letter.pk}/esign", signer=SIGNER, identity=EMAIL)
    signed = send(program, f"/{letter.pk}/esign", signer=SIGNER, identity=EMAIL, totp=CODE)

    assert (asked.status_code, without.status_code, signed.status_code) == (204, 422, 200)
    assert without.json()["errors"][0]["at"] == ["body", "totp"]


def test_a_certificate_that_cannot_sign_says_why(program, clerk, unit, gateway):
    path = f"/{make(clerk, unit).pk}/esign/certificate"

    good = send(program, path, identity=NIK).json()
    expired = send(program, path, identity="3578010101800002").json()
    nobody = send(program, path, identity="bukan NIK")

    assert (good["active"], good["title"]) == (True, "")
    assert (expired["active"], "kedaluwarsa" in expired["title"]) == (False, True)
    assert (nobody.status_code, nobody.json()["errors"][0]["problem"]) == (
        422,
        "Tulis NIK 16 angka, atau alamat surel.",
    )


def test_what_is_no_pdf_is_not_sent_on(program, gateway):
    given = {"file": SimpleUploadedFile("ttd.pdf", b"bukan pdf")}

    assert program.post(f"{BASE}/signatures", given).status_code == 422
    assert gateway.asked == []
