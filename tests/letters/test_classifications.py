"""The codes of the archive: dated rows with their basis; a letter carries one that holds on its day."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import translation
from psycopg.types.range import DateRange

from halopst.audit.models import Entry
from halopst.core.actors import SYSTEM
from halopst.core.constraints import is_deadlock
from halopst.letters.models import Classification, LetterNumber, NumberPattern
from halopst.letters.queries import classifications_on
from halopst.letters.reference import load_classifications
from halopst.letters.services import (
    check_classification,
    end_classification,
    numbering,
    remove_classification,
    set_pattern,
    why_none_can_be_made,
)
from halopst.letters.services.refusals import (
    ClassificationInUse,
    ClassificationNotHeld,
    NoSuchClassification,
)
from tests.accounts.factories import MembershipFactory
from tests.constraints import refused_as
from tests.letters.factories import (
    TODAY,
    ClassificationFactory,
    LetterNumberFactory,
    NumberPatternFactory,
    office,
)
from tests.letters.test_numbers import VALUES, take
from tests.races import PATIENCE, all_at_once
from tests.units.factories import HeadOfficeFactory, UnitFactory

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def ended(code="VS.330", last=YESTERDAY, unit=None):
    return ClassificationFactory(
        code=code, unit=unit, period=DateRange(date(2019, 1, 1), last + timedelta(1))
    )


def test_the_codes_are_there_from_the_start_and_loading_again_changes_nothing():
    load_classifications()
    head = HeadOfficeFactory()
    row = Classification.objects.get(code="VS.330")
    assert (row.first_day, row.last_day, row.unit) == (date(2019, 1, 1), None, None)
    assert "99 Tahun 2018" in row.basis
    end_classification(SYSTEM, row, unit=head, last_day=TODAY, basis="SE contoh")

    load_classifications()

    assert Classification.objects.get(code="VS.330").last_day == TODAY


def test_a_code_means_one_thing_at_a_time_in_one_scope():
    ended()
    ClassificationFactory(code="VS.330", period=DateRange(TODAY, None))
    unit = UnitFactory()
    ClassificationFactory(code="VS.330", unit=unit)
    for scope in (None, unit):
        with refused_as("one_classification_per_code_at_a_time"):
            ClassificationFactory(code="VS.330", unit=scope, period=DateRange(TODAY, None))


def test_a_code_names_its_basis_and_is_ended_not_rewritten():
    row = ClassificationFactory()

    with refused_as("a_classification_names_itself_and_its_basis"):
        ClassificationFactory(basis=" ")
    for change in ({"title": "Lain"}, {"code": "VS.331"}, {"basis": "Lain"}):
        with refused_as("a_classification_is_ended_not_rewritten"):
            Classification.objects.filter(pk=row.pk).update(**change)
    end_classification(SYSTEM, row, unit=HeadOfficeFactory(), last_day=TODAY, basis="SE contoh")
    with refused_as("a_classification_is_ended_not_rewritten"):
        Classification.objects.filter(pk=row.pk).update(period=DateRange(row.first_day, None))


def test_a_mistyped_code_is_taken_away_on_record_and_may_be_typed_again(client, unit):
    client.force_login(MembershipFactory(role="admin", unit=unit).user)
    path = f"/surat/klasifikasi/{unit.slug}/"
    client.post(path, CODE)
    row = Classification.objects.get(code="VS.335")
    assert f"{path}{row.pk}/hapus/" in client.get(path).content.decode()

    answer = client.post(f"{path}{row.pk}/hapus/", follow=True)

    assert "Kode klasifikasi dihapus." in answer.content.decode()
    assert not Classification.objects.exists()
    kept = Entry.objects.get(action="letters.classification-removed").details
    assert (kept["code"], kept["title"], kept["basis"]) == ("VS.335", CODE["title"], CODE["basis"])
    assert client.post(f"{path}{row.pk}/hapus/").status_code == 404
    assert client.post(path, {**CODE, "title": "Pengumpulan data lanjutan"}).status_code == 302


def test_a_code_a_pattern_or_a_number_carries_stays(client, unit):
    client.force_login(MembershipFactory(role="admin", unit=unit).user)
    path = f"/surat/klasifikasi/{unit.slug}/"
    in_pattern, in_number, before = (
        ClassificationFactory(unit=unit, code="VS.330"),
        ClassificationFactory(unit=unit, code="KU.100"),
        ClassificationFactory(unit=unit, code="KU.100", period=DateRange(date(2010, 1, 1), date(2019, 1, 1))),
    )
    other = ClassificationFactory(unit=unit, code="KU.110")
    LetterNumberFactory(unit=unit, text="B-007/KU.100/2026", dated_on=TODAY)
    LetterNumberFactory(text="B-008/KU.110/2026", dated_on=TODAY)

    for row in (in_pattern, in_number):
        answer = client.post(f"{path}{row.pk}/hapus/", follow=True).content.decode()
        assert "sudah dipakai pola nomor atau nomor surat, jadi tidak dapat dihapus" in answer
        with refused_as("a_classification_in_use_stays"):
            Classification.objects.filter(pk=row.pk)._raw_delete("default")
    for row in (before, other):
        client.post(f"{path}{row.pk}/hapus/")
    assert set(Classification.objects.all()) == {in_pattern, in_number}


def test_what_a_release_brings_is_ended_not_removed(client):
    head = HeadOfficeFactory()
    load_classifications()
    client.force_login(MembershipFactory(role="admin", unit=head).user)
    row = Classification.objects.get(code="VS.340")
    path = f"/surat/klasifikasi/{head.slug}/"

    answer = client.post(f"{path}{row.pk}/hapus/", follow=True).content.decode()

    assert "Kode ini bawaan Perka BPS 99/2018" in answer
    assert f"{path}{row.pk}/hapus/" not in client.get(f"{path}?q=VS.340").content.decode()
    own = ClassificationFactory(code="VS.399")
    assert f"{path}{own.pk}/hapus/" in client.get(f"{path}?q=VS.399").content.decode()


def test_only_what_holds_on_the_day_is_offered_the_nearest_first():
    unit = UnitFactory()
    ended("VS.340")
    ClassificationFactory(code="VS.330")
    own = ClassificationFactory(code="VS.330", unit=unit, title="Setempat")
    ClassificationFactory(code="VS.330", unit=UnitFactory())
    ClassificationFactory(code="VS.350", period=DateRange(TODAY + timedelta(1), None))

    assert list(classifications_on(unit, TODAY)) == [own]
    assert [row.code for row in classifications_on(unit, YESTERDAY)] == ["VS.330", "VS.340"]


def test_a_pattern_is_set_with_a_code_that_holds_on_its_first_day(unit, clerk):
    ended()

    def begin(code, day):
        values = {**VALUES, "classification": code}
        return set_pattern(clerk, unit=unit, kind="tests.contract", valid_from=day, **values)

    with translation.override("id"):
        with pytest.raises(ClassificationNotHeld, match=r"berakhir pada 19 November 2026"):
            begin("VS.330", TODAY)
        with pytest.raises(NoSuchClassification, match=r"XX\.999"):
            begin("XX.999", TODAY)
        with pytest.raises(ClassificationNotHeld, match=r"baru berlaku 1 Januari 2019"):
            begin("VS.330", date(2018, 12, 31))
    assert begin("VS.330", YESTERDAY)


def test_a_letter_dated_after_its_code_ended_gets_no_number_and_says_where_to_mend_that(unit):
    take(unit, YESTERDAY)
    ended()

    with pytest.raises(ClassificationNotHeld) as caught:
        take(unit, TODAY)
    assert caught.value.repair_url == f"/surat/nomor/{unit.slug}/pola/?jenis=tests.contract"
    assert len(take(unit, YESTERDAY)) == 1
    assert LetterNumber.objects.count() == 2


def test_preflight_names_a_code_that_has_ended(unit):
    ended()
    (trouble,) = why_none_can_be_made(unit, "tests.contract", TODAY)
    assert "VS.330" in trouble.sentence
    assert trouble.repair_url == f"/surat/nomor/{unit.slug}/pola/?jenis=tests.contract"


def test_patterns_from_before_codes_were_a_list_go_on():
    unit = office()
    NumberPatternFactory(unit=unit, classification="LAMA", valid_from=TODAY)
    assert take(unit, TODAY) == [f"B-001/{unit.code}0/LAMA/2026"]


CODE = {
    "code": "VS.335",
    "title": "Pengumpulan lanjutan",
    "first_day": "2026-01-01",
    "basis": "SE contoh 4/2026",
}


def test_an_admin_adds_a_code_ends_it_and_reads_it_back(client, unit):
    client.force_login(MembershipFactory(role="admin", unit=unit).user)
    path = f"/surat/klasifikasi/{unit.slug}/"

    for wrong in ({"code": "vs335"}, {"basis": "  "}, {"title": ""}, {"first_day": "x"}):
        assert client.post(path, {**CODE, **wrong}).status_code == 422
    assert client.post(path, {**CODE, "last_day": "2025-12-31"}).status_code == 422
    assert client.post(path, CODE).status_code == 302
    assert client.post(path, CODE).status_code == 409

    row = Classification.objects.get(code="VS.335")
    assert row.unit == unit
    end = f"{path}{row.pk}/"
    assert client.get(end).status_code == 200
    assert client.post(end, {"last_day": "2026-06-30", "basis": ""}).status_code == 422
    assert client.post(end, {"last_day": "2025-12-31", "basis": "x"}).status_code == 422
    assert client.post(end, {"last_day": "2026-06-30", "basis": "SE contoh"}).status_code == 302
    assert client.post(end, {"last_day": "2026-07-30", "basis": "SE contoh"}).status_code == 409
    assert "1 Januari 2026 sampai 30 Juni 2026" in client.get(path + "?q=vs.3").content.decode()
    assert "Tidak ada yang cocok" in client.get(path + "?q=tidak-ada%00").content.decode()


def test_the_head_office_keeps_everyone_s_codes_and_others_do_not(client, unit):
    head = HeadOfficeFactory()
    row = ClassificationFactory(code="VS.336")
    client.force_login(MembershipFactory(role="admin", unit=unit).user)
    assert client.get(f"/surat/klasifikasi/{unit.slug}/{row.pk}/").status_code == 404

    client.force_login(MembershipFactory(role="admin", unit=head).user)
    path = f"/surat/klasifikasi/{head.slug}/"
    assert client.post(path, CODE).status_code == 302
    assert Classification.objects.get(code="VS.335").unit is None
    end = f"{path}{row.pk}/"
    assert client.post(end, {"last_day": "2026-12-31", "basis": "SE contoh"}).status_code == 302


def test_a_pattern_s_page_offers_codes_of_its_day_and_declines_others(client, unit):
    ended("VS.340")
    ClassificationFactory(code="VS.330")
    client.force_login(MembershipFactory(role="admin", unit=unit).user)
    path = f"/surat/nomor/{unit.slug}/pola/"
    form = {**VALUES, "kind": "tests.contract", "keeps_dates": "on", "valid_from": TODAY.isoformat()}

    answer = client.post(path, {**form, "classification": "vs.340"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "berakhir pada 19 November 2026" in page
    assert '<option value="VS.330">' in page
    assert '<option value="VS.340">' not in page
    assert client.post(path, {**form, "classification": "vs.330", "basis": ""}).status_code == 422
    assert client.post(path, {**form, "classification": "vs.330"}).status_code == 302


def test_programs_read_add_and_end_codes(client, unit):
    client.force_login(MembershipFactory(role="admin", unit=unit).user)
    load_classifications()
    path = f"/api/v1/letters/units/{unit.slug}/classifications"

    first = client.get(path).json()
    rest = client.get(f"{path}?after={first[-1]['id']}").json()
    assert len(first) == 200
    assert not {row["id"] for row in first} & {row["id"] for row in rest}

    added = client.post(
        path, CODE, content_type="application/json", headers={"Idempotency-Key": "kunci-kode-1"}
    )
    assert (added.status_code, added.json()["office"]) == (201, unit.slug)
    end = {"last_day": "2026-06-30", "basis": "SE contoh"}
    ended = client.post(
        f"{path}/{added.json()['id']}/end",
        end,
        content_type="application/json",
        headers={"Idempotency-Key": "kunci-kode-2"},
    )
    assert ended.json()["last_day"] == "2026-06-30"
    assert client.delete(f"{path}/{added.json()['id']}").json()["type"] == "urn:halopst:key-missing"
    on = [client.get(f"{path}?q=vs.335&on={day}").json() for day in ("2026-06-30", "2026-07-01")]
    assert [len(rows) for rows in on] == [1, 0]
    assert client.get(f"{path}?q=vs.330&on=2026-06-30").json()[0]["office"] is None
    gone = client.delete(f"{path}/{added.json()['id']}", headers={"Idempotency-Key": "kunci-kode-3"})
    assert gone.status_code == 204
    assert client.get(f"{path}?q=vs.335").json() == []


def test_two_at_once_do_not_both_begin_a_code(transactional_db):
    outcomes = all_at_once(
        *[lambda: ClassificationFactory(code="VS.330") for _ in range(4)], may_deadlock=True
    )
    refused = [one for one in outcomes if isinstance(one, IntegrityError) or is_deadlock(one)]
    assert (len(refused), len(outcomes)) == (3, 4), outcomes  # two that wait for each other end in a deadlock
    assert Classification.objects.count() == 1


def removing(row, unit):
    return lambda: remove_classification(SYSTEM, Classification.objects.get(pk=row.pk), unit=unit)


def numbering_with(row, unit):
    return lambda: set_pattern(
        SYSTEM, unit=unit, kind="tests.contract", valid_from=TODAY, **{**VALUES, "classification": row.code}
    )


def test_a_code_is_removed_or_numbered_with_but_never_both(transactional_db):
    for _ in range(5):
        unit = UnitFactory()
        row = ClassificationFactory(unit=unit)

        removed, numbered = all_at_once(removing(row, unit), numbering_with(row, unit))

        stays = Classification.objects.filter(pk=row.pk).exists()
        assert stays is isinstance(removed, ClassificationInUse)
        assert stays is not isinstance(numbered, NoSuchClassification)


def test_without_holding_the_code_a_pattern_is_left_with_one_that_is_gone(transactional_db, monkeypatch):
    unit = UnitFactory()
    row, looked, removed = ClassificationFactory(unit=unit), threading.Event(), threading.Event()

    def look_only(office, code, day):
        check_classification(office, code, day, must_be_known=True)
        looked.set()
        removed.wait(PATIENCE)

    def remove():
        looked.wait(PATIENCE)
        removing(row, unit)()
        connection.close()
        removed.set()

    monkeypatch.setattr(numbering, "hold_classification", look_only)
    outcomes = all_at_once(numbering_with(row, unit), remove)

    assert not any(isinstance(one, Exception) for one in outcomes), outcomes
    assert not Classification.objects.filter(pk=row.pk).exists()
    assert NumberPattern.objects.filter(classification=row.code).exists()
