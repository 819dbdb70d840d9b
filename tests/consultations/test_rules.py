"""The table of moves, walked whole, and the arithmetic of reminders and links."""

import itertools
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halopst.consultations import rules
from halopst.consultations.rules import MOVES, Side, State, Verb

# Written by hand from the service standard, not from the table: state -> side -> what may be done.
MAY = {
    State.REQUESTED: {
        Side.VISITOR: {"reschedule", "cancel"},
        Side.OFFICER: {"approve", "propose", "pass_to", "decline"},
        Side.SYSTEM: {"follow"},
    },
    State.PROPOSED: {
        Side.VISITOR: {"accept", "refuse", "reschedule", "cancel"},
        Side.OFFICER: {"propose", "pass_to", "decline"},
        Side.SYSTEM: {"lapse", "follow"},
    },
    State.APPROVED: {
        Side.VISITOR: {"reschedule", "cancel", "check_in", "miss_officer"},
        Side.OFFICER: {"relink", "propose", "pass_to", "decline", "check_in", "start", "miss_visitor"},
        Side.DOOR: {"check_in"},
        Side.SYSTEM: {"follow"},
    },
    State.CHECKED_IN: {
        Side.VISITOR: {"miss_officer"},
        Side.OFFICER: {"relink", "start"},
        Side.SYSTEM: {"follow"},
    },
    State.ONGOING: {Side.OFFICER: {"finish"}},
    State.OFFICER_ABSENT: {
        Side.VISITOR: {"reschedule", "cancel"},
        Side.OFFICER: {"propose", "pass_to"},
        Side.SYSTEM: {"follow"},
    },
}


@pytest.mark.parametrize(("state", "side"), list(itertools.product(State, Side)))
def test_each_side_may_do_in_each_state_exactly_what_the_standard_says(state, side):
    assert rules.verbs(state, side) == MAY.get(state, {}).get(side, set())


def test_the_table_has_no_row_that_leads_nowhere_or_that_nobody_may_use():
    assert {move.to for move in MOVES.values()} <= set(State)
    assert all(move.by for move in MOVES.values())
    assert {verb for _, verb in MOVES} == set(Verb)


def test_every_state_can_be_reached_from_a_request():
    reached = {State.REQUESTED}
    while more := {m.to for (at, _), m in MOVES.items() if at in reached} - reached:
        reached |= more
    assert reached == set(State)


def test_who_checked_in_can_never_be_called_absent():
    assert (State.CHECKED_IN, Verb.MISS_VISITOR) not in MOVES


def test_a_move_back_to_an_open_question_forgets_the_approval():
    back = [move for move in MOVES.values() if move.to in rules.UNANSWERED]
    assert {move.clears for move in back} == {("approved_at", "checked_in_at", "closed_at")}


START = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "before", "allowed"),
    [
        (State.APPROVED, timedelta(hours=2), True),
        (State.APPROVED, timedelta(hours=1, minutes=59, seconds=59), False),
        (State.REQUESTED, timedelta(minutes=1), True),
        (State.PROPOSED, timedelta(minutes=1), True),
    ],
)
def test_an_agreed_time_binds_two_hours_before(state, before, allowed):
    assert rules.may_still_change(state, START, START - before, notice=timedelta(hours=2)) is allowed


def test_check_in_opens_half_an_hour_before_and_closes_with_the_appointment():
    opens, end = timedelta(minutes=30), START + timedelta(minutes=45)
    ask = [START - timedelta(minutes=31), START - timedelta(minutes=30), end - timedelta(seconds=1), end]
    assert [rules.may_check_in(START, end, at, opens=opens) for at in ask] == [False, True, True, False]


def day(number, *clocks):
    return [datetime(2026, 11, number, hour, tzinfo=UTC) for hour in clocks]


