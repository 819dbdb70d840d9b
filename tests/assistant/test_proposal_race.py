"""An officer who asks for a proposal twice at the same moment has one, and meets no error."""

import threading
from contextlib import suppress

import pytest
from django.db import IntegrityError

from halopst.accounts.actors import actor_for
from halopst.assistant.models import Proposal
from halopst.assistant.services.casework import proposing
from tests.accounts.factories import MembershipFactory
from tests.assistant.factories import NOW
from tests.cases.factories import CaseFactory, MessageFactory
from tests.races import PATIENCE, all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def guarded():
    return True


@pytest.fixture
def asking(monkeypatch, guarded):
    """Two at once, each of whom has put away what is open before either writes, if nothing keeps them."""
    officer = MembershipFactory(role="petugas")
    case = CaseFactory(unit=officer.unit, subject="Arti inflasi")
    MessageFactory(case=case, body="Apa itu inflasi?")
    meeting, manager = threading.Barrier(2), type(Proposal.objects)
    write = manager.create

    def writing(proposals, **fields):
        with suppress(threading.BrokenBarrierError):
            meeting.wait(0.5 if guarded else PATIENCE)
        return write(proposals, **fields)

    def act():
        return proposing.propose(actor_for(officer.user), case, typed="", client="uji", now=NOW)

    monkeypatch.setattr(manager, "create", writing)
    return act


def test_of_two_proposals_at_once_the_second_puts_the_first_away(asking):
    results = all_at_once(asking, asking)

    assert [type(one) for one in results] == [Proposal, Proposal]
    assert sorted(Proposal.objects.values_list("outcome", flat=True)) == ["open", "unused"]


@pytest.mark.parametrize("guarded", [False])
def test_without_the_lock_one_of_them_fails(asking, monkeypatch):
    monkeypatch.setattr(type(proposing.Case.objects), "locked", lambda _self, _pk: None)

    results = all_at_once(asking, asking)

    assert [type(one) for one in results].count(IntegrityError) == 1
