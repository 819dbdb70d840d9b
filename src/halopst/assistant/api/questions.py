"""The queue of questions for programs: what was not answered, and drafts of what would answer it."""

from datetime import datetime
from typing import Any, Final, Literal

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from halopst.assistant import services
from halopst.assistant.addressed import unit_of
from halopst.assistant.forms import AsideForm, PhraseForm, ShortAnswerForm, WantedForm
from halopst.assistant.models import QuestionGroup, Remedy, Turn
from halopst.assistant.queries import groups as queries
from halopst.assistant.queries.group_subjects import wish_of
from halopst.core.forms import cleaned, plain
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.knowledge.queries import unit_named

router = Router()
THE_GROUP: Final[dict[str, Any]] = {
    "id": 8,
    "question": "Kapan inflasi dirilis?",
    "times": 4,
    "unanswered": 3,
    "disliked": 1,
    "first_at": "2026-11-02T02:10:00Z",
    "last_at": "2026-11-20T02:10:00Z",
    "state": "open",
}
THE_TURN: Final[dict[str, Any]] = {
    "id": 812,
    "conversation": 305,
    "question": "Kapan inflasi dirilis?",
    "answer": "Saya belum menemukan sumber yang menjawab pertanyaan ini.",
    "outcome": "unknown",
    "verdict": "wrong",
    "reason": "off",
    "remark": "",
    "asked_at": "2026-11-20T02:10:00Z",
}
"""What the description shows."""
MOST_GROUPS, MOST_SKIPPED, MOST_QUESTIONS = 200, 100_000, 100
BIGGEST = 2**63


class QueueIn(Schema):
    """`unit` is an office's BPS code or slug; `what`: `tak`, `salah`, `ragu`, `jawab`, or all."""

    unit: str
    state: str = "open"
    q: str = ""
    what: str = ""
    days: int = 0
    limit: int = 50
    offset: int = 0


class GroupOut(Schema):
    """Questions alike; `question` is the newest its asker allows to be read, `times` counts all such."""

    id: int
    question: str
    times: int
    unanswered: int
    disliked: int
    first_at: datetime
    last_at: datetime
    state: str


class GroupsOut(Schema):
    """`unreadable` counts the last day's questions whose askers allow nobody to read them."""

    model_config = example(items=[THE_GROUP], count=1, unreadable=2)

    items: list[GroupOut]
    count: int
    unreadable: int


class DraftIn(Schema):
    """What is drafted: `text` for `article` and `faq`; `phrase`, `means` for `synonym`; the rest for `data`.

    `region` is a BPS code among those the questions name, or empty.
    """

    model_config = example(kind="faq", text="Inflasi dirilis setiap awal bulan, pukul 11.00 WIB.")

    kind: Literal["article", "faq", "synonym", "data"]
    text: str = ""
    phrase: str = ""
    means: str = ""
    topic: str = ""
    region: str = ""
    period: str = ""


class DraftOut(Schema):
    """`id` is of the text, the synonym or the data request, as `kind` says."""

    model_config = example(kind="faq", id=58)

    kind: str
    id: int


class RemedyOut(Schema):
    """A draft for a group: `id` of the text, synonym or data request; `tried_at` when it did not help."""

    kind: str
    id: int
    what: str
    drafted_at: datetime
    tried_at: datetime | None

    @staticmethod
    def resolve_id(row: Remedy) -> int:
        return next(pk for pk in (row.document_id, row.synonym_id, row.request_id) if pk)


class GroupedTurnOut(Schema):
    """One of the questions, with what was answered and what its asker thought of that."""

    id: int
    conversation: int
    question: str
    answer: str
    outcome: str
    verdict: str
    reason: str
    remark: str
    asked_at: datetime

    @staticmethod
    def resolve_conversation(row: Turn) -> int:
        return row.conversation_id

    @staticmethod
    def resolve_answer(row: Turn) -> str:
        return str(row.answer.get("text", ""))


