"""R-24: any changed byte in a past entry is found, in the database and in a copy without one."""

import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from halopst.audit import chain
from halopst.audit.models import Entry, Link
from halopst.audit.queries import linked, unlinked_before
from halopst.audit.services import link_new, record
from halopst.core.actors import SYSTEM
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """Three entries in the chain, and the lines of their copy."""
    unit = UnitFactory()
    for name in ("Satu", "Dua é", "Tiga"):
        record(SYSTEM, "unit.renamed", unit, before=["x", 1.5, None], after=name)
    assert link_new() == 3
    return [chain.line(one) for one in linked()]


def faults(verdict):
    return [(one.code, one.number) for one in verdict.faults]


def behind_the_triggers(sql, *values):
    """As whoever owns the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for switch in ("DISABLE", "ENABLE"):
            for table in ("audit_entry", "audit_link"):
                cursor.execute(f"ALTER TABLE {table} {switch} TRIGGER USER")
            if switch == "DISABLE":
                cursor.execute(sql, values)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_entries_are_linked_once_in_their_order(written):
    assert link_new() == 0
    record(SYSTEM, "unit.renamed", UnitFactory())
    assert link_new() == 1

    verdict = chain.verify(linked())

    assert list(Link.objects.values_list("number", "entry__details__after")) == [
        (1, "Satu"), (2, "Dua é"), (3, "Tiga"), (4, None),
    ]  # fmt: skip
    assert (verdict.links, verdict.head, verdict.faults) == (4, Link.objects.get(number=4).hash, [])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "unit.named"),
        ("actor_label", "orang lain"),
        ("actor_id", "7"),
        ("details", '{"before": ["x", 1.5, null], "after": "Dua e"}'),
        ("at", "2026-01-01T00:00:00Z"),
    ],
)
def test_a_changed_entry_is_found_in_the_database(written, column, value):
    entry = Link.objects.get(number=2).entry_id
    behind_the_triggers(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, entry)  # noqa: S608  # our words

    assert faults(chain.verify(linked())) == [("changed", 2)]


def test_an_entry_taken_out_and_one_slipped_in_are_found(written):
    entry = Link.objects.get(number=2).entry_id
    behind_the_triggers("DELETE FROM audit_link WHERE number = 2")
    behind_the_triggers("DELETE FROM audit_entry WHERE id = %s", entry)
    old = timezone.now() - timedelta(days=3)
    behind_the_triggers(
        "INSERT INTO audit_entry (at, action, actor_label, subject_type, subject_id, details)"
        " VALUES (%s, 'unit.renamed', 'sistem', 'units.unit', 1, '{}')",
        old,
    )
    link_new()

    assert faults(chain.verify(linked())) == [("missing", 2)]
    assert unlinked_before(timezone.now() - timedelta(hours=1)) == 1


def test_a_chain_written_anew_is_found_by_a_head_noted_before(written):
    head = (3, Link.objects.get(number=3).hash)
    assert chain.verify(linked(), head).faults == []
    behind_the_triggers("UPDATE audit_entry SET action = 'unit.named'")
    behind_the_triggers("DELETE FROM audit_link")
    link_new()

    assert faults(chain.verify(linked())) == []
    assert faults(chain.verify(linked(), head)) == [("head", 3)]


def test_any_flipped_bit_of_a_copy_is_found(written):
    whole = b"".join(written)
    head = (3, Link.objects.get(number=3).hash)
    assert chain.verify(chain.lines_read(written), head).faults == []

    for at in range(len(whole)):
        for bit in range(8):
            flipped = bytearray(whole)
            flipped[at] ^= 1 << bit
            lines = bytes(flipped).splitlines(keepends=True)
            assert chain.verify(chain.lines_read(lines), head).faults, (at, bit)


@pytest.mark.parametrize("change", [lambda rows: rows.update(hash="x"), lambda rows: rows.delete()])
def test_the_chain_cannot_be_rewritten(written, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Link.objects.all())
    assert Link.objects.count() == 3


def test_a_copy_is_checked_without_a_database(written, tmp_path):
    def checked(lines, *more):
        file = tmp_path / "catatan.jsonl"
        file.write_bytes(b"".join(lines))
        command = [sys.executable, "-m", "halopst.config.cli", "audit", str(file), *more]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env={"HALOPST_VAR": str(tmp_path / "nothing")},
        )
        return done.returncode, done.stdout.splitlines()[0], done.stderr

    head = f"3:{Link.objects.get(number=3).hash}"
    whole = f"3 catatan, tidak ada yang berubah. Ujung rantai: {head}"
    assert checked(written) == (0, whole, "")
    assert checked([written[0], written[1].replace(b"Dua", b"Tua"), written[2]]) == (
        1,
        "  catatan ke-2 berbeda dengan saat ditulis",
        "halopst: Catatan tidak utuh: 1 hal tidak cocok.\n",
    )
    assert checked(written[:2], "--head", head)[:2] == (
        1,
        "  ujung rantai nomor 3 yang dicatat dahulu tidak ada di sini",
    )
    assert not (tmp_path / "nothing").exists()


def test_entries_of_many_pieces_are_one_chain(monkeypatch):
    monkeypatch.setattr("halopst.audit.services.PIECE", 2)
    unit = UnitFactory()
    for _time in range(5):
        record(SYSTEM, "unit.renamed", unit)

    assert link_new() == 5
    assert Entry.objects.filter(link=None).count() == 0
    assert chain.verify(linked()).faults == []


@pytest.mark.django_db(transaction=True)
def test_an_entry_whose_transaction_ends_late_comes_after_those_linked_meanwhile():
    unit = UnitFactory()
    written, linked_once = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            record(SYSTEM, "unit.renamed", unit, after="slow")
            written.set()
            linked_once.wait(60)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(60)
    record(SYSTEM, "unit.renamed", unit, after="quick")
    first = link_new()
    linked_once.set()
    thread.join()

    assert (first, link_new()) == (1, 1)
    assert [one.said["details"]["after"] for one in linked()] == ["quick", "slow"]
    assert chain.verify(linked()).faults == []


@pytest.mark.django_db(transaction=True)
def test_several_who_link_at_once_make_one_chain(monkeypatch):
    monkeypatch.setattr("halopst.audit.services.PIECE", 3)
    unit = UnitFactory()
    for _time in range(60):
        record(SYSTEM, "unit.renamed", unit)
    start, added = threading.Barrier(4), []

    def one():
        start.wait(60)
        added.append(link_new())
        connection.close()

    threads = [threading.Thread(target=one) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(added) == 60
    assert chain.verify(linked()).faults == []
