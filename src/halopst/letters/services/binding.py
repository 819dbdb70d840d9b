"""The letters of a batch for the printer and for the shelf: one PDF of all, and a ZIP with an index."""

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from halopst.core.tables import Cell, csv_file
from halopst.letters.models import Batch, Letter, Signing
from halopst.letters.rendering.papers import bind
from halopst.letters.rules import ENDED, State
from halopst.letters.services.papers import fetch
from halopst.letters.services.refusals import FileLost

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
    """A name for people's folders: the number, without what file systems do not take."""
    safe = "".join(c if c.isalnum() or c in "-." else "-" for c in str(letter.number))
    return f"{safe}.pdf"


def signed_name(letter: Letter, signing: Signing) -> str:
    """The same for a signed version of it."""
    ending = "segel" if signing.method == Signing.Method.SEAL else "ttd"
    return file_name(letter).replace(".pdf", f"-{ending}.pdf")


def _letters(batch: Batch) -> Iterator[Letter]:
    """In the order of the batch; those annulled since are left out."""
    rows = batch.letters.select_related("number").defer("data").exclude(state__in=[State.DRAFT, *ENDED])
    return rows.order_by("item__position").iterator(chunk_size=200)


def _pack(batch: Batch, to: Path) -> None:
    index: list[Sequence[Cell]] = [HEAD]
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        for place, letter in enumerate(_letters(batch), 1):
            name = f"{place:05d}-{file_name(letter)}"
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


def _keep(name: str, path: Path) -> str:
    if default_storage.exists(name):
        default_storage.delete(name)
    with path.open("rb") as content:
        return default_storage.save(name, File(content))
