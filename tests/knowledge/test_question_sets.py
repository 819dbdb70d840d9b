"""The sets of questions hold together: each passage once, each answer one of them."""

import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "questions"
SETS = [HERE, HERE / "encyclopaedia", HERE / "articles", HERE / "answered"]


def lines(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_every_question_of_a_set_has_its_passage_or_none(folder):
    names = [one["external_id"] for one in lines(folder / "passages.jsonl")]
    asked = lines(folder / "questions.jsonl")

    assert len(names) == len(set(names))
    assert {one["answer"] for one in asked} - {None} <= set(names)
    assert any(one["answer"] is None for one in asked)
    assert len({one["question"] for one in asked}) == len(asked)


def test_no_two_sets_share_a_passage_so_that_they_can_stand_beside_each_other():
    names = [one["external_id"] for folder in SETS for one in lines(folder / "passages.jsonl")]

    assert len(names) == len(set(names))
