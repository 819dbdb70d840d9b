"""Conversations with AIDA for programs: questions that go on, what was thought of answers, a way to people.

Whoever holds a conversation's secret goes on with it, as the browser does that opened it on the page. What
answers with it takes no `Idempotency-Key`: the key would keep answer and secret for seven days, and who did
not let the office keep the conversation was promised one. Asked twice is two turns, a verdict is set.
"""

from dataclasses import asdict
from typing import Annotated, Any, Final, Literal

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from halopst.assistant import services
from halopst.assistant.api.asking import WORDED_ANSWER, AidaAnswerOut
from halopst.assistant.forms import QuestionForm, ReasonForm
from halopst.assistant.models import Conversation, Turn
from halopst.assistant.queries import conversations as queries
from halopst.assistant.rules.evaluation.setups import NO_MODEL
from halopst.core.clients import client_key
from halopst.core.forms import cleaned
from halopst.core.http import LIMITED, Request, example
from halopst.core.idempotency import idempotent
from halopst.units.models import Unit

router = Router()
ONE = "/conversations/turns/{int:pk}"
OPENED_WITH: Final = "Zp3xW0mJcQn8rT5uVb1yKd6s"
PLAIN_ANSWER: Final[dict[str, Any]] = {**WORDED_ANSWER, "sentences": [], "wording": None}
Secret = Annotated[str, Field(max_length=40, examples=[OPENED_WITH])]
Reason = Literal["off", "figure", "slot", "old", "unclear", "other"]


class BeginIn(Schema):
    """`kept` says that the asker lets the office read the conversation; else it is gone after a day."""

    model_config = example(question="IPM Kota Surabaya 2024", kept=False)

    question: str
    kept: bool = False


class SayIn(Schema):
    model_config = example(conversation=OPENED_WITH, question="Kalau tahun 2023?")

    conversation: Secret
    question: str


class TurnOut(Schema):
    """A question and its answer; `conversation` is the secret that goes on with it. Keep it to the asker.

    `verdict` is helped, wrong, or empty; `reasons` are those a wrong answer may be given.
    """

    model_config = example(
        id=812,
        conversation=OPENED_WITH,
        verdict="",
        reason="",
        remark="",
        reasons=["off", "figure", "slot", "old", "unclear", "other"],
        answer=PLAIN_ANSWER,
    )

    id: int
    conversation: str
    verdict: str
    reason: str
    remark: str
    reasons: list[str]
    answer: AidaAnswerOut

    @staticmethod
    def resolve_conversation(row: Turn) -> str:
        return str(row.conversation.secret)

    @staticmethod
    def resolve_answer(row: Turn) -> dict[str, Any]:
        """What an older version kept may say less than this one tells."""
        return {**asdict(services.Answer(text="", known=False)), **row.answer}

    @staticmethod
    def resolve_reasons(row: Turn) -> list[str]:
        return [value for value, _label in row.possible_reasons]


class VerdictIn(Schema):
    """Whether the answer helped; empty takes back what was said."""

    model_config = example(conversation=OPENED_WITH, verdict="wrong")

    conversation: Secret
    verdict: Literal["helped", "wrong", ""]


class ReasonIn(Schema):
    """`remark` in the asker's own words, if need be; numbers of persons in it are masked."""

    model_config = example(conversation=OPENED_WITH, reason="old", remark="Sudah ada angka 2025.")

    conversation: Secret
    reason: Reason
    remark: str = ""


class HeldIn(Schema):
    model_config = example(conversation=OPENED_WITH)

    conversation: Secret


class KeepIn(HeldIn):
    model_config = example(conversation=OPENED_WITH, kept=True)

    kept: bool


class HandOverIn(Schema):
    """`tell_me` asks to be told once of what AIDA can answer later, where the conversation is kept."""

    model_config = example(conversation=OPENED_WITH, tell_me=False)

    conversation: Secret
    tell_me: bool = False


class PassedOnOut(Schema):
    """The request it became, to be followed under `/cases`, and who answers it, if that is known."""

    model_config = example(number="SRBYK-2611-0059", officer="Nala Ciptadewi", waits_for=0)

    number: str
    officer: str | None
    waits_for: int


