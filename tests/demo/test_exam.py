"""The demonstration's questions: asked like a visitor's, all of them, and answered from what is there."""

import json
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from halopst.assistant.models import EvaluationQuestion
from halopst.assistant.rules.evaluation.measures import ANSWERABLE
from halopst.assistant.rules.evaluation.setups import NO_MODEL
from halopst.assistant.services.evaluation.evaluating import evaluate_now
from halopst.core.actors import SYSTEM
from halopst.core.reference import load_all
from halopst.demo.exam import take_questions
from halopst.demo.figures import build_figures
from halopst.demo.offices import build_offices
from halopst.demo.texts import build_texts
from halopst.units.models import Unit

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_every_figure_is_grounded_and_what_is_not_known_is_said():
    load_all(lambda _line: None)
    build_offices(password="Kata-sandi-uji-9", now=NOW)
    build_figures(now=NOW)
    build_texts(now=NOW)
    office = Unit.objects.get(code="3578")
    report = take_questions(office)
    run = evaluate_now(SYSTEM, unit=office, using=NO_MODEL, now=NOW)

    assert (report.faults, run.asked) == ([], EvaluationQuestion.objects.count())
    assert run.asked >= 1200
    assert run.missed == []
    assert (run.grounded, run.refusal_recall) == (1, 1)
    assert run.refusal_precision >= 0.9
    assert run.right >= 0.95
    assert run.recall_5 >= 0.9


def test_every_question_of_the_demonstration_says_exactly_what_is_to_come():
    raw = (files("halopst.demo") / "soal-aida.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in raw]

    assert [
        one["question"] for one in asked if one["expects"] in ANSWERABLE and not one.get("expected")
    ] == []
    assert len({(one["question"].casefold(), *one.get("before", ())) for one in asked}) == len(asked)
