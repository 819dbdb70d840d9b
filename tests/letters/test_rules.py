from datetime import date

import pytest

from halopst.letters.rules import (
    MOVES,
    Gap,
    NumberParts,
    PatternFault,
    Resets,
    State,
    Verb,
    date_in_words,
    forbidden_word,
    format_number,
    gaps,
    initials_of,
    letterhead,
    number_in_words,
    official_name,
    parse_number,
    pattern_fault,
    period_key,
    presentable,
    verbs,
)
from tests.letters.kinds import CONTRACT, contract

BPS = "{derajat}-{urut:03}{sisip}/{unit}/{klasifikasi}/{tahun}"
LOCAL = "{urut:04}{sisip}/SPK/BPS/{unit}/{bulan}/{tahun}"
DAY = date(2026, 4, 3)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (2000, "dua ribu"),
        (111_111, "seratus sebelas ribu seratus sebelas"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_048_000, "satu juta empat puluh delapan ribu"),
        (10**9, "satu miliar"),
        (10**12 + 1, "satu triliun satu"),
        (-5, "minus lima"),
    ],
)
def test_numbers_are_spelled_out(value, words):
    assert number_in_words(value) == words


def test_no_number_is_spelled_like_another():
    words = [number_in_words(value) for value in range(12_000)]
    assert len(set(words)) == len(words)
    assert not [text for text in words if "  " in text or text != text.strip()]


def test_a_quadrillion_is_not_spelled_out():
    with pytest.raises(ValueError, match="quadrillion"):
        number_in_words(10**15)


def test_a_date_is_spelled_as_contracts_open():
    assert date_in_words(date(2025, 3, 31)) == (
        "tanggal tiga puluh satu bulan Maret tahun dua ribu dua puluh lima"
    )


@pytest.mark.parametrize(
    ("pattern", "parts", "text"),
    [
        (BPS, {"sequence": 1, "unit": "18100", "classification": "KP.630"}, "B-001/18100/KP.630/2026"),
        (
            BPS,
            {"sequence": 5, "segment": 1, "unit": "18100", "classification": "KP.630", "grade": "SR"},
            "SR-005.01/18100/KP.630/2026",
        ),
        (LOCAL, {"sequence": 12345, "unit": "1107"}, "12345/SPK/BPS/1107/04/2026"),
        ("{urut}{sisip}/{bulan_romawi}/{tahun}", {"sequence": 7}, "7/IV/2026"),
    ],
)
def test_a_number_follows_its_pattern_and_reads_back(pattern, parts, text):
    assert format_number(pattern, NumberParts(dated_on=DAY, **parts)) == text
    assert parse_number(pattern, f" {text} ") == (parts["sequence"], parts.get("segment", 0))


@pytest.mark.parametrize(
    "text", ["", "001/18100/KP.630/2026", "B-x/18100/KP.630/2026", "B-001/18100/KP.630/26"]
)
def test_what_is_no_number_of_the_pattern_is_not_read(text):
    assert parse_number(BPS, text) is None


@pytest.mark.parametrize(
    ("pattern", "resets", "fault"),
    [
        (BPS, Resets.YEARLY, None),
        (LOCAL, Resets.MONTHLY, None),
        ("{nomor}{urut}{sisip}{tahun}", Resets.YEARLY, PatternFault.UNKNOWN_PLACE),
        ("{urut}{sisip}/{tahun}}", Resets.YEARLY, PatternFault.UNKNOWN_PLACE),
        ("{tahun}", Resets.YEARLY, PatternFault.NO_SEQUENCE),
        ("{urut}-{sisip}/{tahun}", Resets.YEARLY, PatternFault.NO_INSERT),
        ("{urut}{sisip}", Resets.YEARLY, PatternFault.NO_YEAR),
        (BPS, Resets.MONTHLY, PatternFault.NO_MONTH),
    ],
)
def test_a_pattern_that_could_repeat_a_number_is_faulty(pattern, resets, fault):
    assert pattern_fault(pattern, resets) == fault


