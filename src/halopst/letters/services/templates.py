"""The text of a kind of letter: drafted, looked at in safety, published from a day on; versions stay."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as say

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.editing import must_be_as_seen
from halopst.core.errors import Refused
from halopst.letters.kinds import DocumentKind
from halopst.letters.models import Template
from halopst.letters.queries import latest_letter, pattern_in_force, template_in_force
from halopst.letters.rendering.press import Sheet, SourceFault, TooHeavy, press
from halopst.letters.rules import (
    NumberParts,
    forbidden_word,
    format_number,
    hidden,
    number_code,
    with_private,
)
from halopst.letters.sealing import opened
from halopst.letters.services.authority import must_manage
from halopst.letters.services.composing import Composition
from halopst.letters.services.papers import faults_told, values, with_foot
from halopst.letters.services.refusals import (
    NothingToDiscard,
    NothingToPublish,
    OtherTemplateThatDay,
    TemplateChanged,
    TemplateFaulty,
)
from halopst.letters.services.word import check_word
from halopst.letters.services.wording import fault_in_words, forbidden_in_words
from halopst.units.models import Unit

PREVIEW_SECONDS = 4.0
NO_TOKEN = "contoh"  # noqa: S105  # stands where a letter's token will
LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages of an example letter as `data:` addresses, or what is wrong and where.

    `lacking` says why the one it was to be filled with has no such letter.
    """

    pages: tuple[str, ...] = ()
    fault: str = ""
    line: int = 0
    lacking: str = ""


def preview(
    *,
    kind: DocumentKind,
    unit: Unit,
    body: str,
    today: date,
    now: datetime,
    real: bool = False,
    filled: Composition | None = None,
    seconds: float = PREVIEW_SECONDS,
) -> Preview:
    """The letter as it would look; never raises for a faulty text.

    Filled with the examples of its kind, with the values of the office's latest letter when `real`, or with
    those composed for somebody: private ones are shown with their middle hidden.
    """
    latest = latest_letter(unit, kind.code) if real else None
    given = filled.data if filled else opened(kind, latest.data) if latest else None
    data = kind.example if given is None else with_private(kind.fields, given, hidden)
    try:
        sheet = _filled(kind, unit, body, data, today=today, now=now)
        pages = press().pictures(sheet, seconds=seconds)
    except TemplateFaulty as refusal:
        return Preview(fault=str(refusal.message), line=refusal.line)
    except SourceFault as fault:
        return Preview(fault=fault_in_words(fault.message, fault.line), line=fault.line)
    except TooHeavy:
        said = say("Naskah terlalu berat: lebih dari %(n)d detik atau 1 GB. Sederhanakan naskahnya.")
        return Preview(fault=said % {"n": seconds})
    return Preview(tuple(f"data:image/png;base64,{b64encode(page).decode()}" for page in pages))


@transaction.atomic
def save_draft(
    actor: Actor,
    *,
    unit: Unit,
    kind: DocumentKind,
    body: str,
    today: date,
    note: str = "",
    word: bytes | None = None,
    version: datetime | None = None,
) -> Template:
    """Keep the text, and its Word form if given, as this office's one draft of this kind.

    With `version`, only where the draft is as when it was read, or is still to be begun.
    """
    must_manage(actor, unit.pk)
    if word:
        check_word(kind, unit, word, today=today)
    Unit.objects.locked(unit.pk)  # two drafts at once would want the same version
    rows = Template.objects.filter(unit=unit, kind=kind.code)
    found: Template | None = rows.filter(state=Template.State.DRAFT).first()
    must_be_as_seen(found, version, TemplateChanged)
    latest = rows.aggregate(latest=Max("version"))["latest"] or 0
    draft = found or _next_version(unit, kind, latest + 1, today)
    draft.body, draft.note = body.replace("\r\n", "\n"), note.strip()
    draft.author_id = actor.user_id
    if word is not None:
        draft.word = word
    draft.save()
    record(actor, "letters.template-drafted", draft, kind=kind.code, version=draft.version)
    return draft


