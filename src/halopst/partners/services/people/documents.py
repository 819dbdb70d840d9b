"""Files of a mitra: checked by content, sealed on disk, shown to nobody but as a download."""

from typing import IO, TYPE_CHECKING, Any, TypeAlias

import filetype
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.files import dropped_on_failure
from halopst.core.forms import plain
from halopst.partners import permissions
from halopst.partners.models import Person, PersonDocument
from halopst.partners.secrecy import seal_bytes, unseal_bytes
from halopst.partners.services.authority import must, must_keep
from halopst.partners.services.refusals import FileNotAccepted, TooManyDocuments
from halopst.units.models import Unit

if TYPE_CHECKING:
    from django.core.files.base import File

Upload: TypeAlias = "File[Any]"  # generic in the stubs only

LARGEST_FILE = 5 * 1024 * 1024
MOST_FILES = 30
NAME_LENGTH = 150
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


@transaction.atomic
def add_document(
    actor: Actor, person: Person, *, unit: Unit, kind: str, file: IO[bytes] | Upload
) -> PersonDocument:
    """Keep a scan with the mitra, for this office and those above it."""
    must(actor, permissions.MANAGE, unit.pk)
    must_keep(actor, person)
    content, content_type = checked(file)
    Person.objects.locked(person.pk)
    if PersonDocument.objects.filter(person=person, unit=unit).count() >= MOST_FILES:
        raise TooManyDocuments
    stored_as = default_storage.save(PersonDocument.new_place(unit.pk), ContentFile(seal_bytes(content)))
    with dropped_on_failure(stored_as), transaction.atomic():
        kept = PersonDocument.objects.create(
            person=person,
            unit=unit,
            kind=kind,
            name=name_of(file, content_type),
            stored_as=stored_as,
            content_type=content_type,
            size=len(content),
            given_by_id=actor.user_id,
        )
        record(actor, "partners.document-added", kept, person_id=person.pk, kind=kind)
    return kept


@transaction.atomic
def remove_document(actor: Actor, document: PersonDocument) -> None:
    must(actor, permissions.MANAGE, document.unit_id)
    record(actor, "partners.document-removed", document, person_id=document.person_id, kind=document.kind)
    stored_as = document.stored_as
    document.delete()
    transaction.on_commit(lambda: default_storage.delete(stored_as))


def read_document(document: PersonDocument) -> bytes:
    """What the file holds; `FileNotFoundError` when the storage has lost it."""
    with default_storage.open(document.stored_as) as file:
        return unseal_bytes(file.read())


def checked(file: IO[bytes] | Upload) -> tuple[bytes, str]:
    content: bytes = file.read(LARGEST_FILE + 1)
    kind = filetype.guess(content) if content and len(content) <= LARGEST_FILE else None
    if kind is None or kind.mime not in TYPES.values():
        raise FileNotAccepted
    return content, str(kind.mime)


def name_of(file: IO[bytes] | Upload, content_type: str) -> str:
    """The name the file came with, without its folders; its ending is the one its content proves."""
    given = plain((file.name or "").replace("\\", "/").rsplit("/", 1)[-1], NAME_LENGTH)
    ending = next(ending for ending, mime in TYPES.items() if mime == content_type)
    stem = given.rsplit(".", 1)[0][: NAME_LENGTH - len(ending) - 1]
    return f"{stem or 'berkas'}.{ending}"
