"""The office's electronic seal on signed letters, from a gateway that speaks the protocol on loopback."""

import hashlib
import logging
from datetime import timedelta
from threading import Event

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from halopst.audit.models import Entry
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.letters import esign
from halopst.letters.esign import EsignClient, Terms
from halopst.letters.models import Letter, Signing
from halopst.letters.queries import verification
from halopst.letters.services import (
    annul,
    ask_for_seal,
    can_seal,
    check_signatures,
    hand_over,
    is_same_file,
    mark_outdated,
    mark_paid,
    seal_with_bsre,
    upload_scan,
)
from halopst.letters.services.refusals import (
    BeingSigned,
    NoSeal,
    NotToBeSealed,
    SealedAlready,
    SignatureNotWhole,
)
from tests.letters.esign_service import (
    ACTIVATION,
    NAME,
    NO_ANSWERS,
    OFFICE,
    PASSWORD,
    SEAL,
    SUBSCRIBER,
    USER,
)
from tests.letters.factories import NOW
from tests.letters.test_esign import bytes_of, everything_kept, sign
from tests.letters.test_issuing import make
from tests.letters.workers import running
from tests.races import PATIENCE, all_at_once

GUARD = next(one for one in Signing._meta.constraints if one.name == "a_letter_is_sealed_once")


def client_at(address, **terms):
    return EsignClient(address, USER, PASSWORD, Terms(**{"subscriber": SUBSCRIBER, **terms}))


@pytest.fixture
def client_of(gateway):
    gateway.is_active = True
    return client_at(gateway.address)


def signed_letter(clerk, unit, client, **values):
    letter = make(clerk, unit, **values)
    sign(clerk, letter, client)
    letter.refresh_from_db()
    return letter


def seal(clerk, letter, client, *, activation=ACTIVATION, now=NOW):
    return seal_with_bsre(clerk, letter, activation=activation, client=client, now=now)


def unsealed(letter):
    letter.refresh_from_db()
    seals = letter.signings.filter(method="seal").count()
    return (letter.state, seals, letter.signing_until) == ("signed", 0, None)


def test_a_signed_letter_is_sealed_as_it_is_and_all_its_files_verify(clerk, unit, gateway, client_of):
    letter = signed_letter(clerk, unit, client_of)
    made = seal(clerk, letter, client_of)

    letter.refresh_from_db()
    signed, sealed = letter.signings.all()
    files = [bytes_of(name) for name in (letter.file, signed.file, sealed.file)]
    assert (letter.state, letter.signing_until, sealed) == ("signed", None, made)
    assert (made.method, made.signer, made.pages, made.number_was_read) == ("seal", unit.name, 1, True)
    assert (made.checked_at, made.certified_name) == (NOW, OFFICE)
    assert files[2] == files[1] + SEAL
    found = verification(letter.token)
    assert (found.signed, found.sealed) == (True, True)
    assert [is_same_file(found, [file]) for file in (*files, files[2] + b" ")] == [True, True, True, False]
    assert Entry.objects.filter(action="letters.sealed").count() == 1


def test_the_gateway_is_told_the_subscriber_the_codes_and_an_invisible_seal(clerk, unit, gateway):
    client = client_at(gateway.address)
    letter = signed_letter(clerk, unit, client)
    gateway.asked.clear()

    ask_for_seal(clerk, letter, client=client)
    seal(clerk, letter, client)

    shown = {"tampilan": "INVISIBLE", "location": unit.seat, "reason": str(letter.number)}
    assert gateway.asked == [
        ("/api/v2/seal/get/activation", {"idSubscriber": SUBSCRIBER}),
        ("/api/v2/seal/get/totp", {"idSubscriber": SUBSCRIBER, "totp": ACTIVATION, "data": 1}),
        (
            "/api/v2/seal/pdf",
            {"idSubscriber": SUBSCRIBER, "totp": "kode-segel-1", "signatureProperties": [shown]},
        ),
        ("/api/v2/verify/pdf", {}),
    ]


