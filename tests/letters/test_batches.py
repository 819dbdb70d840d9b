"""Many letters at once: each made once, troubles named, nothing lost when a worker dies."""

import csv
import hashlib
import io
import time
import zipfile
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.events import publish
from halopst.letters.events import BatchStarted
from halopst.letters.models import Batch, BatchItem, Letter, LetterNumber, NumberPattern
from halopst.letters.rendering.papers import pages_of
from halopst.letters.services import (
    batches,
    bind_batch,
    cancel_batch,
    close_batch,
    make_the_rest,
    mark_outdated,
    run_batch_chunk,
    start_batch,
    why_none_can_be_made,
)
from halopst.letters.services.batch_refusals import BatchEmpty, BatchOver, BeingMade, NothingLeft
from halopst.letters.services.refusals import NothingBefore, UnknownKind
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import NOW, TODAY, NumberPatternFactory, office
from tests.letters.workers import worker
from tests.races import PATIENCE, all_at_once, until_somebody_waits
from tests.units.factories import UnitFactory


def begin(actor, unit, *names):
    items = [(f"tests:{name}", f"Petugas {name}") for name in names]
    return start_batch(actor, kind="tests.contract", unit=unit, items=items, now=NOW)


def work(batch, size=3):
    while run_batch_chunk(batch.pk, now=NOW, size=size):
        pass
    close_batch(batch.pk, now=NOW)
    batch.refresh_from_db()
    return batch


def sequences():
    return list(LetterNumber.objects.order_by("sequence").values_list("sequence", flat=True))


def test_a_batch_makes_every_letter_in_order(clerk, unit):
    batch = work(begin(clerk, unit, *range(7)))

    assert (batch.state, batch.total, batch.done, batch.failed) == ("binding", 7, 7, 0)
    letters = Letter.objects.order_by("number__sequence")
    assert [letter.about for letter in letters] == [f"tests:{n}" for n in range(7)]
    assert {letter.state for letter in letters} == {"final"}
    assert sequences() == list(range(1, 8))


def test_looking_for_numbered_ones_passes_over_no_waiting_ones(clerk, unit):
    """Of 50,000 waiting ones every look would read them all, twice for every 25 letters."""
    batch = begin(clerk, unit, *range(3000))
    with CaptureQueriesContext(connection) as looked:
        assert batches._claim(batch, BatchItem.State.NUMBERED, 25) == []
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE letters_batchitem")
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {looked[0]['sql']}")
        plan = cursor.fetchone()[0][0]["Plan"]

    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < 10


def test_the_same_subject_twice_is_one_letter(clerk, unit):
    assert begin(clerk, unit, 1, 1, 2).total == 2


def test_troubles_are_named_with_their_way_out_and_take_no_number(clerk, unit):
    batch = work(begin(clerk, unit, 1, "kosong", "belum", 2))

    assert (batch.done, batch.failed, sequences()) == (2, 2, [1, 2])
    failed = batch.items.filter(state="failed").values_list("about", "error", "repair_url")
    assert list(failed) == [
        ("tests:kosong", "Surat belum dapat dibuat. Lengkapi dulu: Petugas – Nama.", ""),
        ("tests:belum", "Petugas ini belum punya rekening.", "/mitra/"),
    ]


def test_what_an_office_lacks_for_all_its_letters_is_known_before_and_where_it_is_mended(unit):
    assert why_none_can_be_made(unit, "tests.contract", TODAY) == []
    unit = UnitFactory()

    found = why_none_can_be_made(unit, "tests.contract", TODAY)
    batch = work(begin(Actor(grants={"letters.issue": frozenset({unit.pk})}), unit, 1))

    assert [trouble.repair_url for trouble in found] == [
        f"/surat/naskah/{unit.slug}/tests.contract/",
        f"/surat/nomor/{unit.slug}/pola/?jenis=tests.contract",
    ]
    failed = batch.items.get()
    assert (failed.error, failed.repair_url) == (found[0].sentence, found[0].repair_url)


def test_a_number_pattern_gone_since_the_office_looked_fails_every_letter_with_its_repair(clerk, unit):
    batch = begin(clerk, unit, 1, 2)
    NumberPattern.objects.filter(unit=unit).delete()

    work(batch)

    assert (batch.state, batch.done, batch.failed, sequences()) == ("done", 0, 2, [])
    assert not Letter.objects.exists()
    told = set(batch.items.values_list("error", "repair_url"))
    (trouble,) = why_none_can_be_made(unit, "tests.contract", TODAY)
    assert told == {(trouble.sentence, trouble.repair_url)}
    NumberPatternFactory(unit=unit)
    again = work(make_the_rest(clerk, batch, now=NOW))
    assert (again.done, sequences()) == (2, [1, 2])


