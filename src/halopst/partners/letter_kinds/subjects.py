"""The subjects (`about`) of all letters about the same work."""

from datetime import date

from halopst.partners.letter_kinds.addenda import about_activity_addendum, about_addendum
from halopst.partners.letter_kinds.contracts import about_activity, about_month
from halopst.partners.letter_kinds.receipts import about_handover


def abouts_of_month(registration: int, month: date) -> tuple[str, str, str]:
    """One mitra's month: its contract, what changed that, and its BAST."""
    return (
        about_month(registration, month),
        about_addendum(registration, month),
        about_handover(registration, month),
    )


def abouts_of_activity(registration: int, activity: int) -> tuple[str, str]:
    """One mitra in one activity: its contract, and what changed that."""
    return about_activity(registration, activity), about_activity_addendum(registration, activity)
