"""What goes on from a definition or from regions shown: another thing, a difference, the highest of them."""

import pytest

from halopst.assistant.rules.question.after_definitions import another, asks_difference_alone, other
from halopst.assistant.rules.question.everyday_phrasing import formal
from tests.assistant.asked import talked as figures_after
from tests.assistant.factories import surabaya
from tests.assistant.test_differences_and_surveys import furnished, talked, titles

TPT, TPAK = "Tingkat Pengangguran Terbuka (TPT)", "Angkatan kerja dan bukan angkatan kerja"


@pytest.fixture
def office(db):
    return furnished()


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("bedanya dengan TPAK?", "TPAK"),
        ("apa bedanya sama garis kemiskinan", "garis kemiskinan"),
        ("terus perbedaannya dari inflasi apa", "inflasi"),
        ("bedanya apa?", ""),
        ("apa beda TPT dan TPAK", ""),
        ("berapa bedanya dengan yang lain menurut data tahun kemarin di sana", ""),
    ],
)
def test_the_one_thing_named_is_read(said, thing):
    assert other(formal(said)) == thing


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("kalau deflasi?", "deflasi"),
        ("klo tpak itu apa", "tpak"),
        ("deflasi", ""),
        ("kalau saya mau beli data ke mana dan berapa", ""),
    ],
)
def test_another_thing_is_read_from_a_few_words(said, thing):
    assert another(said) == thing


@pytest.mark.parametrize(
    ("said", "alone"), [("bedanya apa?", True), ("apa bedanya", True), ("apa bedanya dengan TPAK", False)]
)
def test_a_difference_may_be_asked_of_two_things_without_naming_them(said, alone):
    assert asks_difference_alone(said) is alone


@pytest.mark.parametrize("first", ["TPT Surabaya 2024", "apa itu TPT"])
@pytest.mark.parametrize("question", ["apa bedanya dengan TPAK?", "bedanya sama TPAK apa"])
def test_after_a_figure_or_a_definition_both_things_are_defined(office, first, question):
    assert titles(talked(office, first, question)) == [TPT, TPAK]


def test_kalau_after_a_definition_asks_what_another_thing_is(office):
    assert titles(talked(office, "apa itu TPT", "kalau TPAK?")) == [TPAK]
    assert titles(talked(office, "apa itu TPT", "kalau TPAK?", "bedanya apa?")) == [TPT, TPAK]


def test_what_was_defined_last_is_what_a_region_then_asks_for(office):
    told = talked(office, "apa itu TPT", "kalau TPAK?", "di Surabaya berapa?")

    assert [figure["indicator"] for figure in told.figures] == ["Tingkat Partisipasi Angkatan Kerja"]


def test_after_a_definition_regions_and_years_still_ask_for_figures(office):
    for question in ("kalau Gresik?", "bedanya dengan tahun 2023?", "kalau 2023?"):
        told = talked(office, "apa itu TPT", question)
        assert {figure["indicator"] for figure in told.figures} == {"Tingkat Pengangguran Terbuka"}


def test_after_a_figure_kalau_asks_for_a_figure(office):
    told = talked(office, "apa itu TPT", "di Surabaya berapa?", "kalau TPAK?")

    assert [figure["indicator"] for figure in told.figures] == ["Tingkat Partisipasi Angkatan Kerja"]


@pytest.mark.parametrize(
    "question",
    ["bedanya apa?", "kalau saya mau beli data?", "kalau sensus antariksa?", "bedanya dengan antariksa?"],
)
def test_what_is_not_surely_defined_is_not_defined(office, question):
    assert TPT not in titles(talked(office, "apa itu TPT", question))


@pytest.mark.parametrize(
    "questions",
    [
        ("IPM Surabaya 2024", "kalau Sidoarjo?", "kalau Gresik?", "mana yang paling tinggi?"),
        ("IPM Surabaya, Sidoarjo, dan Gresik 2024", "siapa yang paling tinggi?"),
        ("IPM Surabaya, Sidoarjo, dan Gresik 2024", "yang paling rendah mana?"),
    ],
)
def test_which_is_highest_is_asked_of_the_regions_shown(db, questions):
    told = figures_after(surabaya(), *questions)

    assert [figure.region_code for figure in told.figures] == ["3578", "3515", "3525"]
    assert "Tertinggi Kabupaten Gresik, terendah Kota Surabaya." in told.sentence


@pytest.mark.parametrize(
    "questions",
    [
        ("IPM Surabaya 2024", "mana yang paling tinggi?"),
        ("IPM Surabaya 2024", "kalau Sidoarjo?", "daerah mana yang paling tinggi?"),
        ("IPM Surabaya 2024", "kalau Sidoarjo?", "kabupaten mana yang tertinggi?"),
    ],
)
def test_after_one_region_or_where_places_are_named_the_province_is_ranked(db, questions):
    assert "tertinggi di Jawa Timur" in figures_after(surabaya(), *questions).sentence
