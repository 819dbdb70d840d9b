"""Breakdowns and long comparisons, from cells as a sentence, a table and a chart; or one question back."""

import pytest

from halopst.assistant.rules.figures.answers import Clarify, FigureAnswer
from halopst.assistant.rules.question.breakdowns import spelled_out
from halopst.assistant.rules.question.population import headcount
from halopst.assistant.services.figures import answer
from halopst.knowledge.models import Cell
from tests.assistant.asked import TODAY
from tests.assistant.factories import surabaya
from tests.assistant.test_figures import ungrounded


@pytest.fixture
def office(db):
    return surabaya()


def shown(found):
    rows = Cell.objects.filter(pk__in=found.cell_ids)
    return set(rows.values_list("indicator__name", "region__code", "period", "breakdown__label"))


@pytest.mark.parametrize(
    ("question", "region", "year"),
    [
        ("jumlah penduduk menurut jenis kelamin", "3578", 2025),
        ("jumlah penduduk sidoarjo menurut jenis kelamin 2024", "3515", 2024),
        ("komposisi penduduk jember berdasarkan gender", "3509", 2025),
        ("penduduk gresik per jenis kelamin 2023", "3525", 2023),
        ("population of Tuban by sex 2022", "3523", 2022),
        ("lebih banyak laki-laki atau perempuan di surabaya", "3578", 2025),
    ],
)
def test_the_parts_of_a_breakdown_are_shown_side_by_side(office, question, region, year):
    found = answer(question, unit=office, today=TODAY)

    parts = ("Laki-laki", "Perempuan")
    assert shown(found) == {("Jumlah Penduduk", region, year * 100, part) for part in parts}
    assert (found.known, found.table.heads[1:], found.chart.kind) == (True, parts, "bars")
    assert all(f"{figure.breakdown} {figure.text} jiwa" in found.sentence for figure in found.figures)
    assert ungrounded(found) == []


def test_a_breakdown_over_years_has_a_row_per_year_and_a_line_per_part(office):
    found = answer("penduduk jember per jenis kelamin tiga tahun terakhir", unit=office, today=TODAY)

    assert [row[0] for row in found.table.rows] == ["2023", "2024", "2025"]
    assert (found.chart.kind, len(found.chart.series)) == ("lines", 2)
    first, last = found.figures[0], found.figures[-2]
    went = f"Laki-laki naik dari {first.text} jiwa pada 2023 menjadi {last.text} jiwa pada 2025"
    assert (went in found.sentence, ungrounded(found)) == (True, [])
    assert len(found.figures) == 6


def test_a_breakdown_that_no_table_has_is_not_answered_with_the_whole(office):
    for question in ("jumlah penduduk menurut agama", "ipm surabaya menurut jenis kelamin"):
        found = answer(question, unit=office, today=TODAY)
        assert not (isinstance(found, FigureAnswer) and found.known)


def test_years_of_several_regions_are_told_region_by_region(office):
    question = "bandingkan penduduk surabaya, sidoarjo dan gresik lima tahun terakhir"
    found = answer(question, unit=office, today=TODAY)

    years, codes = range(2021, 2026), ("3578", "3515", "3525")
    assert shown(found) == {("Jumlah Penduduk", code, year * 100, "") for year in years for code in codes}
    assert [len(row) for row in found.table.rows] == [4] * 5
    assert [len(values) for _name, values in found.chart.series] == [5] * 3
    for code in codes:
        of_region = [figure for figure in found.figures if figure.region_code == code]
        first, last = of_region[0], of_region[-1]
        said = f"{first.region} naik dari {first.text} jiwa pada 2021 menjadi {last.text} jiwa pada 2025"
        assert said in found.sentence
    cells = {(figure.region_code, figure.period.year): figure.cell_id for figure in found.figures}
    ends = [(cells[code, 2025], cells[code, 2021]) for code in codes]
    assert [one.cell_ids for one in found.computed] == ends
    assert ungrounded(found) == []


def test_a_region_without_figures_is_named_and_the_rest_shown(office):
    found = answer("tpt jember vs banyuwangi vs banyumas 3 tahun terakhir", unit=office, today=TODAY)

    assert {figure.region_code for figure in found.figures} == {"3509", "3510"}
    assert found.sentence.endswith("Angka Kabupaten Banyumas belum ada di sini.")
    assert not found.known


