"""The slow and obvious truth about intervals: a set of moments, counted one by one."""

import random


def moments(intervals):
    return {moment for start, end in intervals for moment in range(start, end)}


def random_interval(chance: random.Random, length=48):
    """Anything from empty to the whole stretch, with many that touch, contain or straddle each other."""
    start = chance.randrange(length)
    return start, start + chance.choice([0, 1, 1, 2, 3, 5, 8, chance.randrange(length)])


def random_intervals(chance: random.Random, most=5):
    return [random_interval(chance) for _ in range(chance.randrange(most + 1))]


def disagreement(rules, chance: random.Random):
    """One random case; None when `rules` and the oracle agree on it, else the case."""
    ours, theirs = random_intervals(chance), random_intervals(chance)
    one, other = random_interval(chance), random_interval(chance)
    agree = (
        rules.overlaps(one, other) == bool(moments([one]) & moments([other]))
        and moments(rules.union(ours)) == moments(ours)
        and moments(rules.intersect(ours, theirs)) == moments(ours) & moments(theirs)
        and moments(rules.subtract(ours, theirs)) == moments(ours) - moments(theirs)
    )
    return None if agree else (ours, theirs, one, other)
