"""What a question names and its answer must name too: a year, a region."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from halopst.knowledge.rules.tokens import tokens

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# "dibandingkan Maret 2023": what a figure is compared with is not the year it is of.
_COMPARED = re.compile(
    r"\b(?:dibanding(?:kan)?|terhadap|daripada|ketimbang)\s+(?:\w+\s+){0,3}(?:1[89]|20)\d\d\b", re.IGNORECASE
)
_KINDS = {"kabupaten", "kota", "provinsi", "kab", "kep", "kepulauan", "administrasi"}
LONGEST_NAME = 4  # words


@dataclass(frozen=True, slots=True)
class Slots:
    """`regions` are the names as tokens, without the kind of region in front."""

    years: frozenset[str]
    regions: frozenset[tuple[str, ...]]


def years(text: str) -> frozenset[str]:
    return frozenset(_YEAR.findall(text))


def possible_names(text: str) -> list[str]:
    """Every run of words that might be a region's name; what is one, the register of offices says."""
    said = tokens(text)
    return sorted(
        {
            " ".join(said[first : first + length])
            for first in range(len(said))
            for length in range(1, LONGEST_NAME + 1)
            if first + length <= len(said)
        }
    )


def bare(region: str) -> tuple[str, ...]:
    """`Kabupaten Tasikmalaya` becomes `(tasikmalaya,)`."""
    said = tokens(region)
    while len(said) > 1 and said[0] in _KINDS:
        said = said[1:]
    return tuple(said)


def named_in(slots: Slots, source: str, *, published: int | None) -> bool:
    """Whether a source speaks of the years and regions asked about; its own year counts as named."""
    said = tokens(_COMPARED.sub(" ", source))
    known = {*said, *([str(published)] if published else [])}
    return slots.years <= known and all(_has(said, region) for region in slots.regions)


def longest(names: Iterable[Sequence[str]]) -> frozenset[tuple[str, ...]]:
    """Of names that lie within others only the others: not `jawa` when `jawa timur` was said."""
    found = {tuple(name) for name in names}
    return frozenset(
        name for name in found if not any(name != other and _has(list(other), name) for other in found)
    )


def _has(said: Sequence[str], name: Sequence[str]) -> bool:
    length = len(name)
    return any(tuple(said[at : at + length]) == tuple(name) for at in range(len(said) - length + 1))