def test_a_letter_no_number_is_left_for_fails_alone(clerk, unit):
    NumberPattern.objects.filter(unit=unit).update(keeps_dates=True)
    work(begin(clerk, unit, 1))
    batch = work(begin(clerk, unit, "lampau", 2))

    assert (batch.done, batch.failed, sequences()) == (1, 1, [1, 2])
    failed = batch.items.get(state="failed")
    assert (failed.about, failed.error) == ("tests:lampau", str(NothingBefore.message))


def test_a_letter_that_cannot_be_printed_is_annulled_with_its_number(clerk, unit):
    batch = work(begin(clerk, unit, 1, "rusak", 2))

    assert (batch.done, batch.failed, sequences()) == (2, 1, [1, 2, 3])
    assert list(LetterNumber.objects.order_by("sequence").values_list("state", flat=True)) == [
        "used",
        "void",
        "used",
    ]
    assert "tidak ada di jenis huruf" in batch.items.get(state="failed").error


def test_what_changes_while_it_is_printed_does_not_come_out_stale(clerk, unit):
    batch = begin(clerk, unit, 1, 2)
    assert run_batch_chunk(batch.pk, now=NOW)
    mark_outdated("tests:1", "Honor berubah", NOW)
    work(batch)

    assert (batch.done, batch.failed) == (1, 1)
    assert batch.items.get(about="tests:1").error == "Honor berubah"


def test_one_who_was_made_already_fails_and_an_outdated_one_is_made_anew(clerk, unit):
    work(begin(clerk, unit, 1, 2))
    mark_outdated("tests:2", "Honor berubah", NOW)
    batch = work(begin(clerk, unit, 1, 2))

    assert (batch.done, batch.failed) == (1, 1)
    assert list(Letter.objects.filter(about="tests:2").order_by("pk").values_list("state", flat=True)) == [
        "replaced",
        "final",
    ]


def test_letters_another_batch_has_in_hand_are_not_begun_again(clerk, unit):
    first = begin(clerk, unit, 1, 2)

    with pytest.raises(BeingMade) as refused:
        begin(clerk, unit, 2, 1)
    more = begin(clerk, unit, 2, 3)

    assert (refused.value.batch, Batch.objects.count(), more.total) == (first.pk, 2, 1)
    assert [item.about for item in more.items.all()] == ["tests:3"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_of_four_who_begin_at_once_one_does(clerk, unit, monkeypatch, guarded):
    """Without the lock on the office all of them would."""
    if not guarded:
        monkeypatch.setattr(batches, "_wait_for_the_others", lambda _unit: None)
    looked, wait = Barrier(4), batches._not_in_hand

    def slowly(*args):
        left = wait(*args)
        with suppress(BrokenBarrierError):
            looked.wait(1 if guarded else PATIENCE)
        return left

    monkeypatch.setattr(batches, "_not_in_hand", slowly)

    told = all_at_once(*[lambda: begin(clerk, unit, *range(5))] * 4)

    assert Batch.objects.count() == (1 if guarded else 4)
    assert sum(isinstance(one, BeingMade) for one in told) == (3 if guarded else 0)


def test_of_two_who_begin_the_second_is_led_to_the_batch_that_runs(client, clerk, unit):
    batch = work(begin(clerk, unit, 1, "belum"))
    Batch.objects.update(state="done")
    again = make_the_rest(clerk, batch, now=NOW)
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)

    answer = client.post(f"/surat/borongan/{batch.pk}/langkah/", {"aksi": "ulang"}, follow=True)

    assert answer.redirect_chain == [(f"/surat/borongan/{again.pk}/", 302)]
    assert "Surat-surat ini sedang dibuat; tidak perlu" in answer.content.decode()


def test_a_bundle_the_storage_lost_is_told_and_bound_again(client, clerk, unit):
    batch = work(begin(clerk, unit, 1, 2))
    bind_batch(batch.pk)
    batch.refresh_from_db()
    default_storage.delete(batch.merged)
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    page = f"/surat/borongan/{batch.pk}/"

    told = client.get(f"{page}gabungan/", follow=True)
    assert (told.redirect_chain, told.status_code) == ([(page, 302)], 200)
    assert "Berkas ini tidak ada lagi di penyimpanan. Susun ulang" in told.content.decode()
    client.post(f"{page}langkah/", {"aksi": "susun"})
    bind_batch(batch.pk)

    assert client.get(f"{page}gabungan/").status_code == 200
    assert client.get(f"{page}arsip/").status_code == 200


