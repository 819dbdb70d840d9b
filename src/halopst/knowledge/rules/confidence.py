"""How surely the best of what was found answers the question: a logistic over what the ranking saw."""

from collections.abc import Mapping, Sequence
from math import exp

from halopst.knowledge.rules.ranking import Features, logistic

# Fitted on the development questions of tests/knowledge/questions, see docs/knowledge.md.
BIAS = -3.115
WEIGHTS: Mapping[str, float] = {
    "covered": 3.411,
    "best_sentence_of_kind": 1.404,
    "numbers_missing": -2.537,
    "names_missing": -1.027,
    "names_apart": -2.461,
    "bm25_to_most": 0.522,
}
# Where an answer may be asserted; below it only sources are shown. Of development questions whose own passage
# was taken out 0.74 are then refused (0.63 from 0.5, 0.84 from 0.7), at 0.82 answered (0.88, 0.74).
SURE = 0.6
_USUAL_GAP = 1.0  # of the ranking's score, over which an answer is a third as likely


def confidence(order: Sequence[tuple[float, Features]]) -> list[float]:
    """For each of the ranking's order, 0 to 1 and never rising: how likely it holds the answer."""
    if not order:
        return []
    top, seen = order[0]
    sure = logistic(BIAS + sum(weight * seen[name] for name, weight in WEIGHTS.items()))
    return [sure * exp((score - top) / _USUAL_GAP) for score, _seen in order]