class WholeGroupOut(GroupOut):
    """A group with its newest questions, at most 100, and what was drafted for it."""

    model_config = example(
        **THE_GROUP,
        note="",
        questions=[THE_TURN],
        remedies=[
            {
                "kind": "faq",
                "id": 58,
                "what": "Kapan inflasi dirilis?",
                "drafted_at": "2026-11-20T03:10:00Z",
                "tried_at": None,
            }
        ],
    )

    note: str
    questions: list[GroupedTurnOut]
    remedies: list[RemedyOut]

    @staticmethod
    def resolve_questions(row: QuestionGroup) -> QuerySet[Turn]:
        return queries.turns_of(row)[:MOST_QUESTIONS]

    @staticmethod
    def resolve_remedies(row: QuestionGroup) -> QuerySet[Remedy]:
        rows: QuerySet[Remedy] = row.remedies.select_related("document", "synonym", "request__region")
        return rows


class AsideIn(Schema):
    model_config = example(note="Bukan tentang layanan kantor.")

    note: str = ""


@router.get("/questions", response=GroupsOut)
def question_groups(request: Request, given: Query[QueueIn]) -> Any:
    """List the questions not answered, disliked or answered with little confidence, most asked first."""
    office = unit_of(request, unit_named(given.unit).slug)
    now = timezone.now()
    days = given.days if given.days in queries.PERIODS else 0
    choice = queries.Choice(text=plain(given.q), what=plain(given.what), days=days)
    rows = queries.groups(office, choice, state=plain(given.state), now=now)
    first = min(max(given.offset, 0), MOST_SKIPPED)
    most = min(max(given.limit, 1), MOST_GROUPS)
    return {
        "items": rows[first : first + most],
        "count": rows.count(),
        "unreadable": queries.unreadable(office, now=now),
    }


@router.get("/questions/{int:pk}", response=WholeGroupOut)
def question_group(request: Request, pk: int) -> QuestionGroup:
    """Show a group with its drafts, and its questions as far as their askers let the office read them."""
    return _group(request, pk)


@router.post("/questions/{int:pk}/drafts", response={201: DraftOut})
@idempotent
def draft_answer(request: Request, pk: int, body: DraftIn) -> Status[DraftOut]:
    """Draft what would answer a group. It answers nothing until whoever may publish has approved it."""
    group, now = _group(request, pk), timezone.now()
    make = {"synonym": _synonym, "data": _data_request}.get(body.kind, _text)
    return Status(201, DraftOut(kind=body.kind, id=make(request, group, body, now)))


@router.post("/questions/{int:pk}/set-aside", response={204: None})
@idempotent
def set_questions_aside(request: Request, pk: int, body: AsideIn) -> Status[None]:
    """Close a group that needs no answer from here; the same asked again stays out of the queue."""
    given = cleaned(AsideForm(body.dict()))
    services.set_aside(request.actor, _group(request, pk), note=given["note"], now=timezone.now())
    return Status(204, None)


@router.post("/questions/{int:pk}/reopen", response=WholeGroupOut)
@idempotent
def reopen_questions(request: Request, pk: int) -> QuestionGroup:
    """Put a group that was set aside back into the queue."""
    services.reopen(request.actor, _group(request, pk))
    return _group(request, pk)


def _group(request: Request, pk: int) -> QuestionGroup:
    rows = queries.with_questions(QuestionGroup.objects.visible_to(request.actor))
    found: QuestionGroup | None = rows.filter(pk=pk).select_related("unit").first() if pk < BIGGEST else None
    if found is None:
        raise Http404
    return found


def _text(request: Request, group: QuestionGroup, body: DraftIn, now: datetime) -> int:
    is_short = body.kind == "faq"
    text = cleaned(ShortAnswerForm(body.dict()))["text"] if is_short or body.text else ""
    return int(services.draft_text(request.actor, group, kind=body.kind, text=text, now=now).pk)


def _synonym(request: Request, group: QuestionGroup, body: DraftIn, now: datetime) -> int:
    given = cleaned(PhraseForm(body.dict()))
    return int(services.draft_synonym(request.actor, group, now=now, **given).pk)


def _data_request(request: Request, group: QuestionGroup, body: DraftIn, now: datetime) -> int:
    wish = wish_of(group)
    form = WantedForm(body.dict(), regions=wish.regions)
    given = cleaned(form)
    region = form.regions.get(given["region"])
    wanted = services.Wanted(given["topic"], region, given["period"], wish.indicator)
    return int(services.draft_data_request(request.actor, group, wanted=wanted, now=now).pk)
