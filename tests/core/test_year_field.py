"""A year is written in four digits; anything else is told how."""

import pytest
from django.forms import ValidationError

from halopst.core.forms import YearField


@pytest.mark.parametrize("typed", ["2000", " 2026 ", "2100"])
def test_a_year_in_four_digits_is_read(typed):
    assert YearField().clean(typed) == int(typed)


@pytest.mark.parametrize("typed", ["26", "0", "-2026", "1999", "dua ribu", "20.26", "2101", "99999"])
def test_anything_else_is_told_how_to_write_it(typed):
    with pytest.raises(ValidationError, match="Tulis tahun dengan empat angka"):
        YearField().clean(typed)
