"""Texts for programs: found, written, published, withdrawn, or taken from a file."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Form, Query, Router, Schema, Status

from halopst.core.errors import NotPermitted
from halopst.core.forms import cleaned, filed, plain
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.knowledge import permissions, queries, services
from halopst.knowledge.addressed import kept_text_of, named, named_to_write_for, text_to_read
from halopst.knowledge.api.parameters import MOST, Audience, Id, Kind, Number, Owner, TextFile, Words
from halopst.knowledge.forms import ALL_OFFICES, ContentForm, UploadForm
from halopst.knowledge.models import Document, DocumentVersion
from halopst.knowledge.services import Content

router = Router()
TEXTS, ONE = "/texts", "/texts/{int:pk}"
THE_WORDS: Final[dict[str, Any]] = {
    "title": "Cara membaca inflasi",
    "text": "Inflasi adalah kenaikan harga secara umum.\n\n## Membacanya\n\nBandingkan dengan tahun lalu.",
    "kind": "article",
    "audience": "everyone",
    "url": "",
    "published_on": None,
    "review_by": "2027-06-30",
}
THE_TEXT: Final[dict[str, Any]] = {
    "id": 41,
    "unit": "3578",
    "title": THE_WORDS["title"],
    "kind": "article",
    "audience": "everyone",
    "state": "draft",
    "version": 2,
    "review_by": "2027-06-30",
    "stale": False,
    "owner": "Ayu Contoh",
    "edited_at": "2026-11-20T02:10:00Z",
}
THE_VERSION: Final[dict[str, Any]] = {
    "number": 1,
    "title": THE_WORDS["title"],
    "written_by": "Ayu Contoh",
    "written_at": "2026-11-02T02:10:00Z",
}
"""What the description shows."""


class TextOut(Schema):
    """`unit` is the office's BPS code, null for a text of all offices; `stale` is past its review date.

    `owner` answers for it, and is told to the office's own people.
    """

    model_config = example(**THE_TEXT)

    id: int
    unit: str | None
    title: str
    kind: str
    audience: str
    state: str
    version: int
    review_by: date | None
    stale: bool
    owner: str
    edited_at: datetime


class WholeTextOut(TextOut):
    """A text with its words, and where they came from. Send `version` back with a change or to publish."""

    model_config = example(
        **THE_TEXT,
        text=THE_WORDS["text"],
        url="",
        published_on=None,
        language="id",
        source="",
        external_id="tulisan-0f3c9a1b2d4e",
    )

    text: str
    url: str
    published_on: date | None
    language: str
    source: str
    external_id: str


class TextsIn(Schema):
    """`q` searches titles and external ids; `unit` keeps to an office, or to `semua`, those of all offices.

    `stale` are the published ones past their review date.
    """

    q: Words = ""
    state: Literal["", "draft", "published", "withdrawn", "stale"] = ""
    kind: Kind | Literal[""] = ""
    unit: Owner = ""
    before: Id | None = None


class WrittenIn(Schema):
    """What a text holds beside its title."""

    text: str = ""
    kind: Kind = "article"
    audience: Audience = "everyone"
    url: str = ""
    published_on: date | None = None
    review_by: date | None = None


class TextIn(WrittenIn):
    """`unit` is an office's BPS code or slug, or `semua` for all offices, as the head office may.

    `text` has an empty line between paragraphs, `##` before a heading, `-` before an item.
    """

    model_config = example(unit="3578", **THE_WORDS)

    unit: Owner
    title: str


class TextChangeIn(WrittenIn):
    """What is left out stays as it is; `version` is that which was read."""

    model_config = example(version=2, text="Inflasi adalah kenaikan harga umum.", review_by="2027-06-30")

    version: Number
    title: str = ""


class TextVersionIn(Schema):
    """The `version` that was read and is to be shown to everyone."""

    model_config = example(version=2)

    version: Number


class TextFileIn(Schema):
    """Whose text it becomes: an office's BPS code or slug, or `semua` for all offices."""

    unit: Owner = ""


class TextVersionOut(Schema):
    """What a text said before a change, who wrote that and when."""

    model_config = example(**THE_VERSION)

    number: int
    title: str
    written_by: str
    written_at: datetime

    @staticmethod
    def resolve_written_by(row: DocumentVersion) -> str:
        return str(row.written_by or "")


class WholeTextVersionOut(TextVersionOut):
    """An earlier version with its words."""

    model_config = example(**THE_VERSION, text=THE_WORDS["text"])

    text: str


@router.get(TEXTS, response=list[TextOut], url_name="knowledge-texts")
def texts(request: Request, given: Query[TextsIn]) -> list[dict[str, Any]]:
    """List your offices' texts, drafts too, newest first, at most 200; more with `before` = the last id."""
    if not request.actor.units(permissions.VIEW):
        raise NotPermitted
    today, text = timezone.localdate(), plain(given.q)
    state = queries.STALE if given.state == "stale" else given.state
    rows = queries.kept_documents(request.actor, text=text, state=state, kind=given.kind, today=today)
    rows = rows.filter(unit=named(given.unit)) if given.unit else rows
    rows = (rows.filter(pk__lt=given.before) if given.before else rows).order_by("-pk")
    return [_brief(request, row) for row in rows[:MOST]]


