"""Electronic signing against a gateway that speaks the protocol on loopback."""

import base64
import hashlib
import logging
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image
from psycopg import sql

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.letters import esign
from halopst.letters.esign import EsignClient, Person, Terms
from halopst.letters.models import Letter
from halopst.letters.queries import verification
from halopst.letters.rendering.marks import tokens_in
from halopst.letters.rules import same_person
from halopst.letters.services import check_signatures, sign_with_bsre
from halopst.letters.services.refusals import (
    BeingSigned,
    CertificateOfAnother,
    NotAPdf,
    OutOfTurn,
    SignatureNotWhole,
    SignerNotOnPaper,
)
from tests.letters.esign_service import (
    CODE,
    EMAIL,
    MARK,
    NAME,
    NIK,
    NO_ANSWERS,
    PASSPHRASE,
    PASSWORD,
    USER,
)
from tests.letters.factories import NOW
from tests.letters.test_issuing import make
from tests.races import all_at_once

SIGNER = "Budi Contoh, S.ST."


@pytest.fixture
def client_of(gateway):
    return EsignClient(gateway.address, USER, PASSWORD)


def sign(clerk, letter, client, *, now=NOW, signer=SIGNER, visible=True, confirmed=False, **person):
    who = Person(**(person or {"nik": NIK, "passphrase": PASSPHRASE}))
    terms = {"signer": signer, "visible": visible, "confirmed": confirmed}
    return sign_with_bsre(clerk, letter, person=who, client=client, now=now, **terms)


def bytes_of(stored):
    with default_storage.open(stored) as file:
        return file.read()


def sent(gateway):
    """What the gateway was told of the signature, most lately."""
    return [body for path, body in gateway.asked if path == "/api/v2/sign/pdf"][-1]["signatureProperties"]


def test_a_letter_is_signed_checked_and_both_files_verify(clerk, unit, gateway, client_of):
    letter = make(clerk, unit)
    signing = sign(clerk, letter, client_of)

    letter.refresh_from_db()
    signed = bytes_of(signing.file)
    assert (letter.state, signing.method, signing.pages, letter.signing_until) == ("signed", "bsre", 1, None)
    assert (signing.checked_at, signing.certified_name) == (NOW, NAME)
    assert signed == bytes_of(letter.file) + MARK
    assert verification(letter.token).hashes == {letter.sha256, hashlib.sha256(signed).hexdigest()}
    paths = ["/api/v2/user/check/status", "/api/v2/sign/pdf", "/api/v2/verify/pdf"]
    assert [path for path, _body in gateway.asked] == paths


def test_the_block_stands_in_the_room_above_the_name_and_its_code_verifies(clerk, unit, gateway, client_of):
    letter = make(clerk, unit)
    sign(clerk, letter, client_of)

    (shown,) = sent(gateway)
    picture = Image.open(BytesIO(base64.b64decode(shown["imageBase64"])))
    assert (shown["tampilan"], shown["page"], shown["reason"]) == ("VISIBLE", 1, str(letter.number))
    assert shown["location"] == unit.seat
    assert tokens_in(picture) == {letter.token}
    assert abs(picture.width / picture.height - shown["width"] / shown["height"]) < 0.05
    # The left of two signatures, on the upper half of a page of 595 by 842 points.
    assert 24 <= shown["height"] <= 58
    assert 14 <= shown["originX"] < shown["originX"] + shown["width"] < 330
    assert 421 < shown["originY"] < 842


def test_a_gateway_may_count_from_the_top_or_look_for_a_tag(clerk, unit, gateway):
    places = []
    for about, terms in enumerate((Terms(), Terms(from_top=True), Terms(tag="#"))):
        letter = make(clerk, unit, about=f"tests:{about}")
        sign(clerk, letter, EsignClient(gateway.address, USER, PASSWORD, terms))
        places += sent(gateway)

    low, high, tagged = places
    assert low["originY"] + low["height"] + high["originY"] == pytest.approx(842, abs=1)
    assert (tagged["tag"], set(tagged) & {"page", "originX", "originY"}) == ("#", set())