@transaction.atomic
def publish_template(
    actor: Actor, *, unit: Unit, kind: DocumentKind, valid_from: date, today: date, now: datetime
) -> Template:
    """Put the draft in force from a day on, once an example letter has come out of it whole."""
    must_manage(actor, unit.pk)
    draft = _draft(unit, kind, NothingToPublish)
    try_out(kind, unit, draft.body, today=today, now=now)
    draft.state, draft.valid_from, draft.published_at = Template.State.PUBLISHED, valid_from, now
    with refuse_on("one_template_begins_on_a_day", OtherTemplateThatDay):
        draft.save()
    record(actor, "letters.template-published", draft, kind=kind.code, version=draft.version)
    return draft


@transaction.atomic
def publish_text(
    actor: Actor,
    *,
    unit: Unit,
    kind: DocumentKind,
    valid_from: date,
    today: date,
    now: datetime,
    **text: Any,
) -> Template:
    """Keep a text, as `save_draft` does, and put it in force; where it cannot be, nothing is kept."""
    save_draft(actor, unit=unit, kind=kind, today=today, **text)
    return publish_template(actor, unit=unit, kind=kind, valid_from=valid_from, today=today, now=now)


@transaction.atomic
def discard_draft(actor: Actor, *, unit: Unit, kind: DocumentKind) -> None:
    """Throw the office's unpublished text away; the next edit begins with the one in force."""
    must_manage(actor, unit.pk)
    draft = _draft(unit, kind, NothingToDiscard)
    record(actor, "letters.template-discarded", draft, kind=kind.code, version=draft.version)
    draft.delete()


@transaction.atomic
def withdraw_template(actor: Actor, template: Template) -> Template:
    """Withdraw the office's newest text: the version before, or the text of the office above, is in force."""
    if template.unit_id is None:
        raise NothingToPublish
    must_manage(actor, template.unit_id)
    row = Template.objects.locked(template.pk)
    if row.state != Template.State.PUBLISHED:
        raise NothingToPublish
    row.state = Template.State.WITHDRAWN
    row.save(update_fields=["state", "updated_at"])
    record(actor, "letters.template-withdrawn", row, kind=row.kind, version=row.version)
    return row


def _draft(unit: Unit, kind: DocumentKind, refusal: type[Refused]) -> Template:
    """The unpublished text, locked until the transaction ends."""
    rows = Template.objects.select_for_update().filter(unit=unit, kind=kind.code)
    draft: Template | None = rows.filter(state=Template.State.DRAFT).first()
    if draft is None:
        raise refusal
    return draft


def _next_version(unit: Unit, kind: DocumentKind, version: int, today: date) -> Template:
    """A draft that keeps the Word form of the text in force until another is given."""
    current = template_in_force(unit, kind.code, today)
    word = bytes(current.word) if current else b""
    return Template(unit=unit, kind=kind.code, version=version, word=word)


def try_out(kind: DocumentKind, unit: Unit, body: str, *, today: date, now: datetime) -> bytes:
    """The example letter as PDF; raises TemplateFaulty with the line."""
    with faults_told():
        sheet = _filled(kind, unit, body, kind.example, today=today, now=now)
        return press().pdf(sheet, seconds=PREVIEW_SECONDS)


def check_source(body: str) -> None:
    """Refuse a text that reaches for what lies outside it, or is no text at all."""
    if found := forbidden_word(body):
        raise TemplateFaulty(forbidden_in_words(*found), found[1])
    if not body.strip():
        raise TemplateFaulty(say("Isi naskah surat dahulu; yang kosong tidak dapat dicetak."))
    if "\0" in body or len(body) > LONGEST:
        raise TemplateFaulty(say("Isi naskah surat: paling banyak 60.000 huruf."))


def _filled(
    kind: DocumentKind, unit: Unit, body: str, data: Mapping[str, Any], *, today: date, now: datetime
) -> Sheet:
    check_source(body)
    number = _example_number(kind, unit, today)
    written = values(kind=kind, data=data, unit=unit, number=number, dated_on=today)
    return Sheet(body=body, data=with_foot(written, title=kind.title, number=number, token=NO_TOKEN), at=now)


def _example_number(kind: DocumentKind, unit: Unit, today: date) -> str:
    pattern = pattern_in_force(unit, kind.code, today)
    parts = NumberParts(
        sequence=1,
        grade=pattern.grade if pattern else kind.grade,
        unit=number_code(unit.code),
        classification=pattern.classification if pattern else kind.classification,
        dated_on=today,
    )
    return format_number(pattern.pattern if pattern else kind.pattern, parts)
