"""Overlap, union, intersection and difference equal a brute-force oracle (R-03)."""

import random
from itertools import pairwise
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from halopst.scheduling import rules
from tests.scheduling.oracle import disagreement, moments

SEED = 20_261_120
intervals = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6)


def test_five_thousand_random_cases_agree_with_the_oracle():
    chance = random.Random(SEED)  # noqa: S311  # a reproducible test, not a secret

    assert [case for _ in range(5_000) if (case := disagreement(rules, chance))] == []


def test_the_oracle_notices_touching_counted_as_overlapping():
    """The negative control: closed intervals instead of half-open ones."""
    chance = random.Random(SEED)  # noqa: S311  # a reproducible test, not a secret
    closed = SimpleNamespace(
        overlaps=lambda one, other: max(one[0], other[0]) <= min(one[1], other[1]),
        union=rules.union,
        intersect=rules.intersect,
        subtract=rules.subtract,
    )

    assert any(disagreement(closed, chance) for _ in range(5_000))


def test_an_event_in_the_middle_of_a_longer_slot_overlaps_it():
    assert rules.overlaps((0, 60), (20, 30))
    assert rules.overlaps((20, 30), (0, 60))


def test_neighbours_that_touch_do_not_overlap():
    assert not rules.overlaps((0, 45), (45, 90))
    assert not rules.overlaps((10, 10), (0, 20))


@given(intervals)
def test_a_union_is_sorted_and_has_gaps(given_intervals):
    merged = rules.union(given_intervals)

    assert all(start < end for start, end in merged)
    assert all(before[1] < after[0] for before, after in pairwise(merged))


@given(intervals, intervals)
def test_what_is_left_and_what_is_shared_make_the_whole(ours, theirs):
    pieces = [*rules.subtract(ours, theirs), *rules.intersect(ours, theirs)]

    assert moments(rules.union(pieces)) == moments(ours)
    assert sum(end - start for start, end in pieces) == len(moments(ours))
