"""A file of mitra from upload to its last good row: upload, say what the columns hold, check, import.

The file is kept sealed until everything in it is in the register, or a week has passed. Checking and
importing are jobs that work in pieces, each piece one transaction: a killed worker's piece is simply done
again, and a run that is cancelled stops after the piece at hand. The file is read once, when it is checked:
its good rows are kept sealed as well, and importing takes those.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import IO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.core.events import publish
from halopst.core.forms import plain
from halopst.core.spreadsheets import NoTable
from halopst.partners import permissions, spreadsheets
from halopst.partners.events import ImportAsked
from halopst.partners.models import ImportPiece, ImportRun
from halopst.partners.rules.columns import guess
from halopst.partners.rules.imports import FIELDS
from halopst.partners.rules.tables import Look, layouts, names_mitra
from halopst.partners.secrecy import seal_bytes, unseal_bytes
from halopst.partners.services.authority import must
from halopst.units.models import Unit

LARGEST_FILE = 30 * 1024 * 1024
# A form of that many choices is one a server takes.
MOST_COLUMNS_ASKED = 400
KEPT_FOR = timedelta(days=7)
STUCK_AFTER = timedelta(minutes=5)
STOPS_WITHIN = timedelta(minutes=1)
State = ImportRun.State
# From which states each verb may be said, and where it leads.
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "check": (frozenset({State.UPLOADED, State.CHECKED}), State.CHECKING),
    "reopen": (frozenset({State.CANCELLED}), State.UPLOADED),
    "checked": (frozenset({State.CHECKING}), State.CHECKED),
    "import": (frozenset({State.CHECKED}), State.IMPORTING),
    "finish": (frozenset({State.IMPORTING}), State.DONE),
    "cancel": (
        frozenset({State.UPLOADED, State.CHECKING, State.CHECKED, State.IMPORTING}),
        State.CANCELLED,
    ),
    "fail": (frozenset({State.CHECKING, State.IMPORTING}), State.FAILED),
}


class FileTooLarge(Invalid):
    message = _("Berkas lebih dari 30 MB. Bagi menjadi beberapa berkas.")


class FileUnreadable(Invalid):
    """What is wrong with a file is said by its `code`."""

    SENTENCES = {
        "format": _(
            "Berkas ini bukan XLSX atau CSV yang dapat dibaca. Simpan ulang sebagai .xlsx, lalu unggah lagi."
        ),
        "locked": _("Berkas ini dikunci dengan kata sandi. Buka kuncinya di Excel, lalu unggah lagi."),
        "size": _("Isi berkas terlalu besar untuk dibaca. Hapus gambar dan lembar lain, lalu unggah lagi."),
        "rows": _(
            "Berkas ini melewati 150.000 baris atau 104 kolom. Hapus baris dan kolom kosong di luar tabel, "
            "atau bagi menjadi beberapa berkas."
        ),
        "far": _(
            "Sel %(sel)s jauh di luar tabel; yang dibaca paling banyak 150.000 baris dan 104 kolom. "
            "Hapus sel itu, atau semua baris dan kolom di luar tabel walau tampak kosong, simpan, "
            "lalu unggah lagi."
        ),
        "quote": _(
            "Tanda kutip yang dibuka di baris %(sel)s tidak ditutup, sehingga baris-baris di bawahnya ikut "
            "terbaca sebagai satu sel. Buka berkasnya di penyunting teks, tutup atau hapus tanda kutip itu, "
            "lalu unggah lagi."
        ),
        "sheets": _(
            "Kepala kolom lembar-lembar di berkas ini terlalu berlainan. Samakan kepala kolomnya, "
            "atau bagi menjadi beberapa berkas."
        ),
        "empty": _("Tidak ada isi di lembar yang tampil. Periksa berkasnya, lalu unggah lagi."),
    }

    def __init__(self, code: str, cell: str = "") -> None:
        said = self.SENTENCES[code]
        super().__init__(said % {"sel": cell} if cell else said)


class ColumnsMissing(Invalid):
    message = _("Tunjukkan kolom nama, dan kolom NIK atau ID SOBAT.")
    of_sheet = _(
        "Lembar %(nama)s: tunjukkan kolom nama, dan kolom NIK atau ID SOBAT, atau jangan pilih lembarnya."
    )


class NoSheetChosen(Invalid):
    message = _("Pilih paling sedikit satu lembar.")


class ImportMoved(Refused):
    message = _(
        "Impor ini sudah berjalan, selesai, atau dibatalkan. Muat ulang halaman untuk melihat keadaannya."
    )


class ColumnsFirst(Refused):
    message = _("Kolom berkas ini belum ditentukan. Tentukan dulu kolomnya, lalu tunggu pemeriksaannya.")


class StillRunning(Refused):
    message = _("Impor ini tidak sedang terhenti. Halaman ini memperbarui diri selama pekerjaannya berjalan.")


class StillStopping(Refused):
    message = _("Bagian terakhir impor ini masih diselesaikan. Tunggu sebentar, lalu lanjutkan lagi.")


class FileForgotten(Refused):
    message = _(
        "Berkas impor ini sudah tidak disimpan. Unggah lagi; baris yang sudah masuk tidak digandakan."
    )


class NothingToImport(Refused):
    message = _("Tidak ada baris yang benar di berkas ini. Perbaiki berkasnya, lalu unggah lagi.")


def upload(actor: Actor, *, unit: Unit, year: int, file: IO[bytes]) -> ImportRun:
    """Keep the file and read its heads; nothing of it is in the register yet."""
    must(actor, permissions.MANAGE, unit.pk)
    if actor.user_id is None:
        raise NotPermitted
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise FileTooLarge
    tables = _looked_at(content)
    stored_as = default_storage.save(f"impor/{unit.pk}/{uuid4().hex}", ContentFile(seal_bytes(content)))
    with transaction.atomic():
        run = ImportRun.objects.create(
            unit=unit,
            asked_by_id=actor.user_id,
            year=year,
            name=plain((file.name or "").replace("\\", "/").rsplit("/", 1)[-1], 150) or "mitra",
            stored_as=stored_as,
            tables=tables,
            total=_rows_taken(tables),
        )
        record(actor, "partners.import-uploaded", run, rows=run.total, year=year)
    return run


@transaction.atomic
def check_import(
    actor: Actor,
    run: ImportRun,
    *,
    mappings: Mapping[int, Mapping[str, int]],
    position: str,
    status: str,
    now: datetime,
) -> ImportRun:
    """Say which column of which table holds what and have every row checked; the other tables are not read.

    `position` and `status` fill what rows lack.
    """
    must(actor, permissions.MANAGE, run.unit_id)
    tables = _chosen(run, mappings)
    run = move(run, "check")
    run.tables, run.total, run.position, run.status = tables, _rows_taken(tables), position, status
    return _check_from_the_start(run, now=now)


def _check_from_the_start(run: ImportRun, *, now: datetime) -> ImportRun:
    run.done = run.good = run.bad = 0
    run.started_at, run.finished_at = now, None
    run.faults.all().delete()
    drop_pieces(run)
    run.save()
    publish(ImportAsked(run_id=run.pk))
    return run


def _chosen(run: ImportRun, mappings: Mapping[int, Mapping[str, int]]) -> list[Look]:
    """The tables of a run with these columns; refuses one that would not say who its mitra are."""
    looks: list[Look] = run.tables
    tables: list[Look] = []
    for number, table in enumerate(looks):
        given = mappings.get(number, {})
        known = {name: at for name, at in given.items() if name in FIELDS and 0 <= at < len(table["heads"])}
        taken = number in mappings
        if taken and not names_mitra(known):
            said = str(ColumnsMissing.of_sheet) % {"nama": table["name"]}
            raise ColumnsMissing(said if len(run.tables) > 1 else None)
        tables.append({**table, "mapping": known if taken else table["mapping"], "taken": taken})
    if not any(table["taken"] for table in tables):
        raise NoSheetChosen
    if _rows_taken(tables) > spreadsheets.MOST_ROWS:
        raise FileUnreadable("rows")
    return tables


def _rows_taken(tables: Sequence[Look]) -> int:
    return sum(table["rows"] for table in tables if table["taken"])


@transaction.atomic
def start_import(actor: Actor, run: ImportRun, *, now: datetime) -> ImportRun:
    """Put the good rows into the register; the others stay out, with their reasons."""
    must(actor, permissions.MANAGE, run.unit_id)
    if run.state == State.UPLOADED:
        raise ColumnsFirst
    if run.state == State.CHECKED and not run.good:
        raise NothingToImport
    run = move(run, "import")
    run.done = run.added = run.changed = run.unchanged = 0
    run.started_at = now
    run.save()
    record(actor, "partners.import-started", run, good=run.good, bad=run.bad)
    publish(ImportAsked(run_id=run.pk))
    return run


@transaction.atomic
def cancel_import(actor: Actor, run: ImportRun, *, now: datetime) -> ImportRun:
    """Stop; what is in the register already stays there."""
    must(actor, permissions.MANAGE, run.unit_id)
    run = move(run, "cancel")
    run.finished_at = now
    run.save()
    drop_pieces(run)
    record(actor, "partners.import-cancelled", run, done=run.done)
    return run


@transaction.atomic
def resume_import(actor: Actor, run: ImportRun, *, now: datetime) -> ImportRun:
    """Go on where a job that gave up has left it; what is done is not done again.

    One that was stopped has its file checked again, as the register may say something else by now; importing
    it then finds the rows already in unchanged. One stopped before its columns were said asks for them.
    """
    must(actor, permissions.MANAGE, run.unit_id)
    run = ImportRun.objects.locked(run.pk)
    stopped = run.state == State.CANCELLED
    if not stopped and not is_stuck(run, now=now):
        raise StillRunning
    if not run.stored_as:
        raise FileForgotten
    record(actor, "partners.import-resumed", run, done=run.done)
    if stopped:
        return _reopen(run, now=now)
    run.save(update_fields=["updated_at"])
    publish(ImportAsked(run_id=run.pk))
    return run


def _reopen(run: ImportRun, *, now: datetime) -> ImportRun:
    """Reopen the run, but not before the last piece at hand is in: its rows would count as checked."""
    asked = run.started_at is not None
    run = move(run, "reopen")
    drop_pieces(run)
    if run.pieces.exists():
        raise StillStopping
    run.added = run.changed = run.unchanged = 0
    if asked:
        run.state = MOVES["check"][1]
        return _check_from_the_start(run, now=now)
    run.finished_at = None
    run.save()
    return run


def can_resume(run: ImportRun, *, now: datetime) -> bool:
    """Whether its job gave up, or somebody stopped it and its file is still kept."""
    stopped = run.state == State.CANCELLED and bool(run.stored_as)
    return is_stuck(run, now=now) or (stopped and not is_stopping(run, now=now))


def is_stuck(run: ImportRun, *, now: datetime) -> bool:
    """Whether nothing has moved for so long that its job must have given up."""
    return run.state in {State.CHECKING, State.IMPORTING} and run.updated_at < now - STUCK_AFTER


def is_stopping(run: ImportRun, *, now: datetime) -> bool:
    """Whether a run just cancelled still takes in the pieces at hand: its figures are not the last ones."""
    if run.state != State.CANCELLED or run.finished_at is None or run.finished_at < now - STOPS_WITHIN:
        return False
    return run.pieces.exists()


def move(run: ImportRun, verb: str) -> ImportRun:
    """The run, locked and in its new state (not saved yet); `ImportMoved` when it is elsewhere by now."""
    run = ImportRun.objects.locked(run.pk)
    allowed, after = MOVES[verb]
    if run.state not in allowed:
        raise ImportMoved
    run.state = after
    return run


def open_run(
    run: ImportRun, numbers: Iterable[int] | None = None
) -> Iterator[tuple[int, spreadsheets.Sheet]]:
    """The tables that are read, or those of these numbers; `FileNotFoundError` when the file is not kept."""
    if not run.stored_as:
        raise FileNotFoundError(run.name)
    with default_storage.open(run.stored_as) as file:
        content = unseal_bytes(file.read())
    wanted = run.mappings if numbers is None else numbers
    return spreadsheets.open_sheets(content, {number: run.tables[number]["name"] for number in wanted})


def forget_files(*, now: datetime) -> int:
    """Drop the files of runs older than a week, and what of them waits to be imported; returns how many."""
    ImportPiece.objects.filter(run__created_at__lt=now - KEPT_FOR).delete()
    old = ImportRun.objects.filter(created_at__lt=now - KEPT_FOR).exclude(stored_as="")
    forgotten = 0
    for run in old.iterator():
        forget_file(run)
        forgotten += 1
    return forgotten


def drop_pieces(run: ImportRun) -> None:
    """Drop all pieces but those being taken in: these go by themselves, and wait for the run locked here."""
    free = run.pieces.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)
    ImportPiece.objects.filter(pk__in=list(free)).delete()


def forget_file(run: ImportRun) -> None:
    stored_as, run.stored_as = run.stored_as, ""
    run.save(update_fields=["stored_as", "updated_at"])
    transaction.on_commit(lambda: default_storage.delete(stored_as))


def _looked_at(content: bytes) -> list[Look]:
    """Every table that could hold mitra; the first is taken where none is known by its heads.

    Blank rows among them are found when it is checked.
    """
    try:
        tables = [_look(sheet) for sheet in spreadsheets.first_look(content)]
    except NoTable as error:
        raise FileUnreadable(error.code, error.cell) from error
    if not any(table["taken"] for table in tables):
        tables[0]["taken"] = True
    if _columns_asked([table for table in tables if table["taken"]]) > MOST_COLUMNS_ASKED:
        raise FileUnreadable("sheets")
    if _rows_taken(tables) > spreadsheets.MOST_ROWS:
        raise FileUnreadable("rows")
    if _columns_asked(tables) > MOST_COLUMNS_ASKED:
        return [table for table in tables if table["taken"]]
    return tables


def _look(sheet: spreadsheets.Sheet) -> Look:
    mapping = guess(sheet.heads)
    return {
        "name": sheet.name,
        "heads": sheet.heads,
        "head_row": sheet.head_row,
        "rows": sheet.height,
        "mapping": mapping,
        "taken": names_mitra(mapping),
    }


def _columns_asked(tables: Sequence[Look]) -> int:
    """How many columns a page asks about: of tables with the same heads, those of one."""
    return sum(len(tables[group[0]]["heads"]) for group in layouts(tables))