def test_a_scan_of_a_paper_signed_by_hand_is_sealed_too(clerk, unit, client_of, scan_of):
    letter = make(clerk, unit)
    signing = upload_scan(
        clerk, letter, content=scan_of(letter), signer="Budi Contoh", compared=False, now=NOW
    )
    letter.refresh_from_db()

    made = seal(clerk, letter, client_of)

    assert (made.number_was_read, bytes_of(made.file)) == (True, bytes_of(signing.file) + SEAL)


def test_one_activation_seals_many_letters_each_with_a_code_of_its_own(clerk, unit, gateway, client_of):
    for about in ("tests:1", "tests:2"):
        seal(clerk, signed_letter(clerk, unit, client_of, about=about), client_of)

    told = [body["totp"] for path, body in gateway.asked if path == "/api/v2/seal/pdf"]
    assert told == ["kode-segel-1", "kode-segel-2"]


def test_a_sealed_letter_moves_on_and_its_last_file_is_the_sealed_one(clerk, unit, client_of):
    letter = signed_letter(clerk, unit, client_of)
    made = seal(clerk, letter, client_of)

    hand_over(clerk, letter, now=NOW)
    mark_paid(clerk, letter, now=NOW)

    letter.refresh_from_db()
    assert (letter.state, letter.signings.last()) == ("paid", made)


@pytest.mark.parametrize("step", ["handed_over", "paid"])
def test_what_was_handed_over_or_paid_is_sealed_as_well(clerk, unit, client_of, step):
    letter = signed_letter(clerk, unit, client_of)
    hand_over(clerk, letter, now=NOW)
    if step == "paid":
        mark_paid(clerk, letter, now=NOW)
    letter.refresh_from_db()

    seal(clerk, letter, client_of)

    letter.refresh_from_db()
    assert (letter.state, letter.signings.count(), letter.signing_until) == (step, 2, None)


def test_what_is_not_signed_or_holds_no_more_is_not_sealed_and_nobody_is_asked(
    clerk, unit, gateway, client_of
):
    unsigned = make(clerk, unit)
    void, outdated = (
        signed_letter(clerk, unit, client_of, about=about) for about in ("tests:void", "tests:old")
    )
    annul(clerk, void, reason="Salah orang", now=NOW)
    mark_outdated(outdated.about, "Honornya berubah", NOW)
    gateway.asked.clear()
    for letter in (unsigned, void, outdated):
        letter.refresh_from_db()
        for act in (
            lambda one=letter: seal(clerk, one, client_of),
            lambda one=letter: ask_for_seal(clerk, one, client=client_of),
        ):
            with pytest.raises(NotToBeSealed, match="Yang disegel surat yang sudah sah"):
                act()
        assert not can_seal(letter, client_of)
    assert gateway.asked == []


def test_a_letter_that_moved_on_unseen_is_not_sealed(clerk, unit, gateway, client_of):
    seen = signed_letter(clerk, unit, client_of)
    annul(clerk, seen, reason="Salah orang", now=NOW)
    seen.state = "signed"
    gateway.asked.clear()
    with pytest.raises(NotToBeSealed):
        seal(clerk, seen, client_of)
    assert gateway.asked == []


@pytest.mark.django_db(transaction=True)
def test_a_letter_annulled_while_the_gateway_is_asked_keeps_no_seal(clerk, unit, gateway, client_of):
    letter = signed_letter(clerk, unit, client_of)

    def strike():
        annul(clerk, letter, reason="Salah orang", now=NOW)
        connection.close()

    gateway.meanwhile = strike
    folder = f"surat/{unit.pk}/tanda-tangan"
    before = default_storage.listdir(folder)
    with pytest.raises(NotToBeSealed):
        seal(clerk, Letter.objects.get(pk=letter.pk), client_of)

    letter.refresh_from_db()
    assert (letter.state, letter.signings.count(), letter.signing_until) == ("void", 1, None)
    assert default_storage.listdir(folder) == before


