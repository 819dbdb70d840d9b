"""After a ranking with a number of places: their total, and who stands where, in few words."""

import pytest

from halopst.assistant.rules.question.intents import RANKING, TOTAL
from halopst.assistant.services.figures import answer
from tests.assistant.asked import TODAY
from tests.assistant.factories import surabaya


@pytest.fixture
def office(db):
    return surabaya()


@pytest.mark.parametrize(
    ("ranking", "total"),
    [
        ("tiga kabupaten penyumbang produksi padi terbesar di Jatim", "berapa total ketiganya?"),
        ("5 kota dengan penduduk terbanyak di Jatim", "totalnya?"),
        ("lima kota dengan penduduk paling sedikit di Jatim", "total kelimanya berapa"),
    ],
)
def test_the_total_is_of_the_regions_that_were_listed(office, ranking, total):
    first = answer(ranking, unit=office, today=TODAY)
    found = answer(total, unit=office, today=TODAY, context=first.context)

    assert (first.context["kind"], found.context["kind"]) == (RANKING, TOTAL)
    assert {one.cell_id for one in found.figures} == {one.cell_id for one in first.figures}


def test_no_total_is_made_of_a_ranking_that_named_no_number(office):
    first = answer("kota dengan penduduk terbanyak di Jatim", unit=office, today=TODAY)
    found = answer("totalnya?", unit=office, today=TODAY, context=first.context)

    assert found.context["kind"] == RANKING


@pytest.mark.parametrize("place", ["no 2?", "terus no 2 siapa?", "nomor dua siapa?"])
def test_a_place_may_be_asked_for_in_few_words(office, place):
    first = answer("ipm tertinggi jatim mana", unit=office, today=TODAY)
    found = answer(place, unit=office, today=TODAY, context=first.context)

    assert f" tertinggi ke-2 di Jawa Timur pada 2025: {found.figures[1].region}, " in found.sentence


def test_the_first_of_a_ranking_may_be_asked_for_by_who(office):
    first = answer("lima terbawah IPM", unit=office, today=TODAY)
    found = answer("yang paling bawah siapa", unit=office, today=TODAY, context=first.context)

    assert (found.context["kind"], found.figures[0]) == (RANKING, first.figures[0])


@pytest.mark.parametrize("question", ["kalau kabupaten?", "kabupaten gimana"])
def test_another_kind_of_region_is_ranked_in_its_turn(office, question):
    first = answer("kota mana IPM tertinggi di jatim", unit=office, today=TODAY)
    found = answer(question, unit=office, today=TODAY, context=first.context)

    assert "(dari 29 kabupaten yang angkanya ada)" in found.sentence
    assert {one.region_code[2] for one in found.figures} <= set("0123456")


def test_the_place_of_a_region_of_another_kind_is_among_all(office):
    first = answer("kota mana IPM tertinggi di jatim", unit=office, today=TODAY)
    found = answer("kabupaten malang urutan berapa", unit=office, today=TODAY, context=first.context)

    assert found.sentence.startswith("Indeks Pembangunan Manusia Kabupaten Malang ")
    assert "(dari 38 wilayah yang angkanya ada)" in found.sentence