def test_a_letter_the_storage_lost_keeps_no_batch_from_ending_and_says_so(client, clerk, unit):
    batch = work(begin(clerk, unit, 1, 2))
    lost = Letter.objects.first()
    default_storage.delete(lost.file)

    bind_batch(batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.merged, batch.archive) == ("done", "", "")
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    page = client.get(f"/surat/borongan/{batch.pk}/").content.decode()
    assert "berkas salah satu suratnya hilang dari penyimpanan" in page
    answer = client.get(f"/surat/{lost.pk}/pdf/")
    assert (answer.status_code, "memulihkannya dari cadangan" in answer.content.decode()) == (409, True)


def test_a_cancelled_batch_makes_no_more(clerk, unit):
    batch = begin(clerk, unit, 1, 2, 3)
    cancel_batch(clerk, batch)
    with pytest.raises(BatchOver):
        cancel_batch(clerk, batch)
    work(batch)
    assert (batch.state, batch.done, batch.failed, batch.stopped) == ("cancelled", 0, 0, 3)
    with pytest.raises(BatchOver):
        cancel_batch(clerk, batch)


def test_what_was_made_before_a_batch_was_cancelled_is_bound_and_the_rest_made_later(clerk, unit):
    batch = begin(clerk, unit, 1, "belum", 2, 3, 4)
    run_batch_chunk(batch.pk, now=NOW, size=3)
    cancel_batch(clerk, batch)
    work(batch)
    bind_batch(batch.pk)
    batch.refresh_from_db()

    assert (batch.state, batch.done, batch.failed, batch.stopped) == ("cancelled", 2, 1, 2)
    with default_storage.open(batch.merged) as merged:
        assert pages_of(merged.read()) == 2
    rest = work(make_the_rest(clerk, batch, now=NOW))
    assert (rest.total, rest.done, sequences()) == (3, 2, [1, 2, 3, 4])
    assert make_the_rest(clerk, batch, now=NOW).total == 1


def test_failed_ones_are_tried_again_in_a_new_batch(clerk, unit):
    batch = work(begin(clerk, unit, 1, "belum"))
    again = make_the_rest(clerk, batch, now=NOW)
    assert list(again.items.values_list("about", flat=True)) == ["tests:belum"]
    with pytest.raises(NothingLeft):
        make_the_rest(clerk, work(begin(clerk, unit, 2)), now=NOW)


def test_what_makes_no_batch(clerk, unit):
    with pytest.raises(BatchEmpty):
        begin(clerk, unit)
    with pytest.raises(UnknownKind):
        start_batch(clerk, kind="tidak.ada", unit=unit, items=[("a", "b")], now=NOW)
    with pytest.raises(NotPermitted):
        begin(clerk, UnitFactory(), 1)


def test_the_letters_are_bound_and_packed_with_an_index(clerk, unit):
    batch = work(begin(clerk, unit, 2, "belum", 1))
    bind_batch(batch.pk)
    batch.refresh_from_db()

    assert batch.state == "done"
    with default_storage.open(batch.merged) as merged:
        assert pages_of(merged.read()) == 2
    with default_storage.open(batch.archive) as file, zipfile.ZipFile(io.BytesIO(file.read())) as archive:
        index = list(
            csv.DictReader(io.StringIO(archive.read("indeks.csv").decode("utf-8-sig")), delimiter=";")
        )
        assert [row["nomor"] for row in index] == list(
            Letter.objects.order_by("number__sequence").values_list("number__text", flat=True)
        )
        assert [row["berkas"].rpartition("2026-")[2] for row in index] == ["petugas-2.pdf", "petugas-1.pdf"]
        for row in index:
            assert hashlib.sha256(archive.read(row["berkas"])).hexdigest() == row["sha256"]


