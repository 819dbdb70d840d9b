"""The second highest, the third lowest, `peringkat berapa`: the place that was asked for, and no other."""

from datetime import UTC, datetime

import pytest

from halopst.assistant.rules.figures.answers import NO_INDICATOR, Declined, FigureAnswer
from halopst.assistant.rules.question.ranking_positions import ordinal
from halopst.assistant.rules.question.remarks import Remark, remark
from halopst.assistant.services.figures import answer
from halopst.core.spelling import words
from halopst.demo.figures import build_figures
from halopst.knowledge.models import Cell
from halopst.knowledge.reference import load_regions
from halopst.units.models import Unit
from halopst.units.reference import load_units
from tests.assistant.asked import TODAY


@pytest.fixture
def office():
    load_units()
    load_regions()
    build_figures(now=datetime(2026, 11, 20, 3, tzinfo=UTC))
    return Unit.objects.select_related("parent").get(code="3578")


def in_order(name, year, *, kind=("kabupaten", "kota"), lowest=False):
    rows = Cell.objects.filter(
        indicator__name=name, region__code__startswith="35", region__kind__in=kind, period=year * 100,
        breakdown__label="",
    )  # fmt: skip
    return list(rows.order_by("value" if lowest else "-value", "region__code").select_related("region"))


def asked(question, office, before=None):
    return answer(question, unit=office, today=TODAY, context=before.context if before else {})


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("kota mana yang tertinggi kedua", 2),
        ("terendah ke-3", 3),
        ("peringkat 12 ipm", 12),
        ("juara 2 ipm", 2),
        ("the 2nd highest", 2),
        ("the third lowest", 3),
        ("urutan ke 38 ipm", 38),
    ],
)
def test_the_place_in_a_ranking_is_read(question, number):
    found = ordinal(words(question))
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize(
    "question",
    [
        "inflasi triwulan kedua 2025", "semester ke 2", "kedua kota itu", "peringkat 3 besar",
        "5 kota tertinggi", "peringkat 5 kota tertinggi", "dari 2020 sampai 2024", "kalau tahun ke 2",
        "ipm tertinggi 2024",
    ],
)  # fmt: skip
def test_parts_of_a_year_kedua_for_both_and_counts_are_not_read_as_places(question):
    assert ordinal(words(question)) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "kind", "lowest", "place"),
    [
        ("Kota mana yang IPM-nya tertinggi kedua di Jawa Timur?", ("kota",), False, 2),
        ("kabupaten mana yang ipm terendah ketiga", ("kabupaten",), True, 3),
        ("siapa juara 2 IPM jatim", ("kabupaten", "kota"), False, 2),
        ("peringkat ke-12 ipm jawa timur", ("kabupaten", "kota"), False, 12),
        ("which city has the second highest HDI", ("kota",), False, 2),
    ],
)
def test_the_region_at_the_place_asked_for_is_told(office, question, kind, lowest, place):
    rows = in_order("Indeks Pembangunan Manusia", 2025, kind=kind, lowest=lowest)
    found = asked(question, office)

    assert isinstance(found, FigureAnswer)
    said = f"{'terendah' if lowest else 'tertinggi'} ke-{place} di Jawa Timur pada 2025"
    assert f"{said}: {rows[place - 1].region.name}, {rows[place - 1].shown} poin" in found.sentence
    assert (found.known, found.wordable) == (True, False)
    assert rows[place - 1].pk in found.cell_ids
    assert [row[0] for row in found.table.rows][-1] == str(max(place, 5))


@pytest.mark.django_db
def test_a_conversation_goes_on_from_place_to_place(office):
    highest, lowest = (in_order("Indeks Pembangunan Manusia", 2025, lowest=one) for one in (False, True))
    first = asked("IPM tertinggi di Jawa Timur", office)
    third = asked("yang ketiga siapa?", office, first)
    earlier = asked("kalau tahun 2022?", office, third)
    last = asked("yang terendah?", office, first)
    fifth = asked("urutan ke-5?", office, last)
    malang = asked("kalau Kota Malang?", office, first)

    assert f"tertinggi ke-3 di Jawa Timur pada 2025: {highest[2].region.name}," in third.sentence
    assert "tertinggi ke-3 di Jawa Timur pada 2022: " in earlier.sentence
    assert f"terendah ke-5 di Jawa Timur pada 2025: {lowest[4].region.name}," in fifth.sentence
    place = [row.region.code for row in highest].index("3573") + 1
    assert "Kota Malang pada 2025: " in malang.sentence
    assert f"urutan ke-{place} tertinggi" in malang.sentence
    assert asked("yang kedua?", office, asked("ipm surabaya", office)) is None


