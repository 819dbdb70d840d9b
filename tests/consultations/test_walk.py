"""Every state, every verb, every person: what the table allows happens, and nothing else does."""

from datetime import timedelta

import pytest
from django.db import transaction

from halopst.consultations import services
from halopst.consultations.models import Consultation
from halopst.consultations.rules import MOVES, Side, State, Verb
from halopst.core.errors import NotPermitted
from halopst.notifications.models import Notice
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.consultations.factories import (
    AT,
    LINK,
    a_finished,
    a_request,
    actor_of,
    an_agreed,
    an_ongoing,
    lead_of,
    officer_of,
    visitor_of,
    working_expert,
)
from tests.scheduling.factories import NOW

pytestmark = pytest.mark.django_db
TOMORROW, GRACE = AT + timedelta(days=1), AT + timedelta(minutes=20)


def proposed():
    row = a_request()
    return services.propose_time(officer_of(row), row, starts_at=TOMORROW, link=LINK, now=NOW)


def arrived():
    row = an_agreed()
    return services.check_in(visitor_of(row), row, now=AT)


def cancelled():
    row = a_request()
    return services.cancel(visitor_of(row), row, now=NOW)


def declined():
    row = a_request()
    return services.decline(officer_of(row), row, reason="Lewat SILASTIK.", now=NOW)


def visitor_missed():
    row = an_agreed()
    return services.miss_visitor(officer_of(row), row, now=GRACE)


def officer_missed():
    row = an_agreed()
    return services.miss_officer(visitor_of(row), row, now=GRACE)


STATES = {
    State.REQUESTED: a_request,
    State.PROPOSED: proposed,
    State.APPROVED: an_agreed,
    State.CHECKED_IN: arrived,
    State.ONGOING: an_ongoing,
    State.FINISHED: a_finished,
    State.CANCELLED: cancelled,
    State.DECLINED: declined,
    State.VISITOR_ABSENT: visitor_missed,
    State.OFFICER_ABSENT: officer_missed,
}
OTHER_TIME = TOMORROW + timedelta(minutes=45)
DO = {
    Verb.APPROVE: lambda a, c: services.approve(a, c, link=LINK, now=NOW),
    Verb.RELINK: lambda a, c: services.relink(a, c, link=LINK, now=NOW),
    Verb.PROPOSE: lambda a, c: services.propose_time(a, c, starts_at=OTHER_TIME, link=LINK, now=NOW),
    Verb.HAND_OVER: lambda a, c: services.pass_to(a, c, expert=working_expert(c.case.unit), now=NOW),
    Verb.DECLINE: lambda a, c: services.decline(a, c, reason="Lewat SILASTIK.", now=NOW),
    Verb.ACCEPT: lambda a, c: services.accept_proposal(a, c, now=NOW),
    Verb.REFUSE: lambda a, c: services.decline_proposal(a, c, now=NOW),
    Verb.RESCHEDULE: lambda a, c: services.reschedule(a, c, starts_at=OTHER_TIME, now=NOW),
    Verb.CANCEL: lambda a, c: services.cancel(a, c, now=NOW),
    Verb.CHECK_IN: lambda a, c: services.check_in(a, c, now=AT),
    Verb.START: lambda a, c: services.start(a, c, now=AT),
    Verb.FINISH: lambda a, c: services.finish(a, c, result="found", summary="Ada.", now=GRACE),
    Verb.MISS_VISITOR: lambda a, c: services.miss_visitor(a, c, now=GRACE),
    Verb.MISS_OFFICER: lambda a, c: services.miss_officer(a, c, now=GRACE),
}
PEOPLE = {
    "visitor": (visitor_of, {Side.VISITOR}),
    "expert": (officer_of, {Side.OFFICER, Side.DOOR}),
    "lead": (lambda c: lead_of(c.case.unit), {Side.OFFICER, Side.DOOR}),
    "colleague": (lambda c: officer_at(c.case.unit, "petugas"), {Side.DOOR}),
    "front office": (lambda c: officer_at(c.case.unit, "front_office"), {Side.DOOR}),
    "auditor": (lambda c: officer_at(c.case.unit, "auditor"), set()),
    "stranger": (lambda _c: actor_of(UserFactory()), set()),
    "another office": (lambda _c: actor_of(MembershipFactory(role="kepala").user), set()),
}


def officer_at(unit, role):
    return actor_of(MembershipFactory(unit=unit, role=role).user)


def test_the_walk_knows_every_state_and_every_verb_a_person_has():
    assert set(STATES) == set(State)
    assert set(Verb) - set(DO) == {Verb.LAPSE, Verb.FOLLOW}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("state", STATES, ids=str)
def test_from_each_state_each_person_gets_exactly_as_far_as_the_table_says(state, person):
    row = STATES[state]()
    assert row.state == state
    make, sides = PEOPLE[person]
    actor = make(row)
    for verb, do in DO.items():
        move = MOVES.get((state, verb))
        may_ever = any(sides & m.by for (_, v), m in MOVES.items() if v == verb)
        before = Notice.objects.count()
        with transaction.atomic():
            try:
                outcome = do(actor, row).state
            except (NotPermitted, services.OutOfTurn) as refusal:
                outcome = type(refusal)
            if move and sides & move.by:
                stored = Consultation.objects.get(pk=row.pk)
                assert (verb, outcome, stored.state) == (verb, move.to, move.to)
                assert stored.version == row.version + 1
                assert not move.stamps or getattr(stored, move.stamps) is not None
            else:
                assert (verb, outcome) == (verb, services.OutOfTurn if may_ever else NotPermitted)
                assert Notice.objects.count() == before
                assert Consultation.objects.get(pk=row.pk).version == row.version
            transaction.set_rollback(True)


def test_time_itself_moves_only_what_the_table_gives_it():
    for state, make in STATES.items():
        row = make()
        with transaction.atomic():
            if (state, Verb.LAPSE) in MOVES:
                assert services.lapse(row, now=TOMORROW).state == State.CANCELLED
            else:
                with pytest.raises(services.OutOfTurn):
                    services.lapse(row, now=TOMORROW)
            transaction.set_rollback(True)
