"""The texts letters are made from: read, kept as a draft, looked at, published, withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final

from django.http import Http404, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema

from halopst.core.editing import VERSION, Version, version_of
from halopst.core.errors import NotPermitted
from halopst.core.forms import cleaned, plain
from halopst.core.http import Request, example, gives
from halopst.core.idempotency import idempotent
from halopst.letters import queries, services
from halopst.letters.addressed import kind_of, office
from halopst.letters.api.parameters import Day, Docx
from halopst.letters.downloads import WORD, word_template
from halopst.letters.forms import TemplateForm
from halopst.letters.kinds import DocumentKind, all_kinds
from halopst.letters.models import Template
from halopst.letters.permissions import VIEW
from halopst.letters.queries.variables import Variable, variables
from halopst.units.models import Unit

router = Router()
THE_VERSION: Final[dict[str, Any]] = {
    "version": 2,
    "state": "published",
    "valid_from": "2026-11-01",
    "note": "Pasal 7 diperjelas",
    "author": "Budi Contoh",
    "published_at": "2026-10-30T02:00:00Z",
}
"""What the description shows."""


class VersionOut(Schema):
    """One version of an office's own text; `state` is draft, published or withdrawn."""

    model_config = example(**THE_VERSION)

    version: int
    state: str
    valid_from: date | None
    note: str
    author: str
    published_at: datetime | None

    @staticmethod
    def resolve_author(row: Template) -> str:
        return str(row.author or "")


class KindTemplatesOut(Schema):
    """A kind of letter and the office's own versions of its text, newest first; without one it inherits."""

    model_config = example(kind="partners.contract", label="Perjanjian kerja mitra", versions=[THE_VERSION])

    kind: str
    label: str
    versions: list[VersionOut]


class VariableOut(Schema):
    """A name the text may print, as `#name`."""

    name: str
    label: str
    example: str

    @staticmethod
    def resolve_label(row: Variable) -> str:
        return str(row.label)


class TemplateOut(KindTemplatesOut):
    """The text to go on from: the office's draft, else the one in force, `inherited` if from above.

    Send `draft_version` back with the text to have it refused where somebody was first.
    """

    model_config = example(
        kind="partners.contract",
        label="Perjanjian kerja mitra",
        versions=[THE_VERSION],
        body='#kop(d)\n#judul("Perjanjian Kerja", nomor: d.nomor)',
        note="Pasal 7 diperjelas",
        has_word=True,
        inherited=False,
        draft_version=VERSION,
        variables=[{"name": "d.nomor", "label": "", "example": "B-001/35780"}],
    )

    body: str
    note: str
    has_word: bool
    inherited: bool
    draft_version: str
    variables: list[VariableOut]


class TemplateIn(Schema):
    """Typst text; `note` says what was changed."""

    model_config = example(body="#kop(d)\nNomor #d.nomor", note="Pasal 7 diperjelas", draft_version=VERSION)

    body: str = Field(max_length=60_000)
    note: str = Field("", max_length=300)
    draft_version: Version = None


class PublishIn(Schema):
    """`valid_from` left out means today."""

    model_config = example(valid_from="2026-12-01")

    valid_from: Day | None = None


class PreviewIn(Schema):
    """`real` fills it with the office's latest letter of the kind, for who may read that; else examples.

    `sample` is the key of somebody found among the samples: the text is filled with their newest month.
    """

    model_config = example(body="#kop(d)\nNomor #d.nomor", real=False, sample="12")

    body: str = Field(max_length=60_000)
    real: bool = False
    sample: str = Field("", max_length=20)


class SampleOut(Schema):
    """Somebody to try a text on; `note` tells two of one name apart."""

    model_config = example(key="12", label="Ayu Pratiwi", note="Waru")

    key: str
    label: str
    note: str


class PreviewOut(Schema):
    """The pages as `data:` addresses of PNG; or what is wrong, and in which line (0: none in particular)."""

    model_config = example(pages=[], fault="Baris 2: isian d.nomer tidak dikenal.", line=2)

    pages: list[str]
    fault: str
    line: int


@router.get("/units/{slug}/templates", response=list[KindTemplatesOut])
def letter_templates(request: Request, slug: str) -> Any:
    """List every kind of letter, and whether the office has a text of its own."""
    own = queries.own_templates(office(queries.managed_units, request, slug))
    return [_kind_row(kind, own) for kind in all_kinds()]


@router.get("/units/{slug}/templates/{kind}", response=TemplateOut)
def letter_template(request: Request, slug: str, kind: str) -> Any:
    """Show the text to go on from, with every name it may print."""
    return _shown(office(queries.managed_units, request, slug), kind_of(kind))


@router.post("/units/{slug}/templates/{kind}", response=TemplateOut)
@idempotent
def save_letter_template(request: Request, slug: str, kind: str, body: TemplateIn) -> Any:
    """Keep the text as the office's one draft of this kind; nothing is printed by it yet.

    409 `changed-meanwhile` when somebody was first since `draft_version`.
    """
    unit, declared = office(queries.managed_units, request, slug), kind_of(kind)
    given = cleaned(TemplateForm(body.model_dump()))
    text = {"body": given["body"], "note": given["note"]}
    _save(request, unit, declared, **text, version=body.draft_version)
    return _shown(unit, declared)


