"""The table of moves, walked: every state x every verb x every party, through the services."""

from pathlib import Path

import pytest

from halopst.accounts.actors import actor_for
from halopst.cases import rules, services
from halopst.cases.models import Case
from halopst.cases.rules import MOVES, Party, State, Verb
from halopst.cases.services import NotNow
from halopst.cases.services.moves import take
from halopst.core.actors import SYSTEM
from halopst.core.errors import NotPermitted
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.cases.conftest import wib

NOW, LATER = wib(23, 9), wib(24, 9)

ROADS = {
    State.OPEN: [],
    State.WAITING: [Verb.ASK],
    State.FINISHED: [Verb.FINISH],
    State.CLOSED_SILENT: [Verb.ASK, Verb.CLOSE_SILENT],
    State.CANCELLED: [Verb.CANCEL],
}

EXPECTED = """
complete      open>open             waiting_visitor>waiting_visitor
assign        open>open             waiting_visitor>waiting_visitor
respond       open>open             waiting_visitor>waiting_visitor
write_back    open>open             waiting_visitor>open               closed_silent>open
ask           open>waiting_visitor  waiting_visitor>waiting_visitor
resume                              waiting_visitor>open
finish        open>finished         waiting_visitor>finished
cancel        open>cancelled        waiting_visitor>cancelled
close_silent                        waiting_visitor>closed_silent
reopen        finished>open         closed_silent>open
"""


def road_to(office, state):
    case = office.open(now=NOW)
    for verb in ROADS[state]:
        actor = SYSTEM if verb == Verb.CLOSE_SILENT else office.as_officer
        case = take(actor, case, verb, now=NOW)
    assert case.state == state
    return case


def test_the_table_says_exactly_this():
    written = {
        (verb, *edge.split(">"))
        for verb, *edges in map(str.split, EXPECTED.split("\n")[1:-1])
        for edge in edges
    }
    assert {(verb, at, move.to) for (at, verb), move in MOVES.items()} == written


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("state", State)
def test_every_state_and_verb(office, state, verb):
    case = road_to(office, state)
    lead = actor_for(office.colleague("ketua_tim"))
    actors = {
        Party.VISITOR: office.as_visitor,
        Party.OFFICER: office.as_officer,
        Party.LEAD: lead,
        Party.SYSTEM: SYSTEM,
    }
    move = MOVES.get((state, verb))
    for party, actor in actors.items():
        before = Case.objects.values().get(pk=case.pk)
        if move and party in move.by:
            continue
        wrong = NotPermitted if party not in rules.parties_for(verb) or move else NotNow
        with pytest.raises(wrong):
            take(actor, case, verb, now=LATER)
        assert Case.objects.values().get(pk=case.pk) == before
    if move:
        moved = take(actors[min(move.by)], case, verb, now=LATER)
        assert (moved.state, moved.version) == (move.to, case.version + 1)
        assert (moved.finished_at is None) == (move.to in rules.LIVING)


@pytest.mark.parametrize("verb", Verb)
def test_a_stranger_and_another_office_do_nothing(office, verb):
    case = office.open(now=NOW)
    for person in (UserFactory(), MembershipFactory(role="ketua_tim").user):
        with pytest.raises(NotPermitted):
            take(actor_for(person), case, verb, now=LATER)


def test_no_state_is_set_but_by_the_table():
    """Outside the one function that applies a move, nothing assigns a state."""
    source = Path(services.__file__).parents[1]
    assigned = [
        path.name
        for path in source.rglob("*.py")
        if "migrations" not in path.parts and ".state = " in path.read_text()
    ]
    assert assigned == ["moves.py"]


def test_each_time_is_the_servers_and_kept_once(office):
    case = office.open(now=NOW)
    services.reply(office.as_officer, case, body="Kami kerjakan.", now=wib(23, 10))
    services.reply(office.as_officer, case, body="Sebentar lagi.", now=wib(23, 11))
    case = services.finish(office.as_officer, case, result="found", summary="Terlampir.", now=wib(23, 13))

    assert case.first_reply_at == wib(23, 10)
    assert case.finished_at == wib(23, 13)
    assert case.result == "found"
    assert [line.sent_at for line in case.messages.all()] == [NOW, wib(23, 10), wib(23, 11), wib(23, 13)]


def test_finishing_at_once_is_the_first_reply_too(office):
    case = services.finish(
        office.as_officer, office.open(now=NOW), result="referred", summary="Ke perpustakaan.", now=LATER
    )
    assert case.first_reply_at == LATER
