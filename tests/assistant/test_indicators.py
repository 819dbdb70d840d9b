"""Which of many indicators is meant: a catalogue of hundreds has names within names, and names alike."""

import pytest

from halopst.assistant.rules.question.indicators import Catalogue, Named, as_tables_say, contenders, of_before
from halopst.assistant.rules.question.intents import filler
from halopst.core.spelling import words

NAMES = (
    "Persentase Penduduk Miskin",
    "Persentase Penduduk Miskin Ekstrem",
    "Jumlah Penduduk Miskin",
    "Garis Kemiskinan",
    "Garis Kemiskinan Makanan",
    "Tingkat Penghunian Kamar Hotel",
    "Tingkat Penghunian Kamar Hotel Nonbintang",
    "Laju Pertumbuhan Ekonomi",
    "Laju Pertumbuhan PDRB Konstruksi",
    "Produksi Padi",
    "Produksi Jagung",
    "Luas Panen Padi",
    "Luas Panen Jagung",
    "Luas Panen Kedelai",
)
CATALOGUE = Catalogue(Named(at, name) for at, name in enumerate(NAMES))


def meant(question):
    topic = as_tables_say(words(question), filler())
    return contenders(CATALOGUE.match(topic))


def named(groups):
    return {group[0].thing.name for group in groups}


@pytest.mark.parametrize(
    ("question", "meanings"),
    [
        ("okupansi hotel", {"Tingkat Penghunian Kamar Hotel"}),
        ("okupansi hotel nonbintang", {"Tingkat Penghunian Kamar Hotel Nonbintang"}),
        ("ekonomi tumbuh berapa", {"Laju Pertumbuhan Ekonomi"}),
        ("kemiskinan", {"Garis Kemiskinan", "Jumlah Penduduk Miskin", "Persentase Penduduk Miskin"}),
        ("hasil panen padi (ton)", {"Produksi Padi"}),
        ("luas panen", {"Luas Panen Padi", "Luas Panen Jagung", "Luas Panen Kedelai"}),
    ],
)
def test_without_the_word_that_narrows_a_name_the_plainer_indicator_is_meant(question, meanings):
    assert named(meant(question)) == meanings


@pytest.mark.parametrize(
    ("question", "before", "meanings"),
    [
        ("luas panen", "Produksi Padi", {"Luas Panen Padi"}),
        ("kemiskinan", "Jumlah Penduduk Miskin", {"Jumlah Penduduk Miskin", "Persentase Penduduk Miskin"}),
        ("kemiskinan", "Produksi Padi", named(meant("kemiskinan"))),
    ],
)
def test_a_follow_up_question_stays_with_the_indicator_shown(question, before, meanings):
    assert named(of_before(meant(question), before)) == meanings
