"""Quarters, semesters and months of figures that are published in other parts of a year."""

import pytest

from halopst.knowledge.models import Cell
from tests.assistant.asked import talked
from tests.assistant.factories import surabaya
from tests.assistant.test_figures import ungrounded


@pytest.fixture
def office(db):
    return surabaya()


def periods(found):
    return sorted(Cell.objects.filter(pk__in=found.cell_ids).values_list("period", flat=True).distinct())


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("tpk hotel jatim kuartal 3", [202607, 202608, 202609]),
        ("ntp triwulan 2 2026", [202604, 202605, 202606]),
        ("ntp semester 1 2026", [*range(202601, 202607)]),
        ("hotel occupancy rate in Q3 2026", [202607, 202608, 202609]),
        ("kapan inflasi surabaya tertinggi triwulan 2 2026", [202604, 202605, 202606]),
        ("inflasi surabaya dan kota malang triwulan 3 2026", [202607, 202608, 202609]),
    ],
)
def test_a_quarter_of_a_monthly_figure_is_shown_by_its_months_and_says_so(office, question, shown):
    found = talked(office, question)

    assert found.known
    assert periods(found) == shown
    assert "tiap bulannya" in found.sentence
    assert ungrounded(found) == []


def test_a_quarter_that_has_not_ended_says_which_months_are_missing(office):
    found = talked(office, "ntp triwulan 4 2026")

    assert (found.known, periods(found)) == (False, [202610])
    assert "Desember 2026 belum tersedia" in found.sentence


def test_a_ranking_of_a_quarter_is_not_made_of_a_single_month(office):
    found = talked(office, "kota mana inflasi tertinggi triwulan 3 2026")

    assert "Triwulan III 2026" in found.sentence
    assert not hasattr(found, "figures")


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("pertumbuhan ekonomi jatim triwulan 1 sampai 4 2025", [202531, 202532, 202533, 202534]),
        ("pertumbuhan ekonomi jatim triwulan 1-3 2025", [202531, 202532, 202533]),
        ("pertumbuhan ekonomi jatim triwulan 2 dan 3 tahun 2025", [202532, 202533]),
        ("pertumbuhan ekonomi jatim triwulan II s.d. IV 2025", [202532, 202533, 202534]),
    ],
)
def test_a_number_after_a_quarter_is_read_as_another_quarter(office, question, shown):
    found = talked(office, question)

    assert (found.known, periods(found)) == (True, shown)


def test_the_last_months_are_not_answered_with_years(office):
    found = talked(office, "ipm surabaya 3 bulan terakhir")

    assert (found.known, periods(found)) == (False, [202500])


@pytest.mark.parametrize("lead", ["2023", "kalau 2023?", "tahun 2023 saja"])
def test_a_year_asked_for_after_a_series_is_shown_alone(office, lead):
    found = talked(office, "rasio gini surabaya 2020 s.d. 2025", lead)

    assert periods(found) == [202300]


def test_a_series_can_be_asked_for_up_to_another_year(office):
    found = talked(office, "tren rasio gini surabaya", "sampai 2023")

    assert periods(found) == [202000, 202100, 202200, 202300]


def test_the_mean_of_a_year_is_of_its_months_where_only_these_are_published(office):
    found = talked(office, "rata-rata inflasi surabaya 2025")

    assert {period // 100 for period in periods(found)} == {2025}
    mean = sum(one.value for one in found.figures) / len(found.figures)
    assert abs(float(found.computed[0].text.split()[0].replace(",", ".")) - float(mean)) <= 0.005
    assert f"(dari {len(found.figures)} angka; hitungan kami, bukan angka terbit)" in found.sentence


@pytest.mark.parametrize("question", ["rata-rata ipm surabaya 2025", "total produksi padi lamongan 2025"])
def test_a_figure_of_the_whole_year_stands_as_it_is(office, question):
    found = talked(office, question)

    assert (found.context["kind"], periods(found), found.computed) == ("value", [202500], ())
