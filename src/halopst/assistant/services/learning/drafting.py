"""Drafts that may answer a group of questions; none answers anything before it is approved."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from halopst.assistant import permissions
from halopst.assistant.models import QuestionGroup, Remedy, Turn
from halopst.assistant.queries.groups import corrected_text
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted, Refused
from halopst.knowledge import services as knowledge
from halopst.knowledge.models import DataRequest, Document, Indicator, Region, Synonym

TITLE = 300
REVIEWED_AFTER = timedelta(days=180)


class GroupClosed(Refused):
    message = _("Kelompok pertanyaan ini sudah ditutup. Muat ulang halaman.")


class DraftThere(Refused):
    message = _("Kelompok ini sudah punya konsep seperti itu. Buka konsepnya.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The figure that is missing, as far as the officer knows."""

    topic: str
    region: Region | None = None
    period: str = ""
    indicator: Indicator | None = None


@transaction.atomic
def draft_text(actor: Actor, group: QuestionGroup, *, kind: str, text: str, now: datetime) -> Document:
    """A draft with the question as its title: an article or a short answer (`kind` of `Remedy`).

    Without `text` it begins with the corrections that officers wrote.
    """
    held = held_open(actor, group)
    content = knowledge.Content(
        title=_title(held),
        text=text.strip() or corrected_text(held),
        kind=Document.Kind.FAQ if kind == Remedy.Kind.FAQ else Document.Kind.ARTICLE,
        review_by=(now + REVIEWED_AFTER).date(),
    )
    document = knowledge.write(actor, unit=held.unit, content=content, by_two=True, now=now)
    _keep(actor, Remedy(group=held, kind=kind, document=document), now)
    return document


@transaction.atomic
def draft_synonym(actor: Actor, group: QuestionGroup, *, phrase: str, means: str, now: datetime) -> Synonym:
    held = held_open(actor, group)
    synonym = knowledge.propose_synonym(actor, unit=held.unit, phrase=phrase, means=means, now=now)
    _keep(actor, Remedy(group=held, kind=Remedy.Kind.SYNONYM, synonym=synonym), now)
    return synonym


@transaction.atomic
def draft_data_request(actor: Actor, group: QuestionGroup, *, wanted: Wanted, now: datetime) -> DataRequest:
    held = held_open(actor, group)
    request = knowledge.ask_for_data(
        actor,
        unit=held.unit,
        topic=wanted.topic,
        indicator=wanted.indicator,
        region=wanted.region,
        period=wanted.period,
        now=now,
    )
    _keep(actor, Remedy(group=held, kind=Remedy.Kind.DATA, request=request), now)
    return request


def held_open(actor: Actor, group: QuestionGroup) -> QuestionGroup:
    """The group, locked, for somebody who may improve the office's answers; a closed one is refused."""
    held: QuestionGroup = QuestionGroup.objects.locked(group.pk)
    if not actor.may(permissions.IMPROVE, held.unit_id):
        raise NotPermitted
    if held.state != QuestionGroup.State.OPEN:
        raise GroupClosed
    return held


def _keep(actor: Actor, remedy: Remedy, now: datetime) -> None:
    if actor.user_id is None:
        raise NotPermitted
    remedy.drafted_by_id, remedy.drafted_at = actor.user_id, now
    with refuse_on("a_group_of_questions_has_one_draft_of_a_kind", DraftThere):
        remedy.save()
    record(actor, "assistant.drafted", remedy, unit_id=remedy.group.unit_id, kind=remedy.kind)


def _title(group: QuestionGroup) -> str:
    asked = Turn.objects.filter(group=group, conversation__kept=True).last()
    said = " ".join(asked.question.split()) if asked else ""
    return Truncator(said[:1].upper() + said[1:]).chars(TITLE)
