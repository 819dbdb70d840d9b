"""Long lists: counted up to a point, paged up to it, and honest about the rest."""

import pytest

from halopst.core import pages
from halopst.core.pages import LongPaginator
from halopst.units.models import Unit
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(monkeypatch):
    monkeypatch.setattr(pages, "MOST", 3)
    UnitFactory.create_batch(5)
    return Unit.objects.order_by("pk")


def test_what_lies_behind_the_last_counted_row_is_told_but_not_paged(units):
    paginator = LongPaginator(units, 2)

    assert (paginator.count, paginator.num_pages) == (3, 2)
    assert str(paginator.found) == "3+ hasil"
    assert [unit.pk for unit in paginator.get_page(9)] == [units[2].pk]


def test_a_short_list_is_counted_exactly(units):
    paginator = LongPaginator(units.filter(pk__lte=units[1].pk), 2)

    assert (paginator.count, paginator.found) == (2, 2)


def test_counting_asks_for_no_more_rows_than_it_needs(units, django_assert_max_num_queries):
    with django_assert_max_num_queries(1) as asked:
        assert LongPaginator(units, 2).found

    assert "LIMIT 4" in asked.captured_queries[0]["sql"]
