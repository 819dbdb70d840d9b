"""Three methods of income tax in use, three nets; the figures come from reference data."""

import pytest

from halopst.partners.rules import tax

PROGRESSIVE = [
    {"up_to": 60_000_000, "rate": "5"},
    {"up_to": 250_000_000, "rate": "15"},
    {"up_to": None, "rate": "25"},
]
TER = [
    {"up_to": 5_400_000, "rate": "0"},
    {"up_to": 5_650_000, "rate": "0.25"},
    {"up_to": None, "rate": "0.5"},
]


def test_below_the_allowance_nothing_is_withheld():
    parameters = {"ptkp_month": 4_500_000, "brackets": PROGRESSIVE}

    withheld = tax.withhold(4_500_000, method="bebas_ptkp", parameters=parameters)

    assert (withheld.base, withheld.tax, withheld.net) == (0, 0, 4_500_000)


def test_above_the_allowance_only_what_lies_above_is_taxed():
    parameters = {"ptkp_month": 4_500_000, "brackets": PROGRESSIVE}

    assert tax.withhold(5_000_000, method="bebas_ptkp", parameters=parameters).tax == 25_000


@pytest.mark.parametrize(
    ("gross", "kept"),
    [(5_400_000, 0), (5_400_001, 13_500), (5_650_000, 14_125), (6_000_000, 30_000)],
)
def test_one_effective_rate_for_the_whole_honor(gross, kept):
    assert tax.withhold(gross, method="ter", parameters={"brackets": TER}).tax == kept


def test_who_is_not_an_employee_is_taxed_on_half():
    parameters = {"base_percent": "50", "brackets": PROGRESSIVE}

    withheld = tax.withhold(3_085_000, method="bukan_pegawai", parameters=parameters)

    assert (withheld.base, withheld.tax, withheld.net) == (1_542_500, 77_125, 3_007_875)


def test_brackets_are_climbed_step_by_step():
    parameters = {"base_percent": 100, "brackets": PROGRESSIVE}

    withheld = tax.withhold(300_000_000, method="bukan_pegawai", parameters=parameters)

    assert withheld.tax == 3_000_000 + 28_500_000 + 12_500_000


def test_half_a_rupiah_is_rounded_up():
    parameters = {"base_percent": "50", "brackets": [{"up_to": None, "rate": "5"}]}

    assert tax.withhold(20, method="bukan_pegawai", parameters=parameters).tax == 1


def test_a_missing_tax_number_costs_the_surcharge_where_there_is_one():
    parameters = {"base_percent": "50", "brackets": PROGRESSIVE, "surcharge_percent": "20"}

    with_number = tax.withhold(3_085_000, method="bukan_pegawai", parameters=parameters)
    without = tax.withhold(3_085_000, method="bukan_pegawai", parameters=parameters, has_tax_number=False)

    assert (with_number.tax, without.tax) == (77_125, 92_550)


@pytest.mark.parametrize(
    ("method", "parameters", "missing"),
    [
        ("ter", {}, "brackets"),
        ("ter", {"brackets": [{"up_to": 1, "rate": "0"}]}, "brackets"),
        ("ter", {"brackets": [{"up_to": 9, "rate": 0}, {"up_to": 1, "rate": 0}, {"rate": 0}]}, "brackets"),
        ("ter", {"brackets": ["5"]}, "brackets"),
        ("ter", {"brackets": [{"up_to": None, "rate": "NaN"}]}, "rate"),
        ("ter", {"brackets": [{"up_to": None}]}, "rate"),
        ("bebas_ptkp", {"brackets": PROGRESSIVE}, "ptkp_month"),
        ("bebas_ptkp", {"brackets": PROGRESSIVE, "ptkp_month": -1}, "ptkp_month"),
        ("bukan_pegawai", {"brackets": PROGRESSIVE}, "base_percent"),
        ("bukan_pegawai", {"brackets": PROGRESSIVE, "base_percent": "101"}, "base_percent"),
        ("lain", {"brackets": PROGRESSIVE}, "lain"),
    ],
)
def test_parameters_that_cannot_be_true_are_named(method, parameters, missing):
    with pytest.raises(ValueError, match=missing):
        tax.withhold(1_000_000, method=method, parameters=parameters)


ALLOWANCE = {"ptkp_month": 4_500_000, "brackets": PROGRESSIVE}


def test_two_payments_of_a_month_owe_together_what_one_would():
    first = tax.withhold_next(3_000_000, method="bebas_ptkp", parameters=ALLOWANCE)
    earlier = tax.Earlier(first.gross, first.tax)

    second = tax.withhold_next(2_000_000, method="bebas_ptkp", parameters=ALLOWANCE, earlier=earlier)

    whole = tax.withhold(5_000_000, method="bebas_ptkp", parameters=ALLOWANCE)
    assert (first.tax, second.tax) == (0, 25_000)
    assert first.tax + second.tax == whole.tax
    assert (second.gross, second.base, second.net) == (2_000_000, 500_000, 1_975_000)


def test_the_effective_rate_of_the_month_falls_on_the_payment_that_lifts_it():
    earlier = tax.Earlier(5_400_000, 0)

    withheld = tax.withhold_next(600_000, method="ter", parameters={"brackets": TER}, earlier=earlier)

    assert (withheld.base, withheld.tax, withheld.net) == (6_000_000, 30_000, 570_000)


def test_who_is_not_an_employee_is_taxed_payment_by_payment():
    parameters = {"base_percent": "50", "brackets": PROGRESSIVE}
    earlier = tax.Earlier(3_000_000, 75_000)

    withheld = tax.withhold_next(1_000_000, method="bukan_pegawai", parameters=parameters, earlier=earlier)

    assert (withheld.base, withheld.tax) == (500_000, 25_000)


def test_no_payment_gives_tax_back_or_takes_more_than_there_is():
    other_policy = tax.Earlier(3_000_000, 75_000)
    steep = {"brackets": [{"up_to": 5_000_000, "rate": "0"}, {"up_to": None, "rate": "5"}]}

    none = tax.withhold_next(1_000_000, method="bebas_ptkp", parameters=ALLOWANCE, earlier=other_policy)
    all_of_it = tax.withhold_next(1, method="ter", parameters=steep, earlier=tax.Earlier(5_000_000, 0))

    assert (none.tax, none.net) == (0, 1_000_000)
    assert (all_of_it.tax, all_of_it.net) == (1, 0)