def test_series_begin_anew_each_year_or_month():
    assert (period_key(Resets.YEARLY, DAY), period_key(Resets.MONTHLY, DAY)) == ("2026", "2026-04")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Siti Nur Aminah, S.Stat., M.Si", "S.N.A."), ("budi", "B."), ("Mu'min D'Arc", "M.D."), ("", "")],
)
def test_initials_leave_out_titles(name, letters):
    assert initials_of(name) == letters


def test_ended_letters_stay_ended_and_every_other_state_can_be_reached():
    assert verbs(State.VOID) == verbs(State.REPLACED) == frozenset()
    assert verbs(State.PAID) == {Verb.REOPEN}
    reached = {move.to for move in MOVES.values()}
    assert reached == set(State) - {State.DRAFT}
    assert verbs(State.DRAFT) == {Verb.FINALISE, Verb.ANNUL}


def test_a_whole_letter_has_no_gap():
    assert list(gaps(CONTRACT.fields, contract())) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"honor": None}, Gap(("Honor",))),
        ({"honor": "1.048.000"}, Gap(("Honor",))),
        ({"honor": True}, Gap(("Honor",))),
        ({"honor": -1}, Gap(("Honor",))),
        ({"honor": 10**15}, Gap(("Honor",))),
        ({"mulai": "31/12/2026"}, Gap(("Tanggal mulai",))),
        ({"ppk": "   "}, Gap(("PPK",))),
        ({"ppk": "a\0b"}, Gap(("PPK",))),
        ({"petugas": {"nama": "Sri"}}, Gap(("Petugas", "NIK"))),
        ({"petugas": "Sri"}, Gap(("Petugas",))),
        ({"kegiatan": []}, Gap(("Kegiatan",))),
        ({"kegiatan": "x"}, Gap(("Kegiatan",))),
        (
            {"kegiatan": [*CONTRACT.example["kegiatan"], {"nama": "B", "volume": 1, "nilai": None}]},
            Gap(("Kegiatan", "Nilai"), 2),
        ),
    ],
)
def test_a_hole_is_named(values, expected):
    assert list(gaps(CONTRACT.fields, contract(**values))) == [expected]


def test_values_are_written_as_on_paper():
    written = presentable(CONTRACT.fields, contract())
    assert written["honor"] == "Rp1.048.000"
    assert written["honor_terbilang"] == "satu juta empat puluh delapan ribu rupiah"
    assert (written["mulai"], written["mulai_hari"]) == ("1 November 2026", "Minggu")
    assert written["kegiatan"] == [
        {
            "nama": "Survei Contoh",
            "volume": "12",
            "volume_terbilang": "dua belas",
            "nilai": "Rp1.048.000",
            "nilai_terbilang": "satu juta empat puluh delapan ribu rupiah",
        }
    ]
    assert written["catatan"] == ""


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('Teks\n#import "@preview/x:1.0.0"', ("import", 2)),
        ('#eval("1")', ("eval", 1)),
        ("#include d.x", ("include", 1)),
        ("ekspor-impor, evaluasi, important, read-only", None),
        ("#d.import-nya", None),
    ],
)
def test_words_that_reach_outside_are_found(source, found):
    assert forbidden_word(source) == found


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("BPS Kota Surabaya", "Badan Pusat Statistik Kota Surabaya"),
        ("BPS Provinsi Jawa Timur", "Badan Pusat Statistik Provinsi Jawa Timur"),
        ("BPS Pusat", "Badan Pusat Statistik"),
        ("BPSDM Contoh", "BPSDM Contoh"),
        ("Kantor Contoh", "Kantor Contoh"),
    ],
)
def test_an_office_signs_with_its_full_name(name, written):
    assert official_name(name) == written


@pytest.mark.parametrize(
    ("lines", "large", "small"),
    [
        ("", "BADAN CONTOH", "Jalan 1"),
        ("BADAN\n\n KOTA CONTOH ", "BADAN\nKOTA CONTOH", "Jalan 1"),
        ("BADAN\nKOTA CONTOH\nJalan 2 · Telp. 3", "BADAN\nKOTA CONTOH", "Jalan 2 · Telp. 3"),
        ("Jalan 2\nTelp. 3", "BADAN CONTOH", "Jalan 2\nTelp. 3"),
    ],
)
def test_the_letterhead_says_the_name_once(lines, large, small):
    assert letterhead("Badan Contoh", lines, "Jalan 1") == (large, small)
