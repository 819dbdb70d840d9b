"""The office's electronic seal on pages and for programs; its code is kept nowhere, not even as a hash."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from halopst.core.models import IdempotencyKey
from halopst.letters.services import annul, hand_over
from tests.accounts.factories import MembershipFactory
from tests.letters.esign_service import ACTIVATION, OFFICE, SUBSCRIBER, settings_at
from tests.letters.factories import NOW
from tests.letters.test_esign import bytes_of, everything_kept
from tests.letters.test_issuing import make
from tests.letters.test_seals import client_at, signed_letter

pytestmark = pytest.mark.django_db
OFFER = "Bubuhkan segel elektronik"


@pytest.fixture
def gateway(gateway, settings):
    settings.ESIGN = settings_at(gateway.address, subscriber=SUBSCRIBER)
    return gateway


@pytest.fixture
def letter(clerk, unit, gateway):
    """A signed one."""
    return signed_letter(clerk, unit, client_at(gateway.address))


@pytest.fixture
def lead(client, unit):
    """Someone of the office who makes letters, signed in."""
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    return client


def page(response):
    return response.content.decode()


def at(name, letter):
    return reverse(f"letters:{name}", args=[letter.pk])


def send(client, letter, path="", **body):
    url = f"/api/v1/letters/{letter.pk}/esign/seal{path}"
    return client.post(url, body, content_type="application/json")


def test_the_office_asks_for_the_code_types_it_and_has_a_sealed_file(lead, letter, gateway):
    assert at("seal", letter) in page(lead.get(at("letter", letter)))
    asked = page(lead.post(at("seal", letter), {"aksi": "kode", "code": ""}))
    assert "Kode segel dikirim BSrE kepada pemegang segel." in asked
    for code, words in (
        ("", "Isi bagian ini dulu"),
        ("123456", "Kode segel tidak cocok"),
        ("9" * 41, "40 karakter"),
    ):
        answer = lead.post(at("seal", letter), {"code": code})
        assert (answer.status_code, words in page(answer)) == (422, True), code
        assert not code or code not in page(answer)

    done = lead.post(at("seal", letter), {"code": f" {ACTIVATION} "}, follow=True)

    made = letter.signings.get(method="seal")
    assert "Surat diberi segel elektronik dan segelnya sah." in page(done)
    assert f"Diperiksa BSrE: utuh, sertifikat atas nama {OFFICE}." in page(done)
    assert "Unduh berkas bersegel" in page(done)
    assert OFFER not in page(done)
    file = lead.get(reverse("letters:signed-file", args=[letter.pk, made.pk]))
    assert file.content == bytes_of(made.file)
    assert "-segel.pdf" in file.headers["Content-Disposition"]
    again = lead.post(at("seal", letter), {"code": ACTIVATION})
    assert (again.status_code, "sudah bersegel" in page(again)) == (409, True)


def test_only_a_signed_letter_in_force_is_offered_the_seal(lead, clerk, unit, letter, gateway):
    unsigned = make(clerk, unit, about="tests:2")
    assert OFFER not in page(lead.get(at("letter", unsigned)))
    refused = lead.post(at("seal", unsigned), {"code": ACTIVATION})
    assert (refused.status_code, "belum ditandatangani" in page(refused)) == (409, True)
    hand_over(clerk, letter, now=NOW)
    assert OFFER in page(lead.get(at("letter", letter)))
    annul(clerk, letter, reason="Salah orang", now=NOW)
    assert OFFER not in page(lead.get(at("letter", letter)))
    assert lead.post(at("seal", letter), {"aksi": "kode"}).status_code == 409


def test_an_installation_without_a_seal_offers_none_and_says_how_to_have_one(lead, letter, settings):
    settings.ESIGN["terms"]["subscriber"] = ""
    assert OFFER not in page(lead.get(at("letter", letter)))
    for given in ({"aksi": "kode"}, {"code": ACTIVATION}):
        refused = lead.post(at("seal", letter), given)
        assert refused.status_code == 409
        assert "Minta pengelola server mengisi HALOPST_ESIGN_SUBSCRIBER" in page(refused)


def test_who_only_reads_the_letters_is_not_offered_the_seal_and_has_none_put(client, unit, letter):
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    assert OFFER not in page(client.get(at("letter", letter)))
    assert client.post(at("seal", letter), {"code": ACTIVATION}).status_code == 403
    assert client.post(at("seal", letter), {"aksi": "kode"}).status_code == 403
    assert letter.signings.count() == 1


def test_a_gateway_that_is_down_is_said_so_and_the_letter_stays_as_it_was(lead, letter, gateway):
    gateway.broken = (500, b"{}")
    for given in ({"aksi": "kode"}, {"code": ACTIVATION}):
        answer = lead.post(at("seal", letter), given)
        assert (answer.status_code, "tidak dapat dihubungi" in page(answer)) == (409, True)
    assert letter.signings.count() == 1


def test_whoever_holds_a_sealed_letter_learns_so_and_may_compare_either_file(client, lead, letter, gateway):
    url = reverse("letters:verify", args=[letter.token])
    assert "Bersegel instansi" not in page(client.get(url))
    gateway.is_active = True
    lead.post(at("seal", letter), {"code": ACTIVATION})
    client.logout()

    assert "Bersegel instansi (BSrE)" in page(client.get(url))
    assert client.get(f"/api/v1/letters/verification/{letter.token}").json()["sealed"] is True
    for signing in letter.signings.all():
        given = {"file": SimpleUploadedFile("surat.pdf", bytes_of(signing.file))}
        assert "sama persis" in page(client.post(url, given))
    changed = SimpleUploadedFile("surat.pdf", bytes_of(letter.signings.last().file) + b" ")
    assert "berbeda dari berkas" in page(client.post(url, {"file": changed}))


def test_a_program_seals_a_letter_once_and_takes_the_sealed_file(lead, letter, gateway):
    asked, first = send(lead, letter, "/code"), send(lead, letter, code=ACTIVATION)
    again, once_more = send(lead, letter, code=ACTIVATION), send(lead, letter, "/code")

    assert (asked.status_code, first.status_code, first.json()["state"]) == (204, 200, "signed")
    assert (again.status_code, again.json()["type"]) == (409, "urn:halopst:sealed-already")
    assert once_more.status_code == 409
    made = lead.get(f"/api/v1/letters/{letter.pk}/signings").json()
    assert [one["method"] for one in made] == ["bsre", "seal"]
    file = lead.get(f"/api/v1/letters/{letter.pk}/signings/{made[-1]['id']}/pdf")
    assert file.content == bytes_of(letter.signings.last().file)
    assert "-segel.pdf" in file.headers["Content-Disposition"]


def test_what_a_program_lends_is_kept_nowhere(lead, letter, gateway, caplog):
    caplog.set_level(logging.DEBUG)
    gateway.is_active = True
    codes = ["", " ", "aktivasi-yang-salah", "z" * 41, "12\x0034", ACTIVATION]

    answers = [send(lead, letter, code=code) for code in codes]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 400, 200]
    kept = [*everything_kept(), caplog.text, *[answer.content.decode() for answer in answers]]
    secrets = (ACTIVATION, "aktivasi-yang-salah", "z" * 41, "kode-segel-1")
    assert [secret for secret in secrets if any(secret in text for text in kept)] == []
    assert not IdempotencyKey.objects.exists()
