"""The demonstration's questions: asked like a visitor's, all of them, and answered from what is there."""

from datetime import UTC, datetime

import pytest

from halopst.assistant.models import EvaluationQuestion
from halopst.assistant.rules.setups import NO_MODEL
from halopst.assistant.services.evaluating import evaluate_now
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
    assert run.asked >= 300
    assert run.grounded == 1
    assert run.refusal_recall >= 0.9
    assert run.refusal_precision >= 0.9
    assert run.right_of_answers >= 0.95
    assert run.right >= 0.9
    assert run.recall_5 >= 0.9
