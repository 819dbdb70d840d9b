"""The development questions: what is found first stays found (docs/knowledge.md)."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from halopst.core.actors import ANONYMOUS, SYSTEM
from halopst.knowledge import services
from halopst.knowledge.queries import search
from tests.units.factories import HeadOfficeFactory

HERE = Path(__file__).parent / "questions"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
EVERY = 4


@pytest.mark.django_db
def test_the_right_passage_comes_first_for_nine_in_ten_questions():
    HeadOfficeFactory()
    with (HERE / "passages.jsonl").open("rb") as lines:
        report = services.import_lines(SYSTEM, lines, now=NOW, progress=lambda _report: None)
    assert (report.added, report.faults) == (352, [])

    asked = [json.loads(line) for line in (HERE / "questions.jsonl").read_text().splitlines()]
    answerable = [one for one in asked if one["answer"]][::EVERY]
    found = [
        [hit.document.external_id for hit in search(ANONYMOUS, one["question"], limit=5).hits]
        for one in answerable
    ]
    first = sum(ids[:1] == [one["answer"]] for one, ids in zip(answerable, found, strict=True))
    among_five = sum(one["answer"] in ids for one, ids in zip(answerable, found, strict=True))
    assert first / len(answerable) >= 0.88
    assert among_five / len(answerable) >= 0.96
