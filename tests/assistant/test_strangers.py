"""What strangers type: short names, years of two digits, chatter, words that make another figure."""

from datetime import UTC, date, datetime

import pytest

from halopst.assistant.rules.figures.answers import Clarify, Declined, FigureAnswer
from halopst.assistant.rules.question.english_services import way_asked
from halopst.assistant.rules.question.intents import RELEASE, kind_of
from halopst.assistant.rules.question.introductions import without_introduction
from halopst.assistant.rules.question.periods import Asked, find, in_parts, split
from halopst.assistant.rules.question.thresholds import context_of as written_down
from halopst.assistant.rules.question.thresholds import found as bound_in
from halopst.assistant.rules.question.thresholds import of_context
from halopst.assistant.services.figures import answer
from halopst.core.spelling import words
from halopst.demo.figures import build_figures
from halopst.knowledge.reference import load_regions
from halopst.knowledge.rules.figures.periods import MONTH, QUARTER, Period
from halopst.units.models import Unit
from halopst.units.reference import load_units
from tests.assistant.asked import TODAY


@pytest.fixture
def office(db):
    """Kota Surabaya, with the demonstration's figures as of 20 November 2026."""
    load_units()
    load_regions()
    build_figures(now=datetime(2026, 11, 20, 3, tzinfo=UTC))
    return Unit.objects.select_related("parent").get(code="3578")


def told(office, *questions):
    """The last answer of a conversation."""
    context = {}
    for question in questions:
        found = answer(question, unit=office, today=TODAY, context=context)
        context = getattr(found, "context", {})
    return found


def regions(found):
    return [one.region for one in found.figures]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("How do I request microdata?", "bagaimana cara meminta data mikro"),
        ("How can I get a recommendation?", "bagaimana cara meminta rekomendasi kegiatan statistik"),
        ("Is the data free?", "apakah data gratis"),
        ("How should I cite BPS data", "bagaimana cara mengutip bps data"),
        (
            "How do I book a consultation with a statistician?",
            "bagaimana cara membuat janji konsultasi ahli statistik",
        ),
        ("Why does BPS revise its figures?", "mengapa bps direvisi angka"),
        ("Who can get microdata free of charge", "siapa yang mendapat tarif nol rupiah"),
        ("Do I have to pay for a consultation?", "apakah dapat bayar konsultasi"),
        ("How do I bake bread?", ""),
        ("How do I get to the airport?", ""),
        ("population of Surabaya", ""),
        ("bagaimana cara meminta data", ""),
        ("", ""),
    ],
)
def test_an_english_question_for_a_way_is_put_in_our_words_or_left_as_it_is(said, meant):
    assert way_asked(said) == meant


@pytest.mark.parametrize(
    ("question", "region"),
    [
        ("ipm smpg 2024", "Kabupaten Sampang"),
        ("tpt bwi 2022", "Kabupaten Banyuwangi"),
        ("gini rasio kota mlg 2021", "Kota Malang"),
        ("pnddk sda 2023", "Kabupaten Sidoarjo"),
        ("inflasi malang bulan lalu", "Kota Malang"),
        ("ntp bulan lalu", "Jawa Timur"),
    ],
)
def test_short_names_and_names_of_several_regions_find_the_region_with_figures(office, question, region):
    assert regions(told(office, question)) == [region]


@pytest.mark.parametrize(
    "question",
    [
        "tpt xyz 2022",
        "ipm tetangga surabaya 2024",
        "harapan hidup sehat jember 2024",
        "produksi padi organik lamongan 2024",
        "ipm kucing di surabaya",
        "tpt sarjana surabaya 2024",
        "garis kemiskinan makanan surabaya 2024",
    ],
)
def test_a_word_that_asks_for_another_figure_is_never_ignored(office, question):
    assert isinstance(told(office, question), Declined)


def test_the_figure_without_that_word_is_offered(office):
    said = told(office, "harapan hidup sehat jember 2024")

    assert (
        said.sentence == "Angka Umur Harapan Hidup Kabupaten Jember dengan rincian “sehat” belum ada di sini."
    )
    [whole] = said.options
    assert regions(told(office, whole.question)) == ["Kabupaten Jember"]


@pytest.mark.parametrize(
    "question",
    [
        "Selamat siang Bapak/Ibu, mohon izin menanyakan TPT Surabaya tahun 2025",
        "min tolong dong TPT surabaya terbaru, deadline besok",
        "saya wartawan mau konfirmasi angka pengangguran surabaya 2025",
        "dosen saya minta data pengangguran surabaya, berapa persen ya",
        "aku anak SMA ada tugas geografi, berapa pengangguran surabaya",
        "berapa persen pengangguran di surabaya menurut sakernas",
        "permisi nanya TPT surabaya",
    ],
)
def test_courtesies_and_introductions_do_not_change_the_figure_asked_for(office, question):
    found = told(office, without_introduction(question))

    assert found.sentence.startswith("Tingkat Pengangguran Terbuka Kota Surabaya pada 2025: ")


@pytest.mark.parametrize(
    "question",
    [
        "saya mau tahu lansia di Surabaya berapa penduduknya",
        "warga difabel berapa persen penganggurannya di Surabaya",
        "perceraian penduduk Surabaya 2024",
        "halo Surabaya",
    ],
)
def test_words_for_whom_a_figure_is_about_are_no_courtesy(office, question):
    assert not isinstance(told(office, without_introduction(question)), FigureAnswer)