def test_it_may_also_be_signed_without_anything_to_see(clerk, unit, gateway, client_of):
    sign(clerk, make(clerk, unit), client_of, visible=False)

    (shown,) = sent(gateway)
    assert (shown["tampilan"], "imageBase64" in shown) == ("INVISIBLE", False)


def test_who_is_not_on_the_paper_gets_no_block_and_nothing_is_asked(clerk, unit, gateway, client_of):
    letter = make(clerk, unit)
    with pytest.raises(SignerNotOnPaper):
        sign(clerk, letter, client_of, signer="Orang Lain")
    letter.refresh_from_db()
    assert (letter.state, letter.signing_until, gateway.asked) == ("final", None, [])


def test_one_signs_by_email_and_with_a_code_the_gateway_sent(clerk, unit, gateway):
    client = EsignClient(gateway.address, USER, PASSWORD, Terms(asks_totp=True))
    letter = make(clerk, unit)
    with pytest.raises(esign.CodeWrong):
        sign(clerk, letter, client, email=EMAIL, totp=CODE)

    client.send_code(Person(email=EMAIL))
    sign(clerk, letter, client, email=EMAIL, totp=CODE)

    asked = dict(gateway.asked)
    assert asked["/api/v2/sign/get/totp"] == {"email": EMAIL, "data": 1}
    assert asked["/api/v2/user/check/status"] == {"email": EMAIL}
    told = asked["/api/v2/sign/pdf"]
    assert (told["email"], told["totp"], set(told) & {"nik", "passphrase"}) == (EMAIL, CODE, set())


