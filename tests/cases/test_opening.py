"""A request comes in: it gets its number, its clock and its place."""

import pytest

from halopst.accounts.actors import actor_for
from halopst.audit.models import Entry
from halopst.cases import services
from halopst.cases.models import Case, Message
from halopst.cases.services.refusals import (
    MessageTooLong,
    NotAnOfficerHere,
    NotOfferedHere,
    SubjectMissing,
)
from halopst.core.actors import ANONYMOUS, SYSTEM
from halopst.core.errors import NotPermitted
from halopst.core.models import LiveEvent
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.cases.conftest import wib
from tests.units.factories import ServiceStandardFactory

FRIDAY = wib(20, 10)


def test_a_visitor_opens_a_request(office):
    case = office.open(now=FRIDAY)

    case.refresh_from_db()
    assert case.number == "UJI-2611-0001"
    assert (case.state, case.version, case.officer) == ("open", 1, None)
    assert (case.submitted_at, case.complete_at, case.first_reply_at) == (FRIDAY, FRIDAY, None)
    assert case.due_at == wib(25, 15, 30)
    assert case.first_reply_due_at == case.act_by == wib(23, 15, 30)
    message = case.messages.get()
    assert (message.sender, message.author, message.body) == ("visitor", office.visitor, "Mohon data")
    assert Entry.objects.get().action == "case.opened"
    assert set(LiveEvent.objects.values_list("topic", flat=True)) == {
        f"case:{case.pk}",
        f"inbox:{office.unit.pk}",
    }


def test_numbers_follow_each_other_and_begin_anew_each_local_month(office):
    numbers = [office.open(now=now).number for now in (FRIDAY, FRIDAY, wib(30, 23, 59), wib(1, 0, 1, 12))]

    assert numbers == ["UJI-2611-0001", "UJI-2611-0002", "UJI-2611-0003", "UJI-2612-0001"]


def test_the_standard_of_the_office_makes_the_promise_and_a_later_one_does_not_change_it(office):
    standard = ServiceStandardFactory(unit=office.unit, kind=office.kind, published=True)
    case = office.open(now=wib(23, 9))
    assert (case.due_at, case.first_reply_due_at) == (wib(30, 15, 30), wib(23, 11))

    type(standard).objects.update(promise_value=1)
    services.reply(office.as_officer, case, body="Kami periksa dulu.", now=wib(23, 10))
    case.refresh_from_db()

    assert case.due_at == wib(30, 15, 30)


def test_an_incomplete_request_waits_for_its_clock(office):
    case = office.open(now=FRIDAY, complete=False)
    assert (case.complete_at, case.due_at) == (None, None)
    assert case.first_reply_due_at == wib(23, 15, 30)

    case = services.complete_case(office.as_officer, case, now=wib(24, 9))

    assert (case.complete_at, case.due_at) == (wib(24, 9), wib(27, 15, 30))


def test_staff_open_a_request_for_someone_at_the_desk(office):
    case = office.open(now=FRIDAY, actor=office.as_officer, channel="walk_in", officer=office.officer)

    assert (case.visitor, case.officer, case.channel) == (office.visitor, office.officer, "walk_in")
    assert case.messages.get().author == office.visitor


def test_nobody_opens_a_request_in_another_name(office):
    stranger = UserFactory()
    elsewhere = actor_for(MembershipFactory().user)
    for actor in (ANONYMOUS, actor_for(stranger), elsewhere):
        with pytest.raises(NotPermitted):
            office.open(now=FRIDAY, actor=actor)
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"subject": " \n "}, SubjectMissing),
        ({"subject": "x" * 201}, SubjectMissing),
        ({"body": "x" * 5001}, MessageTooLong),
        ({"kind_code": "tidak-ada"}, NotOfferedHere),
    ],
)
def test_what_cannot_be_registered_leaves_nothing_behind(office, fields, refusal):
    with pytest.raises(refusal):
        office.open(now=FRIDAY, **fields)
    assert (Case.objects.count(), Message.objects.count()) == (0, 0)
    assert office.open(now=FRIDAY).number == "UJI-2611-0001"


def test_only_someone_who_works_there_gets_the_request(office):
    with pytest.raises(NotAnOfficerHere):
        office.open(now=FRIDAY, actor=SYSTEM, officer=MembershipFactory().user)


def test_control_characters_never_reach_the_conversation(office):
    case = office.open(now=FRIDAY, subject="Angka\x00 \u202etxt.exe", body="a\x00b\r\nc\x1b[31m")

    assert case.subject == "Angka txt.exe"
    assert case.messages.get().body == "ab\nc[31m"
