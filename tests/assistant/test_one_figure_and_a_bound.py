"""`Apakah IPM Sampang di atas 75?`: the figure, and whether it lies within the bound."""

import pytest

from halopst.assistant.rules.question.thresholds import of_one_figure
from tests.assistant.asked import talked
from tests.assistant.factories import surabaya


@pytest.fixture
def office(db):
    return surabaya()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("apakah IPM Sampang di atas 75?", "Tidak di atas 75 poin."),
        ("IPM Gresik 2024 sudah mencapai 75 belum", "Ya, mencapai 75 poin."),
        ("apa penduduk Surabaya lebih dari 2 juta", "Ya, lebih dari 2 juta jiwa."),
        ("apakah persentase penduduk miskin Sampang antara 1 dan 50 persen?", "Ya, antara 1 dan 50 persen."),
    ],
)
def test_the_figure_is_held_against_the_bound(office, question, said):
    told = talked(office, question)

    assert told.sentence.endswith(said)
    assert (len(told.figures), told.wordable) == (1, False)


def test_the_bound_holds_for_the_next_region_too(office):
    told = talked(office, "apakah IPM Sampang di atas 75?", "kalau Gresik?")

    assert [figure.region_code for figure in told.figures] == ["3525"]
    assert told.sentence.endswith("Ya, di atas 75 poin.")


def test_a_figure_that_is_not_out_is_not_held_against_anything(office):
    told = talked(office, "apakah IPM Sampang 2031 di atas 75?")

    assert (told.known, "di atas 75" in told.sentence) == (False, False)


@pytest.mark.parametrize("question", ["penduduk Surabaya di atas 17", "berapa IPM Surabaya yang di atas 60"])
def test_without_a_question_that_yes_or_no_answers_nothing_is_held_against_it(office, question):
    told = talked(office, question)

    assert told is None or "di atas" not in told.sentence


def test_a_bound_that_an_area_sets_is_not_held_against_a_later_figure(office):
    questions = (
        "kabupaten yang IPM-nya di atas rata-rata provinsi",
        "bandingkan Gresik dan Surabaya",
        "kalau Sidoarjo?",
    )
    told = talked(office, *questions)

    assert "di atas" not in told.sentence


@pytest.mark.parametrize(
    "question",
    [
        "penduduk Surabaya di atas 60 tahun",
        "pekerja di Surabaya kurang dari 35 jam",
        "IPM Surabaya di atas rata-rata provinsi",
        "penduduk Surabaya sejak 2020",
        "rice production in Lamongan between 2021 and 2024",
        "inflasi antara 2021 dan 2024 di Surabaya",
    ],
)
def test_whom_a_figure_counts_is_no_bound_of_it(question):
    assert of_one_figure(question) is None
