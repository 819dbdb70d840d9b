"""Writing texts: drafts, versions, publishing. A text and its place in the index change together."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Self
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.events import publish as tell
from halopst.knowledge import permissions
from halopst.knowledge.events import DocumentPublished
from halopst.knowledge.models import Document, DocumentVersion
from halopst.knowledge.rules.texts import states
from halopst.knowledge.rules.texts.figures_in_texts import states_figures
from halopst.knowledge.services.authority import may, may_edit, may_publish, must
from halopst.knowledge.services.indexing import reindex
from halopst.knowledge.services.refusals import (
    EditedMeanwhile,
    NotInThisState,
    ReviewDateMissing,
    ReviewDatePast,
    ReviewDateTaken,
    SaysNothing,
    SecondPersonNeeded,
    WithdrawFirst,
)
from halopst.units.models import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What the writer of a text decides."""

    title: str
    text: str
    kind: str = Document.Kind.ARTICLE
    audience: str = Document.Audience.EVERYONE
    language: str = "id"
    url: str = ""
    published_on: date | None = None
    review_by: date | None = None

    @classmethod
    def of(cls, document: Document) -> Self:
        return cls(**{name: getattr(document, name) for name in cls.__annotations__})


@transaction.atomic
def write(
    actor: Actor, *, unit: Unit | None, content: Content, by_two: bool = False, now: datetime
) -> Document:
    """A new draft of the office, or of all offices; its writer answers for it.

    With `by_two` only another person may publish the figures in it.
    """
    must(may(actor, permissions.WRITE, unit))
    _must_be_to_come(content.review_by, now)
    document: Document = Document.objects.create(
        unit=unit,
        external_id=f"tulisan-{uuid4().hex[:12]}",
        owner_id=actor.user_id,
        edited_by_id=actor.user_id,
        edited_at=now,
        by_two=by_two,
        **asdict(content),
    )
    record(actor, "knowledge.written", document)
    return document


@transaction.atomic
def edit(
    actor: Actor, document: Document, *, content: Content, expected_version: int, now: datetime
) -> Document:
    """Replace what the text says, and keep the old words; a published text is found by the new ones."""
    held: Document = Document.objects.locked(document.pk)
    must(may_edit(actor, held))
    if held.version != expected_version:
        raise EditedMeanwhile
    if content.review_by != held.review_by:
        _must_be_to_come(content.review_by, now)
    if held.state == Document.State.PUBLISHED:
        _must_stay_publishable(held, content)
    keep(held)
    change(actor, held, content, now=now)
    held.save()
    if held.state == Document.State.PUBLISHED:
        reindex([held])
        tell(DocumentPublished(document_id=held.pk))
    record(actor, "knowledge.edited", held, version=held.version)
    return held


@transaction.atomic
def publish(
    actor: Actor, document: Document, *, expected_version: int | None = None, now: datetime
) -> Document:
    """Show the text to its readers, and let answers cite it until its review date."""
    held = _moved(actor, document, "publish", expected_version)
    if not held.text.strip():
        raise SaysNothing
    if held.review_by is None or held.review_by < timezone.localdate(now):
        raise ReviewDateMissing
    if held.by_two and states_figures(held.text) and held.edited_by_id == actor.user_id:
        raise SecondPersonNeeded
    held.owner_id = held.owner_id or actor.user_id
    held.save()
    reindex([held])
    tell(DocumentPublished(document_id=held.pk))
    record(actor, "knowledge.published", held, version=held.version)
    return held


@transaction.atomic
def edit_and_publish(
    actor: Actor, document: Document, *, content: Content, expected_version: int, now: datetime
) -> Document:
    """Publish what the writer sees in the form, saved or not."""
    if content != Content.of(document):
        document = edit(actor, document, content=content, expected_version=expected_version, now=now)
        expected_version = document.version
    return publish(actor, document, expected_version=expected_version, now=now)


@transaction.atomic
def withdraw(actor: Actor, document: Document) -> Document:
    """Withdraw a text: it is no longer found or cited, but the office keeps it."""
    held = _moved(actor, document, "withdraw")
    held.save()
    reindex([held])
    record(actor, "knowledge.withdrawn", held, version=held.version)
    return held


@transaction.atomic
def take_over(actor: Actor, document: Document) -> Document:
    """Answer for the text from now on, and review it in time."""
    held: Document = Document.objects.locked(document.pk)
    must(may(actor, permissions.WRITE, held.unit) and actor.user_id is not None)
    before, held.owner_id = held.owner_id, actor.user_id
    held.save()
    record(actor, "knowledge.taken-over", held, before=before)
    return held


def _must_be_to_come(review_by: date | None, now: datetime) -> None:
    """Refuse a new review date in the past; one that has passed since it was set may stay."""
    if review_by is not None and review_by < timezone.localdate(now):
        raise ReviewDatePast


def _must_stay_publishable(document: Document, content: Content) -> None:
    """Refuse a published text without words or review date, or with figures only one person has seen."""
    if not content.text.strip():
        raise SaysNothing
    if document.review_by and content.review_by is None:
        raise ReviewDateTaken
    if document.by_two and states_figures(content.text):
        raise WithdrawFirst


def keep(document: Document) -> DocumentVersion:
    """Keep a version of the text before it changes."""
    kept: DocumentVersion = DocumentVersion.objects.create(
        document=document,
        number=document.version,
        title=document.title,
        text=document.text,
        written_by_id=document.edited_by_id,
        written_at=document.edited_at,
    )
    return kept


def change(actor: Actor, document: Document, content: Content, *, now: datetime) -> None:
    for name, value in asdict(content).items():
        setattr(document, name, value)
    document.version += 1
    document.edited_at, document.edited_by_id = now, actor.user_id


def _moved(actor: Actor, document: Document, verb: str, expected_version: int | None = None) -> Document:
    """Move the document to its next state; without `expected_version` whatever its version is."""
    held: Document = Document.objects.locked(document.pk)
    must(may_publish(actor, held))
    if expected_version not in {None, held.version}:
        raise EditedMeanwhile
    state = states.after(held.state, verb)
    if state is None:
        raise NotInThisState
    held.state = state
    return held
