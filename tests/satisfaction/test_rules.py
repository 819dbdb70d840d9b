from decimal import Decimal
from statistics import fmean, stdev

from hypothesis import given
from hypothesis import strategies as st

from halopst.satisfaction.rules import Score, score


def test_a_figure_carries_its_number_of_ratings_and_interval():
    # 4 x 5 and 1 x 4: mean 4,8; s = 0,4472; 1,96 s/sqrt(5) = 0,392; clipped at the top of the scale
    assert score([0, 0, 0, 1, 4], minimum=5) == Score(5, Decimal("4.8"), Decimal("4.4"), Decimal("5.0"))


def test_too_few_ratings_show_nothing():
    assert score([0, 0, 0, 1, 3], minimum=5) is None
    assert score([0, 0, 0, 0, 0], minimum=0) is None
    assert score([0, 0, 0, 0, 1], minimum=1) is None


def test_everyone_agreeing_leaves_no_interval():
    assert score([0, 0, 7, 0, 0], minimum=5) == Score(7, Decimal("3.0"), Decimal("3.0"), Decimal("3.0"))


@given(st.lists(st.integers(0, 40), min_size=2, max_size=10))
def test_the_figure_agrees_with_plain_statistics(counts):
    answers = [value for value, count in enumerate(counts, 1) for _ in range(count)]
    result = score(counts, minimum=5)
    if len(answers) < 5:
        assert result is None
        return
    margin = 1.959964 * stdev(answers) / len(answers) ** 0.5
    assert result.n == len(answers)
    assert abs(float(result.mean) - fmean(answers)) <= 0.0501
    assert abs(float(result.low) - max(1, fmean(answers) - margin)) <= 0.0501
    assert abs(float(result.high) - min(len(counts), fmean(answers) + margin)) <= 0.0501
    assert 1 <= result.low <= result.mean <= result.high <= len(counts)