def test_a_region_without_a_figure_of_the_year_asked_for_is_named(office):
    gone = Cell.objects.filter(
        indicator__name="Indeks Pembangunan Manusia", region__code="3515", period=202300
    )
    gone.delete()
    found = answer("bandingkan ipm sidoarjo dan surabaya 2023", unit=office, today=TODAY)

    assert shown(found) == {("Indeks Pembangunan Manusia", "3578", 202300, "")}
    assert found.sentence.endswith(". Angka Kabupaten Sidoarjo untuk 2023 tidak ada di tabel ini.")
    assert not found.known


def test_a_name_several_regions_bear_is_asked_back_once_and_the_rest_of_the_question_holds(office):
    question = "bandingkan penduduk Surabaya, Malang dan Sidoarjo lima tahun terakhir"
    back = answer(question, unit=office, today=TODAY)

    assert isinstance(back, Clarify)
    assert [one.label for one in back.options] == ["Kabupaten Malang", "Kota Malang"]
    found = answer(back.options[1].question, unit=office, today=TODAY)
    assert {figure.region_code for figure in found.figures} == {"3578", "3573", "3515"}
    assert len(found.figures) == 15


def test_a_breakdown_of_several_regions_is_asked_back(office):
    found = answer("penduduk surabaya dan sidoarjo menurut jenis kelamin", unit=office, today=TODAY)

    assert isinstance(found, Clarify)
    assert [one.label for one in found.options] == ["Laki-laki", "Perempuan"]


def test_dari_mana_datanya_names_the_source_of_the_answer_before(office):
    first = answer("ipm sidoarjo 2024", unit=office, today=TODAY)
    for question in ("dari mana datanya", "sumbernya apa?", "ini sumber datanya dari mana ya"):
        told = answer(question, unit=office, today=TODAY, context=first.context)
        assert told.sentence.startswith("Sumbernya: “Data contoh peragaan HaloPST")
        assert (told.cell_ids, told.sources) == (first.cell_ids, first.sources)
    assert answer("dari mana datanya", unit=office, today=TODAY) is None
    other = answer("sumber air surabaya", unit=office, today=TODAY, context=first.context)
    assert getattr(other, "cell_ids", None) != first.cell_ids


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("penduduk menurut jenis kelamin 2024", "penduduk laki laki dan perempuan 2024"),
        ("penganggur per tipe daerah", "penganggur perkotaan dan perdesaan"),
        ("rasio jenis kelamin surabaya", "rasio jenis kelamin surabaya"),
        ("penduduk menurut kelompok umur", "penduduk menurut kelompok umur"),
    ],
)
def test_jenis_kelamin_asks_for_its_parts_only_after_a_word_such_as_menurut(said, read):
    assert spelled_out(said.split()) == read.split()


@pytest.mark.parametrize(
    ("words", "topic", "kind", "meant"),
    [
        ("penduduk surabaya", "penduduk", "value", "jumlah penduduk"),
        ("warga surabaya ada berapa", "", "value", "jumlah penduduk"),
        ("berapa perempuan di sana", "perempuan", "value", "jumlah penduduk perempuan"),
        ("ada orang di sana", "", "value", ""),
        (
            "penduduk perkotaan dan perdesaan",
            "penduduk perkotaan perdesaan",
            "value",
            "jumlah penduduk perkotaan perdesaan",
        ),
        ("penduduk miskin", "penduduk miskin", "value", "penduduk miskin"),
        ("yang perempuan", "perempuan", "value", "perempuan"),
    ],
)
def test_a_question_how_many_people_is_one_for_the_population(words, topic, kind, meant):
    assert headcount(words.split(), topic.split(), kind) == tuple(meant.split())


@pytest.mark.parametrize(
    ("question", "indicator", "region"),
    [
        ("orang pacitan rata2 sekolah berapa tahun", "Rata-rata Lama Sekolah", "3501"),
        ("hotel di jatim terisi berapa persen", "Tingkat Penghunian Kamar Hotel", "3500"),
        ("penduduk laki2 tuban 2024", "Jumlah Penduduk", "3523"),
    ],
)
def test_words_written_twice_with_a_2_and_everyday_words_for_an_indicator_are_read(
    office, question, indicator, region
):
    found = answer(question, unit=office, today=TODAY)

    assert (found.known, found.indicator.split(" (")[0]) == (True, indicator)
    assert [figure.region_code for figure in found.figures] == [region]
