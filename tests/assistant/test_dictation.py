"""What people dictate, or write as they speak: letters by name, words in pieces, a village's Javanese."""

import pytest

from halopst.assistant.rules.language.colloquial import in_indonesian
from halopst.assistant.rules.language.dictation import as_written
from halopst.assistant.rules.question.introductions import without_introduction
from halopst.assistant.rules.question.thresholds import found as bound_in
from halopst.assistant.rules.question.thresholds import two
from halopst.assistant.rules.question.unit_conversion import other_unit
from tests.assistant.test_differences_and_surveys import furnished, talked, titles

KNOWN = {
    "pdrb",
    "ipm",
    "tpt",
    "inflasi",
    "sidoarjo",
    "batu",
    "surabaya",
    "angka",
    "kota",
    "di",
    "kalau",
    "data",
}


@pytest.fixture
def office(db):
    return furnished()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("pe de er be surabaya", "pdrb surabaya"),
        ("angka I.P.M. surabaya", "angka ipm. surabaya"),
        ("data te pe te di surabaya", "data tpt di surabaya"),
        ("di a be", "di a be"),
        ("in flasi di surabaya", "inflasi di surabaya"),
        ("kalau si do arjo", "kalau sidoarjo"),
        ("kota ba tu", "kota batu"),
        ("di kota surabaya", "di kota surabaya"),
        ("xin flasiq", "xin flasiq"),
    ],
)
def test_spelled_letters_and_pieces_of_words_are_joined(typed, read):
    assert as_written(typed, abbreviates=KNOWN.__contains__, is_word=KNOWN.__contains__) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Garis kemiskinan e Bojonegoro pinten nggih", "Garis kemiskinan Bojonegoro berapa ya"),
        ("IPM ne Bangkalan paling ngisor", "IPM Bangkalan paling bawah"),
        ("Nuwun sewu, kulo nyuwun data", "permisi, saya minta data"),
        ("pirang persen sing nyambut gawe", "berapa persen yang bekerja"),
        ("bukak jam piro dino Jemuah", "buka jam berapa hari jumat"),
        ("sertifikat ISO kantor", "sertifikat ISO kantor"),
        ("alamat e mail kantor", "alamat e mail kantor"),
    ],
)
def test_village_javanese_is_put_into_indonesian(typed, read):
    assert in_indonesian(typed) == read


def test_a_village_official_who_introduces_himself_does_not_ask_about_a_village():
    typed = "permisi, saya perangkat desa, mau minta data penduduk Lamongan"
    assert without_introduction(typed) == "mau minta data penduduk Lamongan"


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (["pe de er be per kapita surabaya 2024"], "per Kapita Kota Surabaya pada 2024"),
        (["tolong cek kan in flasi bulan kemarin"], "Inflasi Kota Surabaya pada Oktober 2026"),
        (["ipm kota ba tu"], "Indeks Pembangunan Manusia Kota Batu"),
        (["Garis kemiskinan e Bojonegoro pinten nggih 2024?", "nek Tuban?"], "Kabupaten Tuban pada 2024"),
        (["Garis kemiskinan e Tuban 2024?", "nek Gresik?", "luwih gedhe endi?"], "Selisihnya"),
        (["Panen pari neng Ngawi mundak opo mudhun dibanding taun kepungkur?"], "Kabupaten Ngawi pada 2025"),
        (["Gini Ratio Kota Malang 5 tahun terakhir, sebutkan tahun tertinggi"], "Kota Malang tertinggi pada"),
        (["inflasi surabaya 2026 dan bulan tertinggi"], "Inflasi Kota Surabaya tertinggi pada"),
        (["jumlah penduduk surabaya dalam juta"], "juta jiwa, hitungan kami."),
        (["kepadatan penduduk surabaya per meter"], "jiwa/m², hitungan kami."),
        (["Kantor BPS Suroboyo bukak jam piro dino Jemuah?"], "Jam layanan, BPS Kota Surabaya"),
        (["kantor nya dimana ya mbak naik angkot apa"], "Alamat, BPS Kota Surabaya"),
    ],
)  # fmt: skip
def test_a_dictated_question_is_answered_as_a_typed_one(office, questions, said):
    found = talked(office, *questions)

    assert (found.known, said in found.text) == (True, True), found.text


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("cucu saya mau minta data buat sekolah caranya gimana ya", "Cara meminta data"),
        ("mau minta data kemiskinan caranya gimana", "Cara meminta data"),
        ("cara sitasi tabel bps format apa kak", "Cara mengutip data BPS"),
        ("definisi operasional pengangguran terbuka menurut bps", "Tingkat Pengangguran Terbuka (TPT)"),
        ("gmn cara ngitung ipm manual", "Indeks Pembangunan Manusia (IPM)"),
        ("boleh datang langsung ke kantor bps tidak", "Berkunjung ke ruang PST: BPS Kota Surabaya"),
    ],
)
def test_a_dictated_question_finds_the_text_that_answers_it(office, question, title):
    found = talked(office, question)

    assert (found.known, titles(found)) == (True, [title])


