from dataclasses import dataclass, field
from datetime import date

import pytest

from halopst.reporting.rules import by_week, percent, total, week_of


@dataclass
class Day:
    day: date
    requests: int = 0
    replied: int = 0
    replied_on_time: int = 0
    reply_seconds: int = 0
    finished: int = 0
    finished_on_time: int = 0
    finish_seconds: int = 0
    rating_counts: list[int] = field(default_factory=list)


def test_days_add_up():
    totals = total(
        [
            Day(
                date(2026, 11, 2),
                requests=3,
                replied=2,
                replied_on_time=1,
                reply_seconds=7200,
                rating_counts=[0, 1],
            ),
            Day(
                date(2026, 11, 3),
                requests=1,
                finished=4,
                finished_on_time=3,
                finish_seconds=14400,
                rating_counts=[],
            ),
        ]
    )

    assert (totals.requests, totals.replied, totals.finished) == (4, 2, 4)
    assert (percent(totals.replied_on_time, totals.replied), percent(3, 4)) == (50, 75)
    assert (totals.reply_hours, totals.finish_hours) == (1.0, 1.0)
    assert totals.rating_counts == [0, 1]


def test_nothing_has_no_share():
    totals = total([])

    assert (percent(totals.replied, totals.requests), totals.finish_hours, totals.rating_counts) == (
        None,
        None,
        [],
    )


@pytest.mark.parametrize("day", [date(2026, 11, 16), date(2026, 11, 20), date(2026, 11, 22)])
def test_a_week_begins_on_monday(day):
    assert week_of(day) == date(2026, 11, 16)


def test_empty_weeks_are_weeks_too():
    weeks = by_week([Day(date(2026, 11, 20), requests=2)], first=date(2026, 11, 4), last=date(2026, 11, 20))

    assert {monday: week.requests for monday, week in weeks.items()} == {
        date(2026, 11, 2): 0,
        date(2026, 11, 9): 0,
        date(2026, 11, 16): 2,
    }
