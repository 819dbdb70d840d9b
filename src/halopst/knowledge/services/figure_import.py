"""Figures from a file: looked at first, then taken in; figures that cells already hold are not repeated."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.core.forms import plain
from halopst.core.spreadsheets import NoTable, text_workbook
from halopst.knowledge import permissions, spreadsheets
from halopst.knowledge.models import FigureImport, Indicator
from halopst.knowledge.queries.figure_keeping import corrections_of, labels_of
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.figures.figure_rows import (
    EXAMPLE_INDICATOR,
    HEADS,
    REQUIRED,
    FigureRow,
    FigureRows,
    RowReader,
    places,
    twice,
)
from halopst.knowledge.services import cell_references
from halopst.knowledge.services.catalogue import keep_indicator_rows
from halopst.knowledge.services.cells import Incoming, Outcome, store_cells
from halopst.units.models import Unit

LARGEST_FILE = 10 * 1024 * 1024
FAULTS_KEPT, ROWS_SHOWN = 300, 20
State = FigureImport.State
TEMPLATE_HEADS = tuple(names[0] for names in HEADS.values())
EXAMPLE = (
    (
        EXAMPLE_INDICATOR,
        "jiwa",
        "Kota Surabaya",
        "2024",
        "",
        "2.884.090*",
        "Judul tabel",
        "https://surabayakota.bps.go.id",
    ),
    (EXAMPLE_INDICATOR, "jiwa", "3527", "2024", "Laki-laki", "481.200,5", "Judul tabel", ""),
)


class FigureFileTooLarge(Invalid):
    message = _("Berkas lebih dari 10 MB. Bagi menjadi beberapa berkas.")


class FigureFileUnreadable(Invalid):
    """Why a file cannot be read, by its `code`."""

    SENTENCES = {
        "format": _("Berkas ini bukan XLSX atau CSV yang dapat dibaca. Simpan ulang sebagai .xlsx."),
        "locked": _("Berkas ini dikunci dengan kata sandi. Buka kuncinya di Excel, lalu unggah lagi."),
        "rows": _("Lembar pertama melewati 20.000 baris atau 50 kolom. Bagi menjadi beberapa berkas."),
        "far": _(
            "Sel %(sel)s jauh di luar tabel; yang dibaca paling banyak 20.000 baris dan 50 kolom. "
            "Hapus sel itu, atau semua baris dan kolom di luar tabel walau tampak kosong, simpan, "
            "lalu unggah lagi."
        ),
        "quote": _(
            "Tanda kutip yang dibuka di baris %(sel)s tidak ditutup, sehingga baris-baris di bawahnya ikut "
            "terbaca sebagai satu sel. Buka berkasnya di penyunting teks, tutup atau hapus tanda kutip itu, "
            "lalu unggah lagi."
        ),
        "empty": _("Lembar pertama tidak memuat baris angka di bawah judul kolom."),
    }

    def __init__(self, code: str, cell: str = "") -> None:
        said = self.SENTENCES[code]
        super().__init__(said % {"sel": cell} if cell else said)


class HeadsMissing(Invalid):
    message = _(
        "Baris pertama harus memuat judul kolom indikator, wilayah, periode, nilai, dan sumber. "
        "Belum ada: %(kolom)s."
    )

    def __init__(self, missing: Iterable[str]) -> None:
        super().__init__(str(self.message) % {"kolom": ", ".join(missing)})


class HeadTwice(Invalid):
    message = _("Judul kolom %(sel)s sudah dipakai kolom di kirinya. Hapus salah satunya, lalu unggah lagi.")

    def __init__(self, cell: str) -> None:
        super().__init__(str(self.message) % {"sel": cell})


class ImportClosed(Refused):
    message = _("Berkas ini sudah diproses atau dibatalkan. Unggah lagi bila perlu.")


class OnlyDoubtful(Invalid):
    message = _(
        "Semua angka di berkas ini meragukan. Cocokkan dengan sumbernya, lalu centang pernyataannya; "
        "atau perbaiki berkasnya dan unggah lagi."
    )


class NothingGood(Refused):
    message = _("Tidak ada baris yang benar di berkas ini. Perbaiki berkasnya, lalu unggah lagi.")


def upload_figures(actor: Actor, *, unit: Unit, file: IO[bytes]) -> FigureImport:
    """Keep the file and say what is in it; no cell changes yet."""
    if not actor.may(permissions.DATA, unit.pk) or actor.user_id is None:
        raise NotPermitted
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise FigureFileTooLarge
    found = _read(unit, content)
    stored_as = default_storage.save(f"angka/{unit.pk}/{uuid4().hex}", ContentFile(content))
    name = plain((file.name or "").replace("\\", "/").rsplit("/", 1)[-1], 150) or "angka"
    with transaction.atomic():
        run = FigureImport.objects.create(
            unit=unit, asked_by_id=actor.user_id, name=name, stored_as=stored_as, **_told(unit, found)
        )
        counts = {"good": run.good, "bad": run.bad, "doubtful": run.doubtful}
        record(actor, "knowledge.figures-uploaded", run, **counts)
    return run


def _told(unit: Unit, found: FigureRows) -> dict[str, Any]:
    """What the person who brought the file is shown about it."""
    corrections = corrections_of(unit, found.rows)
    return {
        "good": len(found.good),
        "bad": found.bad,
        "doubtful": len(found.doubtful),
        "without": found.without,
        "corrected": len(corrections),
        "faults": [asdict(fault) for fault in found.faults[:FAULTS_KEPT]],
        "doubts": [_shown(row) for row in found.doubtful[:FAULTS_KEPT]],
        "preview": [_shown(row) for row in found.good[:ROWS_SHOWN]],
        "corrections": [{**_shown(row), "before": before} for row, before in corrections[:FAULTS_KEPT]],
    }


@transaction.atomic
def take_in_figures(
    actor: Actor, run: FigureImport, *, now: datetime, with_doubtful: bool = False
) -> FigureImport:
    """Put the good rows into cells, and the doubtful ones if that is asked for; the others stay out."""
    run = _open(actor, run)
    Unit.objects.select_for_update(no_key=True).get(pk=run.unit_id)  # one file of an office at a time
    with default_storage.open(run.stored_as) as file:
        found = _read(run.unit, file.read())
    rows = found.rows if with_doubtful else found.good
    if not rows:
        raise OnlyDoubtful if found.doubtful else NothingGood
    outcome = store_rows(run.unit, rows, origin=Indicator.Origin.FILE, now=now)
    run.added, run.changed, run.same = outcome.added, outcome.changed, outcome.same
    run.took_doubtful = with_doubtful
    _close(run, State.DONE, now=now)
    counts = {"added": run.added, "changed": run.changed, "same": run.same, "bad": run.bad}
    record(actor, "knowledge.figures-imported", run, **counts, doubtful=run.doubtful if with_doubtful else 0)
    return run


@transaction.atomic
def cancel_figures(actor: Actor, run: FigureImport, *, now: datetime) -> FigureImport:
    run = _open(actor, run)
    _close(run, State.CANCELLED, now=now)
    record(actor, "knowledge.figures-cancelled", run)
    return run


def template() -> bytes:
    """A workbook with our heads and two example rows, which are never taken in."""
    rows = [dict(zip(TEMPLATE_HEADS, row, strict=True)) for row in EXAMPLE]
    return text_workbook(TEMPLATE_HEADS, rows, sheet="angka")


def _read(unit: Unit, content: bytes) -> FigureRows:
    try:
        sheet = spreadsheets.open_sheet(content)
    except NoTable as error:
        code = "rows" if error.code == "size" else error.code
        raise FigureFileUnreadable(code, error.cell) from error
    columns = places(sheet.heads)
    if missing := [HEADS[field][0] for field in REQUIRED if field not in columns]:
        raise HeadsMissing(missing)
    if again := twice(sheet.heads, columns):
        raise HeadTwice(f"{again[0]}1")
    return RowReader(columns, gazetteer(), _kept_in(unit), labels_of(unit)).read_all(sheet.rows)


def _kept_in(unit: Unit) -> dict[str, str]:
    """The unit in which each indicator that came from files is kept."""
    rows = Indicator.objects.filter(unit=unit, origin=Indicator.Origin.FILE).exclude(measure="")
    return dict(rows.values_list("external_id", "measure"))


def store_rows(unit: Unit, rows: Iterable[FigureRow], *, origin: str, now: datetime) -> Outcome:
    """Put rows from a file, or invented for the demonstration, into the cells of `unit`."""
    rows = list(rows)
    wanted = dict[str, dict[str, str]]()
    for row in rows:
        values = wanted.setdefault(row.indicator.casefold(), {"name": row.indicator})
        if row.measure:
            values.setdefault("measure", row.measure)
    _outcome, indicators = keep_indicator_rows(unit, origin, wanted)
    regions = cell_references.region_ids()
    breakdowns = cell_references.breakdown_ids(row.breakdown for row in rows)
    read_at = sorted({(row.source, row.link) for row in rows})
    sources = {place: cell_references.source_id(unit, *place) for place in read_at}
    figures = (
        Incoming(
            indicators[row.indicator.casefold()].pk,
            regions[row.region.code],
            breakdowns[row.breakdown],
            row.period.code,
            row.value,
            sources[row.source, row.link],
        )
        for row in rows
    )
    return store_cells(figures, now=now)


def _open(actor: Actor, run: FigureImport) -> FigureImport:
    if not actor.may(permissions.DATA, run.unit_id):
        raise NotPermitted
    run = FigureImport.objects.select_related("unit").locked(run.pk)
    if run.state != State.CHECKED:
        raise ImportClosed
    return run


def _close(run: FigureImport, state: str, *, now: datetime) -> None:
    stored_as, run.stored_as = run.stored_as, ""
    run.state, run.finished_at = state, now
    run.save()
    transaction.on_commit(lambda: default_storage.delete(stored_as))


def _shown(row: FigureRow) -> dict[str, str]:
    return {
        "row": str(row.row),
        "indicator": row.indicator,
        "region": row.region.name,
        "period": row.period.label(),
        "breakdown": row.breakdown,
        "value": row.value.text,
        "measure": row.measure,
        "doubt": row.doubt,
    }
