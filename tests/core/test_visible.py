"""What nobody sees does not stand in a text, and what looks like a space is one."""

import pytest

from halopst.core.forms import PlainField, plain
from halopst.core.visible import visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Inflasi 3,15 persen", "Inflasi 3,15 persen"),
        ("in\u200bfla\u00adsi", "inflasi"),
        ("naik \u202e51,3\u202c persen", "naik 51,3 persen"),
        ("Rp\u00a05.000 dan 10\u2009persen", "Rp 5.000 dan 10 persen"),
        ("satu\u2028dua", "satu\ndua"),
        ("baris\nkedua\ttab", "baris\nkedua\ttab"),
        ("nol\0 lonceng\a", "nol lonceng"),
        ("\U000e0041\U000e0062abaikan", "abaikan"),
        ("Ma'ruf, é, 中", "Ma'ruf, é, 中"),
    ],
)
def test_a_text_is_what_people_see_of_it(text, seen):
    assert visible(text) == seen


def test_words_that_a_hard_space_or_a_new_line_parts_stay_apart():
    assert plain("Kota\u00a0Surabaya") == "Kota Surabaya"
    assert plain("alasan\nkedua") == "alasan kedua"
    assert PlainField().clean("Rp\u00a05.000") == "Rp 5.000"


def test_a_field_of_nothing_but_hidden_signs_is_empty():
    assert PlainField(required=False).clean("\u200b\u2060") == ""
