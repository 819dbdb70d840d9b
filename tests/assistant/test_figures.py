"""Questions answered from cells: which cells, and that nothing is shown that is not in one (R-27)."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from halopst.assistant.rules.figures.answers import NOT_RELEASED, Clarify, Declined, FigureAnswer
from halopst.assistant.services.figures import answer
from halopst.core.actors import SYSTEM
from halopst.demo.figures import build_figures
from halopst.knowledge.models import Cell, Indicator
from halopst.knowledge.reference import load_regions
from halopst.knowledge.services.releases import set_release
from halopst.units.models import Unit
from halopst.units.reference import load_units
from tests.assistant.asked import TODAY, items, outcome_of

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"(?:(?<!ke)-)?\d+(?:\.\d{3})*(?:,\d+)?")


@pytest.fixture
def office():
    """Kota Surabaya, with the demonstration's figures as of 20 November 2026."""
    load_units()
    load_regions()
    build_figures(now=datetime(2026, 11, 20, 3, tzinfo=UTC))
    return Unit.objects.select_related("parent").get(code="3578")


def asked(office):
    """Every question of the suite with its answer, those that go on with the context of the one before."""
    context = {}
    for item in items():
        found = answer(item.question, unit=office, today=TODAY, context=context if item.goes_on else {})
        if not isinstance(found, Clarify):
            context = getattr(found, "context", {})
        yield item, found


def ungrounded(found):
    """Numbers in an answer that no cited cell, no computation from cited cells and no period accounts for."""
    cells = {cell.pk: cell for cell in Cell.objects.filter(pk__in=found.cell_ids).select_related("region")}
    allowed = set()
    for figure in found.figures:
        cell = cells[figure.cell_id]
        if (figure.region_code, figure.period) == (cell.region.code, cell.when) and figure.text == cell.shown:
            allowed |= {figure.text, *NUMBER.findall(figure.period_label)}
    for computed in found.computed:
        if set(computed.cell_ids) <= cells.keys():
            allowed |= set(NUMBER.findall(computed.text))
    shown = found.sentence.split("(dari")[0].split("Angka ")[0]
    if found.table and found.context["kind"] != "ranking":
        shown += " ".join(["", *(cell for row in found.table.rows for cell in row)])
    return sorted(set(NUMBER.findall(shown)) - allowed)


def still_unclear(office, back):
    """Choices of a question back that are not answered when asked as they stand."""
    found = {one.question: answer(one.question, unit=office, today=TODAY) for one in back.options}
    return [question for question, one in found.items() if isinstance(one, Clarify | None)]


def test_every_question_is_answered_with_just_its_cells_and_no_number_beside(office):
    wrong, loose, unclear = {}, {}, []
    for item, found in asked(office):
        if isinstance(found, Clarify) and not item.goes_on:
            unclear += still_unclear(office, found)
        outcome, cells = outcome_of(found)
        if outcome != item.outcome or (item.cells and cells != tuple(sorted(item.cells))):
            wrong[item.question] = (outcome, cells[:3], getattr(found, "options", ""))
        if isinstance(found, FigureAnswer) and (numbers := ungrounded(found)):
            loose[item.question] = (numbers, found.sentence)

    assert wrong == {}
    assert loose == {}
    assert unclear == []


def test_the_control_finds_a_number_that_is_in_no_cell(office):
    found = answer("ipm surabaya 2024", unit=office, today=TODAY)
    figure = replace(found.figures[0], text="99,99")

    assert ungrounded(found) == []
    assert ungrounded(replace(found, sentence=found.sentence + " Naik 12,34.")) == ["12,34"]
    assert ungrounded(replace(found, figures=(figure,))) != []


