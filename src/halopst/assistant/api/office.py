"""AIDA beside an office's people, for programs: where else she speaks, and what she drafts for a request."""

from datetime import datetime
from typing import Any, Final

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from halopst.assistant import services
from halopst.assistant.api.asking import WORDED_ANSWER, CitationOut
from halopst.assistant.forms import ChannelsForm, PublicAnswerForm, TypedForm
from halopst.assistant.models import OfficeChannels, Proposal, PublicAnswer
from halopst.assistant.permissions import CONFIGURE
from halopst.assistant.queries.channels import channels_of
from halopst.assistant.queries.proposals import at_hand
from halopst.cases.models import Case
from halopst.cases.permissions import VIEW, WORK
from halopst.core.forms import cleaned
from halopst.core.http import LIMITED, Request, example
from halopst.core.idempotency import idempotent
from halopst.units.models import Unit

router = Router()
CHANNELS, CASE = "/units/{slug}/channels", "/cases/{nomor:number}"
THE_CHANNELS: Final = {"whatsapp": True, "origins": ["https://surabayakota.bps.go.id"]}


class ChannelsIn(Schema):
    """`origins` are the sites that may show AIDA in a frame, at most 20."""

    model_config = example(**THE_CHANNELS)

    whatsapp: bool
    origins: list[str]


class ChannelsOut(ChannelsIn):
    model_config = example(**THE_CHANNELS)


class TypedIn(Schema):
    """`typed` is what the officer has written so far; the proposal is put below it."""

    model_config = example(typed="Selamat pagi, Bapak/Ibu.")

    typed: str = ""


class ProposalOut(Schema):
    """A reply AIDA proposes to the officer the program acts for. It is sent by nobody but the officer.

    `known` says that something answers; `text` is then the reply, `words` all that stands in the box, and
    `citations` what it rests on. `for_staff` are sources only officers may read: no part of the reply.
    `gone` names sources withdrawn since, so that it is no longer to be sent.
    """

    model_config = example(
        question="Apakah IPM tersedia menurut kecamatan?",
        known=True,
        text="IPM disajikan sampai tingkat kabupaten/kota.",
        words="Selamat pagi, Bapak/Ibu.\n\nIPM disajikan sampai tingkat kabupaten/kota.",
        citations=WORDED_ANSWER["citations"],
        for_staff=[],
        gone=[],
        outcome="open",
        made_at="2026-11-20T02:10:00Z",
    )

    question: str
    known: bool
    text: str
    words: str
    citations: list[CitationOut]
    for_staff: list[CitationOut]
    gone: list[str]
    outcome: str
    made_at: datetime

    @staticmethod
    def resolve_citations(row: Proposal) -> list[dict[str, Any]]:
        return list(row.answer.get("citations", []))

    @staticmethod
    def resolve_gone(row: Proposal) -> list[str]:
        return services.sources_gone(row, now=timezone.now())


class PublicAnswerIn(Schema):
    """In your own words, without the visitor's name, institution or purpose."""

    model_config = example(
        question="Apakah IPM tersedia menurut kecamatan?",
        answer="IPM disajikan sampai tingkat kabupaten/kota.",
    )

    question: str
    answer: str


class PublicAnswerOut(Schema):
    """`text` is the id of the draft among the office's texts; it is published there."""

    model_config = example(id=4, text=58)

    id: int
    text: int

    @staticmethod
    def resolve_text(row: PublicAnswer) -> int:
        return row.document_id


@router.get(CHANNELS, response=ChannelsOut, url_name="assistant-channels")
def office_channels(request: Request, slug: str) -> OfficeChannels:
    """Show where AIDA speaks for an office besides her own page."""
    return channels_of(_office(request, slug))


@router.put(CHANNELS, response=ChannelsOut, url_name="assistant-channels")
@idempotent
def set_office_channels(request: Request, slug: str, body: ChannelsIn) -> OfficeChannels:
    """Set where AIDA speaks for an office besides her own page. On record."""
    unit = _office(request, slug)
    given = cleaned(ChannelsForm({**body.dict(), "origins": "\n".join(body.origins)}))
    return services.set_channels(request.actor, unit, **given)


@router.get(CASE + "/proposal", response=ProposalOut, url_name="assistant-proposal")
def proposed_reply(request: Request, number: str) -> Proposal:
    """Show the newest proposed reply, until the officer writes; 404 where there is none."""
    found = at_hand(request.actor, _case(request, number, VIEW))
    if found is None:
        raise Http404
    return found


@router.post(
    CASE + "/proposal",
    response={201: ProposalOut},
    url_name="assistant-proposal",
    openapi_extra={LIMITED: True},
)
@idempotent
def propose_reply(request: Request, number: str, body: TypedIn) -> Status[Proposal]:
    """Have AIDA answer what the visitor last asked, from texts and figures everyone may read."""
    case, client = _case(request, number, VIEW), f"petugas-{request.actor.user_id}"
    typed = cleaned(TypedForm(body.dict()))["typed"]
    made = services.propose(request.actor, case, typed=typed, client=client, now=timezone.now())
    return Status(201, made)


@router.post(CASE + "/proposal/dismiss", response={204: None}, url_name="assistant-dismiss-proposal")
@idempotent
def dismiss_reply(request: Request, number: str, body: TypedIn) -> Status[None]:
    """Put the proposed reply away; of `typed`, what the officer wrote stays."""
    typed = cleaned(TypedForm(body.dict()))["typed"]
    services.dismiss(request.actor, _case(request, number, VIEW), typed=typed)
    return Status(204, None)


@router.post(CASE + "/public-answer", response={201: PublicAnswerOut}, url_name="assistant-public-answer")
@idempotent
def draft_public_answer(request: Request, number: str, body: PublicAnswerIn) -> Status[Any]:
    """Draft an answer for everyone from a finished request; who may publish texts reads it again."""
    case, given = _case(request, number, WORK), cleaned(PublicAnswerForm(body.dict()))
    made = services.draft_public_answer(request.actor, case, **given, now=timezone.now())
    return Status(201, made)


def _office(request: Request, slug: str) -> Unit:
    mine = Unit.objects.visible_to(request.actor).filter(pk__in=request.actor.units(CONFIGURE))
    return get_object_or_404(mine, slug=slug)


def _case(request: Request, number: str, permission: str) -> Case:
    """As the office sees it: a visitor's own case is another door's."""
    rows = Case.objects.visible_to(request.actor).select_related("unit", "visitor")
    case: Case = get_object_or_404(rows.filter(unit__in=request.actor.units(permission)), number=number)
    return case
