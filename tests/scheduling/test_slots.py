"""Which times an expert offers: hours, exceptions, leave, lead time, horizon, buffer, maximum."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halopst.scheduling import rules
from halopst.scheduling.rules import Diary, Policy, Weekly

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 11, 23)
FRIDAY_BEFORE = datetime(2026, 11, 20, 2, tzinfo=UTC)


def at(hour, minute=0, day=MONDAY, zone=WIB):
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


OFFICE = [(at(8), at(12)), (at(13), at(15, 30))]
ALL_DAY = (Weekly(weekday=0, starts=time(0), ends=time(23, 59)),)


def starts(diary, *, office=OFFICE, now=FRIDAY_BEFORE, day=MONDAY, free=None, lead=True):
    return [
        f"{slot.starts_at.astimezone(WIB):%H.%M}"
        for slot in rules.slots_of_day(diary, day, office, WIB, now=now, lead=lead)
        if free is None or slot.free is free
    ]


def test_a_day_is_cut_into_meetings_that_fit_the_offices_hours():
    assert starts(Diary(weekly=ALL_DAY)) == [
        "08.00",
        "08.45",
        "09.30",
        "10.15",
        "11.00",
        "13.00",
        "13.45",
        "14.30",
    ]


def test_an_experts_own_hours_narrow_the_offices():
    weekly = (Weekly(weekday=0, starts=time(9, 30), ends=time(11)),)

    assert starts(Diary(weekly=weekly)) == ["09.30", "10.15"]


def test_a_closed_office_offers_nothing_but_what_an_expert_adds():
    extra = ((at(9), at(10, 30)),)

    assert starts(Diary(weekly=ALL_DAY), office=[]) == []
    assert starts(Diary(weekly=ALL_DAY, extra=extra), office=[]) == ["09.00", "09.45"]


def test_an_event_in_the_middle_of_a_slot_takes_the_whole_slot():
    taken = ((at(8, 20), at(8, 25)),)

    assert "08.00" in starts(Diary(weekly=ALL_DAY, taken=taken), free=False)
    assert starts(Diary(weekly=ALL_DAY, taken=taken), free=True)[0] == "08.45"


def test_what_an_expert_cannot_do_shortens_the_day_and_a_booking_does_not_move_the_grid():
    blocked = ((at(8), at(8, 30)),)

    assert starts(Diary(weekly=ALL_DAY, blocked=blocked))[:2] == ["08.30", "09.15"]
    assert starts(Diary(weekly=ALL_DAY, taken=((at(8), at(8, 30)),)))[:2] == ["08.00", "08.45"]


def test_leave_takes_its_first_and_last_day():
    diary = Diary(weekly=ALL_DAY, leave=((MONDAY - timedelta(days=3), MONDAY),), extra=((at(9), at(12)),))

    assert starts(diary) == []


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "offered"),
    [
        (None, None, True),
        (MONDAY, MONDAY, True),
        (MONDAY + timedelta(days=1), None, False),
        (None, MONDAY - timedelta(days=1), False),
    ],
)
def test_hours_apply_on_the_days_they_are_valid(valid_from, valid_until, offered):
    hours = Weekly(weekday=0, starts=time(8), ends=time(9), valid_from=valid_from, valid_until=valid_until)

    assert bool(starts(Diary(weekly=(hours,)))) is offered


def test_the_lead_time_counts_to_the_minute_and_staff_may_waive_it():
    now = at(8)

    assert starts(Diary(weekly=ALL_DAY), now=now)[0] == "11.00"
    assert starts(Diary(weekly=ALL_DAY), now=now + timedelta(minutes=1))[0] == "13.00"
    assert starts(Diary(weekly=ALL_DAY), now=now, lead=False)[0] == "08.00"
    assert starts(Diary(weekly=ALL_DAY), now=now + timedelta(minutes=1), lead=False)[0] == "08.45"


def test_the_horizon_is_counted_in_the_offices_days():
    diary = Diary(weekly=ALL_DAY, policy=Policy(horizon_days=3))

    assert starts(diary, now=FRIDAY_BEFORE)
    assert not starts(diary, now=FRIDAY_BEFORE - timedelta(days=1))


def test_a_full_day_stays_visible_with_nothing_free():
    diary = Diary(weekly=ALL_DAY, policy=Policy(daily_maximum=1), taken=((at(8), at(8, 45)),))

    assert starts(diary, free=True) == []
    assert len(starts(diary)) == 8


def test_a_buffer_stands_between_meetings():
    diary = Diary(weekly=ALL_DAY, policy=Policy(buffer_minutes=15), taken=((at(8), at(9)),))

    assert starts(diary)[:3] == ["08.00", "09.00", "10.00"]
    assert starts(diary, free=True)[0] == "09.00"


def test_a_day_is_counted_in_the_offices_zone():
    """00.30 in Jayapura is still the day before in UTC."""
    jayapura = ZoneInfo("Asia/Jayapura")
    opens = at(0, 30, zone=jayapura)
    weekly = (Weekly(weekday=0, starts=time(0, 30), ends=time(2)),)
    office = [(opens, opens + timedelta(minutes=90))]

    offered = rules.slots_of_day(Diary(weekly=weekly), MONDAY, office, jayapura, now=FRIDAY_BEFORE)

    assert [slot.starts_at for slot in offered] == [opens, opens + timedelta(minutes=45)]
    assert opens.date() == MONDAY - timedelta(days=1)


def test_anyone_is_free_when_someone_is():
    both = Diary(weekly=ALL_DAY)
    busy = Diary(weekly=ALL_DAY, taken=((at(8), at(8, 45)),))
    offered = {
        pk: rules.slots_of_day(diary, MONDAY, OFFICE, WIB, now=FRIDAY_BEFORE)
        for pk, diary in {1: both, 2: busy}.items()
    }

    merged = rules.merged(offered)

    assert [slot.experts for slot in merged[:2]] == [(1,), (1, 2)]
    assert all(slot.free for slot in merged)
    assert not rules.merged({2: offered[2]})[0].free


minutes = st.integers(0, 24 * 12 - 1).map(lambda n: MONDAY_START + timedelta(minutes=5 * n))
MONDAY_START = at(0)
spans = st.lists(
    st.tuples(minutes, st.integers(1, 60)).map(lambda s: (s[0], s[0] + timedelta(minutes=5 * s[1]))),
    max_size=5,
).map(tuple)


@given(
    extra=spans,
    blocked=spans,
    taken=spans,
    duration=st.integers(2, 18).map(lambda n: n * 5),
    buffer=st.integers(0, 6).map(lambda n: n * 5),
)
def test_every_minute_of_a_free_slot_is_open_and_untaken(extra, blocked, taken, duration, buffer):
    """A minute-by-minute oracle over random days."""
    policy = Policy(duration_minutes=duration, buffer_minutes=buffer)
    diary = Diary(policy=policy, weekly=ALL_DAY, extra=extra, blocked=blocked, taken=taken)

    def within(moment, intervals):
        return any(start <= moment < end for start, end in intervals)

    for slot in rules.slots_of_day(diary, MONDAY, OFFICE, WIB, now=FRIDAY_BEFORE):
        steps = range(0, duration, 5)
        meeting = [slot.starts_at + timedelta(minutes=m) for m in steps]
        after = [slot.ends_at + timedelta(minutes=m) for m in range(0, buffer, 5)]
        assert all(within(m, OFFICE) or within(m, extra) for m in meeting)
        assert not any(within(m, blocked) for m in meeting)
        assert slot.free is not any(within(m, taken) for m in [*meeting, *after])


def test_strangers_may_hold_a_tenth_and_never_less_than_one():
    assert [rules.holds_allowed(n) for n in (0, 1, 9, 10, 19, 20, 105)] == [1, 1, 1, 1, 1, 2, 10]
