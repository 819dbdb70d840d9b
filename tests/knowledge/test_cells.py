"""Figures into cells: once, anew when they change, and never without a trace."""

from datetime import timedelta
from decimal import Decimal

import pytest

from halopst.knowledge.models import Cell, CellRevision
from halopst.knowledge.rules.figures.values import Value
from halopst.knowledge.services.cells import Incoming, Outcome, store_cells
from tests.knowledge.figure_factories import (
    READ,
    BreakdownFactory,
    DataSourceFactory,
    IndicatorFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db
LATER = READ + timedelta(days=1)


@pytest.fixture
def figure():
    indicator, region, breakdown = IndicatorFactory(), RegionFactory(), BreakdownFactory()
    source = DataSourceFactory(unit=indicator.unit)

    def make(text, period=202400, status=""):
        value = Value(text, Decimal(text), status)
        return Incoming(indicator.pk, region.pk, breakdown.pk, period, value, source.pk)

    return make


def test_new_figures_become_cells_as_they_were_published(figure):
    assert store_cells([figure("5.10"), figure("4", 202300)], now=READ) == Outcome(2, 0, 0)

    assert list(
        Cell.objects.order_by("period").values_list("period", "published", "value", "retrieved_at")
    ) == [
        (202300, "4", Decimal(4), READ),
        (202400, "5.10", Decimal("5.10"), READ),
    ]
    assert Cell.objects.get(period=202400).shown == "5,10"


def test_the_same_figures_again_change_nothing_but_the_day_they_were_last_seen(figure):
    store_cells([figure("5.10")], now=READ)
    before = list(Cell.objects.values())

    assert store_cells([figure("5.10")], now=LATER) == Outcome(0, 0, 1)

    assert list(Cell.objects.values()) == before
    assert Cell.objects.get().indicator.checked_at == LATER
    assert not CellRevision.objects.exists()


def test_a_figure_published_anew_keeps_what_it_was(figure):
    store_cells([figure("5.10", status="sementara")], now=READ)

    assert store_cells([figure("5.25")], now=LATER) == Outcome(0, 1, 0)

    cell = Cell.objects.get()
    assert (cell.published, cell.status, cell.retrieved_at) == ("5.25", "", LATER)
    assert list(cell.revisions.values_list("published", "status", "retrieved_at", "replaced_at")) == [
        ("5.10", "sementara", READ, LATER)
    ]


def test_the_later_of_two_figures_for_one_cell_is_kept(figure):
    assert store_cells([figure("1"), figure("2")], now=READ) == Outcome(1, 0, 0)
    assert Cell.objects.get().published == "2"


def test_a_figure_missing_in_a_later_reading_stays(figure):
    store_cells([figure("1", 202300), figure("2", 202400)], now=READ)
    store_cells([figure("2", 202400)], now=LATER)

    assert Cell.objects.count() == 2
