"""A number stands where its source has it: measured on sentences of ours, and shown on a few."""

import pytest

from bench.figure_lock import FOLDER, measured, paraphrased, passages, source
from halopst.assistant.rules.checking.number_placement import misplaced

FARMING = source(
    "Pertanian Wanareja 2023",
    "Kecamatan Sukamukti menyumbang 39.410 ton, Karangsari 35.127 ton. Produksi naik dari 70.120 ton pada "
    "2022 menjadi 74.537 ton pada 2023. Sebanyak 41,4 persen petani berusia di atas 55 tahun.",
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Karangsari menyumbang 35.127 ton dan Sukamukti 39.410 ton.", ""),
        ("Karangsari 39.410 ton, Sukamukti 35.127 ton.", "39.410"),
        ("Sukamukti 35.127 ton dan Karangsari 39.410 ton.", "35.127"),
        ("Produksi naik dari 74.537 ton menjadi 70.120 ton.", "74.537"),
        ("Produksi naik dari 70.120 ton pada 2022 menjadi 74.537 ton pada 2023.", ""),
        ("Produksi naik dari 70.120 ton pada 2023 menjadi 74.537 ton pada 2022.", "70.120"),
        ("Pada 2023 produksi 74.537 ton.", ""),
        ("Pada 2022 produksi 74.537 ton.", "74.537"),
        ("Petani berusia di atas 55 tahun ada 41,4 persen.", ""),
    ],
)
def test_two_like_numbers_are_told_apart_by_what_stands_around_them(text, wrong):
    assert misplaced(text, [FARMING]) == wrong


def test_most_misplaced_numbers_are_refused_and_no_true_sentence():
    found = measured(passages(FOLDER / "passages.jsonl")[:90])

    assert found.true >= 150
    assert found.true_refused == 0
    assert found.short_refused <= found.true / 20
    assert found.replaced_refused >= 0.95 * found.replaced
    assert found.exchanged_refused >= 0.95 * found.exchanged


def test_at_most_one_true_sentence_in_twenty_is_refused_for_its_other_words():
    known, unseen = (measured(paraphrased(unseen=unseen)) for unseen in (False, True))

    assert (known.true, known.true_refused <= 4) == (158, True)
    assert (unseen.true, unseen.true_refused) == (22, 0)
    for one in (known, unseen):
        assert one.replaced_refused >= 0.8 * one.replaced
