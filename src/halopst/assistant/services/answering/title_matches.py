"""Texts whose title or heading is the question, or names what it asks about: they answer it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from halopst.assistant.rules.learning.likeness import likeness
from halopst.core.actors import Actor
from halopst.core.spelling import words
from halopst.knowledge.models import Document
from halopst.knowledge.queries import Found, Hit
from halopst.knowledge.rules.words.tokens import question, stemmed
from halopst.units.models import Unit

SAME = 0.8
"""The share of all stems that a question and a title must have in common to be the same."""
SURE_BY_TITLE = 0.9
_WHAT_IS = ("apa", "itu")
_WITH_SHORT = re.compile(r"(?P<name>.+?)\s*\((?P<short>[^()]+)\)")
TELLING = 3
"""A question needs at least so many words to be answered by a title nobody approved for it."""


def titled_first(found: Found, hits: Sequence[Hit]) -> list[Hit]:
    """The same hits, led by the one whose title is the question; that one is sure.

    The numbers in question and title must be the same.
    """
    asked = frozenset(found.asked.sieve.idf)
    named = [hit for hit in hits if _is_titled(asked, hit)]
    if not named or (len(named) > 1 and not named[0].document.by_two):
        return list(hits)
    return _led_by(named[0], hits)


def _is_titled(asked: frozenset[str], hit: Hit) -> bool:
    """Whether a text is approved for this question, or its title or heading is the question.

    Without approval only where the question has words enough to be no other.
    """
    if hit.document.by_two:
        return _is_asked(asked, hit.document.title)
    titles = (hit.document.title, hit.heading)
    return len(asked) >= TELLING and any(title and _is_asked(asked, title) for title in titles)


def _is_asked(asked: frozenset[str], title: str) -> bool:
    named = frozenset(stemmed(word) for word in question(title).words)
    return _numbers(asked) == _numbers(named) and likeness(asked, named) >= SAME


def _numbers(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for stem in stems if stem[0].isdigit())


def defined_first(sought: str, hits: Sequence[Hit]) -> list[Hit]:
    """The same hits; for `apa itu ...` led by the beginning of the text with that title, which is sure."""
    return called(sought, hits) or list(hits)


def called(sought: str, hits: Sequence[Hit]) -> list[Hit]:
    """As `defined_first`, but empty where no text has that title."""
    said = tuple(words(sought))
    if said[:2] != _WHAT_IS:
        return []
    best = next((hit for hit in hits if not hit.heading and _is_called(said[2:], hit.document.title)), None)
    return [] if best is None else _led_by(best, hits)


def _led_by(best: Hit, hits: Sequence[Hit]) -> list[Hit]:
    sure = replace(best, score=max(best.score, SURE_BY_TITLE))
    return [sure, *(hit for hit in hits if hit is not best)]


def is_under_review(actor: Actor, sought: str, hits: Sequence[Hit], unit: Unit | None, today: date) -> bool:
    """Whether the text with that title waits for its review.

    Then another text that only mentions the thing is no answer.
    """
    said = tuple(words(sought))
    if said[:2] != _WHAT_IS or any(_is_called(said[2:], hit.document.title) for hit in hits[:1]):
        return False
    stale = Document.objects.visible_to(actor).published().for_office(unit).filter(review_by__lt=today)
    titles = stale.filter(title__icontains=said[2]).values_list("title", flat=True) if said[2:] else ()
    return any(_is_called(said[2:], title) for title in titles)


def _is_called(said: Sequence[str], title: str) -> bool:
    """Whether that is the title, or the long or the short name in `Indeks Harga Konsumen (IHK)`."""
    both = _WITH_SHORT.fullmatch(title.strip())
    names = [title, *both.group("name", "short")] if both else [title]
    return any(tuple(said) == tuple(words(name)) for name in names)
