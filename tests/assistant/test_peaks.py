"""Peaks, records and lowest points are of a course over time, and never of a place that is called so."""

import pytest

from halopst.assistant.rules.figures.answers import FigureAnswer
from halopst.assistant.rules.question.intents import EXTREME, RANKING
from halopst.assistant.services.answering.several_figures import figures_told
from halopst.assistant.services.figures import answer
from tests.assistant.asked import TODAY
from tests.assistant.factories import surabaya
from tests.assistant.test_figures import ungrounded


@pytest.fixture
def office(db):
    return surabaya()


@pytest.mark.parametrize(
    ("question", "name", "code", "is_lowest", "count"),
    [
        ("puncak inflasi 2025", "Inflasi", "3578", False, 8),
        ("kapan puncak inflasi Surabaya", "Inflasi", "3578", False, 18),
        ("titik terendah TPT lima tahun terakhir", "Tingkat Pengangguran Terbuka", "3578", True, 5),
        ("rekor tertinggi IPM Surabaya", "Indeks Pembangunan Manusia", "3578", False, 6),
        ("rekor IPM di Jawa Timur", "Indeks Pembangunan Manusia", "3500", False, 6),
        ("pengangguran Sidoarjo mencapai puncaknya", "Tingkat Pengangguran Terbuka", "3515", False, 6),
        ("inflasi paling tinggi di Surabaya pernah berapa", "Inflasi", "3578", False, 18),
        ("inflasi tertinggi Surabaya 2025", "Inflasi", "3578", False, 8),
        ("TPT terendah gresik", "Tingkat Pengangguran Terbuka", "3525", True, 6),
        ("when did unemployment in Surabaya peak", "Tingkat Pengangguran Terbuka", "3578", False, 6),
        ("lowest unemployment Surabaya ever had", "Tingkat Pengangguran Terbuka", "3578", True, 6),
    ],
)
def test_the_highest_of_a_course_is_told_of_all_its_figures(office, question, name, code, is_lowest, count):
    found = answer(question, unit=office, today=TODAY)

    assert (found.context["kind"], len(found.figures)) == (EXTREME, count)
    best = (min if is_lowest else max)(found.figures, key=lambda one: one.value)
    end = "terendah" if is_lowest else "tertinggi"
    assert found.sentence.startswith(f"{name} {best.region} {end} pada {best.period_label}")
    assert (best.region_code, f": {best.text} " in found.sentence, ungrounded(found)) == (code, True, [])


def test_both_ends_of_a_course_are_told_at_once(office):
    found = figures_told("inflasi tertinggi dan terendah surabaya 2025", unit=office, today=TODAY, follow="")

    values = [figure["number"] for figure in found.answer.figures]
    assert len(values) == 8
    high, low = max(values, key=float).replace(".", ","), min(values, key=float).replace(".", ",")
    assert f": {high} persen (dari 8 angka" in found.answer.text
    assert f": {low} persen (dari 8 angka" in found.answer.text


def test_both_ends_of_an_order_are_told_of_the_same_regions(office):
    told = figures_told(
        "kota dengan IPM tertinggi dan terendah di Jatim", unit=office, today=TODAY, follow=""
    )

    assert told.answer.text.count("(dari 9 kota yang angkanya ada)") == 2


def test_who_goes_on_from_a_peak_is_told_the_lowest_of_the_same_time(office):
    first = answer("puncak inflasi Surabaya 2025", unit=office, today=TODAY)
    lowest = answer("titik terendahnya?", unit=office, today=TODAY, context=first.context)

    assert lowest.sentence.startswith("Inflasi Kota Surabaya terendah pada ")
    assert {one.cell_id for one in lowest.figures} == {one.cell_id for one in first.figures}


@pytest.mark.parametrize("question", ["penduduk kabupaten puncak 2024", "IPM Puncak Jaya"])
def test_a_place_called_peak_is_a_place(office, question):
    found = answer(question, unit=office, today=TODAY)

    assert not (isinstance(found, FigureAnswer) and found.known)
    assert "Puncak" in found.sentence


@pytest.mark.parametrize(
    "question", ["kota mana dengan rekor IPM tertinggi di jatim", "kabupaten mana TPT terendah"]
)
def test_regions_that_are_ranked_stay_ranked(office, question):
    assert answer(question, unit=office, today=TODAY).context["kind"] == RANKING
