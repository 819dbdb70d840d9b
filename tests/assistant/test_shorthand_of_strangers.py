"""What five strangers typed that was not understood, and what looks like it and must stay what it is."""

import pytest

from halopst.assistant.rules.language.colloquial import in_indonesian
from halopst.assistant.rules.question.desk import HOURS, desk_question
from halopst.assistant.rules.question.intents import MICRODATA, kind_of
from halopst.assistant.rules.question.introductions import without_introduction
from halopst.assistant.rules.question.regions import find
from halopst.assistant.rules.question.remarks import is_upset
from halopst.knowledge.rules.figures.regions import CITY, REGENCY, Gazetteer, Region


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("kab/kota mana", "kabupaten/kota mana"),
        ("Kab. / Kota terendah", "kabupaten/kota terendah"),
        ("kabkot dengan ipm terendah", "kabupaten/kota dengan ipm terendah"),
        ("kabupaten-kota se-jatim", "kabupaten/kota se-jatim"),
        ("kab kediri", "kab kediri"),
        ("kab/kotagede", "kab/kotagede"),
        ("inflasi ap sih mksdnya", "inflasi apa sih maksudnya"),
    ],
)
def test_both_kinds_of_region_are_read_however_they_are_joined(typed, read):
    assert in_indonesian(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Siapa Raden Ajeng Kartini?", "Siapa Raden Ajeng Kartini?"),
        ("berapa tinggi Gunung Gede", "berapa tinggi Gunung Gede"),
        ("cerita Loro Jonggrang iku opo", "cerita Loro Jonggrang itu apa"),
        ("Piro wong miskin nang Jember", "berapa orang miskin di Jember"),
        ("BERAPA WONG MISKIN", "BERAPA orang MISKIN"),
        ("Piro Wong Miskin", "berapa orang Miskin"),
    ],
)
def test_a_name_is_no_everyday_word_where_capitals_tell_names(typed, read):
    assert in_indonesian(typed) == read


def places():
    rows = [
        ("3506", REGENCY, "Kabupaten Kediri"),
        ("3571", CITY, "Kota Kediri"),
        ("3527", REGENCY, "Kabupaten Sampang"),
    ]
    return Gazetteer([Region(code=code, kind=kind, name=name) for code, kind, name in rows])


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("kdri", ["3506", "3571"]),
        ("kab kdri", ["3506"]),
        ("smpg", ["3527"]),
        ("kdra", []),
        ("kdr", ["3506", "3571"]),
    ],
)
def test_a_name_is_read_by_its_consonants_and_its_last_vowel(typed, codes):
    found = find(typed.split(), places(), lambda _word: False)

    assert [region.code for one in found for region in one.regions] == codes


@pytest.mark.parametrize(
    "question", ["opening hours on Friday", "are you open on weekends?", "what time do you open tomorrow"]
)
def test_opening_hours_of_a_day_can_be_asked_for_in_english(question):
    asked = desk_question(question, places)

    assert asked is not None
    assert asked.about == HOURS


def test_raw_answers_of_a_survey_are_microdata():
    assert kind_of(["can", "i", "get", "raw", "survey", "data"]) == MICRODATA


@pytest.mark.parametrize(
    ("said", "upset"),
    [
        ("berapa timbulan sampah Surabaya", False),
        ("bagaimana sampah kota Surabaya dipilah?", False),
        ("jumlah anjing peliharaan di Sleman", False),
        ("sampah!", True),
        ("jawabanmu sampah", True),
        ("sampah banget", True),
        ("dasar anjing", True),
        ("AIDA bodoh", True),
    ],
)
def test_a_word_that_has_figures_is_an_insult_only_when_said_to_somebody(said, upset):
    assert is_upset(said) is upset


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Halo apa itu inflasi?", "apa itu inflasi?"),
        ("halo, kak, apa itu inflasi", "apa itu inflasi"),
        ("Selamat siang Bapak/Ibu, mohon data TPT", "mohon data TPT"),
        ("Assalamu'alaikum wr. wb., ipm surabaya 2024", "ipm surabaya 2024"),
        ("assalamualaikum warahmatullahi wabarakatuh ipm surabaya", "ipm surabaya"),
        ("pagi min, jam buka hari ini", "jam buka hari ini"),
        ("Hi, what is inflation?", "what is inflation?"),
        ("Halo saya Budi, apa itu NTP?", "apa itu NTP?"),
        ("halo ibu hamil di Surabaya berapa", "ibu hamil di Surabaya berapa"),
        ("pagi hari berapa suhu", "pagi hari berapa suhu"),
        ("halo inflasi", "halo inflasi"),
        ("hai-hai apa", "hai-hai apa"),
    ],
)
def test_a_greeting_is_left_out_of_the_question(typed, left):
    assert without_introduction(typed) == left
