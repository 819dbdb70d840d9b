"""The work of an import, piece by piece."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from halopst.accounts.actors import actor_for
from halopst.audit.services import record
from halopst.core.actors import SYSTEM
from halopst.partners import spreadsheets
from halopst.partners.models import ImportRun
from halopst.partners.rules.columns import letter
from halopst.partners.rules.imports import Fault, Reading, RowReader
from halopst.partners.secrecy import Unreadable
from halopst.partners.services import importing, incoming

PIECE_ROWS = 10_000
Piece = list[Reading]
State = ImportRun.State
_COPY_FAULTS = """
COPY partners_importfault
    (created_at, updated_at, run_id, row, "column", field, code, detail, is_warning) FROM STDIN
"""


def carry_on(run_id: int, *, now: datetime) -> None:
    """Check or import what is left of a run's file. Safe to call twice, and again after a worker has died."""
    run = ImportRun.objects.filter(pk=run_id).select_related("asked_by").first()
    if run is None or run.state not in {State.CHECKING, State.IMPORTING}:
        return
    try:
        sheet = importing.open_run(run)
        went_through = _go_through(run, sheet, now=now)
    except (FileNotFoundError, spreadsheets.Unreadable, Unreadable):
        _fail(run, now=now)
        return
    if went_through:
        _finish(run, now=now)


def _go_through(run: ImportRun, sheet: spreadsheets.Sheet, *, now: datetime) -> bool:
    """Every piece in its own transaction; false when the run was cancelled or is somebody else's by now."""
    reader, end = RowReader(run.mapping), 0
    for readings in _one_ahead(
        [reader.read(number, row) for number, row in piece] for piece in _pieces(sheet)
    ):
        end += len(readings)
        if not _do_piece(run, readings, end, now=now):
            return False
    return True


@transaction.atomic
def _do_piece(run: ImportRun, readings: Sequence[Reading], end: int, *, now: datetime) -> bool:
    current = ImportRun.objects.locked(run.pk)
    if current.state != run.state:
        return False
    if current.done >= end:
        return True
    if current.state == State.CHECKING:
        _check(current, readings, now=now)
    else:
        _import(current, readings, now=now)
    current.done = end
    current.total = max(current.total, end)
    current.save()
    return True


def _check(run: ImportRun, readings: Sequence[Reading], *, now: datetime) -> None:
    whole = [reading for reading in readings if reading.is_good]
    contrary = incoming.conflicts(run, whole)
    faults = [*(fault for reading in readings for fault in reading.faults), *contrary]
    _keep(run, faults, now=now)
    good = len(whole) - len({fault.row for fault in contrary})
    run.good += good
    run.bad += len(readings) - good


def _import(run: ImportRun, readings: Sequence[Reading], *, now: datetime) -> None:
    """Rows that have come into conflict since the check stay out too, and join the list of bad ones."""
    known = set(
        run.faults.filter(is_warning=False, row__range=(readings[0].row, readings[-1].row)).values_list(
            "row", flat=True
        )
    )
    outcome = incoming.take_in(run, [one for one in readings if one.is_good and one.row not in known])
    _keep(run, outcome.faults, now=now)
    late = len({fault.row for fault in outcome.faults})
    run.good, run.bad = run.good - late, run.bad + late
    run.added += outcome.added
    run.changed += outcome.changed
    run.unchanged += outcome.unchanged


def _keep(run: ImportRun, faults: Iterable[Fault], *, now: datetime) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(_COPY_FAULTS) as copy:
        for fault in faults:
            at = run.mapping.get(fault.field)
            column = "" if at is None else letter(at)
            row = (fault.row, column, fault.field, fault.code, fault.detail[:120], fault.is_warning)
            copy.write_row((now, now, run.pk, *row))


@transaction.atomic
def _finish(run: ImportRun, *, now: datetime) -> None:
    verb = "checked" if run.state == State.CHECKING else "finish"
    current = ImportRun.objects.locked(run.pk)
    if current.state != run.state:
        return
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
        record(SYSTEM, "partners.import-failed", current)


def _one_ahead(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The same, but the next is read while the database is busy with the one before."""
    with ThreadPoolExecutor(1) as reading:
        following = reading.submit(next, pieces, None)
        while (piece := following.result()) is not None:
            following = reading.submit(next, pieces, None)
            yield piece


def _pieces(sheet: spreadsheets.Sheet) -> Iterator[list[tuple[int, Sequence[Any]]]]:
    rows = iter(sheet)
    while piece := list(islice(rows, PIECE_ROWS)):
        yield piece
