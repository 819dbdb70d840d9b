"""Rupiah are whole: what is divided always adds up to what there was."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

DECEMBER = 12
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
# `3085000`, `Rp 3.085.000,-`, `3.085.000,00`, `3,085,000`; a lone comma or an odd dot is no whole rupiah.
RUPIAH = re.compile(
    r"(?:rp\.?)?\s*(\d+|\d{1,3}(?:[.\s]\d{3})+|\d{1,3}(?:,\d{3}){2,})(?:,-|,00|\.00)?",
    re.IGNORECASE | re.ASCII,
)


def rupiah_of(text: str) -> int:
    """Whole rupiah as people write them; ValueError for anything else, so that `1.5` is never fifteen."""
    found = RUPIAH.fullmatch(text.replace("\u00a0", " ").strip())
    if not found:
        raise ValueError(text)
    return int(re.sub(r"\D", "", found[1]))


def honor(price: int, volume: int) -> int:
    """What `volume` units of work earn at `price` rupiah each."""
    if price < 0 or volume < 0:
        raise ValueError("price and volume are not negative")
    return price * volume


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` divided in proportion to `weights`, to the rupiah.

    Everyone gets the whole rupiah of their part; those left over go to the largest remainders, and among
    equal ones to the earliest.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights are not negative and not all zero")
    parts = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-(amount * weights[n] % whole), n))
    for n in by_remainder[: amount - sum(parts)]:
        parts[n] += 1
    return parts


def spread(amount: int, weights: Mapping[date, int]) -> dict[date, int]:
    """`amount` over months, in proportion to what each of them weighs, as `split`."""
    return dict(zip(weights, split(amount, list(weights.values())), strict=True))


def first_of(day: date) -> date:
    """The month `day` lies in, written as its first day."""
    return day.replace(day=1)


def month_named(text: str) -> date | None:
    """The first day of `2026-11`; None for anything else."""
    return date.fromisoformat(f"{text}-01") if MONTH.fullmatch(text) else None


def next_month(month: date) -> date:
    if month.month == DECEMBER:
        return date(month.year + 1, 1, 1)
    return date(month.year, month.month + 1, 1)


def last_day_of(month: date) -> date:
    return next_month(month) - timedelta(days=1)


def months_of(begins: date, ends: date) -> list[date]:
    """The months the half-open span [begins, ends) touches."""
    months, month = [], first_of(begins)
    while month < ends:
        months.append(month)
        month = next_month(month)
    return months


def days_by_month(begins: date, ends: date) -> dict[date, int]:
    """How many calendar days of the half-open span [begins, ends) each month holds."""
    if begins >= ends:
        raise ValueError("the span ends after it begins")
    return {
        month: (min(ends, next_month(month)) - max(begins, month)) // timedelta(days=1)
        for month in months_of(begins, ends)
    }


def unassigned(amount: int, shares: Mapping[date, int]) -> int:
    """What explicit `shares` leave of `amount`: 0 when they add up, negative when they are too much."""
    return amount - sum(shares.values())
