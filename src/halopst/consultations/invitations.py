"""A consultation as an entry of someone's calendar."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from halopst.accounts.models import User
from halopst.consultations.ics import Entry, Method, Person, invitation
from halopst.consultations.links import absolute, case_path, ticket_path
from halopst.consultations.models import Consultation
from halopst.consultations.rules import UNANSWERED, UNHELD
from halopst.consultations.wording import lang_of, place
from halopst.notifications.services import Attachment

CONTENT_TYPE = "text/calendar"


def entry_of(consultation: Consultation, reader: User) -> Entry:
    """What `reader` sees: each the other's name, the visitor the ticket, an officer the case."""
    unit = consultation.case.unit
    is_visitor = reader.pk == consultation.case.visitor_id
    other = consultation.expert.display_name if is_visitor else str(consultation.case.visitor)
    page = absolute(ticket_path(consultation) if is_visitor else case_path(consultation))
    with translation.override(lang_of(reader.language)):
        return Entry(
            uid=f"{consultation.ics_uid}@halopst",
            sequence=consultation.ics_sequence,
            starts_at=consultation.reservation.starts_at,
            ends_at=consultation.reservation.ends_at,
            changed_at=consultation.updated_at,
            title=_("Konsultasi %(topic)s") % {"topic": consultation.topic},
            description=_("Bersama %(other)s, %(unit)s.\nNomor lacak %(number)s\n%(page)s")
            % {"other": other, "unit": unit.name, "number": consultation.case.number, "page": page},
            location=place(consultation),
            link=consultation.meeting_link or page,
            organizer=Person(name=unit.name, email=unit.email or settings.DEFAULT_FROM_EMAIL),
            attendees=(Person(name=str(reader), email=reader.email),),
            tentative=consultation.state in UNANSWERED,
            cancelled=consultation.state in UNHELD,
        )


def invite(consultation: Consultation, reader: User) -> Attachment:
    """The calendar file that goes with a mail: an invitation, or the withdrawal of one."""
    entry = entry_of(consultation, reader)
    return attach(entry, "CANCEL" if entry.cancelled else "REQUEST", consultation.case.number)


def withdraw(entry: Entry, number: str) -> Attachment:
    """For someone the consultation no longer concerns."""
    return attach(entry, "CANCEL", number)


def attach(entry: Entry, method: Method, number: str) -> Attachment:
    return Attachment(
        name=f"{number}.ics",
        content_type=f"{CONTENT_TYPE}; method={method}; charset=utf-8",
        content=invitation(entry, method),
    )
