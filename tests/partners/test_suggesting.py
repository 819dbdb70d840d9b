"""Who is proposed for work that another cannot take: near first, then room and how their work went."""

import pytest

from halopst.partners.queries.people.evaluations import Evaluation
from halopst.partners.rules.suggesting import Standing, mark, order, usual
from halopst.partners.wording.allocation import evaluated_briefly


@pytest.mark.parametrize(
    ("known", "expected"),
    [((90, None, None), 90), ((100, 50, None), 75), ((100, 80, 4.5), 90)],
    ids=["volume alone", "without quality", "all three"],
)
def test_a_mark_is_the_mean_of_what_was_written_down(known, expected):
    assert mark(*known) == expected


def test_newcomers_count_as_the_mean_of_the_others():
    assert usual([60, 100]) == 80
    assert usual([]) == 75


def test_the_same_district_comes_first_then_room_and_work_together():
    people = {
        "near, little room, poor work": Standing(same_district=True, room=10, mark=40),
        "far, all room, best work": Standing(same_district=False, room=100, mark=100),
        "near, all room, poor work": Standing(same_district=True, room=100, mark=40),
        "near, all room, best work": Standing(same_district=True, room=100, mark=100),
        "near, all room, new": Standing(same_district=True, room=100, mark=None),
        "near, half the room, best work": Standing(same_district=True, room=50, mark=100),
    }

    assert sorted(people, key=lambda who: order(people[who], 80)) == [
        "near, all room, best work",
        "near, all room, new",
        "near, half the room, best work",
        "near, all room, poor work",
        "near, little room, poor work",
        "far, all room, best work",
    ]


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (Evaluation(4, 100.0, 75.0, 4.25), "volume 100%, tepat waktu 75%, mutu 4,3"),
        (Evaluation(4, 90.0, 100.0, 4.0), "volume 90%, mutu 4,0"),
        (Evaluation(1, 100.0, None, None), "volume 100%"),
    ],
)
def test_the_sheet_says_of_a_mitra_that_some_of_their_work_was_late(work, said):
    assert evaluated_briefly(work) == said
