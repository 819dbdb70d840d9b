"""AIDA for programs: one question, one answer with what it rests on."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from halopst.assistant import services
from halopst.core.errors import Invalid
from halopst.core.forms import plain
from halopst.core.http import Request, problem
from halopst.knowledge.queries import typed, unit_called
from halopst.scheduling.rules import client_key

router = Router(tags=["assistant"])
LONGEST_FOLLOW = 4000


class UnknownUnit(Invalid):
    message = _("Satker tidak dikenal: isi unit dengan kode BPS atau alamat pendeknya.")


class QuestionIn(Schema):
    """`unit` is an office's BPS code or slug: its texts and figures count beside those of all offices.

    `follow` is that of the answer before, for a question that goes on from it.
    """

    question: str
    unit: str = ""
    follow: str = ""


class CitationOut(Schema):
    """`text` is what the source says, word for word."""

    external_id: str
    source: str
    title: str
    heading: str
    url: str
    text: str
    unit: str | None
    date: str | None
    score: float


class SuggestionOut(Schema):
    kind: str
    title: str
    url: str


class TableOut(Schema):
    heads: list[str]
    rows: list[list[str]]


class AnswerOut(Schema):
    """When `known` is false nothing is asserted, and `suggestions` say what to do next."""

    text: str
    known: bool
    confidence: float
    citations: list[CitationOut]
    figures: list[dict[str, Any]]
    title: str
    computed: list[dict[str, Any]]
    table: TableOut | None
    notes: list[str]
    follow: str
    suggestions: list[SuggestionOut]


@router.post("/ask", response=AnswerOut, auth=None)
def ask_assistant(request: Request, given: QuestionIn) -> Any:
    """Answer from published figures and texts, or say that they do not answer. Changes nothing."""
    unit = unit_called(plain(given.unit)) if given.unit else None
    if given.unit and unit is None:
        raise UnknownUnit
    question = typed(given.question)
    try:
        return services.ask(
            request.actor,
            question=question,
            unit=unit,
            client=_client(request),
            now=timezone.now(),
            follow=given.follow[:LONGEST_FOLLOW],
        )
    except services.AskedTooOften as refusal:
        return _too_often(refusal)


def _client(request: HttpRequest) -> str:
    return client_key(request.META.get("REMOTE_ADDR", ""), secret=settings.SECRET_KEY)


def _too_often(refusal: services.AskedTooOften) -> HttpResponse:
    said = problem(HTTPStatus.TOO_MANY_REQUESTS, code=refusal.code, title=str(refusal.message))
    said.headers["Retry-After"] = "60"
    return said
