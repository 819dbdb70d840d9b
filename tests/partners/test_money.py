"""Rupiah are whole: splits add up exactly, by days, by weights, by what somebody typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halopst.partners.rules import money

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)


def test_honor_is_price_times_volume():
    assert money.honor(68_000, 20) == 1_360_000


def test_a_negative_volume_earns_an_error():
    with pytest.raises(ValueError, match="not negative"):
        money.honor(68_000, -1)


def test_leftover_rupiah_go_to_the_largest_remainders_and_then_to_the_earliest():
    assert money.split(100, [1, 1, 1]) == [34, 33, 33]
    assert money.split(100, [30, 31, 31]) == [32, 34, 34]
    assert money.split(11, [10, 45, 45]) == [1, 5, 5]


def test_nothing_can_be_split_over_no_weight():
    with pytest.raises(ValueError, match="not all zero"):
        money.split(100, [0, 0])


@given(st.integers(0, 10**12), st.lists(st.integers(0, 400), min_size=1, max_size=24).filter(any))
def test_parts_always_add_up_and_none_is_a_rupiah_off(amount, weights):
    parts = money.split(amount, weights)

    assert sum(parts) == amount
    assert all(
        abs(part * sum(weights) - amount * weight) < sum(weights)
        for part, weight in zip(parts, weights, strict=True)
    )


def test_days_are_counted_month_by_month_and_the_last_day_is_not_in():
    assert money.days_by_month(date(2026, 11, 16), date(2027, 1, 3)) == {
        NOVEMBER: 15,
        DECEMBER: 31,
        JANUARY: 2,
    }
    assert money.days_by_month(NOVEMBER, DECEMBER) == {NOVEMBER: 30}


def test_an_activity_of_two_months_pays_by_its_days():
    assert money.spread(1_000_000, money.days_by_month(date(2026, 11, 16), JANUARY)) == {
        NOVEMBER: 326_087,
        DECEMBER: 673_913,
    }


def test_a_span_that_ends_before_it_begins_is_an_error():
    with pytest.raises(ValueError, match="ends after"):
        money.days_by_month(DECEMBER, NOVEMBER)


def test_explicit_shares_say_what_they_leave():
    assert money.unassigned(100, {NOVEMBER: 60, DECEMBER: 40}) == 0
    assert money.unassigned(100, {NOVEMBER: 60, DECEMBER: 30}) == 10
    assert money.unassigned(100, {NOVEMBER: 60, DECEMBER: 50}) == -10


@pytest.mark.parametrize(
    "text", ["3085000", "3.085.000", "Rp3.085.000", "Rp. 3 085 000,-", " rp 3.085.000,00 ", "3,085,000.00"]
)
def test_rupiah_are_read_as_people_write_them(text):
    assert money.rupiah_of(text) == 3_085_000


@pytest.mark.parametrize("text", ["Rp", "1.5", "3,085", "3.08.500", "-5", "3085000,50", "tiga juta", "٣"])
def test_what_is_no_whole_rupiah_is_never_guessed(text):
    with pytest.raises(ValueError, match=text):
        money.rupiah_of(text)
