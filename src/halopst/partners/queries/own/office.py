"""What an office sees of its mitra's own pages: links, answers, scans that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max, Q, QuerySet

from halopst.core.actors import Actor
from halopst.letters.rules import SIGNABLE
from halopst.partners.models import (
    OfferAnswer,
    OwnLink,
    OwnSession,
    Person,
    Registration,
    SentScan,
    Share,
)
from halopst.partners.queries.own.page import is_live
from halopst.units.models import Unit


def to_be_told(unit: Unit, month: date) -> QuerySet[Person]:
    """Who has work in the office's month and an address to be told at."""
    paid = Share.objects.filter(month=month, assignment__registration__unit=unit)
    people: QuerySet[Person] = Person.objects.filter(~Q(email="") | ~Q(phone=""))
    return people.filter(pk__in=paid.values("assignment__registration__person")).order_by("pk")


@dataclass(frozen=True, slots=True)
class OwnPage:
    """How far one mitra has come: the office's latest link, and when they last came in."""

    link: OwnLink | None
    is_open: bool
    entered_at: datetime | None


def own_page_of(person: Person, unit: Unit, *, now: datetime) -> OwnPage:
    link = OwnLink.objects.filter(person=person, unit=unit).select_related("sent_by").first()
    entered = OwnSession.objects.filter(person=person).aggregate(last=Max("began_at"))["last"]
    return OwnPage(link, link is not None and is_live(link, now), entered)


def answers_of(registrations: Sequence[Registration], month: date) -> list[OfferAnswer]:
    """What they said to their work of that month, as it stands; an answer to another volume is none."""
    rows = _standing(month).filter(assignment__registration__in=registrations)
    return list(rows.select_related("assignment__duty__activity").order_by("assignment"))


def declining(registrations: Sequence[Registration], month: date) -> set[int]:
    """Which of these mitra said that they will not do some of the month's work."""
    return {row.assignment.registration_id for row in answers_of(registrations, month) if not row.accepted}


def answers_in(actor: Actor, unit: Unit, month: date) -> QuerySet[OfferAnswer]:
    """The answers given to a whole office's work of a month, by id."""
    seen = OfferAnswer.objects.visible_to(actor).filter(assignment__registration__unit=unit)
    rows = _standing(month).filter(pk__in=seen.values("pk")).order_by("pk")
    return rows.select_related("assignment__registration__person", "assignment__duty__activity")


def _standing(month: date) -> QuerySet[OfferAnswer]:
    return OfferAnswer.objects.filter(
        assignment__shares__month=month, volume=F("assignment__volume"), value=F("assignment__value")
    )


def waiting_scans(actor: Actor, unit: Unit) -> QuerySet[SentScan]:
    """Scans mitra have sent of letters still to be signed and no officer has looked at, the oldest first."""
    rows = SentScan.objects.visible_to(actor).filter(
        letter__unit=unit, letter__state__in=SIGNABLE, state=SentScan.State.WAITING
    )
    return rows.select_related("letter__number", "person").defer("letter__data")
