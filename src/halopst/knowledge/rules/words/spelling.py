"""Finding the word that was meant: two words one slip apart share a form with one letter left out.

Each word of the texts stands in the database under the keys of these forms. A misspelt word is looked up
under its own keys, and the few words found are compared letter by letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from halopst.core.spelling import distance

SHORTEST, LONGEST = 4, 24
_FORGIVES_TWO = 8  # letters; with so many a word survives two slips
_SIGN = 1 << 31


@dataclass(frozen=True, slots=True)
class Known:
    """A word of the texts, and how many passages hold it."""

    text: str
    df: int


def has_keys(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def keys(word: str) -> list[int]:
    """The word itself and each spelling of it without one letter, as 32-bit numbers."""
    if not has_keys(word):
        return []
    spellings = {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
    return sorted({_key(spelling) for spelling in spellings})


def _key(spelling: str) -> int:
    return crc32(spelling.encode()) - _SIGN


def meant(word: str, known: Iterable[Known]) -> Known | None:
    """The nearest word; of several the one with the same first letter, then the most used one."""
    most = 2 if len(word) >= _FORGIVES_TWO else 1
    near = [(distance(word, one.text, most), one) for one in known]
    best = [(slips, one.text[0] != word[0], -one.df, one.text, one) for slips, one in near if slips <= most]
    return min(best)[-1] if best else None
