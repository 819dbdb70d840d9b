"""If and when a region's figure passed a bound: how often, first and last, or never."""

import pytest

from halopst.assistant.rules.question.intents import PASSED
from halopst.assistant.services.figures import answer
from tests.assistant.asked import TODAY
from tests.assistant.factories import surabaya
from tests.assistant.test_figures import NUMBER, ungrounded


@pytest.fixture
def office(db):
    return surabaya()


@pytest.mark.parametrize(
    ("question", "passes"),
    [
        ("kapan terakhir pengangguran surabaya di atas 2,6 persen?", lambda value: value > 2.6),
        ("pernahkah TPT surabaya kurang dari 2,6 persen", lambda value: value < 2.6),
        ("kapan ipm surabaya minimal 69", lambda value: value >= 69),
        ("kapan ipm surabaya mencapai 69", lambda value: value >= 69),
        ("when was unemployment in Surabaya above 2.6 percent?", lambda value: value > 2.6),
    ],
)
def test_it_is_counted_and_dated_by_the_first_and_the_last(office, question, passes):
    found = answer(question, unit=office, today=TODAY)

    passing = [one for one in found.figures if passes(float(one.value))]
    assert 1 < len(passing) < len(found.figures) == 6
    assert found.context["kind"] == PASSED
    assert f" {len(passing)} kali (dari 6 angka, 2020 sampai 2025): " in found.sentence
    assert f"pertama pada {passing[0].period_label} ({passing[0].spoken})" in found.sentence
    assert f"terakhir pada {passing[-1].period_label} ({passing[-1].spoken})" in found.sentence
    assert [one.text for one in found.computed] == [str(len(passing))]
    assert set(ungrounded(found)) <= set(NUMBER.findall(question))


def test_once_is_dated_once(office):
    course = answer("ipm surabaya 2020-2025", unit=office, today=TODAY).figures
    *_, second, highest = sorted(course, key=lambda one: one.value)
    found = answer(f"kapan ipm surabaya di atas {second.text}", unit=office, today=TODAY)

    once = f"sekali (dari 6 angka, 2020 sampai 2025): pada {highest.period_label} ({highest.spoken})"
    assert once in found.sentence


def test_never_names_the_figure_that_came_nearest(office):
    found = answer("pernahkah pengangguran surabaya di atas 20 persen", unit=office, today=TODAY)

    highest = max(found.figures, key=lambda one: one.value)
    assert "Tingkat Pengangguran Terbuka Kota Surabaya tidak pernah di atas 20 persen. " in found.sentence
    assert f"tertinggi pada {highest.period_label}: {highest.spoken} (dari 6 angka" in found.sentence


def test_never_between_two_bounds_says_of_how_many_figures(office):
    found = answer("pernahkah pengangguran surabaya antara 20 dan 30 persen", unit=office, today=TODAY)

    assert found.sentence.endswith("tidak pernah antara 20 dan 30 persen (dari 6 angka, 2020 sampai 2025).")


def test_another_region_is_held_against_the_same_bound(office):
    first = answer("kapan terakhir pengangguran surabaya di atas 2,6 persen", unit=office, today=TODAY)
    found = answer("kalau sidoarjo?", unit=office, today=TODAY, context=first.context)

    assert {one.region_code for one in found.figures} == {"3515"}
    assert " di atas 2,6 persen " in found.sentence


def test_after_a_figure_the_bound_is_of_that_figure(office):
    first = answer("pengangguran surabaya", unit=office, today=TODAY)
    found = answer("kapan terakhir di atas 2,6 persen?", unit=office, today=TODAY, context=first.context)

    assert found.context["kind"] == PASSED
    assert {one.region_code for one in found.figures} == {"3578"}


def test_regencies_above_a_bound_stay_a_list_of_regions(office):
    found = answer("kabupaten mana yang pernah di atas 5 persen tpt nya", unit=office, today=TODAY)

    assert len({one.region_code for one in found.figures}) > 1
