"""The letters of a batch for the printer and for the shelf: one PDF of all, and a ZIP with an index."""

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.text import slugify

from halopst.core.tables import Cell, csv_file
from halopst.letters.kinds import kind_named
from halopst.letters.models import Batch, Letter, Signing
from halopst.letters.rendering.papers import bind
from halopst.letters.rules import ENDED, State
from halopst.letters.services.papers import fetch
from halopst.letters.services.refusals import FileLost

LONGEST_NAME, LONGEST_TITLE = 60, 80
HEAD = ("urut", "nomor", "tanggal", "perihal", "pihak", "halaman", "berkas", "sha256", "token")


def bind_batch(batch_id: int) -> None:
    """Write both files and mark the batch over; run twice, the second finds nothing to do.

    Of letters of which the storage has lost one nothing is bound: half a stack would pass for the whole.
    """
    batch = Batch.objects.get(pk=batch_id)
    if batch.state != Batch.State.BINDING:
        return
    try:
        batch.merged, batch.archive = _bound(batch)
    except FileLost:
        batch.merged = batch.archive = ""
    with transaction.atomic():
        batch.state = batch.end
        batch.save(update_fields=["state", "merged", "archive", "updated_at"])


def _bound(batch: Batch) -> tuple[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        merged, archive = Path(folder) / "gabungan.pdf", Path(folder) / "surat.zip"
        bind((fetch(letter.file) for letter in _letters(batch)), merged)
        _pack(batch, archive)
        stem = f"surat/{batch.unit_id}/borongan-{batch.pk}"
        return _keep(f"{stem}.pdf", merged), _keep(f"{stem}.zip", archive)


def file_name(letter: Letter) -> str:
    """A name for people's folders: the number, and what it is about."""
    return f"{_joined(_safe(letter), slugify(letter.title)[:LONGEST_TITLE].strip('-'))}.pdf"


def signed_name(letter: Letter, signing: Signing) -> str:
    """A name for the file of a signed version."""
    ending = "segel" if signing.method == Signing.Method.SEAL else "ttd"
    return file_name(letter).replace(".pdf", f"-{ending}.pdf")


def bundle_name(batch: Batch) -> str:
    """What a batch's own files are called in people's folders: kind, office, day, and which batch."""
    kind = slugify(str(kind_named(batch.kind).label))
    return f"{kind}-{batch.unit.slug}-{batch.started_at.astimezone(batch.unit.tz):%Y-%m-%d}-{batch.pk}"


def _letters(batch: Batch) -> Iterator[Letter]:
    """The letters in the order of the batch; those annulled since are left out."""
    rows = (
        batch.letters.select_related("number", "item").defer("data").exclude(state__in=[State.DRAFT, *ENDED])
    )
    return rows.order_by("item__position").iterator(chunk_size=200)


def _pack(batch: Batch, to: Path) -> None:
    index: list[Sequence[Cell]] = [HEAD]
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        for place, letter in enumerate(_letters(batch), 1):
            name = _name_in_archive(place, letter)
            archive.writestr(name, fetch(letter.file))
            index.append(
                [
                    place,
                    str(letter.number),
                    letter.dated_on.isoformat(),
                    letter.title,
                    " ".join(letter.parties),
                    letter.pages,
                    name,
                    letter.sha256,
                    letter.token,
                ]
            )
        archive.writestr("indeks.csv", csv_file(index, separator=";"))


def _name_in_archive(place: int, letter: Letter) -> str:
    """The letter's name in the ZIP: its place in the batch, its number and whom it is for."""
    return f"{_joined(f'{place:05d}', _safe(letter), slugify(letter.item.label)[:LONGEST_NAME])}.pdf"


def _safe(letter: Letter) -> str:
    """The letter's number without characters file systems do not accept."""
    return "".join(c if c.isalnum() or c in "-." else "-" for c in str(letter.number))


def _joined(*parts: str) -> str:
    return "-".join(filter(None, parts))


def _keep(name: str, path: Path) -> str:
    if default_storage.exists(name):
        default_storage.delete(name)
    with path.open("rb") as content:
        return default_storage.save(name, File(content))
