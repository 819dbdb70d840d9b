"""At the same moment, on real connections: numbers without gaps, one outcome of two replies."""

import pytest
from django.db import IntegrityError, transaction

from halopst.accounts.actors import actor_for
from halopst.cases import services
from halopst.cases.models import Case, CaseCounter, Message
from halopst.cases.services import CaseMoved, moves, opening
from tests.cases.conftest import make_office, wib
from tests.races import all_at_once, meeting

NOW = wib(16, 9)
AT_ONCE = 8

pytestmark = pytest.mark.django_db(transaction=True)


def gapless(numbers, count):
    return sorted(numbers) == [f"UJI-2611-{n:04d}" for n in range(1, count + 1)]


def open_many(office, each=6):
    """Eight desks register requests at once, and every third attempt fails after its number was taken."""

    def desk():
        for n in range(each):
            with transaction.atomic():
                office.open(now=NOW)
                transaction.set_rollback(n % 3 == 2)

    outcomes = all_at_once(*[desk] * AT_ONCE)
    return outcomes, list(Case.objects.values_list("number", flat=True))


def test_numbers_have_no_gap_and_no_double_under_pressure():
    outcomes, numbers = open_many(make_office())

    assert outcomes == [None] * AT_ONCE
    assert gapless(numbers, AT_ONCE * 4)


def test_control_without_the_locked_counter_numbers_collide(monkeypatch):
    """The negative control: counting what is there and adding one is what breaks, where all count at once."""
    meet = meeting(AT_ONCE)

    def naive(unit, _day):
        last = Case.objects.filter(unit=unit).count()
        if not last:
            meet()
        return f"{unit.case_prefix}-2611-{last + 1:04d}"

    monkeypatch.setattr(opening, "next_number", naive)
    outcomes, _numbers = open_many(make_office())

    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == AT_ONCE - 1


def two_officers_reply(office):
    case = office.open(now=NOW)
    officers = [office.as_officer, *(actor_for(office.colleague()) for _ in range(AT_ONCE - 1))]
    outcomes = all_at_once(
        *(
            lambda actor=actor: services.reply(actor, case, body="Saya jawab.", expected_version=1, now=NOW)
            for actor in officers
        )
    )
    replies = Message.objects.filter(case=case, sender="officer").count()
    return outcomes, replies


def test_of_many_replies_to_one_version_one_is_sent_and_the_others_know():
    outcomes, replies = two_officers_reply(make_office())

    assert replies == 1
    assert sum(isinstance(outcome, Message) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, CaseMoved) for outcome in outcomes) == AT_ONCE - 1


def test_control_without_the_version_every_reply_is_sent(monkeypatch):
    guarded = moves.take

    def unguarded(*args, expected_version=None, **kwargs):
        return guarded(*args, **kwargs)

    monkeypatch.setattr("halopst.cases.services.talking.take", unguarded)
    _, replies = two_officers_reply(make_office())

    assert replies > 1


def test_finishing_and_answering_at_once_leave_one_truth():
    office = make_office()
    for _ in range(5):
        case = office.open(now=NOW)
        all_at_once(
            lambda case=case: services.finish(
                office.as_officer, case, result="found", summary="Ada", expected_version=1, now=NOW
            ),
            lambda case=case: services.reply(office.as_visitor, case, body="Satu lagi", now=NOW),
            lambda case=case: services.cancel(office.as_visitor, case, reason="", now=NOW),
        )
        case.refresh_from_db()
        ends = case.messages.filter(verb__in=["finish", "cancel"]).count()
        assert ends == (0 if case.state == "open" else 1)
    assert CaseCounter.objects.get().last == 5


def test_two_silence_jobs_at_once_close_each_case_once():
    office = make_office()
    for _ in range(6):
        case = office.open(now=NOW)
        services.ask_visitor(office.as_officer, case, body="Tahun?", now=NOW)
    services.follow_up_silence(now=wib(21, 9))

    outcomes = all_at_once(*[lambda: services.follow_up_silence(now=wib(23, 9))] * 4)

    assert sum(closed for _, closed in outcomes) == 6
    assert Message.objects.filter(verb="close_silent").count() == 6


def test_two_watchers_at_once_record_each_lateness_once():
    office = make_office()
    for _ in range(6):
        office.open(now=NOW)

    outcomes = all_at_once(*[lambda: services.watch_deadlines(now=wib(27, 9))] * 4)

    assert sum(done["late"] for done in outcomes) == 6
    assert sum(done["unanswered"] for done in outcomes) == 6
