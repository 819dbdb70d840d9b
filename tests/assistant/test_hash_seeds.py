"""The same question is read alike in every process: sets give their words in another order in each."""

import os
import subprocess
import sys

import pytest

NAMED_IN_FULL = """
import random
from halopst.assistant.rules.question.indicators import Catalogue, Named, core_words

names = [
    "Jumlah Penduduk Miskin",
    "Jumlah Penduduk Bekerja Menurut Lapangan Usaha",
    "Tingkat Penghunian Kamar Hotel Berbintang",
]
catalogue = Catalogue(Named(at, name) for at, name in enumerate(names))
for weights in map(random.Random, range(100)):
    catalogue._weight = {word: weights.uniform(0.7, 5) for word in sorted(catalogue._weight)}
    for at, name in enumerate(names):
        asked = [*core_words(name), "tuban", "ditambah", "lamongan", "berapa"]
        print(*(one.named for one in catalogue.match(asked, 0) if one.thing.id == at))
"""


@pytest.mark.parametrize("seed", ["2", "3", "4"])
def test_an_indicator_named_in_full_is_named_in_full_whatever_the_order_of_its_words(seed):
    run = subprocess.run(
        [sys.executable, "-c", NAMED_IN_FULL],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.split() == ["1.0"] * 300
