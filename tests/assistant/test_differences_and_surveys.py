"""Beside figures: how two things differ, from which survey a figure is, who stands above and below."""

import json
from datetime import UTC, datetime

import pytest

from halopst.assistant.rules.figures.period_choice import series
from halopst.assistant.rules.question.differences import pair
from halopst.assistant.rules.question.everyday_phrasing import formal, of_thing, what_for
from halopst.assistant.rules.question.periods import Asked
from halopst.assistant.rules.question.ranking_positions import asks_beside
from halopst.assistant.rules.question.surveys import surveyed
from halopst.assistant.services.answering.asking import ask
from halopst.core.actors import ANONYMOUS, SYSTEM
from halopst.core.reference import load_all
from halopst.demo.figures import build_figures
from halopst.demo.offices import build_offices
from halopst.demo.texts import build_texts
from halopst.knowledge.rules.figures.periods import MONTH, QUARTER, QUARTERS, YEAR, Period
from halopst.knowledge.services import import_lines
from halopst.units.models import Unit

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def furnished():
    """The demonstration's Kota Surabaya, with its figures and texts."""
    load_all(lambda _line: None)
    build_offices(password="Kata-sandi-uji-9", now=NOW)
    build_figures(now=NOW)
    build_texts(now=NOW)
    return Unit.objects.get(code="3578")


@pytest.fixture
def office(db):
    return furnished()


def talked(office, *questions):
    """The last answer of a conversation."""
    follow = ""
    for question in questions:
        found = ask(ANONYMOUS, question=question, unit=office, client="", now=NOW, follow=follow)
        follow = found.follow
    return found


def titles(found):
    return [one.title for one in found.citations]


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("apa beda tpt dan tpak", ("tpt", "tpak")),
        ("gini ratio dan ipm bedanya apa", ("gini ratio", "ipm")),
        ("jelaskan perbedaan antara susenas dan sakernas", ("susenas", "sakernas")),
        ("apakah ipm sama dengan ihk?", ("ipm", "ihk")),
        ("kenapa inflasi berbeda dengan yang dirasakan", ()),
        ("ekspor dan impor 2024", ()),
    ],
)
def test_the_two_things_to_compare_are_read_from_the_question(said, things):
    assert pair(said) == things


def test_a_question_for_a_difference_gets_both_definitions_unless_a_text_tells_it(office):
    both = talked(office, "apa beda tpt dengan tpak")
    assert titles(both) == ["Tingkat Pengangguran Terbuka (TPT)", "Angkatan kerja dan bukan angkatan kerja"]
    assert (both.known, [one["cites"] for one in both.parts]) == (True, [[0], [1]])
    assert titles(talked(office, "susenas sama sakernas bedanya apa")) == ["Susenas", "Sakernas"]

    assert titles(talked(office, "fob sama cif bedanya dimana")) == ["Ekspor, impor, dan neraca perdagangan"]
    assert titles(talked(office, "bedanya sensus ama survey apa")) == ["Sensus dan survei BPS: apa bedanya"]
    assert not talked(office, "apa beda tpt dengan kriptografi").known
    assert len(talked(office, "beda ipm surabaya dan sidoarjo").figures) == 2


def test_a_sure_text_that_names_both_things_tells_the_difference_whatever_its_title(db):
    texts = {
        "Keripik": "Keripik adalah makanan ringan dari irisan tipis yang digoreng.",
        "Kerupuk": "Kerupuk adalah makanan ringan dari adonan tepung yang digoreng.",
        "Camilan goreng": "Beda keripik dan kerupuk ada pada bahannya: yang satu irisan, yang lain adonan.",
    }
    lines = [{"external_id": title, "title": title, "text": text} for title, text in texts.items()]
    import_lines(
        SYSTEM, [json.dumps(line).encode() for line in lines], now=NOW, progress=lambda _report: None
    )
    told = ask(ANONYMOUS, question="apa beda keripik dan kerupuk", unit=None, client="", now=NOW)
    assert titles(told)[0] == "Camilan goreng"


@pytest.mark.parametrize(
    ("said", "of_what"),
    [
        ("angka ini dari survei apa", ()),
        ("sumbernya survei apa", ()),
        ("survei apa yang dipakai menghitung tpt", ("tpt",)),
        ("data kemiskinan dari survei mana", ("kemiskinan",)),
        ("survei apa saja", None),
        ("bedanya sensus dan survei apa", None),
        ("survei itu apa", None),
    ],
)
def test_a_question_for_the_survey_is_about_the_figure_named_or_shown_before(said, of_what):
    assert surveyed(said.split()) == of_what


def test_the_survey_is_told_by_a_text_or_said_to_be_unknown(office):
    shown = talked(office, "tpt surabaya 2024", "angka ini dari survei apa")
    assert (shown.known, titles(shown)) == (True, ["Tingkat Pengangguran Terbuka (TPT)"])
    assert "Sakernas" in shown.text
    assert titles(talked(office, "pengangguran surabaya dari survei apa")) == titles(shown)
    assert titles(talked(office, "gini ratio surabaya", "datanya dari survei apa ya")) == ["Susenas"]

    untold = talked(office, "ipm surabaya", "sumbernya survei apa")
    assert (untold.known, len(untold.figures)) == (False, 1)
    assert untold.text.endswith("Dari survei apa, tidak disebut di tabel ini maupun di tulisan kami.")
    went_on = talked(office, "tpt surabaya 2024", "angka ini dari survei apa", "kalau kota malang")
    assert [(one["region_code"], one["period"]) for one in went_on.figures] == [("3573", "2024")]


