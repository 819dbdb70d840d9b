"""What a letter of this domain is about, read back: a mitra's month, a mitra's activity, or a row.

It is written by the `about_` function beside the kind, what kind of subject it is always first.
"""

from datetime import date


def month_of(about: str) -> tuple[int, date]:
    """The registration and the month, as its first day."""
    registration, month = _parts(about)
    return int(registration), date.fromisoformat(f"{month}-01")


def activity_of(about: str) -> tuple[int, int]:
    """The registration and the activity."""
    registration, activity = _parts(about)
    return int(registration), int(activity)


def row_of(about: str) -> int:
    (row,) = _parts(about)
    return int(row)


def _parts(about: str) -> list[str]:
    return about.split(":")[1:]
