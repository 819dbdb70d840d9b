"""The conversations their askers let an office keep, for programs, and what officers put right in them."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from halopst.assistant import permissions, services
from halopst.assistant.addressed import unit_of
from halopst.assistant.api.questions import THE_TURN, GroupedTurnOut
from halopst.assistant.forms import CorrectionForm
from halopst.assistant.models import Conversation, Correction, Turn
from halopst.assistant.queries import conversations as spoken
from halopst.assistant.queries import groups as queries
from halopst.core.forms import cleaned, plain
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent

router = Router()
KEPT = "/units/{slug}/kept-conversations"
MOST_KEPT = 200
THE_CONVERSATION: Final = {"id": 305, "channel": "web", "last_at": "2026-11-20T02:10:00Z"}
THE_CORRECTION: Final = {
    "id": 3,
    "text": "Yang benar 84,69 poin (BPS, 2024).",
    "written_by": "Nala Ciptadewi",
    "written_at": "2026-11-20T03:10:00Z",
}
"""What the description shows."""
Id = Annotated[int, Field(ge=1, lt=2**63)]


class KeptListIn(Schema):
    """`what`: `tak` (not answered), `salah` (called wrong), `ragu` (little confidence), `jawab`, or all."""

    q: str = ""
    what: Literal["", "tak", "salah", "ragu", "jawab"] = ""
    days: Literal[0, 7, 30, 90, 365] = 0
    before: Id | None = None


class KeptOut(Schema):
    """`begins` is its first question; `said` counts its questions."""

    model_config = example(
        **THE_CONVERSATION, begins="Kapan inflasi dirilis?", said=2, unanswered=1, disliked=1
    )

    id: int
    channel: str
    begins: str
    said: int
    unanswered: int
    disliked: int
    last_at: datetime


class CorrectionOut(Schema):
    model_config = example(**THE_CORRECTION)

    id: int
    text: str
    written_by: str
    written_at: datetime

    @staticmethod
    def resolve_written_by(row: Correction) -> str:
        return str(row.written_by)


class KeptTurnOut(GroupedTurnOut):
    """A turn of a kept conversation, with the officers' corrections."""

    corrections: list[CorrectionOut]

    @staticmethod
    def resolve_corrections(row: Turn) -> list[Correction]:
        return list(row.corrections.all())


class WholeConversationOut(Schema):
    model_config = example(**THE_CONVERSATION, turns=[{**THE_TURN, "corrections": [THE_CORRECTION]}])

    id: int
    channel: str
    last_at: datetime
    turns: list[KeptTurnOut]

    @staticmethod
    def resolve_turns(row: Conversation) -> list[Turn]:
        return spoken.turns(row)


class CorrectionIn(Schema):
    """Name the source: the asker reads it below the answer, and no later answer is made of it."""

    model_config = example(text="Yang benar 84,69 poin (BPS, 2024).")

    text: str


@router.get(KEPT, response=list[KeptOut], url_name="assistant-kept")
def kept_conversations(request: Request, slug: str, asked: Query[KeptListIn]) -> QuerySet[Conversation]:
    """List an office's kept conversations, newest first, at most 200; more with `before` = the last id."""
    choice = queries.Choice(text=plain(asked.q), what=asked.what, days=asked.days)
    rows = queries.kept_conversations(unit_of(request, slug), choice, now=timezone.now()).order_by("-pk")
    return (rows.filter(pk__lt=asked.before) if asked.before else rows)[:MOST_KEPT]


@router.get(KEPT + "/{int:pk}", response=WholeConversationOut, url_name="assistant-kept-one")
def kept_conversation(request: Request, slug: str, pk: int) -> Conversation:
    """Show one kept conversation: questions, answers and corrections."""
    unit = unit_of(request, slug)
    try:
        return queries.conversation_of(unit, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@router.post(
    "/units/{slug}/kept-turns/{int:pk}/corrections",
    response={201: CorrectionOut},
    url_name="assistant-correct",
)
@idempotent
def correct_turn(request: Request, slug: str, pk: int, body: CorrectionIn) -> Status[Any]:
    """Correct an answer that was given: attach the right one to it."""
    unit = unit_of(request, slug, permissions.IMPROVE)
    try:
        turn = queries.kept_turn(unit, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    text = cleaned(CorrectionForm(body.dict()))["text"]
    return Status(201, services.correct(request.actor, turn, text=text, now=timezone.now()))
