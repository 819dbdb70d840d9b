"""Everyday questions put as texts would put them, before texts are searched."""

import pytest

from halopst.assistant.rules.formal import formal


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("bedanya P0 sama P1 apa", "bedanya P0 dan P1 apa"),
        ("rata-rata lama menginap itu apa ya?", "apa itu rata-rata lama menginap"),
        ("definisi penganggur menurut BPS", "definisi penganggur"),
        ("gimana cara bikin janji", "gimana cara membuat janji"),
        ("IPM 68,5 masuk kategori apa", "IPM termasuk kategori apa"),
        ("menurut BPS", "menurut BPS"),
        ("Apa itu inflasi?", "Apa itu inflasi?"),
        ("kerja sama dengan kampus", "kerja sama dengan kampus"),
        ("deflasi tuh apaan sih", "apa itu deflasi"),
        ("TPAK itu singkatan dari apa?", "apa itu TPAK"),
        ("kepanjangan IPM", "apa itu IPM"),
        ("siapa yang disebut setengah penganggur", "apa itu setengah penganggur"),
        ("kapan orang dianggap bekerja", "apa itu bekerja"),
        ("indeks gini artinya apa", "apa itu indeks gini"),
        ("IPM 68 artinya apa", "apa itu IPM"),
        ("IPM di atas 80 artinya apa", "apa itu IPM di atas 80"),
        ("anak kuliah dpt apa", "mahasiswa dapat apa"),
    ],
)
def test_what_is_said_and_what_is_meant(said, meant):
    assert formal(said) == meant
