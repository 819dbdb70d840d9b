"""One question for AIDA, one answer with what it rests on."""

import json
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from halopst.assistant import services
from halopst.core.actors import Actor
from halopst.core.claimed import claimed
from halopst.core.clients import client_key
from halopst.core.http import LIMITED, Request
from halopst.knowledge.queries import typed, unit_named

router = Router()
LONGEST_FOLLOW = 4000


_ABOUT = "Indeks Pembangunan Manusia"
WORDED_ANSWER: dict[str, Any] = {
    "text": "Indeks Pembangunan Manusia Kota Surabaya tercatat 84,69 poin (Kota Surabaya, 2024).",
    "known": True,
    "tentative": False,
    "confidence": 1.0,
    "citations": [
        {
            "external_id": "cell:4711",
            "source": "BPS Kota Surabaya",
            "title": "Indeks Pembangunan Manusia menurut Kabupaten/Kota",
            "heading": _ABOUT,
            "url": "https://surabayakota.bps.go.id/id/statistics-table",
            "text": f"{_ABOUT}, Kota Surabaya, 2024: 84,69 poin",
            "unit": None,
            "date": "2026-11-20",
            "score": 1.0,
        }
    ],
    "figures": [
        {
            "cell": 4711,
            "indicator": _ABOUT,
            "value": "84,69",
            "number": "84.69",
            "measure": "poin",
            "region": "Kota Surabaya",
            "region_code": "3578",
            "period": "2024",
            "breakdown": "",
            "status": "",
            "source": "Indeks Pembangunan Manusia menurut Kabupaten/Kota",
            "url": "https://surabayakota.bps.go.id/id/statistics-table",
            "as_of": "2026-11-20",
        }
    ],
    "title": _ABOUT,
    "computed": [],
    "table": None,
    "further": [],
    "notes": [],
    "follow": "eyJpbmRpY2F0b3IiOls3XX0:1x:...",
    "suggestions": [{"kind": "officer", "title": "Tanya petugas", "url": "/permintaan/surabayakota/baru/"}],
    "sentences": [
        {
            "text": "Indeks Pembangunan Manusia Kota Surabaya tercatat 84,69 poin (Kota Surabaya, 2024).",
            "cites": [0],
        }
    ],
    "wording": {
        "worded": True,
        "reason": "",
        "verdict": "passed",
        "detail": "",
        "model": "gemma-3-27b-it",
        "prompt": "jawaban-2",
        "language": "id",
        "tokens_in": 912,
        "tokens_out": 64,
        "milliseconds": 2140,
    },
}
PLAINLY_ASKED: dict[str, Any] = {"question": "IPM Kota Surabaya 2024", "unit": "3578"}
ASKED_FOR_WORDS: dict[str, Any] = {**PLAINLY_ASKED, "worded": True}


class QuestionIn(Schema):
    """`unit` is an office's BPS code or slug: its texts and figures count beside those of all offices.

    `follow` is that of the answer before, for a question that goes on from it. `worded` asks for the words
    of the language model the office has in use, if it has one: that takes seconds and counts in the day's
    budgets, and whatever the checker does not pass is not in the answer.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [PLAINLY_ASKED, ASKED_FOR_WORDS]})

    question: str
    unit: str | None = ""
    follow: str | None = ""
    worded: bool = False


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


class ExhibitOut(Schema):
    """The table of a further part of the question."""

    title: str
    text: str
    table: TableOut | None


class SentenceOut(Schema):
    """`cites` are the places in `citations`, from 0, of what the sentence rests on."""

    text: str
    cites: list[int]


class WordingOut(Schema):
    """How the answer came to its words, for who asked for a model's.

    `worded`: the words are the model's, and every sentence passed the checker. Else they are the plain ones,
    and `reason` says why: `no-model` (none is in use), `not-for-a-model` (a greeting, a question back, a text
    asked for in English), `spent` (a budget of the day), `rejected` (by the checker), `unknown` (the
    model found that the sources do not answer), `unavailable` (no answer in time).
    `detail` is the first flaw the checker found, or what failed. `verdict` is the checker's: `passed`, or
    `mended` when the second draft was.
    """

    worded: bool
    reason: str = ""
    verdict: str = ""
    detail: str = ""
    model: str = ""
    prompt: str = ""
    language: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    milliseconds: int = 0


class AidaAnswerOut(Schema):
    """When `known` is false nothing is asserted, and `suggestions` say what to do next.

    Nor is it when `tentative`: `citations` are what comes nearest, of which one likely answers.

    `sentences` and `wording` are those of a question asked with `worded`.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [WORDED_ANSWER]})

    text: str
    known: bool
    tentative: bool = False
    confidence: float
    citations: list[CitationOut]
    figures: list[dict[str, Any]]
    title: str
    computed: list[dict[str, Any]]
    table: TableOut | None
    further: list[ExhibitOut]
    notes: list[str]
    follow: str
    suggestions: list[SuggestionOut]
    sentences: list[SentenceOut] = Field(default_factory=list)
    wording: WordingOut | None = None


def _was_paid_for(response: HttpResponse) -> bool:
    """Whether a model was asked for this answer."""
    wording = json.loads(response.content).get("wording")
    return bool(wording and wording["model"])


@router.post("/ask", response=AidaAnswerOut, auth=None, openapi_extra={LIMITED: True})
@claimed(keeps=_was_paid_for)
def ask_assistant(request: Request, given: QuestionIn) -> Any:
    """Answer from published figures and texts, or say that they do not answer. Changes nothing.

    With `worded` a question a model was asked about is kept for a day with all that was sent and came back.
    Sent again with the same `Idempotency-Key` it gets the same answer, and no model is asked again.
    """
    unit = unit_named(given.unit) if given.unit else None
    answer = _worded if given.worded else services.ask
    return answer(
        request.actor,
        question=typed(given.question),
        unit=unit,
        client=client_key(request),
        now=timezone.now(),
        follow=(given.follow or "")[:LONGEST_FOLLOW],
    )


def _worded(actor: Actor, **asked: Any) -> dict[str, Any]:
    worded = services.ask_worded(actor, **asked)
    row, said = worded.wording, {"worded": not worded.reason, "reason": worded.reason}
    if row is not None:
        measured = ("model", "prompt", "language", "tokens_in", "tokens_out", "milliseconds")
        said |= {name: getattr(row, name) for name in measured}
        passed = not worded.reason
        said |= {"verdict": row.verdict if passed else "", "detail": "" if passed else row.reason}
    return {**worded.answer, "wording": said}