def test_a_sealed_letter_is_not_sealed_again_and_nobody_is_asked(clerk, unit, gateway, client_of):
    letter = signed_letter(clerk, unit, client_of)
    assert can_seal(letter, client_of)
    seal(clerk, letter, client_of)
    gateway.asked.clear()
    with pytest.raises(SealedAlready, match="sudah bersegel"):
        seal(clerk, letter, client_of)
    with pytest.raises(SealedAlready):
        ask_for_seal(clerk, letter, client=client_of)
    assert (can_seal(letter, client_of), gateway.asked) == (False, [])


def test_an_office_without_a_seal_is_told_what_to_do(clerk, unit, gateway):
    client = client_at(gateway.address, subscriber="")
    letter = signed_letter(clerk, unit, client)
    with pytest.raises(NoSeal, match="HALOPST_ESIGN_SUBSCRIBER"):
        seal(clerk, letter, client)
    with pytest.raises(NoSeal):
        ask_for_seal(clerk, letter, client=client)
    assert not can_seal(letter, client)
    assert not can_seal(letter, None)
    assert unsealed(letter)


def test_who_makes_no_letters_of_the_office_seals_none(clerk, unit, gateway, client_of):
    letter = signed_letter(clerk, unit, client_of)
    gateway.asked.clear()
    for act in (
        lambda: seal(Actor(label="tamu"), letter, client_of),
        lambda: ask_for_seal(Actor(label="tamu"), letter, client=client_of),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert gateway.asked == []


@pytest.mark.parametrize(
    ("terms", "activation", "refusal"),
    [
        ({}, "000000", esign.SealCodeWrong),
        ({}, "kode-segel-1", esign.SealCodeWrong),
        ({"subscriber": "segel-lain"}, ACTIVATION, esign.SubscriberUnknown),
    ],
)
def test_the_gateways_no_is_ours(clerk, unit, gateway, client_of, terms, activation, refusal):
    letter = signed_letter(clerk, unit, client_of)
    with pytest.raises(refusal) as refused:
        seal(clerk, letter, client_at(gateway.address, **terms), activation=activation)
    assert activation not in f"{refused.value} {refused.value.__cause__}"
    assert unsealed(letter)


def test_a_seal_that_was_not_activated_seals_nothing(clerk, unit, gateway):
    client = client_at(gateway.address)
    letter = signed_letter(clerk, unit, client)
    with pytest.raises(esign.SealCodeWrong):
        seal(clerk, letter, client)
    assert unsealed(letter)


OK = b'{"totp": "x", "result": true, "success": true, '


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        *((answer, esign.EsignUnreachable) for answer in NO_ANSWERS),
        ((200, b"{}"), esign.SealCodeMissing),
        ((200, b'{"result": true, "totp": null}'), esign.SealCodeMissing),
        ((200, b'{"result": true, "totp": 123456}'), esign.SealCodeMissing),
        ((200, OK + b'"file": ["?"]}'), esign.EsignUnreachable),
        ((200, OK + b'"file": []}'), esign.EsignUnreachable),
        ((200, OK + b'"file": ["YmFk"]}'), SignatureNotWhole),
        ((200, b'{"result": false, "message": null}'), esign.EsignRefused),
        ((200, b'{"success": false, "message": "Kuota segel habis"}'), esign.EsignRefused),
        ((403, b'{"error": "Forbidden"}'), esign.EsignBarsUs),
        ((404, b'{"error": "not found"}'), esign.EsignElsewhere),
        ((429, b'{"error": "Too many"}'), esign.EsignBusy),
        ((400, b'{"error": "Aktivasi segel sudah kedaluwarsa"}'), esign.SealCodeWrong),
        ((400, b'{"error": "User belum terdaftar"}'), esign.SubscriberUnknown),
        ((400, b'{"error": "Kuota habis", "status_code": 2099}'), esign.EsignRefused),
    ],
)
def test_a_gateway_that_answers_amiss_is_not_believed(clerk, unit, gateway, client_of, answer, refusal):
    letter = signed_letter(clerk, unit, client_of)
    gateway.broken = answer
    with pytest.raises(refusal):
        seal(clerk, letter, client_of)
    assert unsealed(letter)