@router.post(TEXTS, response={201: WholeTextOut}, url_name="knowledge-texts")
@idempotent
def write_text(request: Request, body: TextIn) -> Status[dict[str, Any]]:
    """Write a draft; it is found and cited only once it is published. 422 for a past `review_by`."""
    unit, form = named_to_write_for(request, body.unit), ContentForm(body.model_dump())
    cleaned(form)
    row = services.write(request.actor, unit=unit, content=form.content(), now=timezone.now())
    return Status(201, _whole(request, row))


@router.post("/text-files", response={201: WholeTextOut}, url_name="knowledge-text-files")
@idempotent
def text_from_file(request: Request, body: Form[TextFileIn], file: TextFile = None) -> Status[dict[str, Any]]:
    """Give one `file` as multipart form data: PDF, DOCX or HTML by its content. Its text becomes a draft."""
    unit = named_to_write_for(request, body.unit)
    office, offices = {"office": unit.slug if unit else ALL_OFFICES}, [unit] if unit else []
    form = UploadForm(office, filed(file), offices=offices, shared=unit is None)
    given = cleaned(form)["file"]
    row = services.take_in(
        request.actor, unit=unit, name=given.name, content=given.read(), now=timezone.now()
    )
    return Status(201, _whole(request, row))


@router.get(ONE, response=WholeTextOut, url_name="knowledge-text")
def text(request: Request, pk: int) -> dict[str, Any]:
    """Show a text in full: a published one to everybody, any to the people of its office.

    410 `text-taken-back` for what everybody could read until its office withdrew it.
    """
    return _whole(request, text_to_read(request, pk))


@router.patch(ONE, response=WholeTextOut, url_name="knowledge-text")
@idempotent
def edit_text(request: Request, pk: int, body: TextChangeIn) -> dict[str, Any]:
    """Change a text. What it said before is kept; if it is published, its new words are found at once.

    409 `changed-meanwhile` when somebody was first since `version`.
    """
    row = kept_text_of(request, pk)
    form = ContentForm({**asdict(Content.of(row)), **body.model_dump(exclude_unset=True)})
    cleaned(form)
    changed = services.edit(
        request.actor, row, content=form.content(row), expected_version=body.version, now=timezone.now()
    )
    return _whole(request, changed)


@router.post(ONE + "/publish", response=WholeTextOut, url_name="knowledge-publish")
@idempotent
def publish_text(request: Request, pk: int, body: TextVersionIn) -> dict[str, Any]:
    """Show it to its readers and let answers cite it. 422 without a review date to come.

    409 `changed-meanwhile` when somebody was first since `version`, `second-person-needed` where the figures
    of a drafted answer wait for a colleague.
    """
    row = kept_text_of(request, pk)
    done = services.publish(request.actor, row, expected_version=body.version, now=timezone.now())
    return _whole(request, done)


@router.post(ONE + "/withdraw", response=WholeTextOut, url_name="knowledge-withdraw")
@idempotent
def withdraw_text(request: Request, pk: int) -> dict[str, Any]:
    """Withdraw a text: it is no longer found or cited; the office keeps it."""
    return _whole(request, services.withdraw(request.actor, kept_text_of(request, pk)))


@router.post(ONE + "/take-over", response=WholeTextOut, url_name="knowledge-take-over")
@idempotent
def take_over_text(request: Request, pk: int) -> dict[str, Any]:
    """Answer for it from now on: it is you who is to review it in time."""
    return _whole(request, services.take_over(request.actor, kept_text_of(request, pk)))


@router.get(ONE + "/versions", response=list[TextVersionOut], url_name="knowledge-versions")
def text_versions(request: Request, pk: int, before: Number | None = None) -> QuerySet[DocumentVersion]:
    """List a text's earlier versions, newest first, at most 200; the next with `before` = a number."""
    rows = kept_text_of(request, pk).versions.select_related("written_by")
    return (rows.filter(number__lt=before) if before else rows)[:MOST]


@router.get(ONE + "/versions/{int:number}", response=WholeTextVersionOut, url_name="knowledge-version")
def text_version(request: Request, pk: int, number: int) -> DocumentVersion:
    """Show what a text said in one of its versions."""
    rows = kept_text_of(request, pk).versions.select_related("written_by")
    return get_object_or_404(rows, number=number)


def _brief(request: Request, row: Document) -> dict[str, Any]:
    names = ("title", "kind", "audience", "state", "version", "review_by", "edited_at")
    return {
        "id": row.pk,
        "unit": row.unit.code if row.unit else None,
        **{name: getattr(row, name) for name in names},
        "stale": row.is_stale(timezone.localdate()),
        "owner": str(row.owner or "") if services.may_keep(request.actor, row) else "",
    }


def _whole(request: Request, row: Document) -> dict[str, Any]:
    names = ("text", "url", "published_on", "language", "source", "external_id")
    return {**_brief(request, row), **{name: getattr(row, name) for name in names}}
