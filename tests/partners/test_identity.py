"""The numbers a mitra is known by."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halopst.partners.rules.identity import (
    Malformed,
    account_of,
    contradictions,
    masked,
    nik_of,
    npwp_of,
    sobat_id_of,
    told_by,
)
from tests.partners.factories import example_nik


def code_of(read, text):
    with pytest.raises(Malformed) as wrong:
        read(text)
    return wrong.value.code


def test_a_nik_is_sixteen_digits_however_they_are_spaced():
    assert nik_of("9999 0117 0895 0001") == "9999011708950001"
    assert nik_of("'9999011708950001") == "9999011708950001"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("999901170895000", "nik-length"),
        ("99990117089500011", "nik-length"),
        ("999901170895000A", "nik-digits"),
        ("", "nik-digits"),
        ("٩٩٩٩٠١١٧٠٨٩٥٠٠٠١", "nik-digits"),
        ("9999013208950001", "nik-day"),
        ("9999011713950001", "nik-day"),
        ("9999017208950001", "nik-day"),
        ("9999011708950000", "nik-serial"),
        ("0099011708950001", "nik-serial"),
    ],
)
def test_a_nik_that_cannot_be_right_says_why(text, code):
    assert code_of(nik_of, text) == code


def test_a_leap_day_counts_in_the_century_that_has_it():
    assert nik_of("9999012902000001")
    assert code_of(nik_of, "9999012902010001") == "nik-day"


@given(st.dates(date(1930, 1, 1), date(2010, 12, 31)), st.booleans(), st.integers(0, 9998))
def test_a_nik_tells_the_birth_date_and_sex_it_was_made_from(born, female, number):
    nik = example_nik(number, born=born, female=female)

    told = told_by(nik_of(nik))

    assert (told.day, told.month, told.year, told.is_female) == (
        born.day,
        born.month,
        born.year % 100,
        female,
    )
    assert contradictions(nik, birth_date=born, sex="P" if female else "L") == []


def test_what_a_nik_says_otherwise_is_a_warning_not_a_refusal():
    nik = example_nik(1, born=date(1995, 8, 17), female=True)

    assert contradictions(nik, birth_date=date(1995, 8, 18), sex="L") == ["nik-birth-date", "nik-sex"]
    assert contradictions(nik, birth_date=None, sex="") == []


def test_a_masked_number_shows_four_digits_at_each_end():
    assert masked("9999011708950001") == "9999••••••••0001"
    assert masked("12345678") == "••••5678"
    assert masked("123") == "123"


def test_other_numbers_have_their_own_lengths():
    assert sobat_id_of("610422020048") == "610422020048"
    assert sobat_id_of(" ") == ""
    assert code_of(sobat_id_of, "61042202004") == "sobat-length"
    assert npwp_of("09.254.294.3-407.000") == "092542943407000"
    assert npwp_of("") == ""
    assert code_of(npwp_of, "1234") == "npwp-length"
    assert account_of("0123 4567 89") == "0123456789"
    assert code_of(account_of, "12345") == "account-length"
    assert code_of(account_of, "12AB56") == "account-digits"
