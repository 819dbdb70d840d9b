"""Two people decide at once: one decision stands, the other hears of it (R-02, R-18).

Real threads on real PostgreSQL, with the guard on and with it off.
"""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from halopst.cases.models import Case
from halopst.consultations import services
from halopst.consultations.models import Consultation
from halopst.consultations.services import asking, moving
from halopst.notifications.models import Notice
from halopst.scheduling.models import Reservation
from tests.accounts.factories import UserFactory
from tests.consultations.factories import (
    AT,
    LINK,
    PolicyFactory,
    a_hold,
    a_request,
    actor_of,
    lead_of,
    officer_of,
    visitor_of,
    working_expert,
)
from tests.scheduling.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)
compare_and_swap = moving._compare_and_swap


def outcome(act):
    """What became of an act, in a thread with a connection of its own."""
    try:
        act()
    except Exception as error:  # noqa: BLE001  # the test looks at whatever happened
        return type(error).__name__, str(error)
    finally:
        connection.close()
    return "done", ""


def race(*acts):
    said = []
    threads = [threading.Thread(target=lambda act=act: said.append(outcome(act))) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return said


@pytest.fixture
def at_the_same_moment(monkeypatch):
    """All have read the consultation before any of them writes."""

    def arrange(people, *, guarded=True):
        barrier = threading.Barrier(people)

        def wait_then(row, changes):
            barrier.wait(timeout=30)
            if guarded:
                return compare_and_swap(row, changes)
            return bool(Consultation.objects.filter(pk=row.pk).update(**changes))

        monkeypatch.setattr(moving, "_compare_and_swap", wait_then)

    return arrange


def approve(actor, row):
    return lambda: services.approve(actor, row, link=LINK, now=NOW)


def decline(actor, row):
    return lambda: services.decline(actor, row, reason="Lewat SILASTIK.", now=NOW)


def cancel(row):
    return lambda: services.cancel(visitor_of(row), row, now=NOW)


def notices(row):
    kinds = Notice.objects.filter(about=f"consultation:{row.pk}").values_list("kind", flat=True)
    return Counter(kind.removeprefix("consultations.") for kind in kinds)


def test_of_two_approvals_at_once_one_counts_and_the_other_is_told(at_the_same_moment):
    row = a_request()
    lead = lead_of(row.case.unit)
    at_the_same_moment(2)

    said = race(approve(officer_of(row), row), approve(lead, row))

    assert Counter(name for name, _ in said) == {"done": 1, "OutOfTurn": 1}
    assert "sudah disetujui untuk Senin, 23 November 2026" in dict(said)["OutOfTurn"]
    row.refresh_from_db()
    assert (row.state, row.version) == ("disetujui", 2)
    assert notices(row) == {"requested": 1, "to_answer": 1, "approved": 1, "agreed": 1}


@pytest.mark.parametrize("turn", range(3))
def test_approved_and_cancelled_at_once_ends_one_way_everywhere(at_the_same_moment, turn):
    row = a_request()
    at_the_same_moment(2)

    said = race(approve(officer_of(row), row), cancel(row))

    assert Counter(name for name, _ in said) == {"done": 1, "OutOfTurn": 1}
    row.refresh_from_db()
    case, time = Case.objects.get(pk=row.case_id), Reservation.objects.get(pk=row.reservation_id)
    assert (row.state, case.state, time.state) in {
        ("disetujui", "open", "confirmed"),
        ("dibatalkan", "cancelled", "released"),
    }
    told = notices(row)
    assert (told["approved"], told["cancelled"]) in {(1, 0), (0, 2)}


def test_without_the_guard_the_visitor_gets_two_contradictory_answers(at_the_same_moment):
    row = a_request()
    lead = lead_of(row.case.unit)
    at_the_same_moment(2, guarded=False)

    said = race(approve(officer_of(row), row), decline(lead, row))

    told = notices(row)
    assert ([name for name, _ in said], told["approved"], told["declined"]) == (["done", "done"], 1, 1) or (
        # The reserved time is a second guard: it may have been freed before the approval confirmed it.
        Counter(name for name, _ in said) == {"done": 1, "ReservationOver": 1}
    )


def test_the_deterministic_twin_without_the_guard_fails_every_time(monkeypatch):
    """One after the other, both having read the request as unanswered: both answers go out."""
    row = a_request()
    lead = lead_of(row.case.unit)

    def unguarded(seen, changes):
        return bool(Consultation.objects.filter(pk=seen.pk).update(**changes))

    stale, move = moving.begin(lead, row, moving.Verb.DECLINE)
    services.approve(officer_of(row), row, link=LINK, now=NOW)
    with pytest.raises(services.OutOfTurn, match="sudah disetujui"):
        moving.swap(stale, move, now=NOW, reason="x")

    monkeypatch.setattr(moving, "_compare_and_swap", unguarded)
    moving.swap(stale, move, now=NOW, reason="x")
    row.refresh_from_db()
    assert row.state == "ditolak"


def test_the_same_hold_sent_eight_times_at_once_is_one_request():
    expert, visitor = working_expert(), UserFactory()
    asking = actor_of(visitor)
    held = a_hold(expert, actor=asking)

    def send():
        services.request(
            asking,
            reservation=held,
            holder=held.holder,
            mode="zoom",
            topic="Inflasi",
            need="IHK",
            purpose="penelitian",
            now=NOW,
        )

    said = race(*[send] * 8)

    assert Counter(name for name, _ in said) == {"done": 8}
    assert (Consultation.objects.count(), Case.objects.count(), Notice.objects.count()) == (1, 1, 2)


def test_two_requests_proposed_the_same_time_at_once_do_not_share_it():
    expert = working_expert()
    first = a_request(expert)
    second = a_request(expert, at=AT.replace(hour=3, minute=15))
    wanted = AT.replace(hour=6, minute=0)

    def propose(row):
        return lambda: services.propose_time(officer_of(row), row, starts_at=wanted, link=LINK, now=NOW)

    said = race(propose(first), propose(second))

    assert Counter(name for name, _ in said) == {"done": 1, "SlotTaken": 1}
    assert Reservation.objects.filter(starts_at=wanted, state="requested").count() == 1
    assert sorted(Consultation.objects.values_list("state", flat=True)) == ["diajukan", "ditawar_ulang"]


def ask_for_two_days(visitor, expert):
    """Send a request for this day and one for the next at once, as one visitor on two devices."""
    held = [a_hold(expert, actor=visitor, at=AT + timedelta(days=n)) for n in range(2)]

    def send(hold):
        return lambda: services.request(
            visitor, reservation=hold, holder=hold.holder, mode="zoom", topic="Inflasi", need="IHK",
            purpose="penelitian", now=NOW,
        )  # fmt: skip

    return race(*map(send, held))


def test_two_requests_at_once_do_not_pass_the_limit_together():
    expert = working_expert()
    PolicyFactory(unit=expert.unit, most_unanswered=1)

    said = ask_for_two_days(actor_of(UserFactory()), expert)

    assert Counter(name for name, _ in said) == {"done": 1, "TooManyUnanswered": 1}
    assert Consultation.objects.count() == 1


def test_counted_without_the_lock_both_pass(monkeypatch):
    expert = working_expert()
    PolicyFactory(unit=expert.unit, most_unanswered=1)
    both_counted = threading.Barrier(2)

    def unlocked(user_id, unit):
        waiting = Consultation.objects.filter(case__visitor=user_id, case__unit=unit).count()
        both_counted.wait(timeout=30)
        assert waiting == 0

    monkeypatch.setattr(asking, "must_have_room", unlocked)

    assert Counter(name for name, _ in ask_for_two_days(actor_of(UserFactory()), expert)) == {"done": 2}