@pytest.mark.parametrize(
    "question",
    [
        "kak aku mau tau jumlah penduduk kabupaten jombang thn 2022 buat tugas IPS",
        "Saya sedang skripsi, butuh jumlah penduduk Jombang 2022 untuk bahan paparan pimpinan",
        "plis dong jumlah penduduk jombang 2022",
    ],
)
def test_the_purpose_of_a_figure_does_not_change_the_figure_asked_for(office, question):
    found = told(office, question)

    assert [(one.region, one.period) for one in found.figures] == [("Kabupaten Jombang", Period(2022))]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("inflasi per bulan 2026", MONTH),
        ("pertumbuhan triwulanan", QUARTER),
        ("ipm per tahun", ""),
        ("ipm", ""),
    ],
)
def test_every_part_of_a_year_may_be_asked_for(question, kind):
    assert find(split(words(question)), TODAY).each == kind


def test_the_parts_of_a_year_end_today():
    months = in_parts(Asked(periods=(Period(2026),)), MONTH, date(2026, 3, 20)).periods
    newest = in_parts(Asked(), QUARTER, date(2026, 3, 20))
    named = Asked(periods=(Period(2026, 2),))

    assert months == (Period(2026, 1), Period(2026, 2))
    assert (newest.last, newest.kind) == (4, QUARTER)
    assert in_parts(named, MONTH, date(2026, 3, 20)) == named


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("ipm sby 24", (Period(2024),)),
        ("ipm surabaya 27", ()),
        ("ipm di atas 24", ()),
        ("penduduk surabaya umur 15", ()),
        ("ipm 24", ()),
        ("ipm surabaya 2023 24", (Period(2023),)),
    ],
)
def test_a_year_of_two_digits_ends_a_question(question, periods):
    assert find(split(words(question)), TODAY).periods == periods


def test_growth_per_quarter_is_that_of_the_economy(office):
    found = told(office, "pertumbuhan ekonomi jatim per triwulan tahun 2025")

    assert [one.period.part for one in found.figures] == [31, 32, 33, 34]


def test_the_highest_month_of_a_year_is_one_of_its_months(office):
    found = told(office, "inflasi tertinggi di surabaya sepanjang 2026 bulan apa")

    assert {one.period.year for one in found.figures} == {2026}
    assert len(found.figures) == 10


@pytest.mark.parametrize(
    ("question", "held", "kinds"),
    [
        ("kabupaten/kota mana saja yang IPM-nya di bawah angka provinsi 2025", "Jawa Timur", "wilayah"),
        ("kabupaten mana yang gini ratio di atas jawa timur 2025", "Jawa Timur", "kabupaten"),
        ("kota di jatim yang tpt-nya di bawah surabaya 2025", "Kota Surabaya", "kota"),
    ],
)
def test_regions_are_compared_with_the_figure_of_another_region_which_is_shown(office, question, held, kinds):
    found = told(office, question)

    *passing, bound = found.figures
    assert bound.region == held
    below = "di bawah" in question
    assert passing
    assert all((one.value < bound.value) == below and one.value != bound.value for one in passing)
    assert f"{len(passing)} {kinds}" in found.sentence


def test_a_follow_up_question_keeps_the_bound_set_by_a_region():
    bound, rest = bound_in("kabupaten yang ipm di bawah rata-rata provinsi")

    assert (bound.of_area, bound.low, rest.split()) == (True, None, ["kabupaten", "yang", "ipm", "provinsi"])
    assert of_context(written_down(bound)) == bound


def test_a_region_claimed_to_be_the_lowest_is_answered_with_its_place(office):
    found = told(office, "Benarkah IPM Sampang paling rendah di Jawa Timur?")

    assert "Kabupaten Sampang" in found.sentence
    assert "urutan ke-16 terendah di Jawa Timur" in found.sentence


def test_a_single_region_is_not_ranked(office):
    assert isinstance(told(office, "inflasi tertinggi se Indonesia"), Declined)


def test_the_number_asked_for_after_a_share_is_of_the_same_people(office):
    found = told(office, "persentase penduduk miskin Lumajang 2024", "kalau jumlahnya?")

    assert found.indicator == "Jumlah Penduduk Miskin"


def test_the_next_question_does_not_take_over_the_time_of_a_release(office):
    found = told(office, "kapan ipm 2026 rilis?", "produksi padi 10 kabupaten tertinggi")

    assert isinstance(found, FigureAnswer)
    assert len(found.figures) == 10


def test_several_names_with_the_same_consonants_are_asked_about(office):
    found = told(office, "uhh mdn 2022")

    assert isinstance(found, Clarify)
    assert [one.label for one in found.options] == ["Kota Medan", "Kabupaten Madiun", "Kota Madiun"]


@pytest.mark.parametrize(
    "question",
    ["kapan data ipm 2026 dirilis", "kapan ipm terbaru rilis", "kapan angka kemiskinan september keluar"],
)
def test_a_day_of_release_is_asked_for_in_any_order(question):
    assert kind_of(question.split()) == RELEASE
