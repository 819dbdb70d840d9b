"""A reply to a question back may name a year beside the choice, and is never taken for the region before."""

import pytest

from halopst.assistant.services.answering.asking import ask
from halopst.core.actors import ANONYMOUS
from halopst.knowledge.models import Cell
from tests.assistant.factories import NOW, surabaya


@pytest.fixture
def office(db):
    return surabaya()


@pytest.mark.parametrize(
    ("reply", "region", "period"),
    [
        ("yang kota. tahun 2020", "3573", 202000),
        ("kota, 2021", "3573", 202100),
        ("2022 yang kabupaten dong", "3507", 202200),
        ("yang kota", "3573", 202500),
    ],
)
def test_the_choice_is_answered_of_that_year(office, reply, region, period):
    first = ask(ANONYMOUS, question="penduduk surabaya", unit=office, client="", now=NOW)
    back = ask(ANONYMOUS, question="kalau malang?", unit=office, client="", now=NOW, follow=first.follow)
    told = ask(ANONYMOUS, question=reply, unit=office, client="", now=NOW, follow=back.follow)

    assert back.asks_back
    rows = Cell.objects.filter(pk__in=[figure["cell"] for figure in told.figures])
    assert set(rows.values_list("region__code", "period")) == {(region, period)}