def test_an_answer_says_where_and_when_it_was_read_and_that_it_is_an_example(office):
    found = answer("tingkat pengangguran terbuka surabaya", unit=office, today=TODAY)
    cell = Cell.objects.get(pk=found.cell_ids[0])

    assert found.sentence == (
        f"Tingkat Pengangguran Terbuka Kota Surabaya pada 2025: {cell.shown} persen (angka sementara)."
    )
    source = found.sources[0]
    assert (source.title, source.publisher, source.checked_on) == (
        "Data contoh peragaan HaloPST, bukan angka resmi", "BPS Provinsi Jawa Timur", date(2026, 11, 20),
    )  # fmt: skip
    assert found.notes == ("Angka contoh untuk peragaan, bukan angka resmi.", "2025: angka sementara.")


def test_a_figure_not_released_yet_is_announced_with_its_day(office):
    found = answer("tpt jatim 2026", unit=office, today=TODAY)

    assert found.sentence.startswith(
        "Angka 2026 belum dirilis; dijadwalkan rilis 3 Februari 2027. Yang terbaru:"
    )
    assert (found.known, found.figures[0].period_label) == (False, "2025")
    [due] = found.due
    assert due.sentence == f"{found.indicator} 2026 dijadwalkan rilis 3 Februari 2027."
    assert answer("tpt surabaya 2031", unit=office, today=TODAY).due == ()
    indicator = Indicator.objects.get(name="Inflasi")
    set_release(SYSTEM, indicator=indicator, period="November 2026", due_on=date(2026, 12, 1), note="")
    said = answer("inflasi sampang", unit=office, today=TODAY)
    assert isinstance(said, Declined)
    assert (said.code, "1 Desember 2026" in said.sentence) == ("no-data", False)  # none is due for Sampang
    order = answer("peringkat tpt kabupaten di jatim 2026", unit=office, today=TODAY)
    assert isinstance(order, Declined)
    assert (order.code, "3 Februari 2027" in order.sentence) == (NOT_RELEASED, True)


def test_differences_are_computed_from_the_figures_shown_and_labelled(office):
    found = answer("ipm surabaya 2024 dibanding 2023", unit=office, today=TODAY)
    earlier, later = (figure.value for figure in found.figures)

    assert found.computed[0].label == "Selisih (dihitung dari kedua angka)"
    assert found.computed[0].text == f"{abs(later - earlier):.2f} poin".replace(".", ",")
    assert set(found.computed[0].cell_ids) == set(found.cell_ids)
    assert found.computed[1].label == "Kenaikan (dihitung dari kedua angka)"
    percent = answer("tpt surabaya 2024 dibanding 2023", unit=office, today=TODAY)
    assert [one.text.endswith("poin persen") for one in percent.computed] == [True]


def test_a_change_is_called_a_rise_a_fall_or_no_change(office):
    fall = answer("tren tpt surabaya dan sidoarjo lima tahun terakhir", unit=office, today=TODAY)
    assert [one.label for one in fall.computed] == [
        "Penurunan Kota Surabaya, 2021 ke 2025 (dihitung dari kedua angka)",
        "Penurunan Kabupaten Sidoarjo, 2021 ke 2025 (dihitung dari kedua angka)",
    ]
    rise = answer("tren ipm surabaya lima tahun terakhir", unit=office, today=TODAY)
    assert rise.computed[1].label == "Kenaikan (dihitung dari kedua angka)"


def test_years_that_are_not_there_are_named_in_one_sentence(office):
    found = answer("tren tpt surabaya 2012 sampai 2025", unit=office, today=TODAY)
    first = min(figure.period.year for figure in found.figures)
    assert found.sentence.endswith(f"Angka 2012–{first - 1} tidak ada di tabel ini.")
    assert found.sentence.count("tidak ada") == 1

    Cell.objects.filter(indicator__name="Tingkat Pengangguran Terbuka", period=first * 100 + 100).delete()
    found = answer(f"tren tpt surabaya {first - 1} sampai 2025", unit=office, today=TODAY)
    assert found.sentence.endswith(f"Angka {first - 1} dan {first + 1} tidak ada di tabel ini.")


