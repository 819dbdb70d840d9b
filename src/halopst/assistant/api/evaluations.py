"""How well AIDA answers an office's own questions, for programs, and what words her answers."""

from datetime import datetime
from typing import Annotated, Any, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from halopst.assistant import permissions
from halopst.assistant.addressed import unit_of
from halopst.assistant.models import Evaluation
from halopst.assistant.queries import evaluations, setups
from halopst.assistant.rules.evaluation.setups import Using
from halopst.assistant.services.evaluation import activating, evaluating
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.units.models import Unit

router = Router()
MOST_RUNS = 200
Id = Annotated[int, Field(ge=1, lt=2**63)]
RUNS = "/units/{slug}/evaluations"
THE_SETUP: Final[dict[str, Any]] = {"model": "gemma-3-27b-it", "prompt": "jawaban-2"}
THE_RUN: Final[dict[str, Any]] = {
    "id": 12,
    **THE_SETUP,
    "engine": "0.9.0",
    "was_in_use": False,
    "state": "done",
    "began_at": "2026-11-20T02:00:00Z",
    "asked": 120,
    "whole": 120,
    "recall_1": 0.92,
    "recall_5": 0.98,
    "mrr": 0.95,
    "grounded": 1.0,
    "right": 0.94,
    "right_of_answers": 0.97,
    "refusal_precision": 0.9,
    "refusal_recall": 0.96,
    "p50_ms": 41.0,
    "p95_ms": 180.0,
}
"""What the description shows."""


class RunOut(Schema):
    """One run: `asked` of `whole` questions with one setup, and what it measured once `state` is done.

    `state` is waiting, running, done or failed. Shares are from 0 to 1, null where no question measures
    them; `right` is of the questions that can be answered, `right_of_answers` of the answers that were
    given. `was_in_use`: visitors were answered with this setup then.
    """

    model_config = example(**THE_RUN)

    id: int
    model: str
    prompt: str
    engine: str
    was_in_use: bool
    state: str
    began_at: datetime
    asked: int
    whole: int
    recall_1: float | None
    recall_5: float | None
    mrr: float | None
    grounded: float | None
    right: float | None
    right_of_answers: float | None
    refusal_precision: float | None
    refusal_recall: float | None
    p50_ms: float | None
    p95_ms: float | None


class MissedOut(Schema):
    """A question that did not go as expected: `expected` was to be found, `found` was."""

    question: str
    expects: str
    expected: list[str]
    known: bool
    answer: str
    found: list[str]


class WholeRunOut(RunOut):
    """A run with the questions that did not go as expected, at most 300."""

    model_config = example(
        **THE_RUN,
        missed=[
            {
                "question": "IPM Surabaya 2024",
                "expects": "figure",
                "expected": ["Indeks Pembangunan Manusia@3578@2024"],
                "known": True,
                "answer": "Indeks Pembangunan Manusia Kota Surabaya tercatat 84,10 poin (2023).",
                "found": ["Indeks Pembangunan Manusia@3578@202300"],
            }
        ],
    )

    missed: list[MissedOut]


class SetupIn(Schema):
    """A setup as listed under `setups`; both fields empty mean no model."""

    model_config = example(**THE_SETUP)

    model: str = Field(default="", max_length=120)
    prompt: str = Field(default="", max_length=40)


class SetupOut(Schema):
    """What may word the answers: no `model` is none. `latest` is its last run that came to its end."""

    model_config = example(**THE_SETUP, is_in_use=True, latest=THE_RUN)

    model: str
    prompt: str
    is_in_use: bool
    latest: RunOut | None


@router.get(RUNS, response=list[RunOut], url_name="assistant-evaluations")
def evaluation_runs(request: Request, slug: str, before: Id | None = None) -> QuerySet[Evaluation]:
    """List the office's runs, newest first, at most 200; the next ones with `before` = the last id.

    The head office's are those of the questions that are asked for every office.
    """
    rows = evaluations.runs(_scope(request, slug)).order_by("-pk")
    return (rows.filter(pk__lt=before) if before else rows)[:MOST_RUNS]


@router.post(RUNS, response={201: RunOut}, url_name="assistant-evaluations")
@idempotent
def begin_evaluation(request: Request, slug: str, body: SetupIn) -> Status[Evaluation]:
    """Have AIDA asked all the questions with one setup. It goes on in the background; look again later."""
    scope, using = _scope(request, slug, permissions.CONFIGURE), Using(body.model, body.prompt)
    now = timezone.now()
    return Status(201, evaluating.begin_evaluation(request.actor, unit=scope, using=using, now=now))


@router.get(RUNS + "/{int:pk}", response=WholeRunOut, url_name="assistant-evaluation")
def evaluation_run(request: Request, slug: str, pk: int) -> Evaluation:
    """Show one run, with the questions that did not go as expected."""
    found: Evaluation = get_object_or_404(evaluations.whole_runs(_scope(request, slug)), pk=pk)
    return found


@router.get("/units/{slug}/setups", response=list[SetupOut], url_name="assistant-setups")
def evaluation_setups(request: Request, slug: str) -> list[dict[str, Any]]:
    """List what may word the office's answers: no model, or one of the installation's, with instructions."""
    return _setups(_scope(request, slug))


@router.put("/units/{slug}/setups/active", response=list[SetupOut], url_name="assistant-setup-active")
@idempotent
def activate_setup(request: Request, slug: str, body: SetupIn) -> list[dict[str, Any]]:
    """Word answers with a setup from now on; refused where its last run answers worse. On record."""
    scope, using = _scope(request, slug, permissions.CONFIGURE), Using(body.model, body.prompt)
    activating.activate(request.actor, unit=scope, using=using, now=timezone.now())
    return _setups(scope)


def _scope(request: Request, slug: str, permission: str = permissions.VIEW) -> Unit | None:
    return evaluations.scope_of(unit_of(request, slug, permission))


def _setups(scope: Unit | None) -> list[dict[str, Any]]:
    current = setups.in_use(scope)
    return [
        {
            "model": one.model,
            "prompt": one.prompt,
            "is_in_use": one == current,
            "latest": evaluations.latest_with(scope, one),
        }
        for one in setups.choices()
    ]
