"""The title of a contract names the kind of officer, whatever an office calls it."""

import pytest

from halopst.partners.rules.titles import officers_in_words


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
