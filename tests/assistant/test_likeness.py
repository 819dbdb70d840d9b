"""Which questions are the same question."""

from datetime import UTC, date, datetime

import pytest

from halopst.assistant.rules.learning.likeness import ALIKE, likeness, parts_of, slots_of
from halopst.assistant.services.learning.likeness import read
from halopst.demo.figures import build_figures
from halopst.knowledge.reference import load_regions
from halopst.units.models import Unit
from halopst.units.reference import load_units

TODAY = date(2026, 11, 20)


def are_alike(one, other, unit, **more):
    first, second = (read(text, unit=unit, today=TODAY, **more) for text in (one, other))
    return first.slots == second.slots and likeness(first.stems, second.stems) >= ALIKE


@pytest.fixture
def surabaya(db):
    load_units()
    load_regions()
    build_figures(now=datetime(2026, 11, 20, 3, tzinfo=UTC))
    return Unit.objects.get(code="3578")


def test_like_questions_share_year_region_and_indicator_and_differ_in_words(surabaya):
    asked = "Berapa tingkat pengangguran terbuka Surabaya tahun 2024?"

    alike = [
        "TPT surabaya 2024",
        "tingkat pengangguran terbuka tahun 2024",
        "tpt kota Surabaya dua tahun lalu",
    ]
    apart = ["TPT surabaya 2023", "TPT sidoarjo 2024", "IPM surabaya 2024", "apa itu TPT?"]
    assert [text for text in alike if not are_alike(asked, text, surabaya)] == []
    assert [text for text in apart if are_alike(asked, text, surabaya)] == []


def test_questions_without_an_indicator_are_compared_by_their_stems(surabaya):
    asked = "Syarat legalisir ijazah untuk magang"

    assert read(asked, unit=surabaya, today=TODAY).stems == {"syarat", "legalisir", "ijazah", "magang"}
    assert are_alike(asked, "apa syaratnya legalisir ijasah untuk magang?", surabaya)
    assert not are_alike(asked, "Syarat meminjam ruang rapat", surabaya)
    how = "Bagaimana cara menghitung indeks kelinci terbang?"
    assert are_alike(how, "gimana menghitung indeks kelinci terbang", surabaya)


def test_a_question_that_goes_on_is_read_with_the_one_before(surabaya):
    before = "Tingkat pengangguran terbuka Surabaya 2024"

    going_on = read("kalau Sidoarjo?", unit=surabaya, today=TODAY, before=before)
    assert going_on == read("TPT sidoarjo 2024", unit=surabaya, today=TODAY)


def test_slots_can_be_taken_apart_again():
    slots = slots_of("figure", indicator=7, regions=["3578", "3515"], periods=[202400], span="")

    parts = parts_of(slots)
    assert (parts.kind, parts.indicator, parts.regions, parts.periods) == (
        "figure", 7, ("3515", "3578"), (202400,),
    )  # fmt: skip
