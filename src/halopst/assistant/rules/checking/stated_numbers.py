"""Whether a number in a sentence is one that its sources state: equal, rounded, or said to be about it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from halopst.assistant.rules.language.numerals import Bound, Kind, Number, is_year, numbers

ROUNDED_BY = Decimal("0.05")
ABOUT_BY = Decimal("0.10")
_STATED_AS: dict[Kind, frozenset[Kind]] = {
    Kind.PLAIN: frozenset({Kind.PLAIN, Kind.PERCENT, Kind.POINTS, Kind.RUPIAH}),
    Kind.PERCENT: frozenset({Kind.PERCENT}),
    Kind.POINTS: frozenset({Kind.POINTS}),
    Kind.RUPIAH: frozenset({Kind.RUPIAH}),
    Kind.TIMES: frozenset({Kind.TIMES}),
    Kind.MONTH: frozenset({Kind.MONTH}),
    Kind.PART: frozenset({Kind.PART}),
    Kind.VAGUE: frozenset({Kind.VAGUE}),
}


def unresolved(text: str, sources: Iterable[str]) -> list[Number]:
    """The numbers of `text` that none of the sources states, in their order."""
    stated = [number for source in sources for number in numbers(source)]
    return [number for number in numbers(text) if not any(states(one, number) for one in stated)]


def states(source: Number, said: Number) -> bool:
    """Whether what `source` states may be worded as `said`."""
    if source.kind not in _STATED_AS[said.kind]:
        return False
    if said.kind is Kind.VAGUE:
        return source.text == said.text
    if source.bound is not Bound.EXACT and source.bound is not said.bound:
        return False  # "sekitar 20" may not become "20"
    return any(
        _close(source, said, value, stated) for value in said.readings for stated in _turned(source, said)
    )


def _turned(source: Number, said: Number) -> Sequence[Decimal]:
    """The values of a source: its -0,5 may be worded `turun 0,5`, and its `turun 0,5` as -0,5."""
    if said.falls and source.readings[0] < 0 < said.readings[0]:
        return [-value for value in source.readings]
    if source.falls and said.readings[0] < 0 < source.readings[0]:
        return [-value for value in source.readings]
    return source.readings


def _close(source: Number, said: Number, value: Decimal, stated: Decimal) -> bool:
    if value == stated and said.bound in {Bound.EXACT, Bound.ABOUT, source.bound}:
        return True
    if is_year(said) or is_year(source) or said.kind in {Kind.MONTH, Kind.PART}:
        return False
    gap = stated - value
    match said.bound:
        case Bound.EXACT:
            return said.step > source.step and abs(gap) * 2 <= said.step and _within(gap, stated, ROUNDED_BY)
        case Bound.ABOUT:
            return abs(gap) <= _rough(value) and _within(gap, stated, ABOUT_BY)
        case Bound.ABOVE:
            return 0 < gap <= _rough(value) and _within(gap, stated, ABOUT_BY)
        case Bound.BELOW:
            return 0 < -gap <= _rough(value) and _within(gap, stated, ABOUT_BY)


def _within(gap: Decimal, stated: Decimal, share: Decimal) -> bool:
    return abs(gap) <= abs(stated) * share


def _rough(value: Decimal) -> Decimal:
    """The unit of the last digit that is not zero: 100 for 1,200."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
