"""How much of an area's figure a region makes up: computed only of what adds up, and called ours."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.utils.translation import override

from halopst.assistant.rules.figures.additivity import adds_over_regions
from halopst.assistant.rules.figures.answers import Clarify
from halopst.assistant.services.answering.several_figures import figures_told
from halopst.assistant.services.figures import answer
from halopst.knowledge.models import Cell
from halopst.knowledge.models import Indicator as IndicatorRow
from tests.assistant.asked import NAMES, TODAY
from tests.assistant.factories import surabaya
from tests.assistant.test_figures import ungrounded
from tests.knowledge.figure_factories import CellFactory, IndicatorFactory


@pytest.fixture
def office(db):
    return surabaya()


def value_of(name, code, year=2025):
    cell = Cell.objects.get(
        indicator__name=NAMES[name], region__code=code, period=year * 100, breakdown__label=""
    )
    return cell.value


def percent(part, whole):
    return f"{(part / whole * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)} persen".replace(".", ",")


@pytest.mark.parametrize(
    ("question", "name", "part", "year"),
    [
        ("berapa persen penduduk Jawa Timur tinggal di Surabaya", "JP", "3578", 2025),
        ("kontribusi penduduk Surabaya terhadap Jawa Timur tahun 2024", "JP", "3578", 2024),
        ("persentase penduduk Jember dari penduduk Jawa Timur 2024", "JP", "3509", 2024),
        ("share penduduk Sidoarjo terhadap Jatim", "JP", "3515", 2025),
        ("andil surabaya dalam penduduk jatim", "JP", "3578", 2025),
        ("kontribusi Surabaya terhadap penduduk provinsi", "JP", "3578", 2025),
        ("sumbangan Lamongan terhadap produksi padi Jawa Timur", "PP", "3524", 2025),
        ("berapa persen produksi padi jatim dari lamongan", "PP", "3524", 2025),
        ("proporsi penduduk miskin Sampang terhadap Jawa Timur", "JPM", "3527", 2025),
        ("berapa persen penduduk miskin jatim ada di sampang", "JPM", "3527", 2025),
        ("what share of East Java's population lives in Surabaya", "JP", "3578", 2025),
        ("share of East Java's rice production from Lamongan in 2024", "PP", "3524", 2024),
    ],
)
def test_a_share_is_computed_of_part_and_whole(office, question, name, part, year):
    found = answer(question, unit=office, today=TODAY)

    said = percent(value_of(name, part, year), value_of(name, "3500", year))
    assert [one.text for one in found.computed] == [said]
    assert (found.known, found.wordable, ungrounded(found)) == (True, False, [])
    assert {one.region_code for one in found.figures} == {part, "3500"}
    assert set(found.computed[0].cell_ids) == set(found.cell_ids)
    assert f"{said} dari Jawa Timur" in found.sentence
    assert "hitungan kami, bukan angka terbit" in found.sentence


def test_an_english_page_is_told_the_share_in_english(office):
    with override("en"):
        found = answer("share of East Java's rice production from Lamongan", unit=office, today=TODAY)

    said = percent(value_of("PP", "3524"), value_of("PP", "3500")).replace(",", ".")
    assert found.sentence.startswith("Rice Production of Kabupaten Lamongan in 2025: ")
    assert f", {said.replace('persen', 'percent')} of that of Jawa Timur (" in found.sentence
    assert found.sentence.endswith("The share is our calculation, not a published figure.")


@pytest.mark.parametrize(
    "question",
    [
        "penduduk Surabaya dari Jatim, berapa persen",
        "penduduk Jawa Timur, berapa persen tinggal di Surabaya",
    ],
)
def test_a_share_asked_for_behind_a_comma_is_one_question(office, question):
    told = figures_told(question, unit=office, today=TODAY, follow="").answer

    assert [one["text"] for one in told.computed] == [percent(value_of("JP", "3578"), value_of("JP", "3500"))]
    assert {figure["indicator"] for figure in told.figures} == {"Jumlah Penduduk"}


def test_several_parts_have_each_its_share_and_all_of_them_one(office):
    madura = [value_of("JP", code) for code in ("3526", "3527", "3528", "3529")]
    found = answer("berapa persen penduduk jatim ada di madura", unit=office, today=TODAY)

    each = [percent(one, value_of("JP", "3500")) for one in madura]
    whole = percent(sum(madura), value_of("JP", "3500"))
    assert [one.text for one in found.computed] == [whole, *each]
    assert f"Madura {whole} dari Jawa Timur" in found.sentence
    others = answer("berapa persen penduduk jatim ada di madura dan surabaya", unit=office, today=TODAY)
    assert "Bersama-sama" in others.sentence
    assert "Madura" not in others.sentence


@pytest.mark.parametrize(
    "question", ["IPM Surabaya berapa persen dari Jatim", "kontribusi TPT Gresik ke Jatim"]
)
def test_of_what_does_not_add_up_there_is_no_share(office, question):
    found = answer(question, unit=office, today=TODAY)

    assert found.sentence.startswith("Angka wilayah-wilayahnya tidak berjumlah menjadi angka induknya")
    assert not any("Bagian" in one.label for one in found.computed)
    assert (found.known, len(found.figures)) == (False, 2)


@pytest.mark.parametrize(
    "question",
    [
        "berapa persen kemiskinan surabaya dan jatim",
        "berapa persen penduduk miskin surabaya dibanding jatim",
        "tpt surabaya berapa persen lebih tinggi dari jatim",
        "berapa persen penduduk miskin di Surabaya",
    ],
)
def test_two_regions_side_by_side_ask_for_no_share(office, question):
    found = answer(question, unit=office, today=TODAY)

    assert found.known
    assert {figure.measure for figure in found.figures} == {"Persen"}


def test_the_whole_holds_on_while_the_part_changes(office):
    first = answer("kontribusi penduduk Surabaya terhadap Jatim", unit=office, today=TODAY)
    second = answer("kalau Sidoarjo?", unit=office, today=TODAY, context=first.context)
    third = answer("yang 2024?", unit=office, today=TODAY, context=second.context)

    assert second.computed[0].text == percent(value_of("JP", "3515"), value_of("JP", "3500"))
    assert third.computed[0].text == percent(value_of("JP", "3515", 2024), value_of("JP", "3500", 2024))
    assert isinstance(answer("kalau malang?", unit=office, today=TODAY, context=third.context), Clarify)


def test_without_a_figure_of_the_whole_there_is_no_share_but_of_another_whole(office):
    first = answer("berapa persen penduduk Surabaya dari Indonesia", unit=office, today=TODAY)
    second = answer("kalau dari Jatim?", unit=office, today=TODAY, context=first.context)

    assert (first.known, first.computed) == (False, ())
    assert first.sentence.endswith("Angka Indonesia belum ada di sini.")
    assert second.computed[0].text == percent(value_of("JP", "3578"), value_of("JP", "3500"))


def test_a_part_above_its_whole_gets_no_share(office):
    Cell.objects.filter(indicator__name=NAMES["JP"], region__code="3500").update(value=Decimal(1000))
    found = answer("kontribusi penduduk Surabaya terhadap Jatim", unit=office, today=TODAY)

    assert not any("Bagian" in one.label for one in found.computed)


def test_a_share_that_is_published_is_not_computed(office):
    own = IndicatorFactory(
        unit=office.parent, name="Kontribusi Penduduk terhadap Provinsi", measure="Persen",
        origin=IndicatorRow.Origin.FILE,
    )  # fmt: skip
    there = Cell.objects.filter(region__code="3578", breakdown__label="").first()
    cell = CellFactory(
        indicator=own, region=there.region, breakdown=there.breakdown, period=202500, published="7,41",
        value=Decimal("7.41"),
    )  # fmt: skip
    found = answer("kontribusi penduduk Surabaya terhadap provinsi", unit=office, today=TODAY)

    assert (found.cell_ids, found.computed) == ((cell.pk,), ())


@pytest.mark.parametrize(
    ("name", "measure", "adds"),
    [
        ("Produk Domestik Regional Bruto Atas Dasar Harga Berlaku", "miliar rupiah", True),
        ("Upah Minimum Kabupaten/Kota", "rupiah", False),
        ("Harga Beras Eceran", "rupiah", False),
        ("Curah Hujan", "mm", False),
        ("Jumlah Penumpang", "orang", True),
    ],
)
def test_prices_and_weather_are_not_added_up(name, measure, adds):
    assert adds_over_regions(name, measure) is adds