@router.get("/units/{slug}/templates/{kind}/word", openapi_extra=gives(WORD))
def letter_word_template(request: Request, slug: str, kind: str) -> HttpResponse:
    """Download the draft's Word form, else that of the text in force, to edit; 404 where there is none."""
    unit = office(queries.managed_units, request, slug)
    return word_template(unit, kind_of(kind))


@router.post("/units/{slug}/templates/{kind}/word", response=TemplateOut)
@idempotent
def save_letter_word_template(request: Request, slug: str, kind: str, file: Docx = None) -> Any:
    """Give the draft its Word form, a .docx of at most 2 MB, once it can be filled with examples."""
    unit, declared = office(queries.managed_units, request, slug), kind_of(kind)
    shown = queries.template_to_edit(unit, kind, _today(unit))
    text = {"body": shown.body if shown else "", "note": shown.note if shown else ""}
    form = TemplateForm(text, {"word": file} if file else {})
    form.fields["word"].required = True
    given = cleaned(form)
    _save(request, unit, declared, body=given["body"], note=given["note"], word=form.word_bytes)
    return _shown(unit, declared)


@router.get("/units/{slug}/templates/{kind}/samples", response=list[SampleOut])
def letter_template_samples(
    request: Request, slug: str, kind: str, q: Annotated[str, Field(max_length=100)]
) -> Sequence[services.Sample]:
    """List up to 8 mitra whose name holds `q`, to fill a preview with; none for kinds without mitra."""
    unit, declared = office(queries.managed_units, request, slug), kind_of(kind)
    _must_read(request, unit)
    return services.samples_of(declared, actor=request.actor, unit=unit, text=plain(q))


@router.post("/units/{slug}/templates/{kind}/preview", response=PreviewOut)
def preview_letter_template(request: Request, slug: str, kind: str, body: PreviewIn) -> services.Preview:
    """Show the pages of this text without saving it; a `sample`'s private numbers have their middle hidden.

    409 where the `sample` has no such letter yet, with what is missing.
    """
    unit, declared = office(queries.managed_units, request, slug), kind_of(kind)
    now, filled = timezone.now(), None
    if body.sample:
        _must_read(request, unit)
        filled = services.sampled(declared, actor=request.actor, unit=unit, key=body.sample, now=now)
    real = body.real and request.actor.may(VIEW, unit.pk)
    return services.preview(
        kind=declared, unit=unit, body=body.body, today=_today(unit), now=now, real=real, filled=filled
    )


@router.post("/units/{slug}/templates/{kind}/publish", response=TemplateOut)
@idempotent
def publish_letter_template(request: Request, slug: str, kind: str, body: PublishIn) -> Any:
    """Put the draft in force from a day on, once an example came out of it whole. 422 names the `line`."""
    unit, declared = office(queries.managed_units, request, slug), kind_of(kind)
    today = _today(unit)
    services.publish_template(
        request.actor,
        unit=unit,
        kind=declared,
        valid_from=body.valid_from or today,
        today=today,
        now=timezone.now(),
    )
    return _shown(unit, declared)


@router.post("/units/{slug}/templates/{kind}/discard", response=TemplateOut)
@idempotent
def discard_letter_template(request: Request, slug: str, kind: str) -> Any:
    """Throw the office's unpublished text away; 409 where there is none."""
    unit, declared = office(queries.managed_units, request, slug), kind_of(kind)
    services.discard_draft(request.actor, unit=unit, kind=declared)
    return _shown(unit, declared)


@router.post("/units/{slug}/templates/{kind}/withdraw", response=TemplateOut)
@idempotent
def withdraw_letter_template(request: Request, slug: str, kind: str) -> Any:
    """Take the office's newest published version out of force; 404 where there is none."""
    unit, declared = office(queries.managed_units, request, slug), kind_of(kind)
    row = queries.newest_published(unit, kind)
    if row is None:
        raise Http404
    services.withdraw_template(request.actor, row)
    return _shown(unit, declared)


def _must_read(request: Request, unit: Unit) -> None:
    """Only who may read the office's letters tries a text on a real person."""
    if not request.actor.may(VIEW, unit.pk):
        raise NotPermitted


def _save(request: Request, unit: Unit, kind: DocumentKind, **given: Any) -> None:
    services.save_draft(request.actor, unit=unit, kind=kind, today=_today(unit), **given)


def _shown(unit: Unit, kind: DocumentKind) -> dict[str, Any]:
    today = _today(unit)
    text = queries.template_to_edit(unit, kind.code, today)
    return {
        **_kind_row(kind, queries.own_templates(unit)),
        "body": text.body if text else "",
        "note": text.note if text else "",
        "has_word": bool(text and text.word),
        "inherited": text is None or text.unit_id != unit.pk,
        "draft_version": version_of(queries.draft_of(unit, text)),
        "variables": variables(kind, unit, today),
    }


def _kind_row(kind: DocumentKind, own: Mapping[str, list[Template]]) -> dict[str, Any]:
    return {"kind": kind.code, "label": str(kind.label), "versions": own.get(kind.code, [])}


def _today(unit: Unit) -> date:
    return timezone.now().astimezone(unit.tz).date()
