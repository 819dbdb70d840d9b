"""The rows the access matrix knocks on."""

from halopst.consultations.links import ticket_token
from halopst.consultations.queries import feed_hash
from halopst.satisfaction.reference import load_instrument
from halopst.units.reference import load_services
from tests.access.people import subject
from tests.accounts.factories import UserFactory
from tests.cases.factories import CaseFactory
from tests.consultations.factories import AT, CalendarFeedFactory, ConsultationFactory
from tests.scheduling.factories import ExpertFactory


def consultation_at(world, place, who):
    """`own`: the visitor's own, or the officer is its expert; `other`: of other people in the same satker."""
    load_services()
    staff = who is not None and who.memberships.exists()
    visitor = who if who and not staff and place == "own" else UserFactory(name="Dwi")
    unit = world.unit_at(place)
    expert = ExpertFactory(unit=unit, user=who if staff and place == "own" else UserFactory())
    return ConsultationFactory(case=CaseFactory(unit=unit, visitor=visitor), expert=expert)


@subject("consultation")
def a_consultation(world, place, who):
    row = consultation_at(world, place, who)
    return {"kwargs": {"pk": row.pk}, "data": {"expert": row.expert_id}}


@subject("consultation-to-pass")
def a_consultation_to_pass(world, place, who):
    row = consultation_at(world, place, who)
    return {"kwargs": {"pk": row.pk}, "data": {"expert_id": ExpertFactory(unit=row.case.unit).pk}}


@subject("ticket")
def a_ticket(world, place, who):
    return {"kwargs": {"token": ticket_token(consultation_at(world, place, who))}}


@subject("consultation-office")
def an_office(world, place, who):
    load_services()
    load_instrument()
    return {"kwargs": {"slug": world.unit_at(place).slug}}


@subject("consultation-rules")
def rules_of_an_office(world, place, who):
    return {"kwargs": {"satker": world.unit_at(place).slug}}


@subject("expert-to-ask")
def an_expert_to_ask(world, place, who):
    load_services()
    return {"data": {"expert_id": ExpertFactory(unit=world.unit_at(place)).pk, "starts_at": AT.isoformat()}}


@subject("calendar-feed")
def a_feed(world, place, who):
    secret = f"rahasia-{place}"
    CalendarFeedFactory(secret_hash=feed_hash(secret))
    return {"kwargs": {"secret": secret}}
