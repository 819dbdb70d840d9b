import pytest

from halopst.units.rules import office_phone, phone_text


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("(024) 3546413", "62243546413", "(024) 354-6413"),
        ("085-11711-3374", "6285117113374", "0851-1711-3374"),
        ("+62 31 8439343", "62318439343", "(031) 843-9343"),
        ("0435.834596", "62435834596", "(0435) 834-596"),
        ("", "", ""),
    ],
)
def test_an_offices_telephone_is_kept_as_digits_and_shown_as_written(typed, kept, shown):
    assert office_phone(typed) == kept
    assert phone_text(kept) == shown


@pytest.mark.parametrize("typed", ["kosong", "12345", "0", "+1 202 555 0100", "9" * 40])
def test_what_is_no_indonesian_number_is_refused(typed):
    with pytest.raises(ValueError, match=r".+"):
        office_phone(typed)
