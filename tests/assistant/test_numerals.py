"""Numbers in sentences, and whether a source states them (R-27)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halopst.assistant.rules.checking.stated_numbers import unresolved
from halopst.assistant.rules.language.numerals import Kind, numbers


def read(text):
    return [(one.readings[0], one.kind) for one in numbers(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sebesar 20,61 persen", [("20.61", Kind.PERCENT)]),
        ("20,61%", [("20.61", Kind.PERCENT)]),
        ("20,61 %", [("20.61", Kind.PERCENT)]),
        ("1.234.567 jiwa", [("1234567", Kind.PLAIN)]),
        ("1,2 juta jiwa", [("1200000.0", Kind.PLAIN)]),
        ("Rp1.048.000", [("1048000", Kind.RUPIAH)]),
        ("Rp 1,5 triliun", [("1500000000000.0", Kind.RUPIAH)]),
        ("50 ribu rupiah", [("50000", Kind.RUPIAH)]),
        ("naik 0,33 poin persen", [("0.33", Kind.POINTS)]),
        ("tumbuh -0,5 persen", [("-0.5", Kind.PERCENT)]),
        ("minus 0,5 persen", [("-0.5", Kind.PERCENT)]),
        ("2020-2024", [("2020", Kind.PLAIN), ("2024", Kind.PLAIN)]),
        ("2020 - 2024", [("2020", Kind.PLAIN), ("2024", Kind.PLAIN)]),
        ("antara 10 dan 20 persen", [("10", Kind.PERCENT), ("20", Kind.PERCENT)]),
        ("1 sampai 2 juta", [("1000000", Kind.PLAIN), ("2000000", Kind.PLAIN)]),
        ("dua puluh koma enam satu persen", [("20.61", Kind.PERCENT)]),
        ("dua ratus tiga puluh empat ribu lima belas", [("234015", Kind.PLAIN)]),
        ("seratus dua puluh juta", [("120000000", Kind.PLAIN)]),
        ("dua koma lima juta", [("2500000.0", Kind.PLAIN)]),
        ("ninety nine percent", [("99", Kind.PERCENT)]),
        ("one hundred and five", [("105", Kind.PLAIN)]),
        ("\uff11\uff12 persen", [("12", Kind.PERCENT)]),
        ("٣٥ persen", [("35", Kind.PERCENT)]),
        ("9\u200b9 persen", [("99", Kind.PERCENT)]),
        ("Maret 2024", [("3", Kind.MONTH), ("2024", Kind.PLAIN)]),
        ("triwulan II", [("2", Kind.PART)]),
        ("salah satu wilayah", []),
        ("satu-satunya", []),
        ("duapuluhlima persen", [("25", Kind.PERCENT)]),
        ("XCIX persen", [("0", Kind.VAGUE)]),
        ("setengah penduduk", [("0", Kind.VAGUE)]),
        ("tanggal 17.08.1945", [("17", Kind.PLAIN), ("8", Kind.PLAIN), ("1945", Kind.PLAIN)]),
    ],
)
def test_a_number_is_read_however_it_is_written(text, found):
    assert read(text) == [(Decimal(value), kind) for value, kind in found]


SOURCE = (
    "Persentase penduduk miskin Sampang Maret 2024 sebesar 20,61 persen atau 208.910 jiwa, turun 0,33 "
    "poin persen. Garis kemiskinan Rp512.340 per kapita. Ekonomi triwulan II tumbuh -0,5 persen. Sekitar 12 "
    "ribu rumah tangga menerima bantuan, lebih dari 3 kecamatan."
)


@pytest.mark.parametrize(
    "said",
    [
        "20,61 persen", "20.61%", "dua puluh koma enam satu persen", "20,6 persen", "21 persen", "Rp512.340",
        "sekitar 20,6 persen", "208.910 jiwa", "208910 jiwa", "sekitar 209 ribu jiwa", "209 ribu jiwa",
        "sekitar 200 ribu jiwa", "lebih dari 208 ribu jiwa", "hampir 209 ribu jiwa", "triwulan II",
        "kurang dari 210 ribu jiwa", "turun 0,33 poin persen", "sekitar Rp512 ribu", "Rp512,3 ribu",
        "Maret 2024", "triwulan kedua", "turun 0,5 persen", "-0,5 persen", "sekitar 12 ribu rumah tangga",
        "lebih dari 3 kecamatan", "tanpa angka sama sekali",
    ],
)  # fmt: skip
def test_a_number_that_the_source_states_is_accepted(said):
    assert unresolved(said, [SOURCE]) == []


@pytest.mark.parametrize(
    "said",
    [
        "20,62 persen", "26,01 persen", "20,610001 persen", "20 persen", "2,061 persen", "206,1 persen",
        "20,61 poin persen", "20,61 juta jiwa", "208.911 jiwa", "208 ribu jiwa", "280.910 jiwa", "Rp20,61",
        "Rp512.341", "2023", "2025", "Maret 2023", "September 2024", "triwulan III", "triwulan ketiga",
        "setengah penduduk", "dua kali lipat", "ratusan ribu jiwa", "tiga puluh persen", "99 persen",
        "٩٩ persen", "sembilan puluh sembilan persen", "ninety nine percent", "hampir 20 persen",
        "lebih dari 25 persen", "12 ribu rumah tangga", "3 kecamatan", "naik 0,5 persen", "sekitar 30 persen",
        "antara 20,61 dan 40 persen", "9\u200b9 persen", "²³ persen", "minus 20,61 persen",
    ],
)  # fmt: skip
def test_a_number_that_no_source_states_is_named(said):
    assert unresolved(said, [SOURCE]) != []


def written(value, places):
    whole, _point, rest = f"{value:.{places}f}".partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")


FIGURES = st.tuples(st.integers(0, 10**9), st.integers(0, 3))


@given(FIGURES)
def test_a_figure_is_found_again_as_it_was_published(figure):
    digits, places = figure
    text = written(Decimal(digits).scaleb(-places), places)

    assert unresolved(f"tercatat {text} persen.", [f"Nilainya {text} persen pada saat itu."]) == []


@given(FIGURES, st.data())
def test_a_changed_digit_is_always_caught(figure, data):
    """No digit of what was published may change when all of them are said."""
    digits, places = figure
    text = written(Decimal(digits).scaleb(-places), places)
    at = data.draw(st.sampled_from([at for at, one in enumerate(text) if one.isdigit()]))
    other = data.draw(st.sampled_from([one for one in "0123456789" if one != text[at]]))
    changed = text[:at] + other + text[at + 1 :]
    same = Decimal(changed.replace(".", "").replace(",", ".")) == Decimal(digits).scaleb(-places)

    assert same or unresolved(f"tercatat {changed} persen", [f"Nilainya {text} persen."]) != []


@given(st.integers(1, 10**12))
def test_a_number_in_words_is_the_number_in_digits(value):
    assert unresolved(spoken(value), [f"ada {value:,} jiwa".replace(",", ".")]) == []
    assert unresolved(f"{spoken(value)} persen", [f"ada {value + 1:,} persen".replace(",", ".")]) != []


ONES = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def spoken(value):
    for size, name in ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu")):
        if value >= size:
            head = "seribu" if (size, value // size) == (10**3, 1) else f"{spoken(value // size)} {name}"
            return f"{head} {spoken(value % size)}".strip() if value % size else head
    if value >= 100:
        head = "seratus" if value < 200 else f"{ONES[value // 100]} ratus"
        return f"{head} {spoken(value % 100)}".strip() if value % 100 else head
    if value >= 20:
        return f"{ONES[value // 10]} puluh {ONES[value % 10]}".strip()
    if value >= 12:
        return f"{ONES[value - 10]} belas"
    return ["sepuluh", "sebelas"][value - 10] if value >= 10 else ONES[value]
