from decimal import Decimal

import pytest

from halopst.knowledge.rules.figures import values
from halopst.knowledge.rules.figures.values import NotAFigure, Value


@pytest.mark.parametrize(
    ("published", "text", "number", "status"),
    [
        (308669, "308669", "308669", ""),
        (Decimal("5.10"), "5.10", "5.10", ""),
        ("4.19", "4.19", "4.19", ""),
        ("2.884.090", "2.884.090", "2884090", ""),
        ("12,5*", "12,5*", "12.5", values.PROVISIONAL),
        ("12.5**", "12.5**", "12.5", values.VERY_PROVISIONAL),
        ("7.1 r", "7.1 r", "7.1", values.REVISED),
        ("-0.24", "-0.24", "-0.24", ""),
        ("1.234", "1.234", "1.234", ""),
    ],
)
def test_what_a_program_published_is_kept_word_for_word_with_its_number(published, text, number, status):
    assert values.of_json(published) == Value(text, Decimal(number), status)


@pytest.mark.parametrize("nothing", [None, "", "-", "...", "…", "n.a", True, "abc", "1e5", "٣", "9" * 60])
def test_what_is_no_figure_gives_none(nothing):
    assert values.of_json(nothing) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("4,19", "4.19"),
        ("2.884.090", "2884090"),
        ("2 884 090,5", "2884090.5"),
        ("12", "12"),
        ("0,125", "0.125"),
        ("\u22122,5", "-2.5"),
        ("\u20132,5", "-2.5"),
    ],
)
def test_people_write_numbers_the_indonesian_way(written, number):
    assert values.of_written(written).number == Decimal(number)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.234", "two-meanings"),
        ("12,345", "two-meanings"),
        ("12a", "number"),
        ("1.2.3", "number"),
        ("9" * 50, "long"),
    ],
)
def test_a_separator_that_may_mean_two_things_is_never_guessed(written, code):
    with pytest.raises(NotAFigure) as wrong:
        values.of_written(written)
    assert wrong.value.code == code


@pytest.mark.parametrize("written", ["", "-", "...", "NA", "N/A", "n.a.", "--", "tidak tersedia"])
def test_a_cell_may_say_that_there_is_no_figure(written):
    assert values.of_written(written) is None


def test_a_figure_is_shown_with_the_decimals_it_was_published_with():
    assert [values.shown(Decimal(text)) for text in ("5.10", "2884090", "-0.5")] == [
        "5,10",
        "2.884.090",
        "-0,5",
    ]
