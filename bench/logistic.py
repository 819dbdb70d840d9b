"""A logistic regression by Newton's method, small enough to read: ten weights, some thousand cases."""

from collections.abc import Sequence
from math import exp

ROUNDS, RIDGE, STILL = 30, 0.05, 1e-6
Weights = tuple[float, ...]


def probability(weights: Weights, seen: Sequence[float]) -> float:
    """The first weight is the bias."""
    value = weights[0] + sum(weight * one for weight, one in zip(weights[1:], seen, strict=True))
    return 1 / (1 + exp(-max(min(value, 30.0), -30.0)))


def fit(seen: Sequence[Sequence[float]], right: Sequence[bool], counts: Sequence[float]) -> Weights:
    """The weights that make what was right likeliest, the bias first; `RIDGE` keeps them in bounds."""
    size = len(seen[0]) + 1
    weights: Weights = (0.0,) * size
    for _ in range(ROUNDS):
        slope = [-RIDGE * weight for weight in weights]
        bend = [[RIDGE * (row == column) for column in range(size)] for row in range(size)]
        for one, is_right, count in zip(seen, right, counts, strict=True):
            likely = probability(weights, one)
            values = (1.0, *one)
            for row, value in enumerate(values):
                slope[row] += count * (is_right - likely) * value
                pull = count * likely * (1 - likely) * value
                for column in range(row, size):
                    bend[row][column] += pull * values[column]
        for row in range(size):
            for column in range(row):
                bend[row][column] = bend[column][row]
        step = solved(bend, slope)
        weights = tuple(weight + move for weight, move in zip(weights, step, strict=True))
        if max(map(abs, step)) < STILL:
            break
    return weights


def solved(matrix: list[list[float]], wanted: list[float]) -> list[float]:
    """x of matrix x = wanted, by elimination with the largest pivot."""
    rows = [[*row, value] for row, value in zip(matrix, wanted, strict=True)]
    for at in range(len(rows)):
        largest = max(range(at, len(rows)), key=lambda row: abs(rows[row][at]))
        rows[at], rows[largest] = rows[largest], rows[at]
        for below in rows[at + 1 :]:
            factor = below[at] / rows[at][at]
            for column in range(at, len(rows) + 1):
                below[column] -= factor * rows[at][column]
    answer = [0.0] * len(rows)
    for at in reversed(range(len(rows))):
        rest = sum(rows[at][column] * answer[column] for column in range(at + 1, len(rows)))
        answer[at] = (rows[at][-1] - rest) / rows[at][at]
    return answer
