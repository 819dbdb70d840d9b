"""Words of every day that look like something asked for often, and short forms people type for others."""

from decimal import Decimal

import pytest

from halopst.assistant.rules.figures.answers import Clarify, FigureAnswer
from halopst.assistant.rules.language.colloquial import in_indonesian
from halopst.assistant.rules.question.claimed_figures import claim
from halopst.assistant.services.figures import answer
from halopst.knowledge.rules.words.thesaurus import is_word
from tests.assistant.asked import TODAY
from tests.assistant.factories import surabaya


@pytest.fixture
def office(db):
    return surabaya()


def asked(office, question):
    return answer(question, unit=office, today=TODAY)


@pytest.mark.parametrize("thing", ["bandeng", "kapas", "basah", "tahu", "jambu", "bawang", "pasir"])
def test_a_product_is_not_read_as_a_misspelt_question_word_or_region(office, thing):
    """`Produksi bandeng` was read as `produksi banding`, and answered with rice."""
    found = asked(office, f"produksi {thing} gresik 2024")

    assert not getattr(found, "known", False)
    assert not isinstance(found, Clarify)


def test_mau_tahu_does_not_ask_for_tofu(office):
    assert asked(office, "mau tahu produksi padi gresik 2024") == asked(office, "produksi padi gresik 2024")


@pytest.mark.parametrize("word", ["lapangan", "median", "puncak", "langkah", "banjir", "lapangannya"])
def test_an_everyday_word_beside_a_figure_is_not_read_as_a_region(office, word):
    found = asked(office, f"ipm {word} jawa timur")
    said = getattr(found, "sentence", "")

    assert not any(name in said for name in ("Lamongan", "Medan", "Puncak", "Langkat", "Banjar"))


def test_everyday_words_are_known_as_words():
    assert is_word("bandeng")
    assert is_word("lapangannya")
    assert not is_word("lamogan")


@pytest.mark.parametrize(
    "question", ["jumlah kecamatan di surabaya", "berapa kelurahan di surabaya", "banyaknya desa di gresik"]
)
def test_a_question_how_many_places_there_are_is_not_one_for_people(office, question):
    assert "Jumlah Penduduk" not in getattr(asked(office, question), "sentence", "")


@pytest.mark.parametrize(
    ("question", "value", "side"),
    [
        ("bener ga tpt cuma 2 persen", "2.49", 1),
        ("bener ga tpt 3 persen", "2.51", -1),
        ("bener ga tpt 5 persen", "4.76", 0),
        ("bener ga inflasi 0 persen", "0.22", 1),
    ],
)
def test_a_claim_that_rounds_off_much_of_the_figure_does_not_equal_it(question, value, side):
    assert claim(question).side(Decimal(value), "Persen") == side


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("kota dg tpt terendah", "kota dengan tpt terendah"),
        ("buka hr jumat", "buka hari jumat"),
        ("porsi surabaya thd jatim", "porsi surabaya terhadap jatim"),
        ("knp tpt turun", "kenapa tpt turun"),
        ("harapan hidup arek suroboyo", "harapan hidup orang suroboyo"),
    ],
)
def test_short_forms_are_spelt_out(typed, read):
    assert in_indonesian(typed) == read


@pytest.mark.parametrize(
    "question",
    [
        "tolong buatkan tabel penduduk jatim per kabupaten 2024",
        "penduduk jatim per kabupaten tapi yang 2024 saja",
    ],
)
def test_words_that_ask_for_a_table_do_not_change_the_figure(office, question):
    found = asked(office, question)

    assert isinstance(found, FigureAnswer)
    assert (found.known, found.indicator) == (True, "Jumlah Penduduk")


@pytest.mark.parametrize("question", ["apa penyebab tpt surabaya turun", "kenapa tpt surabaya turun"])
def test_a_question_for_a_cause_is_not_answered_with_figures(office, question):
    assert asked(office, question) is None
