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
    ],
)
def test_what_is_said_and_what_is_meant(said, meant):
    assert formal(said) == meant
