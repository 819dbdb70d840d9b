"""Which texts an answer quotes: the first, and the second where it may well be the one that answers."""

from collections.abc import Sequence

from halopst.assistant.services.answering.titled import SURE_BY_TITLE
from halopst.knowledge.queries import Hit

MAY_BE = 0.135
"""How sure the second must be, of the first's: two points of the ranking behind it, e^-2."""


def quoted(fitting: Sequence[Hit]) -> list[Hit]:
    """One of `fitting`, or two of them; the first alone where it is all but certain."""
    first, *others = fitting
    if first.score >= SURE_BY_TITLE:
        return [first]
    return [first, *(hit for hit in others[:1] if hit.score >= MAY_BE * first.score)]
