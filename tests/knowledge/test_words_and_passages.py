"""Words, numbers, stems, spelling, passages: pure."""

import pytest

from halopst.knowledge.rules.search.answer_kinds import Sought, holds, sought
from halopst.knowledge.rules.search.excerpts import excerpt
from halopst.knowledge.rules.search.ranking import Sieve, read
from halopst.knowledge.rules.texts.layout import Block, blocks
from halopst.knowledge.rules.texts.passages import MOST_WORDS, split
from halopst.knowledge.rules.words.spelling import Known, keys, meant
from halopst.knowledge.rules.words.stemming import stem
from halopst.knowledge.rules.words.tokens import question, sentences, tokens


def test_a_number_is_one_token_however_it_is_written():
    assert tokens("Inflasi 2,61 persen; 1.234.567 jiwa, 1,234,567 people, Q2 dan 2.61") == [
        *("inflasi", "2,61", "persen", "1234567", "jiwa", "1234567", "people", "q2", "dan", "2,61")
    ]
    assert tokens("tanggal 17.08.1945") == ["tanggal", "17", "08", "1945"]


def test_words_lose_case_accents_and_apostrophes():
    assert tokens("Jum'at, Café, anak-anak Ma’ruf") == ["jumat", "cafe", "anak", "anak", "maruf"]


def test_a_question_is_what_decides_in_it():
    asked = question("Berapa jumlah penduduk Kabupaten Sampang pada tahun 2024?")

    assert asked.words == ("jumlah", "penduduk", "kabupaten", "sampang", "tahun", "2024")
    assert asked.numbers == ("2024",)
    assert asked.names == ("kabupaten", "sampang")
    assert question("apa itu").words == ("apa", "itu")


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("kemiskinan", "miskin"),
        ("pertumbuhannya", "tumbuh"),
        ("pengangguran", "anggur"),
        ("menganggur", "anggur"),
        ("kependudukan", "duduk"),
        ("penduduk", "duduk"),
        ("memperoleh", "oleh"),
        ("didirikan", "diri"),
        ("menulis", "tulis"),
        ("pertama", "pertama"),
        ("kota", "kota"),
        ("2024", "2024"),
    ],
)
def test_relatives_meet_in_their_stem(word, root):
    assert stem(word) == root


def test_abbreviations_end_no_sentence():
    assert sentences("Dibangun oleh Ir. Sutami di Jl. Merdeka. Tingginya 2,5 m. Selesai!") == [
        "Dibangun oleh Ir. Sutami di Jl. Merdeka.",
        "Tingginya 2,5 m.",
        "Selesai!",
    ]


@pytest.mark.parametrize("typed", ["kemiskinna", "kmiskinan", "kemmiskinan", "kemoskinan"])
def test_a_slip_finds_the_word_that_was_meant(typed):
    assert set(keys(typed)) & set(keys("kemiskinan"))
    assert meant(typed, [Known("kemiskinan", 3), Known("kesenian", 900)]) == Known("kemiskinan", 3)


def test_of_equally_near_words_the_most_used_is_meant_and_of_far_ones_none():
    assert meant("pade", [Known("pada", 2), Known("padi", 7), Known("jade", 50)]) == Known("padi", 7)
    assert meant("pade", [Known("palem", 7)]) is None


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Berapa luas Jawa?", Sought.AREA),
        ("Pulau Nias panjangnya berapa?", Sought.LENGTH),
        ("Berapa lama layanannya?", Sought.DURATION),
        ("Berapa hari prosesnya?", Sought.DURATION),
        ("Berapa mahasiswa perguruan tinggi?", Sought.NUMBER),
        ("Berapa jumlah desa?", Sought.NUMBER),
        ("Tahun berapa BPS berdiri?", Sought.TIME),
        ("Siapa penemu telepon?", Sought.PERSON),
        ("Siapakah Raden Saleh?", Sought.MEANING),
        ("Kenapa harga naik?", Sought.REASON),
        ("Di mana letak Candi Sewu?", Sought.PLACE),
        ("Apa itu inflasi?", Sought.MEANING),
        ("Bagaimana cara meminta data?", Sought.WAY),
        ("data jawa timur", Sought.ANYTHING),
    ],
)
def test_the_question_word_says_what_is_sought(asked, kind):
    assert sought(asked) is kind


def test_a_sentence_holds_an_answer_of_its_kind():
    assert holds(Sought.REASON, "Harga naik karena panen gagal.")
    assert not holds(Sought.NUMBER, "Harga naik karena panen gagal.")
    assert holds(Sought.AREA, "Luasnya sekitar 174.600 kilometer persegi.")
    assert not holds(Sought.AREA, "Tingginya 2.300 meter, dengan 12 desa.")
    assert holds(Sought.DURATION, "Selesai dalam lima hari kerja.")
    assert holds(Sought.MONEY, "Tarifnya Rp15.000 per lembar.")


def test_a_long_text_becomes_passages_and_loses_nothing():
    paragraph = " ".join(f"kata{n}." for n in range(200))
    text = f"Pembuka.\n\n## Bagian satu\n\n{paragraph}\n\n{paragraph}\n\n## Bagian dua\nPenutup."
    pieces = split(text)

    assert [piece.heading for piece in pieces] == ["", "Bagian satu", "Bagian satu", "Bagian dua"]
    assert all(len(piece.text.split()) <= MOST_WORDS for piece in pieces)
    assert " ".join(piece.text for piece in pieces).split() == [
        word for line in text.splitlines() if not line.startswith("##") for word in line.split()
    ]


def test_what_a_list_names_is_told_apart_in_an_excerpt():
    text = (
        "Yang dibawa saat wawancara\n- KTP yang masih\nberlaku\n- Surat pengantar\n- Foto.\n\nDatanglah pagi."
    )
    sieve = Sieve({"bawa": 1.0}, 5.0, frozenset(), frozenset(), Sought.ANYTHING)
    shown = excerpt(sieve, read("", text))
    said = "Yang dibawa saat wawancara: KTP yang masih berlaku; Surat pengantar; Foto. Datanglah pagi."
    assert shown.text == said


def test_an_excerpt_shows_the_sentence_that_answers_and_marks_its_words():
    sieve = Sieve({"luas": 1.0, "wilayah": 1.0}, 5.0, frozenset(), frozenset(), Sought.NUMBER)
    passage = read(
        "Sampang", "Ibu kotanya Sampang. " * 12 + "Luas wilayahnya 1.233 km². " + "Kotanya ramai. " * 20
    )
    shown = excerpt(sieve, passage)

    assert [text for text, marked in shown.parts if marked] == ["Luas", "wilayahnya"]
    assert len(shown.text) <= 280


def test_a_text_is_shown_as_headings_paragraphs_and_lists():
    assert blocks("## Cara\nBaca ini.\nLalu itu.\n\n- satu\n- dua\n\n1. awal\n2. akhir") == [
        Block("heading", ("Cara",)),
        Block("paragraph", ("Baca ini.", "Lalu itu.")),
        Block("list", ("satu", "dua")),
        Block("steps", ("awal", "akhir")),
    ]
