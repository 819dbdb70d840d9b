"""Two officers hand on what did not fit at the same moment: nothing is handed on twice, nothing gets lost."""

import threading

import pytest
from django.db.models import Sum

from halopst.core.actors import SYSTEM
from halopst.partners.models import Assignment, Excess
from halopst.partners.services.allocation import surplus
from halopst.partners.services.allocation_refusals import NothingToMove, OverCap
from tests.partners.factories import NOVEMBER, NOW
from tests.partners.offices import a_duty, a_mitra, an_office, give
from tests.races import all_at_once, meeting, until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 5


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def duty(unit):
    return a_duty(unit, price=1_000_000)


def refused(unit, duty, name):
    """Six asked for, of which four would fit."""
    mitra = a_mitra(unit, name)
    with pytest.raises(OverCap):
        give(mitra, duty, 6)
    return Excess.objects.get(registration=mitra)


def moving(excess, to):
    def act():
        return surplus.move_surplus(SYSTEM, excess=excess, volume=2, to=to, month=NOVEMBER, now=NOW)

    return act


def volumes():
    return dict(Assignment.objects.values_list("registration__person__name", "volume"))


def read_before(monkeypatch, go_on):
    """Have each who read what the other mitra has go on once `go_on` lets them."""
    read = surplus._given

    def reading(*given):
        found = read(*given)
        go_on()
        return found

    monkeypatch.setattr(surplus, "_given", reading)


def the_same_to_two(unit, duty):
    held = refused(unit, duty, "Citra")
    return all_at_once(*[moving(held, a_mitra(unit, name)) for name in ("Ayu", "Budi")])


def two_to_the_same(unit, duty):
    ayu = a_mitra(unit, "Ayu")
    return all_at_once(*[moving(refused(unit, duty, name), ayu) for name in ("Citra", "Dewi")])


def test_of_two_who_hand_on_the_same_the_second_finds_nothing_left(unit, duty):
    for turn in range(1, TURNS + 1):
        outcomes = the_same_to_two(unit, duty)

        assert sum(isinstance(one, NothingToMove) for one in outcomes) == 1, outcomes
        assert Assignment.objects.aggregate(sum=Sum("volume"))["sum"] == 6 * turn


def test_without_looking_again_under_lock_it_is_handed_on_twice(unit, duty, monkeypatch):
    monkeypatch.setattr(surplus, "_held", lambda _actor, excess, _wanted: excess)

    outcomes = the_same_to_two(unit, duty)

    assert not any(isinstance(one, Exception) for one in outcomes), outcomes
    assert volumes() == {"Citra": 4, "Ayu": 2, "Budi": 2}


def test_two_that_go_to_the_same_mitra_both_count(unit, duty, monkeypatch):
    is_over = threading.Event()
    read_before(monkeypatch, lambda: (until_somebody_waits(is_over), is_over.set()))

    outcomes = two_to_the_same(unit, duty)

    assert not any(isinstance(one, Exception) for one in outcomes), outcomes
    assert volumes() == {"Citra": 4, "Dewi": 4, "Ayu": 4}


def test_without_holding_the_months_one_of_the_two_is_lost(unit, duty, monkeypatch):
    read_before(monkeypatch, meeting(2))
    monkeypatch.setattr(surplus, "hold", lambda *_given: None)

    two_to_the_same(unit, duty)

    assert volumes()["Ayu"] == 2
