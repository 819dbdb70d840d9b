"""Which part of a passage to show for a question, and which of its words to mark."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from halopst.knowledge.rules.search.answer_kinds import holds
from halopst.knowledge.rules.search.ranking import Read, Sieve
from halopst.knowledge.rules.words.tokens import stemmed, tokens, words_in

MOST = 280
FEWEST_STEPS, WHOLE_STEPS = 2, 2
"""All steps are shown, in twice the room, as half of a way leads nowhere."""
_ELLIPSIS = "…"
_STEP = re.compile(r"\d{1,2}[.)]")
_ENDS = ".!?:;,…"
_BULLET = re.compile(r"^(?:[-*•]|\d{1,3}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text, and the ranges of characters in it that were asked for, without their ends."""

    text: str
    marks: Sequence[tuple[int, int]]

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is to be marked."""
        found, at = list[tuple[str, bool]](), 0
        for start, end in self.marks:
            found += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [piece for piece in [*found, (self.text[at:], False)] if piece[0]]


def excerpt(sieve: Sieve, read: Read, most: int = MOST) -> Excerpt:
    """The sentence that answers best, with as many around it as fit."""
    parts = _said([one.text for one in read.sentences])
    if not parts:
        return Excerpt("", ())
    best = best_sentence(sieve, read)
    if (steps := _steps(parts, best)) and _size(parts, *steps) <= WHOLE_STEPS * most:
        (first, last), most = steps, WHOLE_STEPS * most
    else:
        first, last = _around(parts, best, most)
    text = " ".join(parts[first : last + 1])
    if len(text) > most:
        text = f"{text[:most].rsplit(' ', 1)[0]}{_ELLIPSIS}"
    return Excerpt(text, marks(sieve.idf, text))


def _said(sentences: Sequence[str]) -> list[str]:
    """The sentences without the signs of a list, as they run on as one text."""
    parts, in_list = list[str](), False
    for text in sentences:
        bare = _BULLET.sub("", text)
        ended = not parts or parts[-1][-1:] in _ENDS
        if bare != text and not ended:
            parts[-1] += ";" if in_list else ":"
        in_list = bare != text or (in_list and not ended)  # an item may go on in the next line
        parts.append(bare)
    return parts


def _around(parts: Sequence[str], best: int, most: int) -> tuple[int, int]:
    """As many sentences after it as fit, then those before it."""
    first = last = best
    while last + 1 < len(parts) and _size(parts, first, last + 1) <= most:
        last += 1
    while first and _size(parts, first - 1, last) <= most:
        first -= 1
    return first, last


def _steps(parts: Sequence[str], at: int) -> tuple[int, int] | None:
    """The first and last place of the numbered steps around a sentence, with what leads to them."""
    numbered = [place for place, part in enumerate(parts) if _STEP.fullmatch(part)]
    if len(numbered) < FEWEST_STEPS:
        return None
    first, last = max(0, numbered[0] - 1), min(len(parts) - 1, numbered[-1] + 1)
    return (first, last) if first <= at <= last else None


def best_sentence(sieve: Sieve, read: Read) -> int:
    """The place of the sentence that holds most of the question; the kind of answer sought counts more."""
    named = frozenset(read.lead_stems)
    worth = [
        (sieve.covered_by(one.known | named) + sieve.covered_by(one.known))
        * (1.5 if holds(sieve.kind, one.text) else 1.0)
        for one in read.sentences
    ]
    return worth.index(max(worth)) if worth else 0


def marks(stems: Mapping[str, float], text: str) -> list[tuple[int, int]]:
    """The ranges in `text` of the question's words and their relatives."""
    return [
        (start, end) for start, end, written in words_in(text) if not stems.keys().isdisjoint(_stems(written))
    ]


@lru_cache(maxsize=50_000)
def _stems(written: str) -> tuple[str, ...]:
    return tuple(map(stemmed, tokens(written)))


def _size(parts: Sequence[str], first: int, last: int) -> int:
    return len(" ".join(parts[first : last + 1]))
