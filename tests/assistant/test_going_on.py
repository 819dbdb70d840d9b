"""What people say next: the whole after a part, how far apart, a correction, the number after the share."""

import pytest

from halopst.assistant.rules.figures.answers import Declined
from halopst.knowledge.models import Cell
from tests.assistant.asked import talked
from tests.assistant.factories import surabaya
from tests.assistant.test_figures import ungrounded


@pytest.fixture
def office(db):
    return surabaya()


def shown(found):
    rows = Cell.objects.filter(pk__in=found.cell_ids)
    return set(rows.values_list("indicator__name", "region__code", "period", "breakdown__label"))


@pytest.mark.parametrize(
    "questions",
    [
        ("penduduk perempuan sidoarjo", "totalnya?"),
        ("penduduk sidoarjo", "perempuannya?", "totalnya berapa?"),
        ("how many women live in sidoarjo", "and men?", "total?"),
    ],
)
def test_totalnya_after_a_part_asks_for_the_whole(office, questions):
    assert shown(talked(office, *questions)) == {("Jumlah Penduduk", "3515", 202500, "")}


def test_totalnya_without_an_indicator_is_not_answered(office):
    assert talked(office, "totalnya berapa ribu jiwa?") is None


@pytest.mark.parametrize(
    "questions",
    [
        ("selisih IPM tertinggi dan terendah di Jawa Timur 2025",),
        ("ipm tertinggi di jatim 2025", "kalau terendah?", "selisihnya?"),
        ("ipm terendah di jatim 2025", "bedanya berapa sama yang tertinggi?"),
    ],
)
def test_the_first_and_last_of_a_ranking_are_compared(office, questions):
    found = talked(office, *questions)
    rows = Cell.objects.filter(
        indicator__name="Indeks Pembangunan Manusia", period=202500, region__code__startswith="35"
    )
    values = sorted(row.value for row in rows.exclude(region__code="3500"))

    assert sorted(one.value for one in found.figures) == [values[0], values[-1]]
    assert [one.text for one in found.computed] == [f"{values[-1] - values[0]} poin".replace(".", ",")]
    assert ungrounded(found) == []


@pytest.mark.parametrize("said", ["maaf maksud saya kota", "eh, maksudnya kota", "ralat, yang kota"])
def test_who_corrects_himself_politely_goes_on(office, said):
    found = talked(office, "ipm kabupaten madiun", said)

    assert shown(found) == {("Indeks Pembangunan Manusia", "3577", 202500, "")}


def test_after_an_indicator_without_figures_its_region_still_holds(office):
    found = talked(office, "pdrb kabupaten gresik", "luas panennya?")

    assert shown(found) == {("Luas Panen Padi", "3525", 202500, "")}


@pytest.mark.parametrize(
    ("questions", "name"),
    [
        (("berapa persen warga miskin di jember?", "berapa orang itu?"), "Jumlah Penduduk Miskin"),
        (("jumlah penduduk miskin jember", "berapa persen?"), "Persentase Penduduk Miskin"),
        (("jumlah penduduk miskin jember", "berapa persennya?"), "Persentase Penduduk Miskin"),
        (("share of poor people in jember",), "Persentase Penduduk Miskin"),
    ],
)
def test_the_other_measure_of_the_same_people_may_be_asked_next(office, questions, name):
    assert shown(talked(office, *questions)) == {(name, "3509", 202500, "")}


def test_a_name_of_several_words_may_end_in_nya(office):
    found = talked(office, "tpak kab kediri 2025", "laju pertumbuhan penduduknya?")

    assert shown(found) == {("Laju Pertumbuhan Penduduk", "3506", 202500, "")}


@pytest.mark.parametrize("unit", ["berapa ha", "brp hektar", "dalam hektare"])
def test_the_unit_asked_for_is_not_part_of_the_indicators_name(office, unit):
    found = talked(office, f"luas panen bojonegoro {unit}")

    assert shown(found) == {("Luas Panen Padi", "3522", 202500, "")}


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("TPT seluruh kabupaten/kota di Jawa Timur tahun 2023", 38),
        ("ipm semua kota di jatim", 9),
        ("HDI of every city in East Java", 9),
    ],
)
def test_a_question_for_all_regions_shows_all_of_them(office, question, count):
    found = talked(office, question)

    assert (found.known, len(found.figures)) == (True, count)


def test_a_ranking_asked_for_several_years_says_that_it_is_of_one(office):
    found = talked(office, "data panel IPM 38 kabupaten/kota 2020-2025")

    assert (found.known, found.no_text) == (False, True)
    assert "hanya urutan 2025" in found.sentence


def test_a_question_for_a_total_means_the_indicator_that_adds_up(office):
    found = talked(office, "penduduk miskin se-Madura 2025 totalnya")

    assert {one[:2] for one in shown(found)} == {
        ("Jumlah Penduduk Miskin", code) for code in ("3526", "3527", "3528", "3529")
    }


def test_a_region_without_figures_gets_no_day_of_release(office):
    found = talked(office, "ipm manado")

    assert isinstance(found, Declined)
    assert "rilis" not in found.sentence


def test_a_request_to_explain_is_not_answered_with_a_figure(office):
    assert talked(office, "jelaskan tentang rasio gini") is None
    assert talked(office, "jelaskan rasio gini surabaya 2023").known


def test_a_gap_to_another_place_of_a_ranking_is_not_answered_with_first_and_last(office):
    found = talked(office, "ipm terendah ketiga di jatim", "bedanya sama yang tertinggi")

    assert isinstance(found, Declined)


def test_a_year_that_is_not_meant_is_not_shown(office):
    found = talked(office, "umur harapan hidup gresik", "bukan 2025, 2023")

    assert shown(found) == {("Umur Harapan Hidup", "3525", 202300, "")}