@pytest.mark.parametrize("question", ["tren tpt surabaya 15 tahun terakhir", "tren tpt surabaya sejak 2012"])
def test_a_table_shorter_than_asked_for_is_said_to_be(office, question):
    found = answer(question, unit=office, today=TODAY)
    assert found.sentence.endswith(f"Tabel ini baru dimulai pada {found.figures[0].period_label}.")
    assert found.known
    for short in (
        "tren tpt surabaya 3 tahun terakhir",
        "tren tpt surabaya sejak 2021",
        "inflasi surabaya sejak 2026",
    ):
        assert "dimulai" not in answer(short, unit=office, today=TODAY).sentence


def test_months_that_do_not_fill_the_years_asked_for_are_said_to_begin_late(office):
    found = answer("inflasi surabaya lima tahun terakhir", unit=office, today=TODAY)
    assert found.sentence.endswith(f"Tabel ini baru dimulai pada {found.figures[0].period_label}.")
    assert "dimulai" not in answer("inflasi surabaya setahun terakhir", unit=office, today=TODAY).sentence


def test_no_region_that_is_named_is_left_out_of_a_comparison_or_a_total(office):
    names = (
        "Surabaya",
        "Sidoarjo",
        "Gresik",
        "Sampang",
        "Pamekasan",
        "Sumenep",
        "Bangkalan",
        "Jember",
        "Ngawi",
        "Tuban",
    )
    found = answer(f"bandingkan ipm {', '.join(names)} 2024", unit=office, today=TODAY)
    assert len({figure.region_code for figure in found.figures}) == len(names)

    total = answer(f"total penduduk {', '.join(names)} 2024", unit=office, today=TODAY)
    cells = Cell.objects.filter(pk__in=total.computed[0].cell_ids)
    assert len(cells) == len(names)


def test_bars_say_of_which_period_they_are(office):
    assert (
        answer("bandingkan ipm surabaya dan sidoarjo 2023", unit=office, today=TODAY).chart.period == "2023"
    )


def test_a_word_said_instead_of_one_of_the_name_makes_it_another_figure(office):
    said = answer("indeks pembangunan gender surabaya", unit=office, today=TODAY)

    assert isinstance(said, Declined)
    assert said.sentence == (
        "Angka itu belum ada di sini. Yang ada: Indeks Pembangunan Manusia. Itu bukan angka yang sama."
    )


@pytest.mark.parametrize(
    "question", ["pdrb surabaya", "pdrb malang 2024", "berapa pdrb jatim menurut lapangan usaha"]
)
def test_a_derived_figure_is_offered_and_never_shown_for_the_one_asked_for(office, question):
    said = answer(question, unit=office, today=TODAY)

    assert isinstance(said, Declined)
    assert said.sentence == (
        "Angka Produk domestik regional bruto belum ada di sini. Yang ada: "
        "Produk Domestik Regional Bruto per Kapita. Itu bukan angka yang sama."
    )
    assert [one.label for one in said.options] == ["Produk Domestik Regional Bruto per Kapita"]
    offered = answer(said.options[0].question, unit=office, today=TODAY)
    assert isinstance(offered, FigureAnswer | Clarify)


def test_a_figure_asked_for_by_name_is_preferred_to_one_derived_from_it(office):
    assert answer("pdrb per kapita surabaya", unit=office, today=TODAY).known
    growth = answer("laju pertumbuhan pdrb surabaya 2024", unit=office, today=TODAY)
    assert growth.indicator == "Laju Pertumbuhan Ekonomi"
    for indicator in Indicator.objects.filter(name="Jumlah Penduduk"):
        indicator.name, indicator.aliases = "Luas Hutan", ""
        indicator.save()

    said = answer("jumlah penduduk sampang", unit=office, today=TODAY)
    assert (said.code, [one.label for one in said.options]) == ("another", ["Jumlah Penduduk Miskin"])


