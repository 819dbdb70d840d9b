"""The work of an import: checking reads the file and keeps its good rows sealed, importing takes those in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from halopst.accounts.actors import actor_for
from halopst.audit.services import record
from halopst.core.actors import SYSTEM
from halopst.core.spreadsheets import NoTable, column_letter
from halopst.partners.models import ImportRun
from halopst.partners.queries.reference.positions import kinds_by_name
from halopst.partners.rules.imports import Fault, TableReader
from halopst.partners.rules.tables import table_and_row
from halopst.partners.secrecy import Unreadable, seal_bytes, unseal_bytes
from halopst.partners.services.imports import importing, incoming
from halopst.partners.services.imports.packing import Packed, Packer, whole

PIECE_ROWS = 10_000
# The database merges two pieces at a time, each on a connection of its own.
HANDS = 2
State = ImportRun.State
_COPY_FAULTS = """
COPY partners_importfault
    (created_at, updated_at, run_id, row, "column", field, code, detail, is_warning) FROM STDIN
"""
_COPY_PIECE = """
COPY partners_importpiece (created_at, updated_at, run_id, number, rows, content) FROM STDIN (FORMAT BINARY)
"""


def carry_on(run_id: int, *, now: datetime) -> None:
    """Check or import what is left of a run. Safe to call twice, and again after a worker has died."""
    run = ImportRun.objects.filter(pk=run_id).select_related("asked_by").first()
    if run is None or run.state not in {State.CHECKING, State.IMPORTING}:
        return
    try:
        if run.state == State.CHECKING:
            _check(run, now=now)
        else:
            _import(run, now=now)
    except (FileNotFoundError, NoTable, Unreadable):
        _fail(run, now=now)


def _check(run: ImportRun, *, now: datetime) -> None:
    """Check piece by piece, each in its own transaction, until the run is cancelled or taken over."""
    packer, end, names = Packer(), 0, kinds_by_name(run.unit)
    readings = (packer.pack(reader.read(piece)) for reader, piece in _pieces(run, names))
    for number, packed in enumerate(_one_ahead(readings)):
        end += packed.count
        if not _check_piece(run, packed, number, end, now=now):
            return
    _finish(run, now=now)


def _keep_piece(row: tuple[datetime, datetime, int, int, int, bytes]) -> None:
    """Store a piece with COPY: in an ordinary statement its megabytes would be twice as many characters."""
    with connection.cursor() as cursor, cursor.cursor.copy(_COPY_PIECE) as copy:
        copy.set_types(["timestamptz", "timestamptz", "int8", "int4", "int4", "bytea"])
        copy.write_row(row)


@transaction.atomic
def _check_piece(run: ImportRun, packed: Packed, number: int, end: int, *, now: datetime) -> bool:
    current = ImportRun.objects.locked(run.pk)
    if current.state != State.CHECKING:
        return False
    if current.done >= end:
        return True
    if current.done != end - packed.count:
        return False  # stopped and begun anew meanwhile: the pieces before are the new worker's
    contrary = incoming.conflicts(current, packed.keys)
    _keep_faults(current, [*packed.faults, *contrary], now=now)
    for row in {fault.row for fault in contrary}:
        del packed.lines[row]
    content = seal_bytes(whole(packed.lines.values()))
    _keep_piece((now, now, current.pk, number, packed.count, content))
    current.good += len(packed.lines)
    current.bad += packed.count - len(packed.lines)
    current.done, current.total = end, max(current.total, end)
    current.save()
    return True


def _import(run: ImportRun, *, now: datetime) -> None:
    """Import piece by piece in several threads; inside a transaction in one, as only it sees the rows."""
    with ThreadPoolExecutor(HANDS) as hands:
        others = 0 if connection.in_atomic_block else HANDS - 1
        helping = [hands.submit(_other_hand, run.pk, now) for _hand in range(others)]
        _hand(run.pk, now)
        for hand in helping:
            hand.result()
    _finish(run, now=now)


def _other_hand(run_id: int, now: datetime) -> None:
    with closing(connection):
        _hand(run_id, now)


def _hand(run_id: int, now: datetime) -> None:
    while _import_piece(run_id, now=now):
        pass


@transaction.atomic
def _import_piece(run_id: int, *, now: datetime) -> bool:
    """Take in the next piece no worker is at. Rows that conflict since the check stay out, with a reason."""
    run = ImportRun.objects.get(pk=run_id)
    # Of the piece alone: the order joins the run, and a locked run hides its pieces from the other hand.
    waiting = run.pieces.select_for_update(skip_locked=True, of=("self",))
    piece = waiting.first() if run.state == State.IMPORTING else None
    if piece is None:
        return False
    outcome = incoming.take_in(run, unseal_bytes(bytes(piece.content)), now=now)
    _keep_faults(run, outcome.faults, now=now)
    late = len({fault.row for fault in outcome.faults})
    ImportRun.objects.filter(pk=run_id).update(
        done=F("done") + piece.rows,
        good=F("good") - late,
        bad=F("bad") + late,
        added=F("added") + outcome.added,
        changed=F("changed") + outcome.changed,
        unchanged=F("unchanged") + outcome.unchanged,
        updated_at=Now(),
    )
    piece.delete()
    return True


def _keep_faults(run: ImportRun, faults: Iterable[Fault], *, now: datetime) -> None:
    mappings = run.mappings
    with connection.cursor() as cursor, cursor.cursor.copy(_COPY_FAULTS) as copy:
        for fault in faults:
            at = mappings[table_and_row(fault.row)[0]].get(fault.field)
            column = "" if at is None else column_letter(at)
            row = (fault.row, column, fault.field, fault.code, fault.detail[:120], fault.is_warning)
            copy.write_row((now, now, run.pk, *row))


@transaction.atomic
def _finish(run: ImportRun, *, now: datetime) -> None:
    """Finish the run, unless it was cancelled or another worker is still at a piece and will finish it."""
    current = ImportRun.objects.locked(run.pk)
    if current.state != run.state:
        return
    if run.state == State.IMPORTING and current.pieces.exists():
        return
    if run.state == State.IMPORTING and current.done < current.total:
        raise FileNotFoundError(run.name)
    verb = "checked" if run.state == State.CHECKING else "finish"
    current.state, current.finished_at = importing.MOVES[verb][1], now
    current.total = current.done
    current.save()
    if verb == "finish":
        counts = {name: getattr(current, name) for name in ("added", "changed", "unchanged", "bad")}
        record(actor_for(run.asked_by), "partners.imported", current, **counts)
        if not current.bad:
            importing.forget_file(current)


@transaction.atomic
def _fail(run: ImportRun, *, now: datetime) -> None:
    current = ImportRun.objects.locked(run.pk)
    if current.state == run.state:
        current.state, current.finished_at = State.FAILED, now
        current.save()
        importing.drop_pieces(current)
        record(SYSTEM, "partners.import-failed", current)


def _one_ahead(pieces: Iterator[Packed]) -> Iterator[Packed]:
    """The same items, but the next one is read while the database is busy with the one before."""
    with ThreadPoolExecutor(1) as reading:
        following = reading.submit(next, pieces, None)
        while (piece := following.result()) is not None:
            following = reading.submit(next, pieces, None)
            yield piece


def _pieces(
    run: ImportRun, positions: Mapping[str, str]
) -> Iterator[tuple[TableReader, list[tuple[int, Sequence[Any]]]]]:
    """Rows of one table each, with what reads them; whom one table names, the next may not name again."""
    met: dict[str, int] = {}
    for number, sheet in importing.open_run(run):
        mapping, rows = run.mappings[number], iter(sheet)
        reader = TableReader(mapping, year=run.year, met=met, positions=positions)
        while piece := list(islice(rows, PIECE_ROWS)):
            yield reader, piece