def test_a_code_the_gateway_does_not_send_is_said_so(clerk, unit, gateway, client_of):
    letter = signed_letter(clerk, unit, client_of)
    gateway.broken = (200, b'{"success": false, "message": "Surel pemegang segel kosong"}')
    with pytest.raises(esign.EsignRefused, match="Surel pemegang segel kosong"):
        ask_for_seal(clerk, letter, client=client_of)


def test_a_gateway_that_is_down_or_bars_us_is_said_so(clerk, unit, gateway, client_of):
    letter = signed_letter(clerk, unit, client_of)
    barred = EsignClient(gateway.address, USER, "lain", client_of.terms)
    for client, refusal in (
        (client_at("http://127.0.0.1:9"), esign.EsignUnreachable),
        (client_at("bukan alamat"), esign.EsignUnreachable),
        (barred, esign.EsignBarsUs),
    ):
        with pytest.raises(refusal):
            seal(clerk, letter, client)
        with pytest.raises(refusal):
            ask_for_seal(clerk, letter, client=client)
    assert unsealed(letter)


def test_a_late_answer_seals_nothing_and_another_try_begins_with_the_signed_file(clerk, unit, gateway):
    client = client_at(gateway.address)
    gateway.is_active = True
    letter = signed_letter(clerk, unit, client)
    gateway.hold = 1.0
    with pytest.raises(esign.EsignSilent):
        seal(clerk, letter, client_at(gateway.address, seconds=0.3))
    assert unsealed(letter)

    gateway.hold = 0.0
    assert bytes_of(seal(clerk, letter, client).file).count(SEAL) == 1


def test_what_comes_back_as_it_was_sent_is_no_seal(clerk, unit, gateway, client_of):
    letter = signed_letter(clerk, unit, client_of)
    gateway.returns_it_unsealed = True
    with pytest.raises(SignatureNotWhole):
        seal(clerk, letter, client_of)
    assert unsealed(letter)


def test_what_comes_back_changed_is_not_kept(clerk, unit, gateway, client_of):
    letter = signed_letter(clerk, unit, client_of)
    gateway.broken_at = "verify"
    gateway.broken = (200, b'{"conclusion": "NO_SIGNATURE", "description": ""}')
    with pytest.raises(SignatureNotWhole):
        seal(clerk, letter, client_of)
    assert unsealed(letter)


def test_a_seal_that_cannot_be_checked_just_now_is_kept_unchecked(clerk, unit, gateway, client_of):
    letter = signed_letter(clerk, unit, client_of)
    gateway.broken, gateway.broken_at = (500, b"{}"), "verify"
    made = seal(clerk, letter, client_of)
    assert (made.checked_at, made.certified_name) == (None, "")


def test_neither_the_activation_nor_the_code_is_kept_anywhere(clerk, unit, gateway, client_of, caplog):
    caplog.set_level(logging.DEBUG)
    letter = signed_letter(clerk, unit, client_of)
    said = []
    for client, activation in (
        (client_of, "aktivasi-yang-salah"),
        (client_at("http://127.0.0.1:9"), ACTIVATION),
        (client_at(gateway.address, subscriber="lain"), ACTIVATION),
    ):
        with pytest.raises(Refused) as refusal:
            seal(clerk, letter, client, activation=activation)
        said.append(f"{refusal.value} {refusal.value!r} {refusal.value.__cause__}")
    ask_for_seal(clerk, letter, client=client_of)
    seal(clerk, letter, client_of)

    kept = [*everything_kept(), caplog.text, *said, repr(client_of)]
    secrets = (ACTIVATION, "aktivasi-yang-salah", "kode-segel-1", PASSWORD)
    assert len(kept) > 20
    assert [secret for secret in secrets if any(secret in text for text in kept)] == []