@pytest.mark.django_db
def test_equal_figures_share_a_place(office):
    rows = in_order("Indeks Pembangunan Manusia", 2025)
    Cell.objects.filter(pk=rows[1].pk).update(value=rows[0].value)
    first = asked("IPM tertinggi di Jawa Timur", office)
    own = asked(f"peringkat berapa ipm {rows[1].region.name} di jawa timur", office)

    assert rows[0].region.name in first.sentence
    assert rows[1].region.name in first.sentence
    assert "urutan ke-1 tertinggi" in own.sentence
    assert [row[0] for row in first.table.rows][:3] == ["1", "1", "3"]


@pytest.mark.django_db
def test_a_place_beyond_the_last_and_a_ranking_without_an_indicator_are_answered(office):
    beyond = asked("kota dengan urutan ke 45 IPM tertinggi di jatim", office)
    nothing = asked("Kota mana yang tertinggi kedua?", office)

    assert beyond.sentence.startswith("Urutan itu tidak ada: di Jawa Timur hanya 9 kota yang angkanya ada")
    assert not beyond.known
    assert isinstance(nothing, Declined)
    assert (nothing.code, "Sebut juga angka apa yang diurutkan" in nothing.sentence) == (NO_INDICATOR, True)
    assert asked("peringkat berapa Surabaya", office).code == NO_INDICATOR


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question",
    [
        "kecamatan mana yang paling padat di Surabaya", "penduduk per kecamatan di surabaya",
        "kelurahan dengan penduduk terbanyak di surabaya",
    ],
)  # fmt: skip
def test_a_question_for_districts_is_not_answered_with_the_city(office, question):
    found = asked(question, office)

    assert isinstance(found, Declined)
    assert "belum ada di sini" in found.sentence


@pytest.mark.django_db
def test_berapa_kali_lipat_and_dari_tahun_lalu_compare_two_figures(office):
    times = asked("berapa kali lipat penduduk surabaya dibanding kota batu", office)
    since = asked("ipm surabaya naik ga dari tahun lalu", office)
    one, other = (figure.value for figure in times.figures)

    assert f"Angka Kota Surabaya {round(one / other, 1)} kali".replace(".", ",") in times.sentence
    assert [len(computed.cell_ids) for computed in times.computed] == [2, 2]
    assert "Naik " in since.sentence
    assert "dibanding 2024" in since.sentence


@pytest.mark.django_db
def test_a_rise_asked_for_in_percent_is_told_in_percent(office):
    found = asked("garis kemiskinan naik berapa persen dari 2023 ke 2024 di jawa timur", office)
    before, after = (figure.value for figure in found.figures)
    share = f"{round((after - before) / before * 100, 2):.2f}%".replace(".", ",")

    assert f"({share}) dibanding 2023" in found.sentence
    assert share in [computed.text for computed in found.computed]


@pytest.mark.parametrize("said", ["ini bot ya?", "kamu robot atau manusia?", "apakah ini AI"])
def test_aida_says_that_she_is_a_machine_when_asked(said):
    assert remark(said) is Remark.WHO


@pytest.mark.parametrize("said", ["ini orang miskin berapa", "apakah anda punya data ipm"])
def test_a_question_about_people_is_not_taken_for_one_about_aida(said):
    assert remark(said) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "lowest", "place"),
    [
        ("ranking 2 dari bawah ipm jatim", True, 2),
        ("peringkat kedua terbawah ipm jatim", True, 2),
        ("siapa nomor satu IPM jawa timur", False, 1),
    ],
)
def test_rankings_from_below_and_nomor_satu_are_understood(office, question, lowest, place):
    rows = in_order("Indeks Pembangunan Manusia", 2025, lowest=lowest)
    found = asked(question, office)

    assert f": {rows[place - 1].region.name}, {rows[place - 1].shown} poin" in found.sentence
    assert ("terendah" if lowest else "tertinggi") in found.sentence


@pytest.mark.django_db
def test_a_place_in_another_area_and_a_ranking_of_a_coming_year_are_said_to_be_missing(office):
    nation = asked("IPM Surabaya nomor berapa se Indonesia", office)
    later = asked("kota tertinggi kedua ipm tahun 2030", office)

    assert nation.sentence.startswith("Urutan di Indonesia belum ada di sini. ")
    assert (nation.known, "di Jawa Timur" in nation.sentence) == (False, True)
    assert later.sentence == "Angka Indeks Pembangunan Manusia 2030 untuk Jawa Timur belum ada di sini."