@pytest.mark.parametrize(
    ("promised", "starts", "expected"),
    [
        (day(23, 8), day(26, 3), day(23, 8)),
        (day(23, 8), day(23, 4), day(23, 3)),
        (day(23, 8), day(23, 1), day(20, 8)),
        (None, day(23, 1), day(20, 8)),
        ((None), day(20, 5), day(20, 4)),
    ],
)
def test_an_answer_is_due_in_service_hours_and_before_the_time_asked_for(promised, starts, expected):
    hours = [tuple(day(20, 2, 8)), tuple(day(23, 1, 8))]
    wish = promised[0] if promised else None
    assert rules.answer_due(wish, starts[0], hours=hours) == expected[0]


def test_an_office_without_hours_answers_an_hour_before():
    assert rules.answer_due(None, START, hours=[]) == START - timedelta(hours=1)


def test_absence_can_be_called_only_after_the_grace_time():
    grace = timedelta(minutes=15)
    assert not rules.may_call_absent(START, START + timedelta(minutes=14, seconds=59), grace=grace)
    assert rules.may_call_absent(START, START + grace, grace=grace)


QUIET = (time(21), time(6))
WIT = ZoneInfo("Asia/Jayapura")


@pytest.mark.parametrize(
    ("starts", "ahead", "expected"),
    [
        ("2026-11-23 10:00", rules.DAY_AHEAD, "2026-11-22 10:00"),
        ("2026-11-23 10:00", rules.HOUR_AHEAD, "2026-11-23 09:00"),
        ("2026-11-23 06:30", rules.HOUR_AHEAD, "2026-11-22 20:30"),
        ("2026-11-23 22:00", rules.HOUR_AHEAD, "2026-11-23 20:30"),
        ("2026-11-23 07:00", rules.HOUR_AHEAD, "2026-11-23 06:00"),
    ],
)
def test_a_reminder_that_would_wake_someone_comes_the_evening_before(starts, ahead, expected):
    start = datetime.fromisoformat(starts).replace(tzinfo=WIT).astimezone(UTC)
    at = rules.reminder_at(start, ahead, quiet=QUIET, zone=WIT)
    assert at.astimezone(WIT).strftime("%Y-%m-%d %H:%M") == expected


zones = st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]).map(ZoneInfo)
clocks = st.times().map(lambda t: t.replace(second=0, microsecond=0))
starts = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis attaches the zone


@given(starts, st.sampled_from([rules.DAY_AHEAD, rules.HOUR_AHEAD]), zones)
def test_no_reminder_falls_into_quiet_hours_or_after_the_start(start, ahead, zone):
    at = rules.reminder_at(start, ahead, quiet=QUIET, zone=zone)
    assert at <= start - ahead
    assert not rules.is_quiet(at, QUIET, zone)


@pytest.mark.parametrize(
    "link",
    [
        "https://us02web.zoom.us/j/81234567890?pwd=a.1",
        "https://meet.bps.go.id/JTM-2611-0427-x",
        "https://rapat.contoh.id:8443/r",
    ],
)
def test_a_meeting_link_is_an_https_address(link):
    assert rules.is_meeting_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "http://zoom.us/j/1",
        "javascript:alert(1)",
        "https://",
        "https://localhost",
        "https://zoom.us@jahat.id/j/1",
        "https://zoom.us/j/1 2",
        "https://zoom.us/\r\nX: y",
        'https://zoom.us/"onclick=1',
        "https://zoom.us:99999/",
        "https://zoom.us/\x00",
        "https://zoom.us/" + "a" * 500,
        "ftp://zoom.us",
        "//zoom.us/j",
        "https://[::1",
    ],
)
def test_anything_else_is_no_meeting_link(link):
    assert not rules.is_meeting_link(link)


def test_a_room_carries_the_number_and_a_secret():
    assert rules.room_link("https://meet.jit.si/", "JTM-2611-0427", "q7Xk") == (
        "https://meet.jit.si/JTM-2611-0427-q7Xk"
    )
