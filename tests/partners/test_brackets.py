"""Tax brackets as people type them."""

import pytest

from halopst.partners.rules.brackets import Unread, read, written


def test_lines_become_brackets():
    assert read("5.400.000 = 0\n5.650.000 = 0,25%\n\n0,5") == [
        {"up_to": 5_400_000, "rate": "0"},
        {"up_to": 5_650_000, "rate": "0.25"},
        {"up_to": None, "rate": "0.5"},
    ]


def test_what_was_read_is_written_back():
    text = "5.400.000 = 0\n5.650.000 = 0,25\n0,5"

    assert written(read(text)) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 0),
        ("1.000 = 5\n900 = 6\n7", 2),
        ("1.000 = 5", 1),
        ("5\n6", 1),
        ("x = 5\n6", 1),
        ("1.000 = NaN\n6", 1),
        ("99", 1),
    ],
)
def test_what_does_not_make_brackets_names_the_line(text, line):
    with pytest.raises(Unread) as wrong:
        read(text)

    assert wrong.value.line == line
