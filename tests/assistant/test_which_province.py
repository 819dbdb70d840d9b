"""Asked of the whole country, where only provinces have the figure: the province is asked back."""

from datetime import UTC, datetime
from functools import partial

import pytest

from halopst.assistant.panels import figures_found
from halopst.assistant.rules.figures.answers import Clarify, FigureAnswer
from halopst.assistant.services import ask
from halopst.assistant.services.figures import answer
from halopst.core.actors import ANONYMOUS
from halopst.demo.figures import build_figures
from halopst.knowledge.models import Cell, Indicator
from halopst.knowledge.reference import load_regions
from halopst.units.models import Unit
from halopst.units.reference import load_units
from tests.assistant.asked import TODAY

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture
def nation():
    load_units()
    load_regions()
    build_figures(now=NOW)
    return Unit.objects.get(kind=Unit.Kind.HEAD_OFFICE)


def labels(found):
    return [one.label for one in found.options] if isinstance(found, Clarify) else found


@pytest.mark.parametrize(
    ("question", "provinces"),
    [
        ("berapa tpt 2025?", ["Lampung", "Jawa Timur"]),
        ("ipm lima tahun terakhir", ["Lampung", "Jawa Timur"]),
        ("berapa inflasi Indonesia 2026", ["Jawa Timur"]),
        ("kota termiskin di mana?", ["Jawa Timur"]),
    ],
)
def test_the_provinces_that_have_the_figure_are_asked_back(nation, question, provinces):
    for unit in (nation, None):
        found = answer(question, unit=unit, today=TODAY)
        assert labels(found) == provinces
        again = answer(found.options[-1].question, unit=unit, today=TODAY)
        assert isinstance(again, FigureAnswer)
        assert again.known
        assert all(figure.region_code.startswith("35") for figure in again.figures)


@pytest.mark.parametrize(
    "question",
    [
        "berapa tpt Bandung",
        "berapa tpt Jawa Barat",
        "provinsi mana tpt tertinggi",
        "berapa tpt Jepang",
        "berapa kurs dolar",
    ],
)
def test_no_province_is_named_where_it_would_not_answer(nation, question):
    assert not isinstance(answer(question, unit=nation, today=TODAY), Clarify)


def test_an_office_of_a_region_is_not_asked_about_other_provinces(nation):
    aceh = Unit.objects.get(code="1100")
    assert not isinstance(answer("berapa tpt 2025?", unit=aceh, today=TODAY), Clarify)


def test_a_figure_of_the_nation_answers_alone(nation):
    own = Indicator.objects.get(name="Tingkat Pengangguran Terbuka", unit__code="3500")
    cell = Cell.objects.filter(indicator=own, region__code="3500").latest("period")
    own.pk, own.unit, own.external_id = None, nation, "nasional"
    own.save()
    cell.pk, cell.indicator, cell.region = None, own, cell.region.__class__.objects.get(code="0000")
    cell.save()
    found = answer("berapa tpt?", unit=nation, today=TODAY)
    assert [figure.region_code for figure in found.figures] == ["0000"]


def test_no_text_stands_in_for_the_amount_and_the_search_shows_the_way(nation):
    asked = partial(ask, ANONYMOUS, unit=None, client="", now=NOW)
    told = asked(question="berapa inflasi?")
    assert [step.title for step in told.suggestions if step.kind == "question"] == ["Jawa Timur"]
    assert asked(question="Jawa Timur", follow=told.follow).figures

    panel = figures_found("inflasi", None, NOW)
    assert [name for name, _url in panel.choices] == ["Jawa Timur"]
