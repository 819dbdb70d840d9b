"""How ratings become a figure that may be shown: pure arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

Z_95 = Decimal("1.959964")
"""The two-sided 95 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Score:
    """A mean on the instrument's scale with its 95 % interval, from `n` ratings."""

    n: int
    mean: Decimal
    low: Decimal
    high: Decimal


def score(counts: Sequence[int], *, minimum: int) -> Score | None:
    """Summarise how often each answer 1, 2, 3 … was given; None when fewer than `minimum` answered.

    The interval is the normal approximation mean ± 1.96 s/√n, with s the sample standard deviation,
    clipped to the scale. Figures carry one decimal, rounded half up once, at the end.
    """
    n = sum(counts)
    if n < max(minimum, 2):
        return None
    mean = Decimal(sum(value * count for value, count in enumerate(counts, 1))) / n
    variance = sum(count * (value - mean) ** 2 for value, count in enumerate(counts, 1)) / (n - 1)
    margin = Z_95 * Decimal(sqrt(variance / n))
    top = Decimal(len(counts))
    return Score(n, _tenth(mean), _tenth(max(Decimal(1), mean - margin)), _tenth(min(top, mean + margin)))


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