def test_a_ranking_takes_in_all_regions_that_have_a_figure(office):
    found = answer("3 kabupaten/kota dengan ipm terendah di jawa timur", unit=office, today=TODAY)
    cells = Cell.objects.filter(
        indicator__name="Indeks Pembangunan Manusia", period=202500, region__parent_code="3500"
    )
    lowest = cells.order_by("value").values_list("region__name", "value")[:3]

    assert [(row[1], Decimal(row[2].replace(",", "."))) for row in found.table.rows] == list(lowest)
    assert found.sentence.endswith("(dari 38 wilayah yang angkanya ada).")


def test_a_ranking_of_regencies_holds_no_city(office):
    found = answer("kabupaten mana yang paling miskin di jawa timur", unit=office, today=TODAY)

    assert all(row[1].startswith("Kabupaten ") for row in found.table.rows)
    assert found.sentence.endswith("(dari 29 kabupaten yang angkanya ada).")
    cities = answer("kota mana yang paling miskin di jawa timur", unit=office, today=TODAY)
    assert cities.sentence.endswith("(dari 9 kota yang angkanya ada).")


def test_a_question_costs_few_queries_however_many_figures_there_are(office, django_assert_max_num_queries):
    answer("ipm surabaya", unit=office, today=TODAY)
    with django_assert_max_num_queries(14):
        answer("perkembangan ipm surabaya", unit=office, today=TODAY)


@pytest.mark.parametrize(
    "question", ["", " ", "\x00", "9" * 600, "?" * 500, "'; DROP TABLE", "{{ 7*7 }}", "٣ ٤", "tw tw tw tahun"]
)
def test_nothing_people_type_breaks_it(office, question):
    assert answer(question, unit=office, today=TODAY) is None
    assert answer(question, unit=None, today=TODAY) is None


def ask(client, question, **more):
    given = {"question": question, "unit": "3578", **more}
    return client.post("/api/v1/assistant/ask", given, content_type="application/json").json()


def test_the_api_gives_each_figure_with_its_cell_and_goes_on_from_it(client, office, settings):
    found = ask(client, "IPM sidoarjo 2024")
    cell = Cell.objects.get(pk=found["figures"][0]["cell"])

    assert (found["known"], found["confidence"]) == (True, 1.0)
    assert found["text"] == f"Indeks Pembangunan Manusia Kabupaten Sidoarjo pada 2024: {cell.shown} poin."
    assert found["citations"][0]["text"] == (
        f"Indeks Pembangunan Manusia, Kabupaten Sidoarjo, 2024: {cell.shown} poin"
    )
    assert found["notes"] == ["Angka contoh untuk peragaan, bukan angka resmi."]
    onward = ask(client, "kalau gresik?", follow=found["follow"])["figures"][0]
    assert (onward["region_code"], onward["period"]) == ("3525", "2024")
    assert ask(client, "kalau gresik?", follow=found["follow"][:-2])["known"] is False


def test_the_api_asks_one_question_back_and_sends_microdata_elsewhere(client, office):
    back = ask(client, "jumlah penduduk malang")
    choices = [step["url"] for step in back["suggestions"] if step["kind"] == "question"]

    assert (back["known"], back["figures"], len(choices)) == (False, [], 2)
    assert ask(client, choices[0])["figures"][0]["region_code"] == "3507"
    elsewhere = ask(client, "minta data mikro susenas")
    assert elsewhere["suggestions"][0]["url"] == "https://silastik.bps.go.id"
    assert (elsewhere["known"], elsewhere["figures"]) == (False, [])


@pytest.mark.usefixtures("db")
def test_without_any_figure_other_services_are_still_named_and_nothing_else_is_said():
    assert answer("minta data mikro susenas", unit=None, today=TODAY).code == "microdata"
    assert answer("jumlah penduduk surabaya", unit=None, today=TODAY) is None
