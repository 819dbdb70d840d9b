"""Which of the texts found are about the question at all: only those are offered to read."""

from collections.abc import Mapping, Sequence

from halopst.knowledge.queries import Found, Hit

LEAST_SURE = 0.01
"""A text that is less sure shares a word or two with the question by chance."""
LEAST_COVERED, LEAST_LED, LEAD = 0.5, 0.4, 8
"""What a text must hold: this share of what is asked, and this share of its rarest word at the start.

The start is its first `LEAD` words.
"""


def related(found: Found, hits: Sequence[Hit]) -> list[Hit]:
    """The texts that say most of what is asked and begin with it; years and other numbers do not count."""
    sieve = found.asked.sieve
    told = {stem: weight for stem, weight in sieve.idf.items() if stem not in sieve.numbers}
    return [hit for hit in hits if told and hit.score >= LEAST_SURE and _is_about(told, hit)]


def _is_about(told: Mapping[str, float], hit: Hit) -> bool:
    first = frozenset(hit.read.stems[:LEAD])
    covered = sum(weight for stem, weight in told.items() if stem in hit.read.known)
    led = max((weight for stem, weight in told.items() if stem in first), default=0.0)
    return covered >= LEAST_COVERED * sum(told.values()) and led >= LEAST_LED * max(told.values())