@router.post(
    "/units/{slug}/conversations",
    response={201: TurnOut},
    auth=None,
    url_name="assistant-conversations",
    openapi_extra={LIMITED: True},
)
def begin_conversation(request: Request, slug: str, body: BeginIn) -> Status[Turn]:
    """Ask a first question at an office. What is asked next leans on it, and it can be handed to people."""
    unit: Unit = get_object_or_404(Unit.objects.visible_to(request.actor), slug=slug)
    question, now, client = _asked(body.question), timezone.now(), client_key(request)
    turn = services.ask_first(request.actor, unit, question=question, kept=body.kept, client=client, now=now)
    return Status(201, turn)


@router.post(
    "/conversations/turns",
    response={201: TurnOut},
    auth=None,
    url_name="assistant-turns",
    openapi_extra={LIMITED: True},
)
def go_on(request: Request, body: SayIn) -> Status[Turn]:
    """Ask the next question; it may build on the one before."""
    turn = services.say(
        request.actor,
        _held(body.conversation),
        question=_asked(body.question),
        client=client_key(request),
        now=timezone.now(),
        using=NO_MODEL,  # a model's words take seconds; `/ask` gives them to whoever wants them
    )
    return Status(201, turn)


@router.put(ONE + "/verdict", response=TurnOut, auth=None, url_name="assistant-verdict")
def judge_turn(request: Request, pk: int, body: VerdictIn) -> Turn:  # noqa: ARG001  # ninja gives it
    """Say whether an answer helped. Another verdict takes a reason given before with it."""
    turn = _turn(body.conversation, pk)
    services.set_verdict(turn, verdict=body.verdict)
    return _turn(body.conversation, pk)


@router.put(ONE + "/reason", response=TurnOut, auth=None, url_name="assistant-reason")
def explain_verdict(request: Request, pk: int, body: ReasonIn) -> Turn:  # noqa: ARG001  # ninja gives it
    """Say what is wrong with an answer that was called wrong."""
    given = cleaned(ReasonForm(body.model_dump()))
    services.explain(_turn(body.conversation, pk), **given)
    return _turn(body.conversation, pk)


@router.post(ONE + "/wait", response={204: None}, url_name="assistant-wait")
@idempotent
def wait_for_answer(request: Request, pk: int, body: HeldIn) -> Status[None]:
    """Have the person the program acts for told once, when the question can be answered.

    409 where the conversation is not kept, or the question is answered.
    """
    services.wait_for(request.actor, _turn(body.conversation, pk))
    return Status(204, None)


@router.put("/conversations/kept", response={204: None}, auth=None, url_name="assistant-keep")
def keep_conversation(request: Request, body: KeepIn) -> Status[None]:  # noqa: ARG001  # ninja gives it
    """Say whether the office may read the conversation; else it is deleted a day after its last word."""
    services.keep([_held(body.conversation)], kept=body.kept)
    return Status(204, None)


@router.post("/conversations/hand-over", response={201: PassedOnOut}, url_name="assistant-hand-over")
@idempotent
def hand_conversation_over(request: Request, body: HandOverIn) -> Status[dict[str, Any]]:
    """Make it a request of the person the program acts for; an officer goes on from there."""
    conversation = _held(body.conversation)
    case = services.hand_over(request.actor, conversation, now=timezone.now())
    waits_for = services.wait_for_all(request.actor, conversation) if body.tell_me else 0
    officer = str(case.officer) if case.officer else None
    return Status(201, {"number": case.number, "officer": officer, "waits_for": waits_for})


def _asked(question: str) -> str:
    return str(cleaned(QuestionForm({"question": question}))["question"])


def _held(secret: str) -> Conversation:
    found = queries.opened_with([secret])
    if not found:
        raise Http404
    return found[0]


def _turn(secret: str, pk: int) -> Turn:
    turn = queries.turn_in([_held(secret)], pk)
    if turn is None:
        raise Http404
    return turn
