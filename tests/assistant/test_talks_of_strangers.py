"""What conversations of strangers leaned on: a meaning told, both of them, a month before, a premise."""

from decimal import Decimal

import pytest

from halopst.assistant.rules.conversation.option_choice import picked
from halopst.assistant.rules.figures.answers import Declined
from halopst.assistant.rules.question.claimed_figures import claim
from halopst.assistant.rules.question.periods import find
from halopst.assistant.rules.question.unit_conversion import misplaced_unit
from halopst.assistant.services.figures import answer
from halopst.assistant.services.figures.figure_sources import is_asked
from halopst.knowledge.models import Cell
from tests.assistant.asked import TODAY
from tests.assistant.factories import surabaya
from tests.assistant.test_differences_and_surveys import furnished, talked, titles

POOR = ["Garis Kemiskinan", "Jumlah Penduduk Miskin", "Persentase Penduduk Miskin"]


@pytest.fixture
def office(db):
    return surabaya()


def told(office, *questions):
    """The last answer of a conversation about figures."""
    context = {}
    for question in questions:
        found = answer(question, unit=office, today=TODAY, context=context)
        context = getattr(found, "context", {})
    return found


def cells(found):
    rows = Cell.objects.filter(pk__in=found.cell_ids)
    return set(rows.values_list("region__code", "period"))


@pytest.mark.parametrize(
    ("reply", "label"),
    [
        ("yg persen", 2),
        ("persentasenya", 2),
        ("jumlahnya aja", 1),
        ("berapa orang", 1),
        ("yang garis", 0),
        ("yang kota", None),
    ],
)
def test_a_unit_in_a_reply_picks_the_option_that_names_it(reply, label):
    assert picked(reply, POOR) == label


def test_berapa_persen_di_kota_malang_picks_the_city():
    assert picked("berapa persen di kota malang", ["Kabupaten Malang", "Kota Malang"]) == 1


def test_the_month_before_is_counted_from_the_one_that_was_shown(office):
    said = ("inflasi jatim september 2026", "dibanding bulan sebelumnya")
    assert cells(told(office, *said)) == {("3500", 202608), ("3500", 202609)}
    went_on = told(office, *said, "dibanding setahun sebelumnya")
    assert cells(went_on) == {("3500", 202509), ("3500", 202609)}


def test_bandingkan_keduanya_compares_regions_asked_about_one_by_one(office):
    years = ("rata-rata lama sekolah kota batu 2020 sampai 2024", "kalau kota malang")
    both = told(office, *years, "bandingkan keduanya di tahun 2024")
    assert cells(both) == {("3579", 202400), ("3573", 202400)}
    three = ("garis kemiskinan kabupaten malang 2025", "kota malang", "kota batu")
    assert {code for code, _period in cells(told(office, *three, "mana paling tinggi dari ketiganya"))} == {
        "3507",
        "3573",
        "3579",
    }
    assert not is_asked("mana paling tinggi dari ketiganya")
    assert is_asked("dari mana datanya")


def test_a_region_by_its_abbreviation_is_compared_with_the_one_before(office):
    assert cells(told(office, "ahh jember", "lmj?", "mana yang lebih tinggi")) == {
        ("3509", 202500),
        ("3508", 202500),
    }


def test_a_ranking_asked_for_after_a_group_is_of_that_group(office):
    found = told(office, "berapa umur harapan hidup orang madura", "yang paling lama hidupnya mana")
    assert {code for code, _period in cells(found)} == {"3526", "3527", "3528", "3529"}


def test_after_an_unknown_place_the_indicator_still_holds(office):
    assert isinstance(told(office, "ipm malaysia"), Declined)
    assert cells(told(office, "ipm malaysia", "kalau jatim")) == {("3500", 202500)}


def test_two_years_in_a_row_take_in_the_year_before_them():
    assert find(["naik", "dua", "tahun", "berturut", "turut"], TODAY).last == 3


def test_a_chart_asked_for_after_the_first_year_shows_the_whole_series(office):
    found = told(office, "persentase penduduk miskin nganjuk 2020", "grafiknya")
    assert len(cells(found)) == 5


def test_a_number_taken_for_granted_is_compared_with_the_published_one():
    said = claim("karena IPM Surabaya 95, berarti tertinggi se-Indonesia kan?")
    assert said is not None
    assert (said.amount, said.question) == (Decimal(95), "IPM Surabaya?")
    assert claim("karena Surabaya kota besar, berapa ipm-nya?") is None


@pytest.mark.parametrize(
    ("question", "measure", "unit"),
    [
        ("inflasi surabaya dalam kilogram", "Persen", "kg"),
        ("produksi padi dalam rupiah", "ton", "rupiah"),
        ("produksi padi dalam kuintal", "ton", ""),
        ("inflasi dalam bulan ini", "Persen", ""),
        ("penduduk dalam kilogram", "", ""),
    ],
)
def test_a_unit_of_another_dimension_is_recognised(question, measure, unit):
    assert misplaced_unit(question.split(), measure) == unit


def test_a_figure_asked_for_in_an_impossible_unit_names_its_own(office):
    found = told(office, "inflasi surabaya dalam kilogram")
    assert not found.known
    assert found.sentence.endswith("Satuannya persen, bukan kg.")


def test_after_a_meaning_was_told_its_figure_is_asked_for_and_no_text_goes_on_from_figures(db):
    office = furnished()
    found = talked(office, "apa itu pengangguran", "di gresik berapa persen")
    assert [(one["indicator"], one["region_code"]) for one in found.figures] == [
        ("Tingkat Pengangguran Terbuka", "3525")
    ]
    kept = talked(office, "penduduk gresik", "apa itu tpt", "kalau tuban")
    assert [one["indicator"] for one in kept.figures] == ["Jumlah Penduduk"]
    assert titles(talked(office, "apa itu sakernas")) == ["Sakernas"]
    assert not talked(office, "kalau surabaya").known

    months = ("tingkat penghunian kamar hotel jawa timur 2025 per bulan", "rata-ratanya berapa")
    assert "Rata-rata sederhana" in talked(office, *months).text


def test_mana_yang_lebih_timpang_compares_the_regions_asked_about_before(office):
    found = told(office, "gini ratio surabaya", "kalau sidoarjo", "mana yang lebih timpang")
    assert cells(found) == {("3578", 202500), ("3515", 202500)}


def test_several_regions_are_compared_with_their_province(office):
    found = told(office, "ipm kabupaten pacitan dan ponorogo 2025", "bandingkan dengan provinsi")
    assert {code for code, _period in cells(found)} == {"3501", "3502", "3500"}
