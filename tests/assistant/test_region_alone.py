"""A region alone names no figure: the answer says what to add, and with an example."""

import pytest

from halopst.assistant.rules.figures.answers import NO_INDICATOR, Declined
from halopst.assistant.services.figures import answer
from tests.assistant.asked import TODAY
from tests.assistant.factories import surabaya


@pytest.fixture
def office(db):
    return surabaya()


@pytest.mark.parametrize(
    ("question", "region"),
    [
        ("Jawa Timur", "Jawa Timur"),
        ("surabaya vs gresik", "Kota Surabaya"),
        ("data sidoarjo 2025 dong", "Kabupaten Sidoarjo"),
    ],
)
def test_what_is_missing_is_said_with_the_region_that_was_named(office, question, region):
    found = answer(question, unit=office, today=TODAY)

    assert isinstance(found, Declined)
    assert (found.code, f"“jumlah penduduk {region}”" in found.sentence) == (NO_INDICATOR, True)


@pytest.mark.parametrize("question", ["apa itu surabaya", "kemacetan surabaya", "halo", "2025"])
def test_anything_else_is_left_to_the_texts(office, question):
    assert answer(question, unit=office, today=TODAY) is None


def test_after_a_figure_the_region_alone_goes_on_from_it(office):
    first = answer("ipm surabaya", unit=office, today=TODAY)
    found = answer("gresik", unit=office, today=TODAY, context=first.context)

    assert {one.region_code for one in found.figures} == {"3525"}
