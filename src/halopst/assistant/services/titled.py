"""Texts drafted from a question and approved: they answer that question, in whatever order its words come."""

from collections.abc import Sequence
from dataclasses import replace

from halopst.assistant.rules.likeness import likeness
from halopst.knowledge.queries import Found, Hit
from halopst.knowledge.rules.tokens import question, stemmed

SAME = 0.8
"""The share of all stems that a question and a title must have in common."""
SURE_BY_TITLE = 0.9


def titled_first(found: Found, hits: Sequence[Hit]) -> list[Hit]:
    """The same hits; one whose title is the question leads, and surely. Numbers must be the same in both."""
    asked = frozenset(found.asked.sieve.idf)
    best = next((hit for hit in hits if hit.document.by_two and _is_asked(asked, hit.document.title)), None)
    if best is None:
        return list(hits)
    sure = replace(best, score=max(best.score, SURE_BY_TITLE))
    return [sure, *(hit for hit in hits if hit is not best)]


def _is_asked(asked: frozenset[str], title: str) -> bool:
    named = frozenset(stemmed(word) for word in question(title).words)
    return _numbers(asked) == _numbers(named) and likeness(asked, named) >= SAME


def _numbers(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for stem in stems if stem[0].isdigit())
