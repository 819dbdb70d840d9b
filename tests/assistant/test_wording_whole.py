"""Words of a model for several figures: they keep what was asked for, or the plain answer stays."""

from decimal import Decimal

import pytest

from halopst.knowledge.models import Cell, Indicator
from tests.assistant.model_server import says
from tests.assistant.worded import answered, build_office
from tests.knowledge.figure_factories import CellFactory, RegionFactory

pytestmark = pytest.mark.django_db
COURSE = "Tren IPM Surabaya lima tahun terakhir"
SIDES = "Bandingkan IPM Kota Surabaya, Kota Malang, dan Kota Batu 2024"
ORDER = "Kota mana yang IPM tertinggi di Jawa Timur?"


@pytest.fixture
def office(model):
    """Five years of the office's city, and the newest of two others."""
    office = build_office()
    indicator, source = Indicator.objects.get(), Cell.objects.first().source
    own = Cell.objects.first().region
    own.parent_code = "3500"
    own.save()
    RegionFactory(code="3500", name="Jawa Timur", kind="provinsi")
    malang = RegionFactory(code="3573", name="Kota Malang", kind="kota", parent_code="3500")
    batu = RegionFactory(code="3579", name="Kota Batu", kind="kota", parent_code="3500")
    for region, period, value in (
        (own, 202000, "82.23"),
        (own, 202100, "82.31"),
        (own, 202200, "82.74"),
        (malang, 202400, "84.00"),
        (batu, 202400, "79.69"),
    ):
        CellFactory(
            indicator=indicator, source=source, region=region, period=period, published=value,
            value=Decimal(value),
        )  # fmt: skip
    return office


def test_words_that_leave_out_the_newest_year_of_a_series_are_refused(client, office, model):
    model.replies = [
        says(("Indeks Pembangunan Manusia Kota Surabaya naik dari {S1} menjadi {S4}.", [1, 4])),
    ]
    turn, wording = answered(client, office, COURSE)

    assert [one["period"] for one in turn.answer["figures"]] == ["2020", "2021", "2022", "2023", "2024"]
    assert (wording.verdict, wording.reason) == ("rejected", "placeholder")
    assert wording.offences == []
    assert "84,69 poin pada 2024" in turn.answer["text"]
    assert "{S5}" in model.asked[1]["messages"][-1]["content"]


def test_words_for_a_series_may_leave_out_earlier_years(client, office, model):
    model.replies = [
        says(("Indeks Pembangunan Manusia Kota Surabaya naik dari {S1} menjadi {S5}.", [1, 5])),
    ]
    turn, wording = answered(client, office, COURSE)

    assert wording.verdict == "passed"
    assert "menjadi 84,69 poin (Kota Surabaya, 2024)" in turn.answer["text"]


@pytest.mark.parametrize(
    ("said", "cites", "verdict"),
    [
        ("{S1} dan {S2}", [1, 2], "rejected"),
        ("{S2} dan {S3}", [2, 3], "rejected"),
        ("{S1}, {S2}, dan {S3}", [1, 2, 3], "passed"),
    ],
)
def test_words_for_a_comparison_keep_both_sides(client, office, model, said, cites, verdict):
    model.replies = [says((f"Indeks Pembangunan Manusia pada 2024: {said}.", cites))]
    _turn, wording = answered(client, office, SIDES)

    assert wording.verdict == verdict


@pytest.mark.parametrize(("first", "verdict"), [(2, "rejected"), (3, "rejected"), (1, "passed")])
def test_words_for_a_ranking_keep_the_first_and_may_leave_out_the_others(
    client, office, model, first, verdict
):
    model.replies = [says((f"Indeks Pembangunan Manusia: {{S{first}}}.", [first]))]
    turn, wording = answered(client, office, ORDER)

    assert [one["region"] for one in turn.answer["figures"]] == ["Kota Surabaya", "Kota Malang", "Kota Batu"]
    assert wording.verdict == verdict
