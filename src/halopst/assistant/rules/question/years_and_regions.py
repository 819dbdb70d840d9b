"""The years and regions of a question: the source of its answer has to name them too."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from halopst.assistant.rules.question.regions import Mention
from halopst.knowledge.rules.figures.regions import CITY, KIND_WORDS, PROVINCE, REGENCY, Region, bare_words
from halopst.knowledge.rules.words.tokens import tokens

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# "dibandingkan Maret 2023": the year a figure is compared with is not its own.
_COMPARED = re.compile(
    r"\b(?:dibanding(?:kan)?|terhadap|daripada|ketimbang)\s+(?:\w+\s+){0,3}(?:1[89]|20)\d\d\b", re.IGNORECASE
)
_STANDING = frozenset({"di", "dki"})  # "Daerah Istimewa", "Daerah Khusus Ibukota": texts name the place alone
_KINDS = frozenset({PROVINCE, REGENCY, CITY})


Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearsAndRegions:
    """The years, and for each region the names a source may use, as words without its kind."""

    years: frozenset[str]
    regions: frozenset[frozenset[Name]]


def years_and_regions(question: str, words: Sequence[str], mentions: Iterable[Mention]) -> YearsAndRegions:
    """What a source has to name.

    `mentions` are the places of regions in `words`. The nation need not be named: every source here is about
    it.
    """
    named = {
        frozenset({_said(words[one.start : one.end]), *map(_name, one.regions)})
        for one in mentions
        if all(region.kind in _KINDS for region in one.regions)
    }
    return YearsAndRegions(frozenset(_YEAR.findall(question)), frozenset(named))


def _said(words: Sequence[str]) -> Name:
    return tuple(words[1:] if words[0] in KIND_WORDS and len(words) > 1 else words)


def _name(region: Region) -> Name:
    name = bare_words(region)
    return name[1:] if len(name) > 1 and name[0] in _STANDING else name


def named_in(asked: YearsAndRegions, source: str, *, published: int | None) -> bool:
    """Whether a source names these years and regions; the year it was published in counts as named."""
    said = tokens(_COMPARED.sub(" ", source))
    known = {*said, *([str(published)] if published else [])}
    named = (any(_has(said, name) for name in names) for names in asked.regions)
    return asked.years <= known and all(named)


def _has(said: Sequence[str], name: Name) -> bool:
    length = len(name)
    return any(tuple(said[at : at + length]) == name for at in range(len(said) - length + 1))
