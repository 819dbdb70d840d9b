"""Finding what someone meant to type: names and fields of a few hundred experts, scored in memory."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

HONORIFICS = frozenset(
    {"pak", "bapak", "bu", "ibu", "mas", "mbak", "cak", "ning", "kak", "bang", "uda", "uni"}
)
EXACT, PREFIX, NEAR = 1.0, 0.9, 0.7
_CLEARLY_BETTER = 0.15
_LONGEST = 40
_LONGEST_SEARCH = 200
Thing = TypeVar("Thing")


@lru_cache(maxsize=8_192)
def words(text: str) -> tuple[str, ...]:
    """The words of `text` in lower case without accents or punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(word[:_LONGEST] for word in re.findall(r"[a-z0-9]+", plain))


def sought(text: str) -> list[str]:
    """The words of a search that decide: forms of address do, only if nothing else was typed."""
    typed = words(text[:_LONGEST_SEARCH])[:8]
    return [word for word in typed if word not in HONORIFICS] or list(typed)


def score(search: list[str], terms: Iterable[str]) -> float:
    """How well `terms` answer every word of `search`: 0 if one is answered by none, at most 1."""
    vocabulary = list(terms)
    best = [max((likeness(word, term) for term in vocabulary), default=0.0) for word in search]
    return sum(best) / len(best) if best and all(best) else 0.0


def ranked(search: list[str], described: Sequence[tuple[Thing, Iterable[str]]]) -> list[Thing]:
    """The things whose terms answer `search`, best first; guesses only where nothing was typed right.

    Equal answers keep their order; without a search everything is an answer.
    """
    if not search:
        return [thing for thing, _ in described]
    scored = [(score(search, terms), thing) for thing, terms in described]
    best = max((points for points, _ in scored), default=0.0)
    answers = [one for one in scored if one[0] and one[0] > best - _CLEARLY_BETTER]
    return [thing for _, thing in sorted(answers, key=lambda one: -one[0])]


@lru_cache(maxsize=65_536)
def likeness(word: str, term: str) -> float:
    """1 for the same word, less for its beginning, less again for a slip of the fingers, else 0."""
    if word == term:
        return EXACT
    if len(word) > 1 and term.startswith(word):
        return PREFIX
    slips = _slips_forgiven(len(word))
    if not slips or word[0] not in term[: slips + 1]:
        return 0.0
    for candidate in {term, term[: len(word)]}:
        if (found := distance(word, candidate, slips)) <= slips:
            return NEAR - found / 10
    return 0.0


def distance(one: str, other: str, limit: int) -> int:
    """Letters added, dropped, changed or swapped between two words; `limit + 1` stands for any more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return limit + 1
        before, previous = previous, row
    return previous[-1]


def _slips_forgiven(length: int) -> int:
    return 0 if length < 4 else 1 if length < 6 else 2  # noqa: PLR2004  # short words are soon another word
