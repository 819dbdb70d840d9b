"""One letter from values to file, its life after that, and what the database keeps."""

import hashlib
import secrets
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from halopst.audit.models import Entry
from halopst.core.actors import Actor
from halopst.core.constraints import violated
from halopst.core.errors import NotPermitted
from halopst.core.tables import csv_file
from halopst.letters.models import Letter, LetterNumber, Template
from halopst.letters.queries import Status, verification
from halopst.letters.services import (
    annul,
    hand_over,
    is_same_file,
    issue,
    issue_about,
    mark_outdated,
    mark_paid,
    mark_printed,
    replace,
    upload_scan,
)
from halopst.letters.services.refusals import (
    AlreadyIssued,
    CannotCompose,
    NoTemplate,
    NotYetSigned,
    OutOfTurn,
    ReasonMissing,
    ScanIncomplete,
    ScanOfAnother,
    ScanUnread,
    TemplateFaulty,
    UnknownKind,
    ValueMissing,
)
from tests.letters.factories import NOW, TODAY, TemplateFactory, office
from tests.letters.kinds import contract
from tests.letters.papers import content_of, text_of
from tests.races import all_at_once
from tests.units.factories import UnitFactory


def make(clerk, unit, **values):
    given = {
        "kind": "tests.contract",
        "data": contract(),
        "about": "tests:1",
        "parties": ["Sri Contoh", "Budi Contoh, S.ST."],
        "dated_on": TODAY,
        "now": NOW,
    }
    return issue(clerk, unit=unit, **{**given, **values})


def test_a_letter_is_numbered_printed_hashed_and_stored(clerk, unit):
    letter = make(clerk, unit)

    letter.refresh_from_db()
    assert (letter.state, str(letter.number), letter.pages) == ("final", f"B-001/{unit.code}0/VS.330/2026", 1)
    assert letter.sha256 == hashlib.sha256(content_of(letter)).hexdigest()
    assert letter.size == len(content_of(letter))
    assert (letter.parties, letter.final_at) == (["S.C.", "B.C."], NOW)
    written = text_of(letter)
    for value in (str(letter.number), "Sri Contoh", "Rp1.048.000", "1 November 2026", "Jumat", letter.token):
        assert value in written
    assert list(Entry.objects.values_list("action", "subject_id")) == [("letters.issued", letter.pk)]


def test_private_values_are_on_the_paper_and_in_no_column(clerk, unit):
    letter = make(clerk, unit)

    with connection.cursor() as cursor:
        cursor.execute("SELECT l::text FROM letters_letter l UNION SELECT e::text FROM audit_entry e")
        stored = " ".join(text for (text,) in cursor.fetchall())
    assert "3578010101900001" not in stored
    assert "NIK 3578010101900001" in text_of(letter)


def test_no_token_needs_quoting_in_an_index(clerk, unit, monkeypatch):
    monkeypatch.setattr(secrets, "token_urlsafe", lambda size: "-" * size)
    letter = make(clerk, unit)
    row = [letter.token, letter.pages]

    assert csv_file([row]).decode("utf-8-sig") == f"{letter.token},1\r\n"
    assert letter.token.endswith("-" * 16)


def test_a_missing_value_refuses_and_takes_no_number(clerk, unit):
    with pytest.raises(ValueMissing, match="Lengkapi dulu: Honor, Kegiatan – Nilai \\(baris 1\\)"):
        make(clerk, unit, data=contract(honor=None, kegiatan=[{"nama": "A", "volume": 1, "nilai": None}]))
    assert not LetterNumber.objects.exists()
    assert not Letter.objects.exists()


def test_a_template_that_cannot_print_takes_no_number(clerk, unit):
    TemplateFactory(unit=unit, valid_from=TODAY, body="#d.tak_ada")
    with pytest.raises(TemplateFaulty, match="Baris 1"):
        make(clerk, unit)
    assert not LetterNumber.objects.exists()


def test_there_is_one_letter_about_one_subject(clerk, unit):
    make(clerk, unit)
    with pytest.raises(AlreadyIssued):
        make(clerk, unit)
    assert Letter.objects.count() == 1


def test_nobody_makes_letters_for_another_office(clerk):
    with pytest.raises(NotPermitted):
        make(clerk, UnitFactory())


def test_an_unknown_kind_and_an_office_without_template_are_refused(clerk, unit):
    with pytest.raises(UnknownKind):
        make(clerk, unit, kind="tidak.ada")
    Template.objects.filter(unit=unit).update(state="withdrawn")
    with pytest.raises(NoTemplate):
        make(clerk, unit)


def test_the_template_in_force_on_the_day_of_the_letter_counts(clerk, unit):
    later = TemplateFactory(unit=unit, valid_from=TODAY + timedelta(days=1), body="Naskah baru #d.nomor")
    assert make(clerk, unit).template_id != later.pk
    assert make(clerk, unit, about="tests:2", dated_on=later.valid_from).template_id == later.pk


def test_a_letter_goes_its_way(clerk, unit, scan_of):
    letter = make(clerk, unit)
    mark_printed(clerk, letter, now=NOW)
    upload_scan(clerk, letter, content=scan_of(letter), signer="Budi Contoh", compared=True, now=NOW)
    hand_over(clerk, letter, now=NOW)
    mark_paid(clerk, letter, now=NOW)

    letter.refresh_from_db()
    assert letter.state == "paid"
    with pytest.raises(OutOfTurn):
        annul(clerk, letter, reason="terlambat", now=NOW)