@pytest.mark.parametrize(
    ("said", "step"),
    [
        (["siapa", "di", "atas"], 1),
        (["yang", "di", "bawah"], -1),
        (["di", "bawah", "lagi"], -1),
        (["ipm", "di", "atas", "75"], 0),
        (["dari", "atas", "ke", "bawah"], 0),
    ],
)
def test_questions_for_the_region_above_or_below_are_recognised(said, step):
    assert asks_beside(said) == step


def test_above_and_below_a_region_the_next_different_figures_are_told(office):
    order = talked(office, "urutan ipm jatim")
    second = talked(office, "urutan ipm jatim", "siapa di bawahnya?")
    assert [second.computed[0]["text"], second.text.split(" di urutan")[0]] == [
        "2",
        order.figures[0]["region"],
    ]
    assert talked(office, "urutan ipm jatim", "siapa di atasnya").text.startswith("Tidak ada yang di atas ")

    lowest = talked(office, "ipm terendah jatim", "siapa di atasnya")
    by_name = talked(office, "kabupaten/kota dengan ipm terendah kedua di jatim")
    assert lowest.computed[0]["text"] == "2"
    assert lowest.figures[1]["region"] in by_name.text
    assert lowest.figures[1]["region"] in lowest.text
    own = talked(office, "peringkat ipm kota malang di jatim")
    above = talked(office, "peringkat ipm kota malang di jatim", "siapa di atasnya?")
    assert int(above.computed[0]["text"]) == int(own.computed[0]["text"]) - 1
    assert above.text.startswith(f"Kota Malang di urutan ke-{own.computed[0]['text']}.")


def test_paling_jarang_asks_for_the_lowest_and_semua_kabupaten_leaves_out_cities(office):
    sparse = talked(office, "kabupaten mana yang penduduknya paling jarang di jatim")
    assert (sparse.title, sparse.known) == ("Kepadatan Penduduk", True)
    assert "terendah" in sparse.text
    every = talked(office, "semua kabupaten di jatim ipm 2024")
    assert len(every.figures) == 29
    assert not any(one["region"].startswith("Kota") for one in every.figures)
    assert len(talked(office, "ipm semua kabupaten dan kota di jatim 2024").figures) == 38


def test_the_last_quarters_of_a_monthly_figure_are_whole_and_shown_by_month(office):
    found = talked(office, "inflasi surabaya 2 triwulan terakhir")
    months = [one["period"] for one in found.figures]
    assert months == [f"{name} 2026" for name in ("April", "Mei", "Juni", "Juli", "Agustus", "September")]
    assert "Untuk Triwulan II 2026 dan Triwulan III 2026 tidak ada angka tersendiri" in found.text
    there = {Period(2026, month) for month in range(1, 3)}
    assert series(there, Asked(last=1, kind=QUARTER)).found == tuple(sorted(there))
    whole = {Period(2026, month) for month in range(1, 8)}
    assert series(whole, Asked(last=1, kind=QUARTER)).apart == (Period(2026, QUARTERS[1]),)
    assert series(whole, Asked(last=1, kind=YEAR)).apart == ()
    assert {one.kind for one in series(whole, Asked(last=1, kind=QUARTER)).found} == {MONTH}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("batalin janji konsultasi bagaimana", "pembatalan janji konsultasi"),
        ("mau ganti jadwal konsultasi gimana", "perubahan jadwal konsultasi"),
        ("kenapa y-on-y dipakai, bukan q-to-q?", "beda y-on-y dan q-to-q"),
        ("kenapa memakai median bukan rata-rata", "beda median dan rata-rata"),
        ("Kenapa ibu kota Australia bukan Sydney?", "Kenapa ibu kota Australia bukan Sydney?"),
        ("tanda bintang di angka tpt itu apa", "apa itu tanda bintang di angka"),
        ("IPM 75 itu tinggi atau rendah", "IPM itu tinggi atau rendah"),
        ("inflasi 3 persen itu tinggi atau rendah", "inflasi 3 persen itu tinggi atau rendah"),
        ("bagaimana kalau mau berkunjung ke PST", "berkunjung ke PST"),
        ("bs konsultasi online ga", "bisa konsultasi daring"),
        ("mau komplain ke siapa ya", "pengaduan disampaikan lewat mana"),
        ("susenas ngumpulin data apa aja", "susenas mengumpulkan apa aja"),
        ("orang yang lagi nyari kerja itu termasuk apa", "pencari kerja itu termasuk apa"),
    ],
)
def test_words_beside_a_question_that_ask_nothing_are_left_out(said, meant):
    assert formal(said) == meant


def test_a_question_about_the_figure_shown_is_completed_with_its_name():
    assert formal(of_thing("rumusnya gimana", "IPM")) == "cara menghitung IPM"
    assert formal(of_thing("artinya apa", "IPM")) == "apa itu IPM"
    assert what_for("kurva lorenz dipakai untuk apa") == "apa itu kurva lorenz"


def test_a_question_for_an_abbreviation_is_answered_with_the_beginning_of_its_text(office):
    told = [talked(office, question) for question in ("IPM singkatan dari apa", "apa itu pdrb")]
    assert [one.citations[0].heading for one in told] == ["", ""]
    assert [one.text.split(":")[0] for one in told] == [
        "Indeks Pembangunan Manusia (IPM)",
        "Produk Domestik Regional Bruto (PDRB)",
    ]
    assert talked(office, "apa itu pdrb per kapita").citations[0].heading == "PDRB per kapita"
    read = talked(office, "gini surabaya", "cara bacanya gimana")
    assert (read.known, titles(read)) == (True, ["Gini ratio"])
