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


@pytest.fixture
def office(db):
    load_units()
    load_regions()
    build_figures(now=NOW)
    return Unit.objects.select_related("parent").get(code="3500")


def test_a_day_of_release_named_beside_a_figure_is_cited(office):
    found = ask(ANONYMOUS, question="inflasi surabaya bulan ini", unit=office, client="", now=NOW)

    assert [one.title for one in found.citations][1:] == ["Jadwal rilis BPS Provinsi Jawa Timur"]
    assert found.citations[1].text == "Inflasi November 2026 dijadwalkan rilis 1 Desember 2026."


def test_nine_people_are_understood_through_their_conversations(office):
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
