"""What a visitor's calendar reads back is what we said (RFC 5545)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from halopst.consultations.ics import Entry, Person, feed, invitation

WIT = ZoneInfo("Asia/Jayapura")
START = datetime(2026, 11, 23, 10, 0, tzinfo=WIT)


def entry(**fields):
    return Entry(
        **{
            "uid": "8d3c@halopst",
            "sequence": 0,
            "starts_at": START,
            "ends_at": START + timedelta(minutes=45),
            "changed_at": datetime(2026, 11, 20, 3, 12, tzinfo=UTC),
            "title": "Konsultasi: garis kemiskinan",
            "description": "Nomor lacak JPR-2611-0001",
            "location": "Zoom",
            "link": "https://zoom.us/j/1",
            "organizer": Person(name="BPS Provinsi Papua", email="papua@contoh.id"),
            **fields,
        }
    )


def read(ics):
    return Calendar.from_ical(ics).walk("VEVENT")[0]


def test_the_time_in_the_calendar_is_the_same_instant_in_utc():
    event = read(invitation(entry(), "REQUEST"))
    assert event.decoded("dtstart") == datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2026, 11, 23, 1, 45, tzinfo=UTC)
    assert b"DTSTART:20261123T010000Z" in invitation(entry(), "REQUEST")


def test_an_invitation_names_its_method_organiser_and_alarm():
    calendar = Calendar.from_ical(invitation(entry(), "REQUEST"))
    event = calendar.walk("VEVENT")[0]
    assert calendar["method"] == "REQUEST"
    assert event["organizer"] == "mailto:papua@contoh.id"
    assert event["organizer"].params["CN"] == "BPS Provinsi Papua"
    assert event["status"] == "CONFIRMED"
    assert [a.decoded("trigger") for a in event.walk("VALARM")] == [timedelta(minutes=-30)]


def test_a_cancellation_keeps_the_uid_raises_the_sequence_and_rings_no_alarm():
    before = read(invitation(entry(), "REQUEST"))
    after = read(invitation(entry(sequence=1, cancelled=True), "CANCEL"))
    assert after["uid"] == before["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after["status"] == "CANCELLED"
    assert after.walk("VALARM") == []


def test_an_unanswered_request_is_only_tentative():
    assert read(invitation(entry(tentative=True), "REQUEST"))["status"] == "TENTATIVE"


@pytest.mark.parametrize(
    "hostile", ["a;b,c\\d", "satu\nBEGIN:VEVENT\ndua", "é" * 300, 'CN="x"', "METHOD:CANCEL\r\nX-A:1"]
)
def test_text_cannot_break_out_of_its_line(hostile):
    ics = invitation(entry(title=hostile, description=hostile, location=hostile), "REQUEST")
    calendar = Calendar.from_ical(ics)
    assert len(calendar.walk("VEVENT")) == 1
    assert calendar["method"] == "REQUEST"
    assert str(read(ics)["summary"]) == hostile.replace("\r\n", "\n")
    assert max(len(line) for line in ics.split(b"\r\n")) <= 75


def test_a_feed_carries_every_entry_and_asks_to_be_refreshed():
    ics = feed([entry(), entry(uid="9@halopst")], "Konsultasi saya")
    calendar = Calendar.from_ical(ics)
    assert [str(e["uid"]) for e in calendar.walk("VEVENT")] == ["8d3c@halopst", "9@halopst"]
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT15M" in ics


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.sampled_from([WIT, UTC])))  # noqa: DTZ001  # hypothesis attaches the zone
def test_any_instant_survives_the_journey(moment):
    moment = moment.replace(microsecond=0)
    event = read(invitation(entry(starts_at=moment, ends_at=moment + timedelta(minutes=45)), "REQUEST"))
    assert event.decoded("dtstart") == moment
