"""Questions that lean on more than the words of the one before: its period, and the regions before it."""

import pytest

from halopst.knowledge.models import Cell
from tests.assistant.asked import talked
from tests.assistant.factories import surabaya
from tests.assistant.test_figures import ungrounded

SURABAYA, GRESIK, SIDOARJO = "3578", "3525", "3515"


@pytest.fixture
def office(db):
    return surabaya()


def shown(found):
    rows = Cell.objects.filter(pk__in=found.cell_ids)
    return set(rows.values_list("region__code", "period"))


@pytest.mark.parametrize(
    ("questions", "regions"),
    [
        (["ipm surabaya", "kalau gresik?", "lebih tinggi mana?"], {SURABAYA, GRESIK}),
        (["ipm surabaya", "ipm gresik", "mana yang lebih tinggi?"], {SURABAYA, GRESIK}),
        (["ipm surabaya", "kalau gresik?", "selisihnya berapa?"], {SURABAYA, GRESIK}),
        (["hdi of surabaya", "what about gresik?", "which is higher?"], {SURABAYA, GRESIK}),
        (["ipm surabaya", "kalau gresik?", "kalau sidoarjo?", "bedanya?"], {SURABAYA, GRESIK, SIDOARJO}),
        (["ipm surabaya", "ipm gresik", "jumlah penduduk sidoarjo", "kalau gresik?", "lebih banyak mana?"],
         {SIDOARJO, GRESIK}),
    ],
)  # fmt: skip
def test_regions_asked_about_one_by_one_are_compared(office, questions, regions):
    found = talked(office, *questions)

    assert shown(found) == {(code, 202500) for code in regions}
    assert ungrounded(found) == []


def test_of_a_single_region_only_its_years_can_be_compared(office):
    found = talked(office, "ipm surabaya", "mana yang lebih tinggi?")

    assert shown(found) == {(SURABAYA, 202400), (SURABAYA, 202500)}


@pytest.mark.parametrize(
    "asked",
    ["dibanding bulan yang sama tahun lalu?", "dibanding tahun lalu?", "kalau dibandingkan 2025?"],
)
def test_a_month_is_compared_with_the_same_month_of_the_year_named(office, asked):
    found = talked(office, "inflasi surabaya oktober 2026", asked)

    assert shown(found) == {(SURABAYA, 202510), (SURABAYA, 202610)}
    assert found.computed
    assert ungrounded(found) == []


def test_tahun_lalu_after_a_month_of_last_year_is_the_year_before_it(office):
    found = talked(office, "inflasi surabaya oktober 2025", "dibanding bulan yang sama tahun lalu?")

    assert shown(found) == {(SURABAYA, 202510)}
    assert "Oktober 2024" in found.sentence
    assert (found.known, found.no_text) == (False, True)
