from datetime import date

import pytest

from halopst.assistant.rules.figures.period_choice import series, single, year_before
from halopst.assistant.rules.question.periods import Asked, find, split
from halopst.core.spelling import words
from halopst.knowledge.rules.figures.periods import Period

TODAY = date(2026, 11, 20)


def asked(question):
    return find(split(words(question)), TODAY)


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("tahun 2024", [Period(2024)]),
        ("tahun lalu", [Period(2025)]),
        ("thn kemarin", [Period(2025)]),
        ("tahun ini", [Period(2026)]),
        ("dua tahun lalu", [Period(2024)]),
        ("3 tahun yang lalu", [Period(2023)]),
        ("triwulan II 2025", [Period(2025, 32)]),
        ("tw2 2025", [Period(2025, 32)]),
        ("triwulan kedua tahun 2025", [Period(2025, 32)]),
        ("q3 2024", [Period(2024, 33)]),
        ("2025 triwulan II", [Period(2025, 32)]),
        ("triwulan IV tahun lalu", [Period(2025, 34)]),
        ("tahun lalu bulan Maret", [Period(2025, 3)]),
        ("Maret 2025", [Period(2025, 3)]),
        ("tahun dua ribu dua puluh tiga", [Period(2023)]),
        ("2o21 dan 202o", [Period(2021), Period(2020)]),
        ("dua ribu jiwa 2024", [Period(2024)]),
        ("september tahun 2024", [Period(2024, 9)]),
        ("semester I 2024", [Period(2024, 61)]),
        ("bulan lalu", [Period(2026, 10)]),
        ("bulan ini", [Period(2026, 11)]),
        ("triwulan lalu", [Period(2026, 33)]),
        ("semester lalu", [Period(2026, 61)]),
        ("2020-2023", [Period(year) for year in range(2020, 2024)]),
        ("2020 sampai dengan 2022", [Period(2020), Period(2021), Period(2022)]),
        ("dari 2021 ke 2023", [Period(2021), Period(2022), Period(2023)]),
        ("2022 dan 2024", [Period(2022), Period(2024)]),
        ("2024 vs 2020", [Period(2024), Period(2020)]),
        (
            "triwulan I 2024 sampai triwulan I 2025",
            [*(Period(2024, part) for part in range(31, 35)), Period(2025, 31)],
        ),
        ("Januari sampai Maret 2025", [Period(2025, 1), Period(2025, 2), Period(2025, 3)]),
    ],
)  # fmt: skip
def test_periods_named_in_a_question(question, periods):
    assert list(asked(question).periods) == periods


@pytest.mark.parametrize(
    ("question", "last", "kind"),
    [
        ("lima tahun terakhir", 5, "year"),
        ("lima belas tahun terakhir", 15, "year"),
        ("sebelas tahun terakhir", 11, "year"),
        ("selama dua puluh empat bulan terakhir", 24, "month"),
        ("last twenty months", 20, "month"),
        ("10 thn terakhir", 10, "year"),
        ("tiga bulan belakangan", 3, "month"),
    ],
)
def test_lima_tahun_terakhir_asks_for_the_last_five_years(question, last, kind):
    assert (asked(question).last, asked(question).kind) == (last, kind)


def test_since_a_year_the_newest_and_no_time_at_all_are_read():
    assert asked("sejak 2019").since == Period(2019)
    assert asked("dari 2019 sampai sekarang").since == Period(2019)
    assert asked("yang terbaru").newest
    assert asked("Maret").part == 3
    assert asked("penduduk surabaya").is_silent


YEARS = {Period(year) for year in range(2018, 2026)} - {Period(2021)}
MONTHS = {Period(2024, 3), Period(2024, 9), Period(2025, 3)}


def test_the_newest_is_the_newest_there_is():
    assert single(YEARS, Asked()).found == (Period(2025),)
    assert single(MONTHS, Asked()).found == (Period(2025, 3),)
    assert single({Period(2024), Period(2024, 34)}, Asked()).found == (Period(2024),)
    assert single(MONTHS, Asked(part=9)).found == (Period(2024, 9),)
    assert single(set(), Asked()).found == ()


def test_a_year_with_figures_only_for_its_parts_is_shown_by_its_parts():
    assert single(MONTHS, Asked(periods=(Period(2024),))).found == (Period(2024, 3), Period(2024, 9))


def test_periods_without_figures_are_reported_as_missing():
    choice = single(YEARS, Asked(periods=(Period(2021), Period(2024))))
    assert (choice.found, choice.missing) == ((Period(2024),), (Period(2021),))


def test_a_trend_takes_periods_of_one_kind():
    there = YEARS | MONTHS
    assert [one.year for one in series(there, Asked()).found] == [2020, 2022, 2023, 2024, 2025]
    assert [one.year for one in series(there, Asked(last=3, kind="year")).found] == [2023, 2024, 2025]
    assert [one.year for one in series(there, Asked(since=Period(2023))).found] == [2023, 2024, 2025]
    assert series(MONTHS, Asked(last=1, kind="year")).found == (Period(2024, 9), Period(2025, 3))


def test_a_year_before_is_the_same_part_of_it():
    assert year_before(MONTHS, Period(2025, 3)) == Period(2024, 3)
    assert year_before(YEARS, Period(2022)) == Period(2020)
    assert year_before(YEARS, Period(2018)) is None
