"""How soon an office replies, told to everybody."""

from datetime import timedelta

import pytest

from halopst.cases.queries import usual_reply
from tests.cases.factories import MORNING, CaseFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
NOW = MORNING + timedelta(days=10)


def ended(unit, minutes, *, at=MORNING):
    replied, finished = at + timedelta(minutes=minutes), at + timedelta(days=1)
    CaseFactory(unit=unit, state="finished", submitted_at=at, first_reply_at=replied, finished_at=finished)


def test_half_of_the_requests_of_thirty_days_were_answered_within_it():
    unit = UnitFactory()
    for minutes in range(10, 110, 10):
        ended(unit, minutes)
    ended(unit, 9_000, at=MORNING - timedelta(days=40))
    ended(UnitFactory(), 9_000)

    assert usual_reply(unit, now=NOW) == timedelta(minutes=55)


def test_nine_requests_do_not_speak_for_an_office():
    unit = UnitFactory()
    for minutes in range(9):
        ended(unit, minutes)
    CaseFactory(unit=unit)

    assert usual_reply(unit, now=NOW) is None