@pytest.mark.django_db(transaction=True)
class TestManyHands:
    def test_workers_share_a_batch(self):
        unit = office()
        actor = Actor(grants={"letters.issue": frozenset({unit.pk})})
        batch = begin(actor, unit, *range(24))

        told = all_at_once(*[lambda: work(Batch.objects.get(pk=batch.pk), size=4) for _ in range(3)])
        assert [one for one in told if isinstance(one, Exception)] == []
        batch.refresh_from_db()
        assert (batch.state, batch.done, batch.failed) == ("binding", 24, 0)
        assert sequences() == list(range(1, 25))

    @pytest.mark.parametrize("in_turn", [True, False])
    def test_numbers_follow_the_list_however_many_workers(self, monkeypatch, in_turn):
        """Where the second passes over what the first has in hand, later ones get the lower numbers."""
        if not in_turn:
            monkeypatch.setattr(batches, "_wait_for_a_turn", lambda _batch: None)
        unit = office()
        actor = Actor(grants={"letters.issue": frozenset({unit.pk})})
        batch = begin(actor, unit, *range(6))
        in_hand, passed, write = Event(), Event(), batches._write_drafts

        def write_late(*given):
            if not in_hand.is_set():
                in_hand.set()
                passed.wait(1 if in_turn else PATIENCE)
            write(*given)

        def second():
            assert in_hand.wait(PATIENCE)
            run_batch_chunk(batch.pk, now=NOW, size=3)
            passed.set()

        monkeypatch.setattr(batches, "_write_drafts", write_late)
        all_at_once(lambda: run_batch_chunk(batch.pk, now=NOW, size=3), second)
        work(batch)

        made = list(batch.items.order_by("position").values_list("letter__number__sequence", flat=True))
        assert made == ([1, 2, 3, 4, 5, 6] if in_turn else [4, 5, 6, 1, 2, 3])

    @pytest.mark.parametrize(("dies", "again"), [(False, False), (True, False), (True, True)])
    def test_cancelling_does_not_wait_for_the_letters_in_hand(self, monkeypatch, dies, again):
        """They are made, or stopped as well where the worker dies with them, by the next or by hand."""
        unit = office()
        actor = Actor(grants={"letters.issue": frozenset({unit.pk})})
        batch = begin(actor, unit, *range(5))
        in_hand, cancelled, write = Event(), Event(), batches._write_drafts

        def write_late(*given):
            in_hand.set()
            assert cancelled.wait(PATIENCE)
            if dies:
                raise ConnectionError
            write(*given)

        def cancel():
            in_hand.wait(PATIENCE)
            stopped = cancel_batch(actor, batch).stopped
            cancelled.set()
            return stopped

        monkeypatch.setattr(batches, "_write_drafts", write_late)
        outcomes = all_at_once(lambda: run_batch_chunk(batch.pk, now=NOW, size=3), cancel)
        assert (isinstance(outcomes[0], ConnectionError), outcomes[1]) == (dies, 2)
        if again:
            assert cancel_batch(actor, batch).stopped == 5
        work(batch)
        made = 0 if dies else 3
        assert (batch.done, batch.stopped, sequences()) == (made, 5 - made, list(range(1, made + 1)))

    def test_printing_waits_for_an_older_letter_before_it_holds_the_new_one(self):
        """As striking does: whoever strikes both meets the printer at the older, with the new one free."""
        unit = office()
        actor = Actor(grants={"letters.issue": frozenset({unit.pk})})
        work(begin(actor, unit, 1))
        mark_outdated("tests:1", "Honor berubah", NOW)
        batch = begin(actor, unit, 1)
        assert run_batch_chunk(batch.pk, now=NOW)
        older, new = Letter.objects.order_by("pk")
        is_held, is_made = Event(), Event()

        def strike():
            with transaction.atomic():
                Letter.objects.locked(older.pk)
                is_held.set()
                until_somebody_waits(is_made)
                return Letter.objects.select_for_update(nowait=True, of=("self",)).get(pk=new.pk).state

        def make():
            is_held.wait(PATIENCE)
            try:
                return run_batch_chunk(batch.pk, now=NOW)
            finally:
                is_made.set()

        assert all_at_once(strike, make) == ["draft", True]

    def test_killed_workers_lose_and_double_nothing(self, tmp_path):
        unit = office()
        actor = Actor(grants={"letters.issue": frozenset({unit.pk})})
        batch = begin(actor, unit, *range(70))
        for goal in (10, 40):
            with worker(tmp_path) as process:
                until_done(batch, goal)
                process.kill()
                process.wait()
            publish(BatchStarted(batch_id=batch.pk))
        with worker(tmp_path):
            until_done(batch, 70, state="done")

        assert (batch.state, batch.done, batch.failed) == ("done", 70, 0)
        assert sequences() == list(range(1, 71))
        assert Letter.objects.filter(state="final").values("about").distinct().count() == 70
        assert not BatchItem.objects.exclude(state="done").exists()


def until_done(batch, goal, *, state=None, within=300):
    end = time.monotonic() + within
    while time.monotonic() < end:
        batch.refresh_from_db()
        if batch.done >= goal and state in {None, batch.state}:
            return
        time.sleep(0.05)
    raise AssertionError(f"{batch.done} of {goal} after {within} s, {batch.state}")
