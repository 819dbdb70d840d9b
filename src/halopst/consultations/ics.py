"""Calendar entries (RFC 5545, RFC 5546): one stable UID per consultation, a higher SEQUENCE per change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
PRODUCT: Final = "-//HaloPST//Konsultasi//ID"
ALARM_AHEAD: Final = timedelta(minutes=30)
REFRESH: Final = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What a calendar shows. Times are aware and leave here as UTC."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    title: str
    description: str
    location: str
    link: str
    organizer: Person | None = None
    attendees: tuple[Person, ...] = ()
    tentative: bool = False
    cancelled: bool = False


def invitation(entry: Entry, method: Method) -> bytes:
    """One entry to mail or download."""
    calendar = _calendar()
    calendar.add("method", method)
    calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def feed(entries: Sequence[Entry], name: str) -> bytes:
    """All of a person's entries, for a calendar that subscribes and asks again every `REFRESH`."""
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("description", entry.description)
    event.add("location", entry.location)
    event.add("status", _status(entry))
    if entry.link:
        event.add("url", entry.link)
    _add_people(event, entry)
    if not entry.cancelled:
        event.add_component(_alarm(entry.title))
    return event


def _status(entry: Entry) -> str:
    if entry.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.tentative else "CONFIRMED"


def _add_people(event: Event, entry: Entry) -> None:
    if entry.organizer:
        event.add("organizer", _address(entry.organizer))
    for attendee in entry.attendees:
        address = _address(attendee)
        address.params["ROLE"] = vText("REQ-PARTICIPANT")
        address.params["PARTSTAT"] = vText("ACCEPTED")
        event.add("attendee", address)


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(person.name.replace('"', "'"))
    return address


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -ALARM_AHEAD)
    return alarm
