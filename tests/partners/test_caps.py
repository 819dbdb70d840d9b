"""One function decides the cap: the sum over all activities and offices, equality allowed."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from halopst.partners.rules import caps
from halopst.partners.rules.caps import Line, Verdict, decide
from halopst.partners.rules.money import honor, split

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def line(amount, *, cap=4_170_000, activity="Sakernas", office="BPS Kabupaten Sidoarjo", is_census=False):
    return Line(activity=activity, office=office, amount=amount, cap=cap, is_census=is_census)


def test_exactly_the_cap_fits():
    decision = decide([line(4_000_000), line(170_000)])

    assert (decision.verdict, decision.total, decision.headroom, decision.excess) == (
        Verdict.FITS,
        4_170_000,
        0,
        0,
    )


def test_one_rupiah_more_does_not():
    decision = decide([line(4_000_000), line(170_001)])

    assert (decision.verdict, decision.excess, decision.headroom) == (Verdict.OVER, 1, 0)


def test_the_lowest_cap_counts_for_all_of_them_whatever_office_pays():
    decision = decide([line(2_000_000), line(1_900_000, cap=3_800_000, office="BPS Provinsi Jawa Timur")])

    assert (decision.limit, decision.verdict, decision.excess) == (3_800_000, Verdict.OVER, 100_000)


def test_it_says_what_fills_the_cap_the_largest_first():
    small, large = line(500_000, activity="KSA"), line(2_000_000, activity="Sakernas")

    assert decide([small, large]).lines == (large, small)


def test_an_activity_that_pays_nothing_lowers_no_cap():
    decision = decide([line(3_000_000), line(0, cap=100)])

    assert (decision.limit, decision.fits, len(decision.lines)) == (4_170_000, True, 1)


def test_honor_without_a_cap_on_record_is_refused():
    assert decide([line(1, cap=None), line(1)]).verdict is Verdict.UNCAPPED


def test_an_override_lifts_the_limit_and_never_lowers_it():
    assert decide([line(4_500_000)], override=4_600_000).limit == 4_600_000
    assert decide([line(4_000_000)], override=1_000_000).limit == 4_170_000


def test_a_census_stands_alone_only_where_the_office_says_so():
    both = [line(1_000_000, is_census=True), line(1_000_000)]

    assert decide(both).fits
    assert decide(both, census_alone=True).verdict is Verdict.CENSUS
    assert decide(both[:1], census_alone=True).fits
    assert decide([line(1), line(1)], census_alone=True).fits


def test_nobody_paid_has_no_limit_and_no_percentage():
    decision = decide([])

    assert (decision.limit, decision.fits, caps.percent(decision.total, decision.limit)) == (None, True, 0)


def test_near_means_from_ninety_percent_up_to_the_cap_itself():
    assert [caps.is_near(total, 1_000) for total in (899, 900, 1_000, 1_001)] == [False, True, True, False]
    assert caps.percent(4_169_999, 4_170_000) == 99


def test_the_largest_volume_fills_the_room_of_each_month():
    days = {NOVEMBER: 30}

    assert caps.largest_volume(45_000, days, {NOVEMBER: 1_440_000 - 278_000}, at_most=32) == 25
    assert caps.largest_volume(45_000, days, {NOVEMBER: 45_000}, at_most=32) == 1
    assert caps.largest_volume(45_000, days, {}, at_most=32) == 0
    assert caps.largest_volume(45_000, days, {NOVEMBER: 10**9}, at_most=32) == 32


@given(st.integers(1, 500_000), st.integers(0, 5_000_000), st.integers(0, 5_000_000), st.integers(0, 60))
def test_what_is_suggested_fits_every_month(price, november, december, at_most):
    days, room = {NOVEMBER: 15, DECEMBER: 31}, {NOVEMBER: november, DECEMBER: december}

    volume = caps.largest_volume(price, days, room, at_most=at_most)

    parts = split(honor(price, volume), [15, 31])
    assert 0 <= volume <= at_most
    assert parts[0] <= november
    assert parts[1] <= december


amounts = st.lists(
    st.tuples(st.integers(0, 3_000_000), st.sampled_from([3_085_000, 4_170_000])), min_size=1, max_size=8
)


@given(amounts, st.integers(0, 5_000_000))
def test_the_decision_is_the_plain_comparison(pairs, override):
    lines = [line(amount, cap=cap) for amount, cap in pairs]
    counted = [(amount, cap) for amount, cap in pairs if amount]

    fits = not counted or sum(a for a, _ in counted) <= max(min(c for _, c in counted), override)

    assert decide(lines, override=override).fits is fits
