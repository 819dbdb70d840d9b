"""English sentences hold figures, the names of what these are about, and words we know.

The texts here are Indonesian, so the words of an English sentence cannot be found in them. Such a sentence is
therefore about figures alone, and every word of it has to be known.
"""

from collections.abc import Sequence
from functools import lru_cache

from halopst.assistant.rules.checking.sources import PLACEHOLDER, Source, placeholders
from halopst.assistant.rules.language.english_names import pieces
from halopst.assistant.rules.language.phrases import Phrase
from halopst.assistant.rules.language.word_tables import table

_SIGNS = frozenset(".,;:()'\"“”-–—")  # as people type them


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    return frozenset(table("english")["plain"]) | frozenset(table("english")["checked"])


def stranger(text: str, every: Sequence[Source]) -> str:
    """The first word that no rule knows; of a sentence without a figure, its beginning.

    A name counts only whole, and only if it belongs to all figures of the sentence: no figure may stand under
    the region, period or indicator of another.
    """
    by_number = {source.number: source for source in every}
    used = [by_number[number] for number in placeholders(text) if number in by_number]
    if not used:
        return text[:80]
    borne = frozenset.intersection(*(source.says for source in used))
    spoken = PLACEHOLDER.sub("\n", text).split("\n")
    return next(filter(None, (_unknown(part, borne) for part in spoken)), "")


def _unknown(part: str, borne: frozenset[Phrase]) -> str:
    said = pieces(part)
    if sign := next((one for one in said if not one[0].isalnum() and one not in _SIGNS), ""):
        return sign
    words = [one for one in said if one[0].isalnum()]
    at = 0
    while at < len(words):
        length = _named(words, at, borne)
        if not length and words[at] not in plain_words() and not _heads(words[at], borne):
            return words[at]
        at += length or 1
    return ""


def _heads(word: str, borne: frozenset[Phrase]) -> bool:
    """Whether it is a word such as `index` that stands for a name with that word in it."""
    return word in table("english")["heads"] and any(word in name for name in borne)


def _named(words: Sequence[str], at: int, borne: frozenset[Phrase]) -> int:
    """How many words from `at` on are a name, the longest one."""
    longest = max(map(len, borne), default=0)
    lengths = range(min(longest, len(words) - at), 0, -1)
    return next((one for one in lengths if tuple(words[at : at + one]) in borne), 0)
