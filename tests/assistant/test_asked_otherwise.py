"""What six more strangers asked that was not understood, or answered beside what they asked."""

from decimal import Decimal

import pytest

from halopst.assistant.rules.figures.answers import Clarify, Declined, FigureAnswer
from halopst.assistant.rules.language.colloquial import in_indonesian
from halopst.assistant.rules.question.claimed_figures import claim
from halopst.assistant.rules.question.intents import asks_if_moved
from halopst.assistant.rules.question.regions import of_group
from halopst.assistant.rules.question.remarks import Remark, remark
from halopst.assistant.rules.question.unit_conversion import other_unit
from halopst.assistant.services.answering.next_questions import next_questions
from halopst.assistant.services.figures import answer
from halopst.core.spelling import words
from halopst.knowledge.models import Cell
from tests.assistant.asked import TODAY
from tests.assistant.factories import surabaya
from tests.assistant.test_figures import ungrounded

MADURA = {"3526", "3527", "3528", "3529"}


@pytest.fixture
def office(db):
    return surabaya()


def asked(office, question, before=None):
    return answer(question, unit=office, today=TODAY, context=before.context if before else None)


def shown(found):
    rows = Cell.objects.filter(pk__in=found.cell_ids)
    return set(rows.values_list("indicator__name", "region__code", "period"))


@pytest.mark.parametrize("question", ["ipm madura", "ipm di pulau madura 2025", "HDI of Madura"])
def test_a_group_of_regions_stands_for_its_members_alone(office, question):
    found = asked(office, question)

    assert shown(found) == {("Indeks Pembangunan Manusia", code, 202500) for code in MADURA}
    assert "Untuk Madura sebagai satu wilayah tidak ada angka terbit." in found.sentence
    assert ungrounded(found) == []


def test_a_group_has_a_total_only_of_figures_that_add_up(office):
    people = asked(office, "jumlah penduduk madura")
    whole = sum((figure.value for figure in people.figures), Decimal(0))
    assert people.sentence.startswith("Total Jumlah Penduduk Madura pada 2025:")
    assert people.computed[0].text.replace(".", "").startswith(str(whole))
    assert set(people.computed[0].cell_ids) == set(people.cell_ids)

    assert asked(office, "kepadatan penduduk malang raya").computed == ()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("kabupaten di madura mana yang ipm paling rendah", "terendah di Madura pada 2025"),
        ("peringkat ipm sampang di madura", "Kabupaten Sampang pada 2025"),
        ("rank the Madura regencies by HDI", "tertinggi di Madura pada 2025"),
    ],
)
def test_only_members_of_a_group_are_ranked_within_it(office, question, said):
    found = asked(office, question)

    assert {figure.region_code for figure in found.figures} == MADURA
    assert (said in found.sentence, "(dari 4 kabupaten" in found.sentence) == (True, True)


def test_the_next_place_after_a_group_ranking_is_within_the_group(office):
    first = asked(office, "kabupaten di madura mana yang ipm paling rendah")
    second = asked(office, "setelahnya lagi", first)

    assert "terendah ke-2 di Madura" in second.sentence
    assert {figure.region_code for figure in second.figures} == MADURA


@pytest.mark.parametrize("question", ["ipm tapal kuda", "tren ipm wilayah mataraman", "ipm pantura 2024"])
def test_an_area_without_agreed_borders_gets_no_figure(office, question):
    found = asked(office, question)

    assert (isinstance(found, Declined), found.code) == (True, "no-region")
    assert "bukan wilayah administrasi" in found.sentence


def test_a_group_with_an_unknown_region_is_not_read_as_one(office):
    assert len(of_group("Solo Raya")) == len(set(of_group("Solo Raya")))
    assert of_group("Atlantis") == ()


