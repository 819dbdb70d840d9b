"""Finding what someone meant to type: names and fields of a few hundred experts, scored in memory."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from halopst.core.spelling import distance, words

HONORIFICS = frozenset(
    {"pak", "bapak", "bu", "ibu", "mas", "mbak", "cak", "ning", "kak", "bang", "uda", "uni"}
)
EXACT, PREFIX, NEAR = 1.0, 0.9, 0.7
_CLEARLY_BETTER = 0.15
_LONGEST_SEARCH = 200
Thing = TypeVar("Thing")


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


def _slips_forgiven(length: int) -> int:
    return 0 if length < 4 else 1 if length < 6 else 2  # noqa: PLR2004  # short words are soon another word
