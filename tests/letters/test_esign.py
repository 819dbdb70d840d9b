"""Electronic signing against a gateway that speaks the protocol on loopback."""

import hashlib
import logging

import pytest
from django.core.files.storage import default_storage

from halopst.audit.models import Entry
from halopst.letters.esign import (
    EsignClient,
    EsignRefused,
    EsignUnreachable,
    NotCertified,
    PassphraseWrong,
    Person,
)
from halopst.letters.queries import verification
from halopst.letters.services import sign_with_bsre
from halopst.letters.services.refusals import OutOfTurn
from tests.letters.esign_service import NIK, PASSPHRASE, PASSWORD, USER, EsignService
from tests.letters.factories import NOW
from tests.letters.test_issuing import make


@pytest.fixture
def gateway():
    service = EsignService()
    yield service
    service.stop()


@pytest.fixture
def client_of(gateway):
    return EsignClient(gateway.address, USER, PASSWORD)


def sign(clerk, letter, client, **person):
    who = Person(**{"nik": NIK, "passphrase": PASSPHRASE, **person})
    return sign_with_bsre(clerk, letter, person=who, signer="Budi Contoh", client=client, now=NOW)


def test_a_letter_is_signed_and_both_files_verify(clerk, unit, gateway, client_of):
    letter = make(clerk, unit)
    signing = sign(clerk, letter, client_of)

    letter.refresh_from_db()
    with default_storage.open(signing.file) as file:
        signed = file.read()
    assert (letter.state, signing.method, signing.pages) == ("signed", "bsre", 1)
    assert signed.endswith(b"% ditandatangani\n")
    assert verification(letter.token).hashes == {letter.sha256, hashlib.sha256(signed).hexdigest()}
    assert [path for path, _body in gateway.asked] == ["/api/v2/user/check/status", "/api/v2/sign/pdf"]


def test_the_passphrase_is_kept_nowhere(clerk, unit, client_of, caplog):
    caplog.set_level(logging.DEBUG)
    letter = make(clerk, unit)
    sign(clerk, letter, client_of)

    kept = [str(vars(entry)) for entry in Entry.objects.all()] + [str(vars(letter.signings.get()))]
    kept += [caplog.text, repr(Person(NIK, PASSPHRASE)), repr(client_of)]
    assert not [text for text in kept if PASSPHRASE in text or NIK in text or PASSWORD in text]


@pytest.mark.parametrize(
    ("person", "refusal"),
    [({"passphrase": "salah"}, PassphraseWrong), ({"nik": "3578010101800002"}, NotCertified)],
)
def test_the_gateways_no_is_ours(clerk, unit, client_of, person, refusal):
    letter = make(clerk, unit)
    with pytest.raises(refusal):
        sign(clerk, letter, client_of, **person)
    letter.refresh_from_db()
    assert (letter.state, letter.signings.count()) == ("final", 0)


@pytest.mark.parametrize(
    "answer",
    [(200, b"bukan json"), (200, b"[]"), (500, b"{}"), (200, b'{"status": "ISSUE", "file": ["?"]}')],
)
def test_a_gateway_that_answers_nonsense_is_not_believed(clerk, unit, gateway, client_of, answer):
    letter = make(clerk, unit)
    gateway.broken = answer
    with pytest.raises(EsignUnreachable):
        sign(clerk, letter, client_of)


def test_a_gateway_that_is_down_or_bars_us_is_said_so(clerk, unit, gateway):
    letter = make(clerk, unit)
    with pytest.raises(EsignUnreachable):
        sign(clerk, letter, EsignClient("http://127.0.0.1:9", USER, PASSWORD))
    with pytest.raises(EsignRefused, match="Unauthorized"):
        sign(clerk, letter, EsignClient(gateway.address, USER, "lain"))


def test_a_signed_letter_is_not_sent_again(clerk, unit, gateway, client_of):
    letter = make(clerk, unit)
    sign(clerk, letter, client_of)
    letter.refresh_from_db()
    gateway.asked.clear()
    with pytest.raises(OutOfTurn):
        sign(clerk, letter, client_of)
    assert gateway.asked == []