def everything_kept():
    """Every row of every table as text: letters, the record, jobs with their arguments, sessions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' "
            "AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table)))
            yield from (row for (row,) in cursor.fetchall())


def test_what_only_the_signer_knows_is_kept_nowhere(clerk, unit, gateway, client_of, caplog):
    caplog.set_level(logging.DEBUG)
    letter = make(clerk, unit)
    totp = EsignClient(gateway.address, USER, PASSWORD, Terms(asks_totp=True))
    said = []
    for client, person in (
        (client_of, {"nik": NIK, "passphrase": "frasa-yang-salah"}),
        (totp, {"email": EMAIL, "totp": "999111"}),
        (EsignClient("http://127.0.0.1:9", USER, PASSWORD), {"nik": NIK, "passphrase": PASSPHRASE}),
    ):
        with pytest.raises(Refused) as refusal:
            sign(clerk, letter, client, **person)
        said.append(f"{refusal.value} {refusal.value!r} {refusal.value.__cause__}")
    sign(clerk, letter, client_of)

    known = Person(nik=NIK, passphrase=PASSPHRASE, totp=CODE)
    kept = [*everything_kept(), caplog.text, *said, repr(known), repr(client_of)]
    secrets = (PASSPHRASE, "frasa-yang-salah", "999111", CODE, PASSWORD)
    assert len(kept) > 20
    assert [secret for secret in secrets if any(secret in text for text in kept)] == []
    assert [text for text in (*said, caplog.text, repr(known)) if NIK in text] == []


@pytest.mark.parametrize(
    ("person", "refusal", "words"),
    [
        ({"nik": NIK, "passphrase": "salah"}, esign.PassphraseWrong, "Frasa sandi tidak cocok"),
        ({"nik": "3578010101800002", "passphrase": "x"}, esign.NotCertified, "kedaluwarsa"),
        ({"nik": "3578010101800003", "passphrase": "x"}, esign.NotCertified, "dicabut"),
        ({"nik": "3578010101800004", "passphrase": "x"}, esign.NotCertified, "tidak aktif"),
        ({"nik": "3578010101800009", "passphrase": "x"}, esign.SignerUnknown, "tidak dikenal BSrE"),
        ({"email": "lain@bps.go.id", "passphrase": "x"}, esign.SignerUnknown, "tidak dikenal BSrE"),
    ],
)
def test_the_gateways_no_is_ours(clerk, unit, client_of, person, refusal, words):
    letter = make(clerk, unit)
    with pytest.raises(refusal, match=words):
        sign(clerk, letter, client_of, **person)
    letter.refresh_from_db()
    assert (letter.state, letter.signings.count(), letter.signing_until) == ("final", 0, None)


def test_which_words_mean_an_active_certificate_is_set_by_the_installation(clerk, unit, gateway):
    active = Terms(active=frozenset({"ISSUE", "WAITING_FOR_VERIFICATION"}))
    client = EsignClient(gateway.address, USER, PASSWORD, active)
    sign(clerk, make(clerk, unit), client, nik="3578010101800004", passphrase=PASSPHRASE)


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        *((answer, esign.EsignUnreachable) for answer in NO_ANSWERS),
        ((200, b'{"status": "ISSUE", "file": ["?"]}'), esign.EsignUnreachable),
        ((200, b'{"status": "ISSUE", "file": []}'), esign.EsignUnreachable),
        ((200, b'{"status": "ISSUE", "file": ["YmFk"]}'), SignatureNotWhole),
        ((403, b'{"error": "Forbidden"}'), esign.EsignBarsUs),
        ((404, b'{"error": "not found"}'), esign.EsignElsewhere),
        ((429, b'{"error": "Too many"}'), esign.EsignBusy),
        ((503, b'{"error": "Penuh"}'), esign.EsignBusy),
        ((400, b'{"error": "Kuota habis", "status_code": 2099}'), esign.EsignRefused),
        ((418, b'{"error": null}'), esign.EsignRefused),
    ],
)
def test_a_gateway_that_answers_amiss_is_not_believed(clerk, unit, gateway, client_of, answer, refusal):
    letter = make(clerk, unit)
    gateway.broken = answer
    with pytest.raises(refusal):
        sign(clerk, letter, client_of)
    letter.refresh_from_db()
    assert (letter.state, letter.signings.count(), letter.signing_until) == ("final", 0, None)


def test_a_gateway_that_is_down_or_bars_us_is_said_so(clerk, unit, gateway):
    letter = make(clerk, unit)
    for address in ("http://127.0.0.1:9", "bukan alamat"):
        with pytest.raises(esign.EsignUnreachable):
            sign(clerk, letter, EsignClient(address, USER, PASSWORD))
    with pytest.raises(esign.EsignBarsUs):
        sign(clerk, letter, EsignClient(gateway.address, USER, "lain"))


def test_a_late_answer_signs_nothing_and_another_try_begins_with_the_letters_own_file(clerk, unit, gateway):
    letter = make(clerk, unit)
    gateway.hold = 1.0
    with pytest.raises(esign.EsignSilent):
        sign(clerk, letter, EsignClient(gateway.address, USER, PASSWORD, Terms(seconds=0.3)))
    letter.refresh_from_db()
    assert (letter.state, letter.signings.count()) == ("final", 0)

    gateway.hold = 0.0
    signing = sign(clerk, letter, EsignClient(gateway.address, USER, PASSWORD))

    assert bytes_of(signing.file).count(MARK) == 1
    assert {hashlib.sha256(file).hexdigest() for file in gateway.files} == {letter.sha256}
    assert letter.signings.count() == 1


def test_what_comes_back_changed_is_not_kept(clerk, unit, gateway, client_of):
    letter = make(clerk, unit)
    gateway.broken_at = "verify"
    gateway.broken = (200, b'{"conclusion": "NO_SIGNATURE", "description": ""}')
    with pytest.raises(SignatureNotWhole):
        sign(clerk, letter, client_of)
    letter.refresh_from_db()
    assert (letter.state, letter.signings.count()) == ("final", 0)


def test_a_signature_that_cannot_be_checked_just_now_is_kept_unchecked(clerk, unit, gateway, client_of):
    gateway.broken, gateway.broken_at = (500, b"{}"), "verify"
    signing = sign(clerk, make(clerk, unit), client_of)
    assert (signing.checked_at, signing.certified_name) == (None, "")


def test_a_certificate_of_another_name_signs_nothing_unless_the_officer_says_whose_it_is(
    clerk, unit, gateway, client_of
):
    letter = make(clerk, unit)
    with pytest.raises(
        CertificateOfAnother, match="atas nama BUDI CONTOH, penanda tangan surat ini Sri Wahyuni"
    ):
        sign(clerk, letter, client_of, signer="Sri Wahyuni", visible=False)
    letter.refresh_from_db()
    assert (letter.state, letter.signings.count(), letter.signing_until) == ("final", 0, None)

    signing = sign(clerk, letter, client_of, signer="Sri Wahyuni", visible=False, confirmed=True)

    assert (signing.signer, signing.certified_name) == ("Sri Wahyuni", NAME)
    assert {hashlib.sha256(file).hexdigest() for file in gateway.files} == {letter.sha256}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("BUDI CONTOH", "Budi Contoh, S.ST., M.Si.", True),
        ("Dr. Ir. Budi  Contoh", "budi contoh", True),
        ("Nur'aini", "NURAINI", True),
        ("H. Budi Contoh", "Budi Contoh", True),
        ("M. Rizki", "Muhammad Rizki", False),
        ("A. Wijaya", "B. Wijaya", False),
        ("Budi Contoh", "Budi Contoh Putra", False),
        ("", "", False),
    ],
)
def test_a_name_is_the_same_however_it_is_written(one, other, same):
    assert same_person(one, other) is same


def test_a_signed_letter_is_not_sent_again(clerk, unit, gateway, client_of):
    letter = make(clerk, unit)
    sign(clerk, letter, client_of)
    gateway.asked.clear()
    with pytest.raises(OutOfTurn):
        sign(clerk, letter, client_of)
    assert gateway.asked == []


def test_a_claim_whose_process_died_runs_out(clerk, unit, client_of):
    letter = make(clerk, unit)
    Letter.objects.filter(pk=letter.pk).update(signing_until=NOW + timedelta(seconds=5))
    with pytest.raises(BeingSigned):
        sign(clerk, letter, client_of)
    sign(clerk, letter, client_of, now=NOW + timedelta(seconds=5))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_ask_the_gateway_once(clerk, unit, gateway, client_of):
    letter = make(clerk, unit)

    ends = gateway.rush(lambda: sign(clerk, letter, client_of), BeingSigned)

    assert sorted(type(end).__name__ for end in ends) == ["BeingSigned"] * 3 + ["Signing"]
    assert (len(gateway.signed), letter.signings.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_two_at_once_would_both_be_signed(clerk, unit, gateway, client_of, monkeypatch):
    letter = make(clerk, unit)
    gateway.meet(2)
    monkeypatch.setattr("halopst.letters.services.signing._claimed", lambda *_: open("/dev/null"))  # noqa: SIM115,PTH123

    all_at_once(*[lambda: sign(clerk, letter, client_of)] * 2)

    assert (len(gateway.signed), letter.signings.count()) == (2, 1)


def test_an_officer_learns_who_signed_a_file_when_and_whether_it_is_whole(clerk, unit, client_of):
    letter = make(clerk, unit)
    signed = bytes_of(sign(clerk, letter, client_of).file)

    whole = check_signatures(clerk, signed, client=client_of)
    changed = check_signatures(clerk, signed + b" ", client=client_of)
    bare = check_signatures(clerk, bytes_of(letter.file), client=client_of)

    (one,) = whole.report.signatures
    assert (one.name, one.at.isoformat(), one.is_whole) == (NAME, "2026-11-20T02:00:05+00:00", True)
    assert (whole.report.is_whole, whole.letter) == (True, letter)
    assert (changed.report.is_whole, changed.report.conclusion, changed.letter) == (False, "INVALID", None)
    assert (bare.report.signatures, bare.report.conclusion, bare.letter) == ((), "NO_SIGNATURE", letter)
    with pytest.raises(NotAPdf):
        check_signatures(clerk, b"bukan pdf", client=client_of)
    with pytest.raises(NotPermitted):
        check_signatures(Actor(label="tamu"), signed, client=client_of)
