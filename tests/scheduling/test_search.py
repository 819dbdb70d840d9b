"""A visitor finds the right expert even when the fingers slip."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.core.actors import SYSTEM
from halopst.scheduling import queries, rules, services
from halopst.scheduling.models import Field
from halopst.scheduling.reference import FIELDS
from tests.scheduling.factories import ExpertFactory
from tests.units.factories import UnitFactory


@pytest.fixture
def office(db):
    unit = UnitFactory()
    services.open_scheduling([unit], fields=FIELDS)
    for name, title, slugs in (
        ("Cak Pram", "Statistisi Ahli Madya", ["pelayanan-umum"]),
        ("Ning Sekar", "Statistisi Ahli Muda", ["kemiskinan", "konsumsi"]),
        ("Ning Aulia", "Statistisi Ahli Muda", ["harga-inflasi"]),
        ("cak Zaki", "Pranata Komputer", ["pembelian-data-mikro"]),
    ):
        expert = ExpertFactory(unit=unit, display_name=name, title=title, languages=["id", "jv"])
        expert.fields.set(Field.objects.filter(unit=unit, slug__in=slugs))
    return unit


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kemsikinan", ["Ning Sekar"]),
        ("inflsi", ["Ning Aulia"]),
        ("pak pramm", ["Cak Pram"]),
        ("PRAM", ["Cak Pram"]),
        ("sek", ["Ning Sekar"]),
        ("garis kemiskinan", ["Ning Sekar"]),
        ("ihk", ["Ning Aulia"]),
        ("data mikor", ["cak Zaki"]),
        ("Sekár", ["Ning Sekar"]),
        ("pranata", ["cak Zaki"]),
        ("astronomi", []),
        ("kemiskinan zaki", []),
        ("%_'\";--", ["Cak Pram", "cak Zaki", "Ning Aulia", "Ning Sekar"]),
        ("", ["Cak Pram", "cak Zaki", "Ning Aulia", "Ning Sekar"]),
        ("ning", ["Ning Aulia", "Ning Sekar"]),
        ("jawa pram", ["Cak Pram"]),
    ],
)
def test_what_was_meant_is_found(office, typed, found):
    assert [expert.display_name for expert in queries.search_experts(office, typed)] == found


def test_the_right_answer_comes_before_a_guess(office):
    ExpertFactory(unit=office, display_name="Ning Inflora")

    best, *_ = queries.search_experts(office, "inflasi")

    assert best.display_name == "Ning Aulia"


def test_a_field_narrows_the_search(office):
    field = Field.objects.get(unit=office, slug="kemiskinan")

    assert [e.display_name for e in queries.search_experts(office, "ahli", field)] == ["Ning Sekar"]


def test_hidden_experts_and_fields_are_found_by_staff_alone(office):
    ExpertFactory(unit=office, display_name="Ning Tersembunyi", is_public=False)
    Field.objects.filter(unit=office, slug="kemiskinan").update(is_active=False)

    assert queries.search_experts(office, "tersembunyi") == []
    assert len(queries.search_experts(office, "tersembunyi", actor=SYSTEM)) == 1
    assert queries.search_experts(office, "kemiskinan") == []


def test_fields_are_found_by_their_other_words(office):
    fields = queries.fields_of(office)

    assert [f.name for f in queries.search_fields(fields, "penganguran")] == ["Tenaga kerja"]
    assert [f.name for f in queries.search_fields(fields, "PDRB")] == ["Pertumbuhan ekonomi"]
    assert len(queries.search_fields(fields, "")) == 12


def test_a_search_costs_the_same_queries_at_one_expert_and_at_many(office):
    def cost(unit):
        with CaptureQueriesContext(connection) as spent:
            assert queries.search_experts(unit, "nning")
        return len(spent)

    assert cost(ExpertFactory().unit) == cost(office) == 4


def test_a_search_of_any_length_is_answered():
    assert rules.sought("x" * 100_000) == ["x" * 40]
    assert len(rules.sought("satu " * 1_000)) == 8
