"""What an evaluation measures: whether each question went as expected, and the shares of all that did."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

FIGURE, TEXT, CLARIFY, REFUSE = "figure", "text", "clarify", "refuse"
ANSWERABLE = frozenset({FIGURE, TEXT})
AMONG = 5
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_COUNTED = re.compile(r"\((?:dari|of|out of) \d+ [^)]*\)")  # the number of regions in a ranking


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A question of the set and what came of it.

    `rank` is the place of the expected text among those found, from 1: 0 when it was not found, None where no
    text is expected. `shown` are the figures of the answer, `grounded` those of them that stand in a source.
    """

    expects: str
    known: bool
    asks_back: bool
    is_right: bool
    rank: int | None
    shown: int
    grounded: int
    milliseconds: float

    @property
    def is_refused(self) -> bool:
        return not self.known and not self.asks_back


@dataclass(frozen=True, kw_only=True, slots=True)
class Measures:
    """Shares from 0 to 1 and times in milliseconds; None where the set holds nothing to measure.

    `right` is the share of the answerable questions, `right_of_answers` that of all answers given.
    """

    recall_1: float | None
    recall_5: float | None
    mrr: float | None
    grounded: float | None
    right: float | None
    right_of_answers: float | None
    refusal_precision: float | None
    refusal_recall: float | None
    p50_ms: float | None
    p95_ms: float | None


# By how much a measure may fall before a setup is no longer as good. Of figures none may be ungrounded.
TOLERANCES = {
    "recall_1": 0.02,
    "recall_5": 0.02,
    "mrr": 0.02,
    "grounded": 0.0,
    "right": 0.02,
    "right_of_answers": 0.01,
    "refusal_precision": 0.02,
    "refusal_recall": 0.02,
}


def is_right(
    expects: str,
    *,
    known: bool,
    asks_back: bool,
    found: Sequence[str],
    expected: Sequence[str] | None,
    in_order: bool = False,
) -> bool:
    """Whether the answer is as expected.

    `found` is what it shows: its cells, its first text, the choices or addresses it offers. `expected` None
    stands for any. A figure needs exactly its cells, a text or an address has to be one of those, a question
    back has to offer all. An empty list is something expected that is not there, as after a table was
    renamed: nothing is right then.
    """
    if expects == CLARIFY:
        return asks_back and set(expected or ()) <= set(found)
    if expects == REFUSE:
        return not known and not asks_back and (expected is None or not set(expected).isdisjoint(found))
    if not known or asks_back or not found:
        return False
    if expected is None:
        return True
    if expects == TEXT:
        return not set(expected).isdisjoint(found)
    return found == expected if in_order else set(found) == set(expected)


def measured(seen: Sequence[Seen]) -> Measures:
    ranks = [one.rank for one in seen if one.rank is not None]
    answerable = [one for one in seen if one.expects in ANSWERABLE]
    answers = [one for one in seen if one.known]
    refused = [one for one in seen if one.is_refused]
    to_refuse = [one for one in seen if one.expects == REFUSE]
    times = sorted(one.milliseconds for one in seen)
    return Measures(
        recall_1=_share(rank == 1 for rank in ranks),
        recall_5=_share(0 < rank <= AMONG for rank in ranks),
        mrr=sum(1 / rank for rank in ranks if rank) / len(ranks) if ranks else None,
        grounded=_of(sum(one.grounded for one in seen), sum(one.shown for one in seen)),
        right=_share(one.is_right for one in answerable),
        right_of_answers=_share(one.is_right for one in answers),
        refusal_precision=_share(one.expects == REFUSE for one in refused),
        refusal_recall=_share(one.is_refused for one in to_refuse),
        p50_ms=_percentile(times, 0.5),
        p95_ms=_percentile(times, 0.95),
    )


def fallen(before: Measures, after: Measures) -> list[str]:
    """The measures that fell by more than is allowed, or that only `before` has."""
    worse = []
    for name, tolerance in TOLERANCES.items():
        was, now = getattr(before, name), getattr(after, name)
        if was is not None and (now is None or now < was - tolerance - 1e-9):
            worse.append(name)
    return worse


def names() -> list[str]:
    return [field.name for field in fields(Measures)]


def ungrounded(text: str, sources: Iterable[str]) -> list[str]:
    """The numbers of `text` that stand in none of the sources, in their order."""
    known = {number for source in sources for number in _NUMBER.findall(source)}
    return [number for number in _NUMBER.findall(_COUNTED.sub("", text)) if number not in known]


def _share(given: Iterable[bool]) -> float | None:
    counted = list(given)
    return _of(sum(counted), len(counted))


def _of(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percentile(ordered: Sequence[float], share: float) -> float | None:
    """The smallest of the times that the share `share` of them does not exceed."""
    if not ordered:
        return None
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]
