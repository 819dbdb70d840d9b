"""Questions answered from the cells of static tables, which never speak beside a dynamic one."""

from decimal import Decimal

import pytest

from halopst.assistant.rules.figures.answers import Clarify, FigureAnswer
from halopst.assistant.services.answering.asking import ask
from halopst.assistant.services.figures import answer
from halopst.core.actors import ANONYMOUS
from halopst.knowledge.models import CatalogueItem, Cell, Indicator, Region
from halopst.knowledge.reference import load_regions
from halopst.knowledge.services.static_tables import keep_table
from halopst.units.models import Unit
from halopst.units.reference import load_units
from tests.assistant.asked import TODAY
from tests.knowledge import static_pages as pages
from tests.knowledge.figure_factories import (
    READ,
    BreakdownFactory,
    CatalogueItemFactory,
    CellFactory,
    IndicatorFactory,
)

pytestmark = pytest.mark.django_db
TITLE = "Jumlah Penduduk Menurut Kecamatan di Kota Surabaya (Jiwa), 2024"
LINK = "https://surabayakota.example/id/statistics-table/1/MTYjMQ/"


@pytest.fixture
def office():
    """Kota Surabaya with one static table of its districts, of 2024."""
    load_units()
    load_regions()
    unit = Unit.objects.select_related("parent").get(code="3578")
    CatalogueItemFactory(unit=unit, kind="statictable", external_id="16", title=TITLE, link=LINK)
    keep_table(unit, "16", pages.sent(pages.DISTRICTS), now=READ)
    assert CatalogueItem.objects.get().read_as == "cells"
    return unit


@pytest.fixture
def dynamic(office):
    """The same measured in a dynamic table, of 2023 and 2024, for the city as a whole."""
    indicator = IndicatorFactory(
        unit=office, origin=Indicator.Origin.VARIABLE, name="Jumlah Penduduk", measure="Jiwa"
    )
    city = Region.objects.get(code="3578")
    for period, value in ((202200, "2850600"), (202300, "2852200"), (202400, "2859124")):
        CellFactory(
            indicator=indicator, region=city, breakdown=BreakdownFactory(), period=period, published=value,
            value=Decimal(value),
        )  # fmt: skip
    return indicator


def asked(question, office):
    return answer(question, unit=office, today=TODAY)


def test_a_figure_of_a_static_table_is_shown_with_title_page_period_and_unit(office):
    found = ask(ANONYMOUS, question="jumlah penduduk Surabaya 2024", unit=office, client="", now=READ)

    assert (found.known, found.text) == (
        True, "Jumlah Penduduk Menurut Kecamatan Kota Surabaya pada 2024: 2.859.124 jiwa.",
    )  # fmt: skip
    assert [
        (one["value"], one["period"], one["measure"], one["source"], one["url"]) for one in found.figures
    ] == [("2.859.124", "2024", "Jiwa", TITLE, LINK)]
    assert found.citations[0].url == LINK


def test_a_district_is_found_by_its_name_and_a_missing_one_gets_no_figure(office):
    found = asked("jumlah penduduk perempuan kecamatan benowo surabaya", office)
    absent = asked("jumlah penduduk laki-laki kecamatan benowo surabaya", office)

    assert isinstance(found, FigureAnswer)
    assert [(one.text, one.breakdown) for one in found.figures] == [
        ("35.001", "Kecamatan Benowo · Perempuan")
    ]
    assert not isinstance(absent, FigureAnswer)


@pytest.mark.parametrize("question", ["jumlah penduduk kecamatan benowo 2024", "penduduk benowo 2024"])
def test_for_a_district_without_a_total_a_part_is_offered_but_not_shown(office, question):
    """Only the women of Benowo have a number in the table; its men have a dash, its total is not out."""
    found = asked(question, office)

    assert isinstance(found, Clarify)
    assert "Angka keseluruhannya tidak ada di tabel ini" in found.question
    assert [option.label for option in found.options] == ["Kecamatan Benowo · Perempuan"]
    assert isinstance(asked(found.options[0].question, office), FigureAnswer)


def test_the_dynamic_table_speaks_alone_where_both_have_the_figure(office, dynamic):
    found = asked("jumlah penduduk Surabaya 2024", office)

    assert isinstance(found, FigureAnswer)
    assert [one.indicator_id for one in _cells(found)] == [dynamic.pk]


def test_a_figure_that_only_a_static_table_has_is_shown_from_it(office, dynamic):
    narrowed = asked("jumlah penduduk kecamatan asemrowo surabaya 2024", office)
    dynamic.cells.filter(period=202400).delete()
    of_the_year = asked("jumlah penduduk Surabaya 2024", office)
    newest = asked("jumlah penduduk Surabaya", office)

    assert [one.breakdown for one in narrowed.figures] == ["Kecamatan Asemrowo"]
    assert [(one.text, one.period_label) for one in of_the_year.figures] == [("2.859.124", "2024")]
    assert [one.indicator_id for one in _cells(newest)] == [dynamic.pk]


def _cells(found):
    return list(Cell.objects.filter(pk__in=found.cell_ids))
