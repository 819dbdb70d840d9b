"""Files people give with a case: checked by content, kept where nothing runs or serves them."""

import re
import uuid
import zipfile
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, TypeAlias, cast

import filetype
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from halopst.audit.services import record
from halopst.cases.models import Attachment, Case, Message
from halopst.cases.services.moves import parties_of, tell_pages
from halopst.cases.services.refusals import (
    FileEmpty,
    FileNotAccepted,
    FileNotWhatItSays,
    FileTooLarge,
    TooManyFiles,
)
from halopst.cases.services.texts import clean_line
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.files import dropped_on_failure

if TYPE_CHECKING:
    from django.core.files.base import File

Upload: TypeAlias = "File[Any]"  # generic in the stubs only

MEGABYTE = 1024 * 1024
NAME_LENGTH = 150
FILES_PER_CASE = 20
HEAD = 8192
TEXT = "text/plain"
OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."

# What the content of each kind of file must prove to be.
CONTENT = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "docx": f"{OOXML}wordprocessingml.document",
    "xlsx": f"{OOXML}spreadsheetml.sheet",
    "pptx": f"{OOXML}presentationml.presentation",
    "odt": f"{ODF}text",
    "ods": f"{ODF}spreadsheet",
    "csv": TEXT,
    "txt": TEXT,
}


@transaction.atomic
def attach(
    actor: Actor, case: Case, *, file: Upload, now: datetime, message: Message | None = None
) -> Attachment:
    """Keep `file` with the case, in `message` when there is one. Raises one of the File refusals."""
    if not parties_of(actor, case):
        raise NotPermitted
    name, content_type = checked(file)
    Case.objects.select_for_update().get(pk=case.pk)
    if case.attachments.count() >= FILES_PER_CASE:
        raise TooManyFiles
    stored_as = default_storage.save(f"lampiran/{now:%Y/%m}/{uuid.uuid4().hex}", file)
    with dropped_on_failure(stored_as), transaction.atomic():
        kept = Attachment.objects.create(
            case=case,
            message=message,
            name=name,
            stored_as=stored_as,
            content_type=content_type,
            size=file.size,
            given_by_id=actor.user_id,
        )
        record(actor, "case.file_attached", case, attachment=kept.pk, size=file.size)
        tell_pages(case)
    return kept


def checked(file: Upload) -> tuple[str, str]:
    """The name to show and the proven content type of `file`, or a refusal that says what to do."""
    if not file.size:
        raise FileEmpty
    if file.size > settings.ATTACHMENT_MEGABYTES * MEGABYTE:
        raise FileTooLarge(settings.ATTACHMENT_MEGABYTES)
    name = clean_line(re.split(r"[/\\]", file.name or "")[-1])
    path = PurePosixPath(name)
    extension = path.suffix.lstrip(".").lower()
    if extension not in settings.ATTACHMENT_TYPES or extension not in CONTENT:
        raise FileNotAccepted(settings.ATTACHMENT_TYPES)
    expected = CONTENT[extension]
    if not _is(file, expected):
        raise FileNotWhatItSays
    room = NAME_LENGTH - len(extension) - 1
    return f"{path.stem[:room]}.{extension}", expected


def _is(file: Upload, expected: str) -> bool:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if expected == TEXT:
        return _reads_as_text(head)
    if expected.startswith((OOXML, ODF)):
        return _holds_document(file, expected)
    kind = filetype.guess(head)
    return kind is not None and kind.mime == expected


def _reads_as_text(head: bytes) -> bool:
    """Text without markup at its start: a page named .txt is not text to a browser that guesses."""
    if b"\0" in head or filetype.guess(head) is not None:
        return False
    return not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _holds_document(file: Upload, expected: str) -> bool:
    """Office files are archives; their table of contents tells what they hold, and nothing is unpacked."""
    try:
        with zipfile.ZipFile(cast("IO[bytes]", file)) as archive:
            names = set(archive.namelist())
            if expected.startswith(ODF):
                return archive.open("mimetype").read(200).decode("ascii", "replace").strip() == expected
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, NotImplementedError):
        return False
    finally:
        file.seek(0)
    folder = {"wordprocessingml": "word/", "spreadsheetml": "xl/", "presentationml": "ppt/"}
    inside = next(path for part, path in folder.items() if part in expected)
    return "[Content_Types].xml" in names and any(name.startswith(inside) for name in names)