@pytest.mark.parametrize(
    "question",
    ["rata2 ipm kota di jatim", "rata-rata ipm kota di jatim", "average hdi of cities in east java"],
)
def test_indices_have_no_mean_and_the_published_figure_of_the_area_is_named_as_such(office, question):
    found = asked(office, question)

    assert found.sentence.startswith("Rata-rata antarwilayah tidak kami hitung")
    assert "Ini angka Jawa Timur sendiri, bukan rata-rata tiap kota:" in found.sentence
    order = next_questions(found)[0].url
    ranked = asked(office, order)
    assert ("tertinggi di Jawa Timur" in ranked.sentence, len(ranked.figures)) == (True, 5)
    assert all(figure.region.startswith("Kota ") for figure in ranked.figures)


@pytest.mark.parametrize(
    ("question", "measure", "asked_in", "factor"),
    [
        ("kepadatan per hektar", "jiwa/km²", "hektare", "0.01"),
        ("density per square metre", "jiwa/km²", "m2", "0.000001"),
        ("produksi dalam kuintal", "ton", "kuintal", "10"),
        ("berapa km2 luas panen", "hektare", "km2", "0.01"),
        ("garis kemiskinan per hari", "rupiah/kapita/bulan", "hari", "0"),
        ("garis kemiskinan seminggu", "rupiah/kapita/bulan", "minggu", "0"),
        ("poverty line in us dollars", "rupiah/kapita/bulan", "dolar", "0"),
    ],
)
def test_a_figure_is_converted_only_where_that_is_exact(question, measure, asked_in, factor):
    other = other_unit(words(question), measure)

    assert (other.asked, other.factor) == (asked_in, Decimal(factor))


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("garis kemiskinan per bulan", "rupiah/kapita/bulan"),
        ("inflasi per bulan", "Persen"),
        ("ipm per kabupaten", "poin"),
        ("kepadatan hari ini", "jiwa/km²"),
        ("produksi per hektar", "ton"),
    ],
)
def test_without_another_unit_nothing_is_converted(question, measure):
    assert other_unit(words(question), measure) is None


def test_a_converted_figure_is_called_ours_and_an_inexact_one_is_not_converted(office):
    per_hectare = asked(office, "kepadatan penduduk surabaya per hektar")
    figure = per_hectare.figures[0]
    assert per_hectare.computed[0].text.endswith(" jiwa/hektare")
    number = per_hectare.computed[0].text.split()[0].replace(".", "").replace(",", ".")
    assert (Decimal(number) * 100, per_hectare.computed[0].cell_ids) == (figure.value, (figure.cell_id,))
    assert "jiwa/hektare, hitungan kami." in per_hectare.sentence

    for question in ("garis kemiskinan surabaya per hari", "PDRB per kapita surabaya dalam dolar"):
        found = asked(office, question)
        assert (found.known, found.computed, "Tidak kami ubah" in found.sentence) == (False, (), True)


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("ntp naik ga bulan lalu", {202609, 202610}),
        ("inflasi surabaya oktober naik atau turun", {202609, 202610}),
        ("inflasi surabaya naik dari bulan lalu?", {202609, 202610}),
        ("ipm surabaya naik ga tahun lalu", {202400, 202500}),
    ],
)
def test_whether_a_figure_rose_is_answered_with_that_period_and_the_one_before(office, question, periods):
    found = asked(office, question)

    assert {period for _name, _region, period in shown(found)} == periods
    assert ungrounded(found) == []


@pytest.mark.parametrize("question", ["tren inflasi oktober", "perkembangan naik turunnya inflasi"])
def test_a_question_for_a_series_keeps_asking_for_one(question):
    assert not asks_if_moved(words(question))


def test_a_period_is_compared_with_the_one_shown_before(office):
    october = asked(office, "inflasi surabaya oktober")
    beside = asked(office, "naik atau turun dari september?", october)
    assert shown(beside) == {("Inflasi", "3578", 202609), ("Inflasi", "3578", 202610)}

    newest = asked(office, "ipm surabaya")
    then = asked(office, "how does that compare to 2020?", newest)
    assert shown(then) == {("Indeks Pembangunan Manusia", "3578", 202000 + year * 100) for year in (0, 5)}

    first = asked(office, "ipm surabaya 2020")
    assert "dibanding 2020" in asked(office, "naik berapa", first).sentence


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("ipm bukan surabaya tapi gresik", "3525"),
        ("ipm gresik, bukan surabaya", "3525"),
        ("not surabaya but gresik hdi", "3525"),
    ],
)
def test_a_region_said_not_to_be_meant_is_not_shown(office, question, code):
    assert {region for _name, region, _period in shown(asked(office, question))} == {code}


