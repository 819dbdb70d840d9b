"""The title of a contract names the kind of officer and the months, whatever an office calls them."""

from datetime import date

import pytest

from halopst.partners.rules.titles import months_in_words, officers_in_words


@pytest.mark.parametrize(
    ("positions", "words"),
    [
        (["Pencacah (PCL/PPL)"], "pencacah (PCL/PPL)"),
        (["Petugas  entri"], "entri"),
        (["PML Kota"], "PML Kota"),
        (["Pengolahan", "Pengolahan"], "pengolahan"),
        (["Pencacah", "Pengawas"], "pencacah dan pengawas"),
        (["Pencacah", "Pengawas", "Entri"], "pencacah, pengawas, dan entri"),
        (["A", "B", "C", "D"], "kegiatan statistik"),
        ([], "kegiatan statistik"),
        ([" "], "kegiatan statistik"),
    ],
)
def test_one_kind_is_named_two_are_joined_and_many_are_summed_up(positions, words):
    assert officers_in_words(positions) == words


def test_months_are_one_or_from_the_first_to_the_last():
    october, november = date(2026, 10, 1), date(2026, 11, 1)

    assert months_in_words([november]) == "November"
    assert months_in_words([november, october]) == "Oktober s.d. November"