def test_an_annulled_letter_keeps_its_number_and_makes_room(clerk, unit):
    letter = make(clerk, unit)
    with pytest.raises(ReasonMissing):
        annul(clerk, letter, reason=" ", now=NOW)
    annul(clerk, letter, reason="Salah orang", now=NOW)

    letter.refresh_from_db()
    assert (letter.state, letter.number.state, letter.number.note) == ("void", "void", "Salah orang")
    assert str(make(clerk, unit).number).startswith("B-002/")


def test_an_outdated_letter_is_replaced_by_the_next(clerk, unit):
    letter = make(clerk, unit)
    assert mark_outdated("tests:1", "Honor berubah", NOW) == 1
    newer = make(clerk, unit)

    letter.refresh_from_db()
    assert (letter.state, letter.replaced_by) == ("replaced", newer)
    assert verification(letter.token).status == Status.REPLACED
    assert verification(letter.token).replaced_by == str(newer.number)


def test_a_letter_is_replaced_by_what_its_owner_says_now(clerk, unit):
    letter = issue_about(clerk, kind="tests.contract", unit=unit, about="tests:7", now=NOW)
    newer = replace(clerk, letter, reason="Nama salah", now=NOW)

    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.replaced_by) == ("replaced", "Nama salah", newer)
    assert "Petugas 7" in text_of(newer)


def test_what_cannot_be_composed_is_refused_with_its_way_out(clerk, unit):
    with pytest.raises(CannotCompose) as caught:
        issue_about(clerk, kind="tests.contract", unit=unit, about="tests:belum", now=NOW)
    assert caught.value.repair_url == "/mitra/"


def test_the_database_keeps_a_final_letter_as_it_is(clerk, unit):
    letter = make(clerk, unit)
    rows = Letter.objects.filter(pk=letter.pk)
    for change in ({"sha256": "f" * 64}, {"data": {}}, {"token": "x"}, {"state": "draft"}):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            rows.update(**change)
        assert violated(caught.value) == "a_final_letter_never_changes"
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        rows.delete()
    assert violated(caught.value) == "a_numbered_letter_is_never_deleted"


def test_the_database_keeps_a_published_template_as_it_is(unit):
    rows = Template.objects.filter(unit=unit)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        rows.update(body="lain")
    assert violated(caught.value) == "a_published_template_never_changes"


def test_verification_tells_what_is_on_the_letter_and_nothing_more(clerk, unit):
    letter = make(clerk, unit)
    found = verification(letter.token)

    assert (found.number, found.initials, found.status) == (
        str(letter.number),
        ("S.C.", "B.C."),
        Status.VALID,
    )
    assert "Sri" not in repr(found)
    content = content_of(letter)
    assert is_same_file(found, [content[:100], content[100:]])
    assert not is_same_file(found, [content[:-1], b"\0"])
    assert verification("x" * 22) is None


def test_a_scan_of_another_letter_is_refused(clerk, unit, scan_of):
    one, other = make(clerk, unit), make(clerk, unit, about="tests:2")
    with pytest.raises(ScanOfAnother):
        upload_scan(clerk, one, content=scan_of(other), signer="Budi", compared=True, now=NOW)
    signing = upload_scan(clerk, one, content=scan_of(one), signer="Budi", compared=False, now=NOW)

    one.refresh_from_db()
    assert (one.state, signing.number_was_read, signing.pages) == ("signed", True, 1)
    assert signing.sha256 in verification(one.token).hashes


def test_the_file_that_was_to_be_signed_is_no_scan(clerk, unit):
    one, other = make(clerk, unit), make(clerk, unit, about="tests:2")
    for letter, refusal in ((one, NotYetSigned), (other, ScanOfAnother)):
        with pytest.raises(refusal):
            upload_scan(clerk, one, content=content_of(letter), signer="Budi", compared=True, now=NOW)


def test_a_scan_without_a_readable_code_needs_the_officers_word(clerk, unit, scan_of):
    letter = make(clerk, unit)
    blank = scan_of(letter, blank=True)
    with pytest.raises(ScanUnread):
        upload_scan(clerk, letter, content=blank, signer="Budi", compared=False, now=NOW)
    assert not upload_scan(
        clerk, letter, content=blank, signer="Budi", compared=True, now=NOW
    ).number_was_read


def test_a_scan_with_other_pages_is_refused(clerk, unit, scan_of):
    letter = make(clerk, unit)
    with pytest.raises(ScanIncomplete, match="2 halaman, surat ini 1 halaman"):
        upload_scan(clerk, letter, content=scan_of(letter, pages=2), signer="Budi", compared=True, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_issue_the_same_letter_one_does():
    unit = office()
    actor = Actor(grants={"letters.issue": frozenset({unit.pk})})
    outcomes = all_at_once(*[lambda: make(actor, unit) for _ in range(4)])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyIssued"] * 3 + ["Letter"]
    assert list(LetterNumber.objects.values_list("sequence", flat=True)) == [1]
