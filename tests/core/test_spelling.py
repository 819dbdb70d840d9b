import pytest

from halopst.core.spelling import distance


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("inflasi", "inflasi", 0),
        ("inflsi", "inflasi", 1),
        ("kemsikinan", "kemiskinan", 1),
        ("ab", "ba", 1),
        ("", "abc", 3),
        ("kitten", "sitting", 3),
        ("satu", "seratus", 3),
    ],
)
def test_slips_are_letters_added_dropped_changed_or_swapped(one, other, slips):
    assert distance(one, other, 5) == distance(other, one, 5) == slips


@pytest.mark.parametrize(("other", "slips"), [("abdc", 1), ("abxyz", 3), ("abcdefgh", 3)])
def test_beyond_the_limit_all_distances_are_alike(other, slips):
    assert distance("abcd", other, 2) == slips
