"""Numbers, money, dates, phones and names as Indonesian screens write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from halopst.core import formats

MONDAY = date(2026, 11, 23)
AT_TEN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (0, 0, "0", "0"),
        (1048000, 0, "1.048.000", "1,048,000"),
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (Decimal("2.405"), 2, "2,41", "2.41"),
        (0.5, 0, "1", "1"),
        (-1234.5, 1, "-1.234,5", "-1,234.5"),
        (-0.001, 2, "0,00", "0.00"),
    ],
)
def test_numbers_have_points_for_thousands_and_a_comma_for_decimals(value, decimals, indonesian, english):
    assert formats.number(value, decimals) == indonesian
    assert formats.number(value, decimals, lang="en") == english


@given(st.integers(-(10**15), 10**15))
def test_a_formatted_integer_reads_back_as_itself(value):
    assert int(formats.number(value).replace(".", "")) == value


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 4))
def test_a_formatted_decimal_is_within_half_a_step_and_groups_by_three(value, decimals):
    whole, _, fraction = formats.number(value, decimals).partition(",")

    assert len(fraction) == decimals
    assert all(len(group) == 3 for group in whole.lstrip("-").split(".")[1:])
    read = Decimal(whole.replace(".", "") + "." + (fraction or "0"))
    assert abs(read - value) <= Decimal(5).scaleb(-decimals - 1)


def test_money_and_percentages_carry_no_space():
    assert formats.rupiah(1048000) == "Rp1.048.000"
    assert formats.rupiah(-500) == "-Rp500"
    assert formats.rupiah(1048000, lang="en") == "Rp1,048,000"
    assert formats.percent(91.48) == "91,48%"
    assert formats.percent(Decimal("91.48"), 1, lang="en") == "91.5%"


def test_dates_are_written_out():
    assert formats.long_date(MONDAY) == "Senin, 23 November 2026"
    assert formats.long_date(MONDAY, lang="en") == "Monday, 23 November 2026"
    assert formats.medium_date(date(2025, 4, 1)) == "1 April 2025"
    assert formats.brief_date(date(2026, 8, 2)) == "Min, 2 Agu 2026"


@pytest.mark.parametrize(
    ("zone", "indonesian", "english"),
    [
        ("Asia/Jakarta", "10.00 WIB", "10:00 WIB"),
        ("Asia/Pontianak", "10.00 WIB", "10:00 WIB"),
        ("Asia/Makassar", "11.00 WITA", "11:00 WITA"),
        ("Asia/Jayapura", "12.00 WIT", "12:00 WIT"),
        ("UTC", "03.00 UTC", "03:00 UTC"),
    ],
)
def test_the_same_instant_is_shown_in_the_zone_of_the_office(zone, indonesian, english):
    assert formats.clock(AT_TEN, zone) == indonesian
    assert formats.clock(AT_TEN, formats.zone(zone), lang="en") == english


def test_a_moment_and_a_range_name_their_zone_once():
    assert formats.moment(AT_TEN, "Asia/Jakarta") == "Senin, 23 November 2026, 10.00 WIB"
    end = AT_TEN + timedelta(minutes=45)
    assert formats.clock_range(AT_TEN, end, "Asia/Jakarta") == "10.00–10.45 WIB"


@pytest.mark.parametrize(
    ("day", "indonesian", "english"),
    [
        (MONDAY, "hari ini", "today"),
        (date(2026, 11, 24), "besok", "tomorrow"),
        (date(2026, 11, 22), "kemarin", "yesterday"),
        (date(2026, 11, 29), "Minggu", "Sunday"),
        (date(2026, 11, 30), "30 November", "30 November"),
        (date(2026, 11, 20), "20 November", "20 November"),
        (date(2027, 1, 4), "4 Januari 2027", "4 January 2027"),
    ],
)
def test_a_day_is_named_as_people_say_it(day, indonesian, english):
    assert formats.relative_day(day, MONDAY) == indonesian
    assert formats.relative_day(day, MONDAY, lang="en") == english


@pytest.mark.parametrize(
    ("minutes", "indonesian", "english"),
    [
        (102, "1 j 42 m lagi", "1 h 42 min left"),
        (6, "6 m lagi", "6 min left"),
        (120, "2 j lagi", "2 h left"),
        (0, "0 m lagi", "0 min left"),
        (3 * 24 * 60 + 61, "3 hari 1 j lagi", "3 d 1 h left"),
        (-70, "lewat 1 j 10 m", "late by 1 h 10 min"),
    ],
)
def test_time_left_says_left_or_late(minutes, indonesian, english):
    assert formats.remaining(timedelta(minutes=minutes)) == indonesian
    assert formats.remaining(timedelta(minutes=minutes), lang="en") == english


def test_working_days_are_counted_in_words():
    assert formats.working_days(2) == "2 hari kerja"
    assert formats.working_days(1, lang="en") == "1 working day"
    assert formats.working_days(2, lang="en") == "2 working days"


@pytest.mark.parametrize(
    "written",
    ["0812-3456-7890", "+62 812 3456 7890", "62812.3456.7890", "(0812) 34567890", "81234567890"],
)
def test_a_phone_number_becomes_the_digits_every_channel_keeps(written):
    assert formats.phone_digits(written) == "6281234567890"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "hanya berisi angka"),
        ("0812-abcd", "hanya berisi angka"),
        ("٠٨١٢٣٤٥٦٧٨٩", "hanya berisi angka"),
        ("+62+81234567890", "hanya berisi angka"),
        ("0812", "belum lengkap"),
        ("031-8439343", "bukan nomor ponsel"),
        ("0812345678901234", "belum lengkap"),
        ("+1 202 555 0100", "bukan nomor ponsel"),
    ],
)
def test_a_wrong_phone_number_is_refused_with_a_reason(written, reason):
    with pytest.raises(ValueError, match=reason):
        formats.phone_digits(written)


@given(st.text(max_size=40))
def test_any_text_is_a_phone_number_or_refused(text):
    try:
        digits = formats.phone_digits(text)
    except ValueError:
        return
    assert digits.isascii()
    assert digits.startswith("628")


def test_a_phone_number_is_shown_as_people_write_it():
    assert formats.phone("6281234567890") == "0812-3456-7890"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ratih Kusumawardani", "RK"),
        ("Made Oka Arimbawa", "MA"),
        ("Sri", "SR"),
        ("bambang hartono, S.Si., M.Stat.", "BH"),
        ("  ", "?"),
        ("<b>", "B"),
        ("42", "?"),
    ],
)
def test_initials_come_from_the_name_not_its_titles(name, letters):
    assert formats.initials(name) == letters


def rendered(source, language="id", **context):
    with translation.override(language):
        return engines["django"].from_string("{% load formats %}" + source).render(context)


def test_filters_speak_the_visitors_language():
    source = '{{ at|waktu:"Asia/Jakarta" }} {{ n|angka:1 }}'

    assert rendered(source, at=AT_TEN, n=1234.5) == "Senin, 23 November 2026, 10.00 WIB 1.234,5"
    assert rendered(source, "en", at=AT_TEN, n=1234.5) == "Monday, 23 November 2026, 10:00 WIB 1,234.5"


@pytest.mark.parametrize(
    ("value", "said"), [("12.5", "12,5"), ("50", "50"), ("0.100", "0,1"), (100, "100"), (None, ""), ("", "")]
)
def test_an_exact_number_has_as_many_decimals_as_it_needs(value, said):
    assert rendered("{{ n|tepat }}", n=value) == said


def test_a_date_filter_reads_the_day_in_the_zone_of_the_office():
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)

    assert rendered('{{ at|tanggal:"Asia/Jayapura" }}', at=late) == "Selasa, 24 November 2026"
    assert rendered('{{ at|tanggal_saja:"Asia/Jakarta" }}', at=late) == "23 November 2026"
    assert rendered("{{ day|tanggal_ringkas }}", day=MONDAY) == "Sen, 23 Nov 2026"


def test_the_relative_day_reads_the_clock_of_the_page():
    source = '{% hari at "Asia/Jakarta" %}'

    assert rendered(source, at=AT_TEN, now=AT_TEN) == "hari ini"
    assert rendered(source, at=AT_TEN, now=AT_TEN - timedelta(days=1)) == "besok"


def test_the_other_filters_say_nothing_about_nothing():
    assert (
        rendered("[{{ x|angka }}{{ x|rupiah }}{{ x|tanggal }}{{ x|persen }}{{ x|durasi }}]", x=None) == "[]"
    )


def test_small_filters():
    source = "{{ p|telepon }} {{ d|durasi }} {{ m|rupiah }}"
    context = {"p": "6281234567890", "d": timedelta(minutes=6), "m": 5000}
    assert rendered(source, **context) == "0812-3456-7890 6 m Rp5.000"
    assert (
        rendered('{% rentang a b "Asia/Makassar" %}', a=AT_TEN, b=AT_TEN + timedelta(hours=1))
        == "11.00–12.00 WITA"
    )


@pytest.mark.parametrize(
    ("minutes", "indonesian", "english"),
    [
        (0, "1 menit", "1 minute"),
        (89, "89 menit", "89 minutes"),
        (90, "2 jam", "2 hours"),
        (16 * 60 + 6, "16 jam", "16 hours"),
        (36 * 60, "2 hari", "2 days"),
        (70 * 60, "3 hari", "3 days"),
    ],
)
def test_in_a_sentence_a_length_of_time_is_rough(minutes, indonesian, english):
    assert formats.rough(timedelta(minutes=minutes)) == indonesian
    assert formats.rough(timedelta(minutes=minutes), lang="en") == english