def test_a_region_not_meant_is_not_shown_after_a_question_back_either(office):
    back = asked(office, "ipm bukan surabaya tapi malang")

    assert isinstance(back, Clarify)
    for option in back.options:
        found = asked(office, option.question)
        assert [figure.region for figure in found.figures] == [option.label]


def test_posisi_kami_asks_for_the_place_of_the_region_shown_before(office):
    before = asked(office, "persentase penduduk miskin kabupaten sampang untuk dokumen RPJMD")
    found = asked(office, "posisi kami di jawa timur?", before)

    assert isinstance(found, FigureAnswer)
    assert "Kabupaten Sampang pada 2025" in found.sentence
    assert "di Jawa Timur" in found.sentence


@pytest.mark.parametrize(
    ("question", "amount", "scale", "left"),
    [
        ("bener ga ipm surabaya 82?", "82", 0, "ipm surabaya?"),
        ("Benarkah kemiskinan di Gresik turun jadi 3,5 persen?", "3.5", 0, "kemiskinan di Gresik persen?"),
        ("penduduk surabaya tembus 3 juta?", "3", 1_000_000, "penduduk surabaya?"),
        ("katanya penduduk gresik 1.300.000 jiwa", "1300000", 1, "penduduk gresik jiwa?"),
    ],
)
def test_a_claimed_number_is_read_apart_from_the_question(question, amount, scale, left):
    heard = claim(question)

    assert (heard.amount, heard.scale, heard.question) == (Decimal(amount), scale, left)


@pytest.mark.parametrize(
    "question",
    [
        "ipm surabaya 2024",
        "benarkah ipm surabaya naik tahun 2025?",
        "benarkah 3 kabupaten termiskin ada di madura",
        "katanya kemiskinan di atas 10 persen ada di mana",
        "benar tidak inflasi 2 atau 3 persen",
    ],
)
def test_years_bounds_and_counts_are_not_read_as_claims(question):
    assert claim(question) is None


@pytest.mark.parametrize(
    ("question", "value", "measure", "side"),
    [
        ("bener ga ipm 82", "70.33", "poin", -1),
        ("bener ga ipm 70", "70.33", "poin", 0),
        ("bener ga ipm 70,3", "70.38", "poin", 1),
        ("bener ga penduduk 2,5 juta", "2452855", "jiwa", 0),
        ("bener ga penduduk miskin 124 ribu", "124.38", "ribu jiwa", 0),
        ("bener ga kemiskinan 12 persen", "124.38", "ribu jiwa", None),
        ("bener ga penduduk miskin 124", "124.38", "ribu jiwa", None),
    ],
)
def test_a_claim_is_compared_with_as_many_decimals_as_were_said(question, value, measure, side):
    assert claim(question).side(Decimal(value), measure) == side


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("bérempah oréng mesken", "berapa orang miskin"),
        ("pinten rb", "berapa ribu"),
        ("kota paling padet", "kota paling padat"),
        ("café di Surabaya", "café di Surabaya"),
    ],
)
def test_madurese_words_and_short_forms_are_read(typed, read):
    assert in_indonesian(typed) == read


def test_kota_paling_padat_apa_sih_asks_for_a_ranking_not_a_meaning(office):
    found = asked(office, "kota paling padat di jatim apa sih")

    assert found.context["kind"] == "ranking"
    assert all(figure.region.startswith("Kota ") for figure in found.figures)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("makasih ya kak aida baik deh", Remark.THANKS),
        ("thanks a lot, very helpful", Remark.THANKS),
        ("hlo", Remark.GREETING),
        ("terima kasih, kalau inflasi berapa", None),
    ],
)
def test_thanks_with_praise_are_read_as_thanks(said, kind):
    assert remark(said) == kind
