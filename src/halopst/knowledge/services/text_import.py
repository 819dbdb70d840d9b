"""Texts from another collection: one JSON object a line, named by `external_id` within its `source`.

Every batch is one transaction. An import that was cut short is started again: what is there already and
unchanged is passed over.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.visible import visible
from halopst.knowledge import permissions
from halopst.knowledge.models import Document, DocumentVersion
from halopst.knowledge.services.authority import may, must
from halopst.knowledge.services.indexing import reindex
from halopst.knowledge.services.office_names import Offices, offices
from halopst.knowledge.services.writing import Content, change, keep
from halopst.units.models import Unit

BATCH, BATCH_BYTES = 2_000, 8_000_000  # lines, or less of them when they are long
MOST_CHARACTERS = 1_000_000
MOST_BYTES = 4 * MOST_CHARACTERS
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_YEAR, _MONTH = len("2026"), len("2026-11")


Key = tuple[str, str]
"""What names a text: its collection, and its name in that collection."""


class Fault(Exception):
    """What is wrong with one line."""


@dataclass
class Report:
    """What became of the lines, as pairs of number and sentence: `faults` were left out, `remarks` kept."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    source: str
    external_id: str
    unit: Unit | None
    content: Content

    @property
    def key(self) -> Key:
        return self.source, self.external_id

    @property
    def digest(self) -> int:
        return hash((self.unit and self.unit.pk, self.content))


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of one that is too long no more is read than shows that."""
    while raw := file.readline(MOST_BYTES + 1):
        yield raw
        while len(raw) > MOST_BYTES and not raw.endswith(b"\n"):
            raw = file.readline(MOST_BYTES + 1)


def import_lines(
    actor: Actor, lines: Iterable[bytes], *, now: datetime, progress: Callable[[Report], None]
) -> Report:
    """Add and change texts as the lines say, and publish them; `progress` is called after every batch."""
    must(may(actor, permissions.PUBLISH, None))
    known, report, seen = offices(), Report(), dict[Key, tuple[int, int]]()
    for chunk in _chunks(lines):
        _store(actor, _distinct(_read(chunk, known, report), seen, report), report, now)
        progress(report)
    report.faults.sort()
    return report


def _chunks(lines: Iterable[bytes]) -> Iterator[list[tuple[int, bytes]]]:
    """Numbered lines, as many at once as one transaction takes."""
    chunk, size = list[tuple[int, bytes]](), 0
    for number, raw in enumerate(lines, 1):
        chunk.append((number, raw))
        size += len(raw)
        if len(chunk) == BATCH or size >= BATCH_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _read(chunk: list[tuple[int, bytes]], known: Offices, report: Report) -> Iterator[Line]:
    for number, raw in chunk:
        if not raw.strip():
            continue
        report.read += 1
        try:
            given = _given(raw)
            office = _text(given, "unit", 200)
            unit = known.called(office)
            yield _line(number, given, unit)
        except Fault as fault:
            report.faults.append((number, str(fault)))
        else:
            if office.strip() and unit is None:
                report.remarks.append((number, _nobodys(office)))


def _distinct(lines: Iterable[Line], seen: dict[Key, tuple[int, int]], report: Report) -> dict[Key, Line]:
    """The first line of every name.

    A later one that says the same is passed over; one that says something else is refused, as nobody knows
    which is right. `seen` holds the line of every name in the file, with a hash of what it says.
    """
    batch: dict[Key, Line] = {}
    for line in lines:
        first, said = seen.setdefault(line.key, (line.number, line.digest))
        if first == line.number:
            batch[line.key] = line
        elif said == line.digest:
            report.unchanged += 1
        else:
            told = _("external_id ini sudah ada di baris %(n)s dengan isi lain.")
            report.faults.append((line.number, told % {"n": first}))
    return batch


@transaction.atomic
def _store(actor: Actor, batch: dict[Key, Line], report: Report, now: datetime) -> None:
    there = _there(batch)
    differing = [document for key, document in there.items() if _differs(document, batch[key])]
    changed = _not_edited_here(differing, batch, report)
    for document in changed:
        line = batch[document.source, document.external_id]
        keep(document)
        content = replace(line.content, review_by=document.review_by, audience=document.audience)
        change(actor, document, content, now=now)
        document.unit = line.unit
        document.save()
    added = [_new(actor, line, now) for key, line in sorted(batch.items()) if key not in there]
    Document.objects.bulk_create(added)
    touched = [*changed, *added]
    if touched:
        reindex(touched)
        record(actor, "knowledge.imported", touched[0], added=len(added), changed=len(changed))
    report.added += len(added)
    report.changed += len(changed)
    report.unchanged += len(there) - len(differing)


def _there(batch: dict[Key, Line]) -> dict[Key, Document]:
    """The documents of these names, locked in one order so that two imports do not deadlock."""
    named = Q(source__in={source for source, _name in batch}, external_id__in={name for _s, name in batch})
    rows = Document.objects.filter(named).order_by("pk").select_for_update(of=("self",))
    return {key: row for row in rows if (key := (row.source, row.external_id)) in batch}


def _not_edited_here(
    documents: Collection[Document], batch: Mapping[Key, Line], report: Report
) -> list[Document]:
    """The documents that may change: not those with words that somebody here has written since.

    For those a line that only repeats the last import says nothing new; any other is reported to who imports.
    """
    came = _came_last([document for document in documents if document.edited_by_id is not None])
    kept = []
    for document in documents:
        line, last = batch[document.source, document.external_id], came.get(document.pk)
        if document.edited_by_id is None:
            kept.append(document)
        elif last == (line.content.title, line.content.text):
            report.unchanged += 1
        elif last == (document.title, document.text):
            kept.append(document)
        else:
            report.faults.append(
                (line.number, _("Tulisan ini diubah petugas sejak impor terakhir: tidak ditimpa."))
            )
    return kept


def _came_last(documents: Collection[Document]) -> dict[int, tuple[str, str]]:
    """Title and text of each document as an import last brought them; only of those it did bring."""
    versions = DocumentVersion.objects.filter(document__in=documents, written_by=None)
    newest = versions.order_by("document_id", "-number").distinct("document_id")
    return {pk: (title, text) for pk, title, text in newest.values_list("document_id", "title", "text")}


def _new(actor: Actor, line: Line, now: datetime) -> Document:
    document = Document(
        source=line.source, external_id=line.external_id, unit=line.unit, state=Document.State.PUBLISHED
    )
    change(actor, document, line.content, now=now)
    document.version = 1
    return document


def _differs(document: Document, line: Line) -> bool:
    """Whether the line says something new; review date and readers are decided here, not by the line."""
    given = line.content
    names = ("title", "text", "kind", "language", "url", "published_on")
    return document.unit_id != (line.unit and line.unit.pk) or any(
        getattr(document, name) != getattr(given, name) for name in names
    )


def _given(raw: bytes) -> dict[str, Any]:
    if len(raw) > MOST_BYTES:
        raise Fault(_("Baris terlalu panjang."))
    try:
        given = json.loads(raw.decode("utf-8-sig"), parse_constant=lambda _nan: None)
    except (ValueError, RecursionError):
        raise Fault(_("Bukan JSON dalam UTF-8.")) from None
    if not isinstance(given, dict):
        raise Fault(_("Satu baris harus satu objek JSON."))
    return given


def _line(number: int, given: dict[str, Any], unit: Unit | None) -> Line:
    return Line(
        number=number,
        source=_text(given, "source", 200),
        external_id=_text(given, "external_id", 200, needed=True),
        unit=unit,
        content=Content(
            title=visible(_text(given, "title", 300)),
            text=_said(given),
            kind=_kind(_text(given, "kind", 20)),
            audience=_audience(_text(given, "audience", 20)),
            language=_text(given, "lang", 10) or "id",
            url=_text(given, "url", 1000),
            published_on=_day(given, "published_on"),
            review_by=_day(given, "review_by"),
        ),
    )


def _text(given: dict[str, Any], name: str, most: int, *, needed: bool = False) -> str:
    value = given.get(name)
    if value is None:
        value = ""
    if isinstance(value, float) and value.is_integer():  # as spreadsheets write whole numbers
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise Fault(_("%(nama)s harus berupa teks.") % {"nama": name})
    if needed and not value.strip():
        raise Fault(_("%(nama)s wajib diisi.") % {"nama": name})
    if len(value) > most:
        raise Fault(_("%(nama)s lebih dari %(n)s karakter.") % {"nama": name, "n": most})
    if _UNSTORABLE.search(value):
        raise Fault(_("%(nama)s memuat karakter yang tidak dapat disimpan.") % {"nama": name})
    return value


def _said(given: dict[str, Any]) -> str:
    """The visible words of a line; a text of nothing but hidden characters is refused."""
    return _text(
        {"text": visible(_text(given, "text", MOST_CHARACTERS))}, "text", MOST_CHARACTERS, needed=True
    )


def _nobodys(office: str) -> str:
    said = _("Satker %(nama)s tidak dikenal: tulisan ini menjadi milik semua satker.")
    return said % {"nama": office}


def _kind(name: str) -> str:
    if name and name not in Document.Kind.values:
        raise Fault(_("Jenis %(nama)s tidak dikenal.") % {"nama": name})
    return name or Document.Kind.ARTICLE


def _audience(name: str) -> str:
    """Who may read it: a text for staff must not become public on its way."""
    if name and name not in Document.Audience.values:
        raise Fault(_("audience %(nama)s tidak dikenal: tulis everyone atau staff.") % {"nama": name})
    return name or Document.Audience.EVERYONE


def _day(given: dict[str, Any], name: str) -> date | None:
    """A day such as `2026-11-20`; of a year or month alone its first day, of a moment its day."""
    written = _text(given, name, 40)
    if not written:
        return None
    whole = {_YEAR: f"{written}-01-01", _MONTH: f"{written}-01"}.get(len(written), written[:10])
    try:
        return date.fromisoformat(whole)
    except ValueError:
        raise Fault(_("%(nama)s harus tanggal, misalnya 2026-11-20.") % {"nama": name}) from None
