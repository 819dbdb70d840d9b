"""Regions whose figures stand in different offices' tables, side by side where these measure the same."""

from decimal import Decimal

import pytest

from halopst.assistant.services.figures import answer
from halopst.knowledge.models import Cell, Indicator
from halopst.units.models import Unit
from tests.assistant.asked import NAMES, TODAY
from tests.assistant.factories import surabaya
from tests.assistant.test_figures import ungrounded
from tests.knowledge.figure_factories import CellFactory, DataSourceFactory, IndicatorFactory, RegionFactory

SEMARANG, SURABAYA = "3374", "3578"


@pytest.fixture
def office(db):
    return surabaya()


def shown(found):
    rows = Cell.objects.filter(pk__in=found.cell_ids)
    return set(rows.values_list("indicator__unit__code", "region__code", "period"))


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("IPM Semarang dibanding Surabaya", 2025),
        ("bandingkan IPM Surabaya dan Kota Semarang 2023", 2023),
        ("compare HDI of Surabaya and Semarang", 2025),
    ],
)
def test_each_figure_keeps_its_own_table_and_office(office, question, year):
    found = answer(question, unit=office, today=TODAY)

    assert shown(found) == {("3374", SEMARANG, year * 100), ("3500", SURABAYA, year * 100)}
    assert (found.known, len(found.computed), ungrounded(found)) == (True, 1, [])
    published = {figure.region_code: found.sources[figure.source].publisher for figure in found.figures}
    assert published == {
        SEMARANG: "BPS Kota Semarang", SURABAYA: "BPS Provinsi Jawa Timur",
    }  # fmt: skip
    assert any("tabel beberapa kantor: " in note for note in found.notes)


def test_their_course_and_their_total_are_told_too(office):
    course = answer("tren IPM Surabaya dan Kota Semarang", unit=office, today=TODAY)
    total = answer("total penduduk Surabaya dan Kota Semarang", unit=office, today=TODAY)

    assert {figure.region_code for figure in course.figures} == {SEMARANG, SURABAYA}
    both = Cell.objects.filter(pk__in=total.cell_ids).values_list("value", flat=True)
    assert (len(both), total.computed[0].text) == (2, f"{sum(both):,} jiwa".replace(",", "."))


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("Indeks Pembangunan Manusia (Metode Lama)", "poin"),
        ("Indeks Pembangunan Manusia", "persen"),
    ],
)
def test_what_is_measured_otherwise_is_not_put_beside_it(office, name, measure):
    Cell.objects.filter(indicator__unit__code=SEMARANG, indicator__name=NAMES["IPM"]).delete()
    Indicator.objects.filter(unit__code=SEMARANG, name=NAMES["IPM"]).delete()
    other = IndicatorFactory(unit=Unit.objects.get(code=SEMARANG), name=name, measure=measure)
    CellFactory(
        indicator=other, region=RegionFactory(code=SEMARANG), source=DataSourceFactory(unit=other.unit),
        period=202500, published="80.27", value=Decimal("80.27"),
    )  # fmt: skip
    found = answer("IPM Surabaya dibanding Kota Semarang", unit=office, today=TODAY)

    assert shown(found) == {("3500", SURABAYA, 202500)}
    assert found.sentence.endswith("Angka Kota Semarang belum ada di sini.")
    assert not found.known


def test_one_table_with_all_regions_is_taken_before_two(office):
    own = IndicatorFactory(unit=office, name=NAMES["IPM"], measure="poin")
    for year in range(2020, 2026):
        CellFactory(
            indicator=own, region=RegionFactory(code=SURABAYA), source=DataSourceFactory(unit=office),
            period=year * 100, published="70", value=Decimal(70),
        )  # fmt: skip
    alone = answer("IPM Surabaya", unit=office, today=TODAY)
    beside = answer("IPM Surabaya dibanding Sidoarjo", unit=office, today=TODAY)

    assert shown(alone) == {("3578", SURABAYA, 202500)}
    assert {unit for unit, _region, _period in shown(beside)} == {"3500"}


def test_a_region_nobody_has_figures_of_is_still_meant_by_the_next_question(office):
    first = answer("IPM Surabaya vs Jakarta", unit=office, today=TODAY)
    second = answer("mana yang lebih tinggi?", unit=office, today=TODAY, context=first.context)

    assert first.sentence.endswith("Angka DKI Jakarta belum ada di sini.")
    assert second.sentence == first.sentence
    assert (first.known, second.known, second.computed) == (False, False, ())


def test_a_difference_says_its_unit_as_within_a_sentence(office):
    rate = IndicatorFactory(unit=office, name="Usia Kawin Pertama", measure="Tahun")
    for code, value in ((SURABAYA, "24.5"), ("3515", "23.5")):
        CellFactory(
            indicator=rate, region=RegionFactory(code=code), period=202500, published=value,
            value=Decimal(value),
        )  # fmt: skip
    found = answer("usia kawin pertama surabaya dan sidoarjo", unit=office, today=TODAY)

    assert found.sentence.endswith("Selisihnya 1,0 tahun.")
