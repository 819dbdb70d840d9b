import pytest

from halopst.knowledge.rules.figures.periods import Period, of_label, part_of


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("Tahun", 0), ("Tahunan", 0), ("Januari", 1), ("Triwulan I", 31),
        ("Triwulan IV", 34), ("Semester 1", 61),
        ("Semester 1 (Maret)", 61), ("Semester 2 (September)", 62),
        ("Maret", 3), ("TW II", 32), ("Agustus", 8),
        ("Ganjil", None), ("Januari - Maret", None), ("Kumulatif", None),
    ],
)  # fmt: skip
def test_headings_name_parts_of_a_year(label, part):
    assert part_of(label) == part


@pytest.mark.parametrize(
    ("label", "period"),
    [
        ("2024", Period(2024)),
        ("Tahun 2024", Period(2024)),
        ("Maret 2025", Period(2025, 3)),
        ("TW II-2025", Period(2025, 32)),
        ("Semester I 2024", Period(2024, 61)),
        ("2024 Semester 2", Period(2024, 62)),
        ("2025-03", Period(2025, 3)),
        ("2025-13", None),
        ("2023/2024", None),
        ("kapan saja", None),
    ],
)
def test_a_cell_names_one_period_or_none(label, period):
    assert of_label(label) == period


def test_periods_have_a_number_and_a_name():
    periods = [Period(2024), Period(2024, 3), Period(2024, 34), Period(2024, 62)]

    assert [Period.of_code(one.code) for one in periods] == periods
    assert [one.label() for one in periods] == ["2024", "Maret 2024", "Triwulan IV 2024", "Semester II 2024"]
    assert [one.label("en") for one in periods] == [
        "2024",
        "March 2024",
        "Quarter IV 2024",
        "Semester II 2024",
    ]
    assert [one.last_month - 2024 * 12 for one in periods] == [12, 3, 12, 12]