def test_two_things_defined_in_one_text_are_both_told(office):
    found = talked(office, "beda ntp dan ntup")

    assert [one.heading for one in found.citations] == ["", "NTUP"]


@pytest.mark.parametrize("question", ["garis kemiskinan kota xy", "ipm kab qz 2024"])
def test_kota_with_two_letters_names_an_unknown_region(office, question):
    found = talked(office, question)

    assert (found.known, found.figures) == (False, ())
    assert "Saya tidak mengenal" in found.text


def test_a_question_how_data_are_collected_is_not_answered_with_a_figure(office):
    found = talked(office, "bagaimana bps mendapatkan data inflasi")

    assert (found.settles, found.figures) == (False, ())


@pytest.mark.parametrize(
    "before", ["TPK hotel Jatim rata-rata 6 bulan terakhir", "TPK hotel Jatim Mei sampai Oktober 2026"]
)
def test_the_same_periods_a_year_before_are_those_of_the_months_shown(office, before):
    found = talked(office, before, "bandingkan dengan periode yang sama tahun lalu")

    months = ["Mei", "Juni", "Juli", "Agustus", "September", "Oktober"]
    assert [one["period"] for one in found.figures] == [f"{month} 2025" for month in months]


def test_two_bounds_of_two_figures_are_each_offered_alone(office):
    found = talked(office, "kabupaten mana yang ipm di atas 75 dan kemiskinan di bawah 10 persen?")

    assert (found.known, found.figures) == (False, ())
    assert [one.url for one in found.suggestions if one.kind == "onward"] == [
        "kabupaten mana yang ipm di atas 75",
        "kabupaten mana yang kemiskinan di bawah 10 persen?",
    ]


def test_two_bounds_of_one_figure_are_both_its_ends(office):
    found = talked(office, "kabupaten mana yang ipm di atas 75 dan di bawah 80")

    assert (found.known, "di atas 75 dan di bawah 80" in found.text) == (True, True)
    values = [float(one["number"]) for one in found.figures]
    assert (min(values) > 75, max(values) < 80, len(values) > 1) == (True, True, True)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("kota yang ipm di atas 75 tapi pengangguran di bawah 5", 2),
        ("kota yang ipm di atas 75 dan di bawah 80", 0),
        ("kota yang ipm di atas 75", 0),
        ("penduduk di atas 1 juta dan ipm surabaya berapa", 0),
    ],
)
def test_only_two_figures_with_two_bounds_are_two_questions(question, count):
    assert len(two(question)) == count


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [("ipm lebih dari 70 tapi kurang dari 75", 70, 75), ("ipm di bawah 75 dan di atas 70", 70, 75),
     ("ipm di atas 70 dan di atas 75", 70, None)],
)  # fmt: skip
def test_the_ends_of_a_bound_are_read_in_any_order(question, low, high):
    bound, _rest = bound_in(question)

    assert (bound.low, bound.high) == (low, high)


@pytest.mark.parametrize(
    ("said", "measure", "asked"),
    [
        ("penduduk dalam juta", "jiwa", "juta jiwa"),
        ("orang miskin dalam juta", "ribu jiwa", "juta jiwa"),
        ("garis kemiskinan dalam ribu", "rupiah/kapita/bulan", "ribu rupiah/kapita/bulan"),
        ("pdrb per kapita dalam juta", "juta rupiah", None),
        ("ipm dalam juta", "poin", None),
        ("penduduk juta", "jiwa", None),
    ],
)
def test_a_count_is_shown_in_the_scale_asked_for(said, measure, asked):
    found = other_unit(said.split(), measure)

    assert (found.asked if found else None) == asked
