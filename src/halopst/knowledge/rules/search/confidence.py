"""How surely the best hit answers the question: a logistic function of what the ranking saw."""

from collections.abc import Mapping, Sequence
from math import exp

from halopst.knowledge.rules.search.ranking import Features, logistic

# Fitted by `python -m bench.confidence`, see docs/knowledge.md.
BIAS = -10.831
WEIGHTS: Mapping[str, float] = {
    "covered": 3.642,
    "bm25_to_most": 2.262,
    "bm25_to_top": 2.937,
    "rarest_missed": 2.389,
    "lead": 1.314,
    "first_hit": 0.388,
    "names_apart": -2.923,
    "defines": 1.412,
    "words": 0.266,
    "numbers_missing": -1.849,
    "beyond_title": 1.602,
}
# From SURE on an answer is asserted; from LIKELY on the nearest texts are quoted, and called so.
SURE, LIKELY = 0.45, 0.2
_USUAL_GAP = 1.0  # over this much of the ranking's score an answer becomes a third as likely


def confidence(order: Sequence[tuple[float, Features]]) -> list[float]:
    """For each hit in order how likely it holds the answer, 0 to 1, never rising."""
    if not order:
        return []
    top, seen = order[0]
    sure = logistic(BIAS + sum(weight * seen[name] for name, weight in WEIGHTS.items()))
    return [sure * exp((score - top) / _USUAL_GAP) for score, _seen in order]
