"""Conversations of nine people, question by question, over the demonstration's figures."""

from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest
from django.utils import translation

from halopst.assistant.services import ask
from halopst.core.actors import ANONYMOUS
from halopst.demo.figures import build_figures
from halopst.knowledge.reference import load_regions
from halopst.units.models import Unit
from halopst.units.reference import load_units

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
LINES = (Path(__file__).parent / "questions" / "conversations.txt").read_text(encoding="utf-8").splitlines()


def conversations():
    """Each with who holds it and its questions with the answers they must get."""
    held, who = [], ""
    for line in LINES[2:]:
        who = line.removeprefix("# ") if line.startswith("#") else who
        held += [] if line.startswith("#") else [(who, *line.split(" => "))]
    return groupby(held, key=lambda one: one[0])


@pytest.mark.django_db
def test_nine_people_are_understood_through_their_conversations():
    load_units()
    load_regions()
    build_figures(now=NOW)
    office = Unit.objects.select_related("parent").get(code="3500")
    wrong = []
    for who, questions in conversations():
        follow = ""
        for _who, question, expected in questions:
            with translation.override("en" if who == "English" else "id"):
                found = ask(ANONYMOUS, question=question, unit=office, client="", now=NOW, follow=follow)
            follow = found.follow
            said = found.text if found.known else f"~{found.text}"
            wrong += [] if said.startswith(expected) else [(question, expected, said)]

    assert wrong == []
