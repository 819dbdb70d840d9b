"""What finished work pays, how much of it a month asks for, and when its paper is dated."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from halopst.partners.rules.money import last_day_of, spread

SATURDAY = 5
WITHIN = 31  # an office that is closed for a month dates its papers without looking for a working day


def due(amount: int, planned: int, realised: int) -> int:
    """Rupiah for `realised` of the `planned` units that `amount` was approved for.

    All of it when the plan is met or surpassed, else its part, rounded down: never above `amount`.
    """
    if planned <= 0 or realised < 0 or amount < 0:
        raise ValueError("a plan is of at least one unit, and nothing is negative")
    return amount * min(realised, planned) // planned


def planned_in(volume: int, amounts: Mapping[date, int], month: date) -> int:
    """How much of an assignment's volume belongs to `month`, by what it pays in each of its months.

    The parts add up to the volume, but no month that pays asks for nothing: one map drawn over two months
    counts as one in each.
    """
    return max(1, spread(volume, amounts)[month])


def days_to_end(month: date, agreed_on: date) -> tuple[date, date]:
    """The first and last day a contract of `agreed_on` may end on, within a month of its work.

    Not before it was agreed. One signed after that month is of work that was under way: it may end on any day
    of it, and the letter that says so is of a later day than the contract as it is.
    """
    last = last_day_of(month)
    return (agreed_on if month <= agreed_on <= last else month), last


def working_day_from(day: date, is_closed: Callable[[date], bool]) -> date:
    """`day`, or the first weekday after it that no holiday closes."""
    later = (day + timedelta(days=ahead) for ahead in range(WITHIN))
    return next((one for one in later if one.weekday() < SATURDAY and not is_closed(one)), day)
