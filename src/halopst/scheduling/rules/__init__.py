"""Pure arithmetic: intervals, slots, searching. No Django, no clock."""

from halopst.scheduling.rules.intervals import Interval, intersect, overlaps, subtract, union
from halopst.scheduling.rules.searching import ranked, sought
from halopst.scheduling.rules.slots import (
    HELD_PERCENT,
    HOLD,
    HOLDS_PER_VISITOR,
    MOST_EXTENSIONS,
    DaySummary,
    Diary,
    Policy,
    Slot,
    Weekly,
    holds_allowed,
    merged,
    open_times,
    slots_of_day,
    whole_day,
)

__all__ = [
    "HELD_PERCENT",
    "HOLD",
    "HOLDS_PER_VISITOR",
    "MOST_EXTENSIONS",
    "DaySummary",
    "Diary",
    "Interval",
    "Policy",
    "Slot",
    "Weekly",
    "holds_allowed",
    "intersect",
    "merged",
    "open_times",
    "overlaps",
    "ranked",
    "slots_of_day",
    "sought",
    "subtract",
    "union",
    "whole_day",
]