def test_a_claim_whose_process_died_runs_out(clerk, unit, client_of):
    letter = signed_letter(clerk, unit, client_of)
    longest = timedelta(seconds=client_of.patience)
    Letter.objects.filter(pk=letter.pk).update(signing_until=NOW + longest)
    with pytest.raises(BeingSigned, match="sedang ditandatangani atau disegel"):
        seal(clerk, letter, client_of)
    assert longest <= timedelta(minutes=3)
    seal(clerk, letter, client_of, now=NOW + longest)


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_while_it_seals_keeps_the_letter_for_minutes_and_leaves_nothing(
    clerk, unit, gateway, client_of, tmp_path
):
    letter = signed_letter(clerk, unit, client_of)
    signed = letter.signings.get().file
    on_disk = tmp_path / "media" / signed
    on_disk.parent.mkdir(parents=True)
    on_disk.write_bytes(bytes_of(signed))
    is_asked, is_dead = Event(), Event()
    gateway.meanwhile = lambda: (is_asked.set(), is_dead.wait(PATIENCE))
    with running(tmp_path, "tests.letters.sealer", str(letter.pk), gateway.address) as process:
        assert is_asked.wait(PATIENCE)
        process.kill()
        process.wait()
    is_dead.set()
    gateway.meanwhile = lambda: None

    letter.refresh_from_db()
    held = letter.signing_until
    assert NOW < held <= NOW + timedelta(minutes=3)
    assert ([path.name for path in on_disk.parent.iterdir()], letter.signings.count()) == ([on_disk.name], 1)
    with pytest.raises(BeingSigned):
        seal(clerk, letter, client_of)
    assert bytes_of(seal(clerk, letter, client_of, now=held).file).count(SEAL) == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_ask_the_gateway_once(clerk, unit, gateway, client_of):
    letter = signed_letter(clerk, unit, client_of)

    ends = gateway.rush(lambda: seal(clerk, letter, client_of), BeingSigned)

    assert sorted(type(end).__name__ for end in ends) == ["BeingSigned"] * 3 + ["Signing"]
    assert (len(gateway.sealed), letter.signings.count()) == (1, 2)


def seal_past_the_claim(clerk, letter, client, monkeypatch):
    """Four at once, each at the gateway before any has written: nothing but the database is in their way."""
    monkeypatch.setattr("halopst.letters.services.signing._claimed", lambda *_: open("/dev/null"))  # noqa: SIM115,PTH123
    ends = all_at_once(*[lambda: seal(clerk, letter, client)] * 4)
    return sorted(type(end).__name__ for end in ends)


@pytest.mark.django_db(transaction=True)
def test_the_database_alone_keeps_one_seal_of_a_letter(clerk, unit, gateway, client_of, monkeypatch):
    letter = signed_letter(clerk, unit, client_of)
    gateway.meet(4)

    ends = seal_past_the_claim(clerk, letter, client_of, monkeypatch)

    assert ends == ["SealedAlready"] * 3 + ["Signing"]
    sealed = letter.signings.get(method="seal")
    folder = default_storage.listdir(f"surat/{unit.pk}/tanda-tangan")[1]
    assert (len(gateway.sealed), len(folder)) == (4, 2)
    assert hashlib.sha256(bytes_of(sealed.file)).hexdigest() == sealed.sha256


@pytest.mark.django_db(transaction=True)
def test_without_its_guard_a_letter_would_be_sealed_as_often_as_asked(
    clerk, unit, gateway, client_of, monkeypatch
):
    letter = signed_letter(clerk, unit, client_of)
    gateway.meet(4)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Signing, GUARD)
    try:
        assert seal_past_the_claim(clerk, letter, client_of, monkeypatch) == ["Signing"] * 4
        assert letter.signings.filter(method="seal").count() == 4
    finally:
        Signing.objects.filter(letter=letter, method="seal").delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Signing, GUARD)


def test_an_officer_learns_both_names_of_a_sealed_file(clerk, unit, client_of):
    letter = signed_letter(clerk, unit, client_of)
    sealed = bytes_of(seal(clerk, letter, client_of).file)

    found = check_signatures(clerk, sealed, client=client_of)

    assert [one.name for one in found.report.signatures] == [NAME, OFFICE]
    assert (found.report.is_whole, found.letter) == (True, letter)
