"""Follow-ups that are about what was shown before: its course, its share, and all the regions asked about."""

import pytest

from halopst.assistant.rules.question.intents import EXTREME, MEAN, PASSED, RANKING, SHARE, THRESHOLD
from tests.assistant.asked import talked
from tests.assistant.factories import surabaya


@pytest.fixture
def office(db):
    return surabaya()


@pytest.mark.parametrize(
    "first", ["tren IPM surabaya", "kapan IPM surabaya di atas 69", "puncak IPM surabaya"]
)
def test_after_a_course_the_lowest_is_of_that_course(office, first):
    found = talked(office, first, "terendah?")

    assert (found.context["kind"], {one.region_code for one in found.figures}) == (EXTREME, {"3578"})


def test_after_a_course_the_mean_is_of_that_course(office):
    found = talked(office, "TPT gresik tertinggi kapan", "rata-ratanya?")

    assert (found.context["kind"], {one.region_code for one in found.figures}) == (MEAN, {"3525"})
    assert "Rata-rata sederhana" in found.sentence


def test_regions_are_still_ranked_where_they_are_asked_for(office):
    found = talked(office, "tren TPT gresik", "kota mana yang tertinggi?")

    assert found.context["kind"] == RANKING


@pytest.mark.parametrize(
    "before",
    [
        ["produksi padi lamongan"],
        ["produksi padi lamongan dan bojonegoro", "total keduanya?"],
    ],
)
def test_the_share_is_of_the_regions_that_were_shown(office, before):
    shown = {one.region_code for one in talked(office, *before).figures}
    found = talked(office, *before, "berapa persen dari jatim?")

    assert found.context["kind"] == SHARE
    assert {one.region_code for one in found.figures} == {*shown, "3500"}


def test_the_last_years_of_a_trend_are_counted_without_the_word_last(office):
    found = talked(office, "tren persentase kemiskinan sampang 4 tahun")

    assert [one.period_label for one in found.figures] == ["2022", "2023", "2024", "2025"]


@pytest.mark.parametrize(
    ("first", "again", "kind"),
    [
        ("kapan TPT surabaya di atas 2,6 persen", "kalau di bawah 2,6?", PASSED),
        ("kapan TPT surabaya di atas 2,6 persen", "di atas 2,8 persen?", PASSED),
        ("kabupaten mana yang IPM di atas 75", "kalau di atas 80?", THRESHOLD),
    ],
)
def test_another_bound_is_held_against_the_same_figures(office, first, again, kind):
    found = talked(office, first, again)
    bound = again.removeprefix("kalau ").removesuffix("?").removesuffix(" persen")

    assert found.context["kind"] == kind
    assert f" {bound} " in found.sentence
    assert found.known


def test_regions_compared_and_then_one_more_are_all_of_them(office):
    found = talked(office, "IPM surabaya dan gresik", "sidoarjo?", "bandingkan ketiganya")

    assert {one.region_code for one in found.figures} == {"3578", "3525", "3515"}
