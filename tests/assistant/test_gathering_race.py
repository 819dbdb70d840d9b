"""Two workers gather at once: a question asked twice becomes one group, not two."""

import pytest

from halopst.assistant.models import QuestionGroup, Turn
from halopst.assistant.services import gather
from halopst.assistant.services.learning import gathering
from tests.assistant.factories import asked_in_vain
from tests.races import all_at_once, meeting
from tests.units.factories import UnitFactory

ROUNDS = 3


def groups_of_one_question():
    """How many groups two workers make of one question asked twice, over a few rounds."""
    made = []
    for number in range(ROUNDS):
        unit = UnitFactory()
        for _ in range(2):
            asked_in_vain(unit, f"Di mana parkir sepeda motor nomor {number}?")
        all_at_once(gather, gather)
        made.append(QuestionGroup.objects.filter(unit=unit).count())
    return made


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_group_of_a_question_asked_twice():
    assert groups_of_one_question() == [1] * ROUNDS
    assert not Turn.objects.filter(group=None).exists()


@pytest.mark.django_db(transaction=True)
def test_without_waiting_for_each_other_they_would_make_two(monkeypatch):
    """The control: with the lock out of the way both look for a group before either has made one."""
    meet, look = meeting(2), gathering.nearest

    def look_together(*given):
        found = list(look(*given))
        meet()
        return found

    monkeypatch.setattr(gathering, "_ALONE", "SELECT 1")
    monkeypatch.setattr(gathering, "nearest", look_together)

    assert groups_of_one_question() == [2] * ROUNDS
