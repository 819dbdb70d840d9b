"""When two questions are the same question: their slots are equal, and most of their words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from halopst.core.spelling import distance, forgiven

ALIKE = 0.6
"""Questions that are alike share at least this part of all their stems."""
LONGEST_SLOTS = 300
PERIOD_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is compared: `slots` must be equal, `stems` mostly so."""

    slots: str
    stems: frozenset[str]


def slots_of(
    kind: str, *, indicator: int | None, regions: Iterable[str], periods: Iterable[int], span: str
) -> str:
    """What keeps questions apart even if their words are alike.

    `span` is a time without a name of its own.
    """
    where = ",".join(sorted(set(regions)))
    when = ",".join(map(str, sorted(set(periods))))
    return f"{kind}|{indicator or ''}|{where}|{when}|{span}"[:LONGEST_SLOTS]


@dataclass(frozen=True, slots=True)
class Parts:
    """Slots, taken apart again."""

    kind: str
    indicator: int
    regions: tuple[str, ...]
    periods: tuple[int, ...]


def parts_of(slots: str) -> Parts:
    kind, indicator, where, when, *_span = f"{slots}||||".split("|")
    periods = tuple(int(code) for code in when.split(",") if code.isdigit() and len(code) == PERIOD_DIGITS)
    return Parts(kind, int(indicator or 0), tuple(filter(None, where.split(","))), periods)


def likeness(one: Collection[str], other: Collection[str]) -> float:
    """The share of all stems that both have, 0 to 1; a misspelt stem counts as the right one."""
    if not one or not other:
        return float(not one and not other)
    common = set(one) & set(other)
    left = sorted(set(other) - common)
    for stem in sorted(set(one) - common):
        near = next((known for known in left if _is_slip(stem, known)), None)
        if near is not None:
            left.remove(near)
            common.add(stem)
    return len(common) / (len(set(one)) + len(set(other)) - len(common))


def _is_slip(one: str, other: str) -> bool:
    if not (one.isalpha() and other.isalpha()) or one[0] != other[0]:
        return False
    allowed = forgiven(min(len(one), len(other)))
    return distance(one, other, allowed) <= allowed if allowed else False
