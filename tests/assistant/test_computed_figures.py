"""Bounds, means, totals, highest years: what is computed names its cells, what is not lawful is not."""

from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version

import pytest

from halopst.assistant.rules.figures.additivity import adds_over_regions, adds_over_time
from halopst.assistant.rules.question.thresholds import found as bound_in
from halopst.assistant.services.answering.next_questions import next_questions
from halopst.assistant.services.conversation.conversing import begin, say
from halopst.assistant.services.conversation.engine_version import engine
from halopst.assistant.services.figures import answer
from halopst.core.actors import ANONYMOUS
from halopst.knowledge.models import Cell
from tests.assistant.asked import TODAY
from tests.assistant.factories import surabaya


@pytest.mark.parametrize(
    ("question", "low", "high", "inclusive", "scaled"),
    [
        ("daerah mana yang IPM di atas 75", "75", None, False, False),
        ("kemiskinan di bawah 10 persen", None, "10", False, False),
        ("penduduk minimal 1.000.000", "1000000", None, True, False),
        ("penduduk lebih dari 1,5 juta jiwa", "1500000", None, False, True),
        ("penduduk lebih dari 2000 jiwa", "2000", None, False, True),
        ("tpt antara 4 dan 5,5 persen", "4", "5.5", True, False),
        ("poverty rate of at most 9.25 percent", None, "9.25", True, False),
    ],
)
def test_a_bound_is_read_as_it_is_meant(question, low, high, inclusive, scaled):
    bound, rest = bound_in(question)

    assert (bound.low, bound.high) == (low and Decimal(low), high and Decimal(high))
    assert (bound.inclusive, bound.is_scaled) == (inclusive, scaled)
    assert not any(one.isdigit() for one in rest)


@pytest.mark.parametrize(
    "question",
    [
        "penduduk usia di atas 60 tahun",
        "lebih dari 5 tahun terakhir",
        "ipm di atas 2023",
        "ipm surabaya",
        "di atas rata-rata",
    ],
)
def test_ages_spans_and_years_are_no_bounds(question):
    assert bound_in(question) is None


@pytest.mark.parametrize(
    ("name", "measure", "regions", "time"),
    [
        ("Jumlah Penduduk", "jiwa", True, False),
        ("Produksi Padi", "ton", True, True),
        ("Jumlah Penduduk Miskin", "ribu jiwa", True, False),
        ("Persentase Penduduk Miskin", "Persen", False, False),
        ("Kepadatan Penduduk", "jiwa/km²", False, False),
        ("Produk Domestik Regional Bruto per Kapita", "juta rupiah", False, False),
        ("Garis Kemiskinan", "rupiah/kapita/bulan", False, False),
        ("Umur Harapan Hidup", "tahun", False, False),
        ("Produktivitas Padi", "kuintal/ha", False, False),
        ("Sesuatu", "", False, False),
    ],
)
def test_only_figures_that_can_be_added_up_get_a_total(name, measure, regions, time):
    assert (adds_over_regions(name, measure), adds_over_time(name, measure)) == (regions, time)


@pytest.fixture
def office(db):
    return surabaya()


def values(found):
    cells = {cell.pk: cell for cell in Cell.objects.filter(pk__in=found.cell_ids).select_related("region")}
    return [cells[one.cell_id] for one in found.figures]


def test_computed_numbers_are_right_and_name_their_cells(office):
    def asked(question):
        return answer(question, unit=office, today=TODAY)

    mean = asked("rata-rata ipm surabaya 2021-2025")
    cells = values(mean)
    expected = (sum(cell.value for cell in cells) / 5).quantize(Decimal("0.01"))
    assert mean.computed[0].text == f"{expected} poin".replace(".", ",")
    assert (mean.computed[0].cell_ids, mean.wordable) == (tuple(cell.pk for cell in cells), False)
    total = asked("total penduduk surabaya dan sidoarjo 2024")
    assert total.computed[0].text == f"{sum(cell.value for cell in values(total)):,} jiwa".replace(",", ".")
    over = asked("kabupaten mana yang IPM di atas 75")
    inside = Cell.objects.filter(
        indicator__name="Indeks Pembangunan Manusia", region__kind="kabupaten", region__parent_code="3500",
        period=202500, value__gt=75,
    )  # fmt: skip
    assert set(over.cell_ids) == set(inside.values_list("pk", flat=True))
    assert (over.computed[0].text, set(over.computed[0].cell_ids)) == (str(len(inside)), set(over.cell_ids))
    highest = asked("tahun berapa persentase penduduk miskin Sampang tertinggi")
    best = max(values(highest), key=lambda cell: cell.value)
    assert f"tertinggi pada {best.when.year}: {best.shown} persen" in highest.sentence


def test_what_statistics_does_not_allow_is_said_and_the_published_figures_shown(office):
    def said(question):
        found = answer(question, unit=office, today=TODAY)
        assert not any("Rata-rata" in one.label or "Total" in one.label for one in found.computed)
        return found.sentence

    assert said("rata-rata ipm kabupaten kota di jawa timur").startswith(
        "Rata-rata antarwilayah tidak kami hitung"
    )
    assert said("total ipm surabaya dan sidoarjo").startswith(
        "Angka ini tidak dapat dijumlahkan antarwilayah."
    )
    assert said("total penduduk surabaya 2021-2025").startswith(
        "Angka ini tidak dapat dijumlahkan antartahun."
    )
    assert said("gabungan penduduk surabaya dan jawa timur").startswith("Wilayah yang satu termuat")


def test_where_no_region_passes_the_bound_the_nearest_is_named(office):
    found = answer("kota mana yang ipm di atas 99", unit=office, today=TODAY)

    assert found.sentence.startswith(
        "Tidak ada kota di Jawa Timur dengan Indeks Pembangunan Manusia di atas 99 poin"
    )
    assert len(found.figures) == 1


def test_what_is_offered_next_is_about_the_region_asked(office):
    def offered(question):
        found = answer(question, unit=office, today=TODAY)
        return [one.title for one in next_questions(found) if one.title.startswith("Perkembangan")]

    assert offered("peringkat berapa ipm sampang di jawa timur") == ["Perkembangan di Kabupaten Sampang"]
    assert offered("bandingkan ipm gresik dan tuban") == ["Perkembangan di Kabupaten Gresik"]
    assert offered("tahun berapa ipm sampang tertinggi") == []


def test_the_version_of_what_answered_stays_with_the_answer(office):
    now = datetime(2026, 11, 20, 3, tzinfo=UTC)
    turn = say(ANONYMOUS, begin(office, now=now), question="ipm surabaya", client="", now=now)
    turn.refresh_from_db()

    assert turn.engine == engine()
    assert turn.engine.startswith(f"{version('halopst')}+")
