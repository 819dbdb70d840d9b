"""Races between four real processes on real PostgreSQL, with each guard on and with it off (R-01, R-05)."""

import random
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from bench.rivals import Rivals, tally
from halopst.scheduling.models import LIVE, OfficeDay, Reservation
from tests.scheduling.factories import MONDAY, NOW, BookingPolicyFactory, ReservationFactory, bookable
from tests.scheduling.test_holds import at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def rivals(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), Rivals(processes=4, threads=4) as running:
        yield running


@contextmanager
def without(guard):
    """The database with one of its guards taken out, and put back afterwards."""
    constraint = next((c for c in Reservation._meta.constraints if c.name == guard), None)
    with connection.schema_editor() as editor:
        if constraint:
            editor.remove_constraint(Reservation, constraint)
        else:
            editor.execute(f"ALTER TABLE scheduling_reservation DISABLE TRIGGER {guard}")
    try:
        yield
    finally:
        Reservation.objects.all().delete()
        with connection.schema_editor() as editor:
            if constraint:
                editor.add_constraint(Reservation, constraint)
            else:
                editor.execute(f"ALTER TABLE scheduling_reservation ENABLE TRIGGER {guard}")


def wish(expert, n, starts_at, **more):
    """Visitor `n` wants that time; each comes from a network of their own."""
    return {
        "verb": "hold",
        "expert": expert.pk,
        "starts_at": starts_at.isoformat(),
        "holder": f"peramban-{n}",
        "client": f"jaringan-{n}",
        "now": NOW.isoformat(),
        **more,
    }


def live():
    return Reservation.objects.filter(state__in=LIVE)


def test_of_sixteen_who_want_one_time_one_gets_it_and_the_rest_three_others(rivals):
    expert = bookable()

    outcomes = rivals.race([wish(expert, n, at(9, 30)) for n in range(16)])

    assert tally(outcomes) == {"ok": 1, "slot-taken": 15}
    assert all(len(o["alternatives"]) == 3 for o in outcomes if o["said"] == "slot-taken")
    assert live().count() == 1


def test_without_the_constraint_the_same_race_books_double(rivals):
    with without("one_visitor_per_expert_at_a_time"):
        expert = bookable()

        outcomes = rivals.race([wish(expert, n, at(9, 30), user=n) for n in range(16)])

        assert tally(outcomes)["ok"] > 1
        assert live().filter(starts_at=at(9, 30)).count() > 1


def overlapping(expert, chance):
    """Sixteen wishes around nine o'clock, from ten minutes to two hours long, each crossing 9.00."""
    return [
        {
            "verb": "insert",
            "expert": expert.pk,
            "starts_at": (at(9) - timedelta(minutes=chance.randrange(1, 60))).isoformat(),
            "minutes": 60 + chance.randrange(60),
        }
        for _ in range(16)
    ]


def test_times_that_overlap_without_starting_together_are_no_less_exclusive(rivals):
    for seed in range(5):
        expert = bookable()

        outcomes = rivals.race(overlapping(expert, random.Random(seed)))  # noqa: S311  # reproducible

        assert tally(outcomes) == {"ok": 1, "slot-taken": 15}, seed
        assert live().filter(expert=expert).count() == 1


def test_without_the_constraint_overlapping_times_are_all_taken(rivals):
    with without("one_visitor_per_expert_at_a_time"):
        expert = bookable()

        rivals.race(overlapping(expert, random.Random(0)))  # noqa: S311  # reproducible

        assert live().filter(expert=expert).count() == 16


def test_as_many_visitors_as_experts_get_a_time_with_anyone(rivals):
    first = bookable()
    for _ in range(2):
        bookable(first.unit)

    outcomes = rivals.race(
        [
            {
                "verb": "hold_any",
                "unit": first.unit_id,
                "starts_at": at(9, 30).isoformat(),
                "holder": f"peramban-{n}",
                "client": str(n),
                "now": NOW.isoformat(),
            }
            for n in range(16)
        ]
    )

    assert tally(outcomes) == {"ok": 3, "slot-taken": 13}
    assert live().values("expert").distinct().count() == 3


STARTS = [at(8), at(8, 45), at(9, 30), at(10, 15), at(11), at(13), at(13, 45)]


def test_the_daily_maximum_holds_when_everyone_comes_at_once(rivals):
    expert = bookable()
    BookingPolicyFactory(unit=expert.unit, daily_maximum=2)

    outcomes = rivals.race([wish(expert, n, start, user=n) for n, start in enumerate(STARTS)])

    assert tally(outcomes) == {"ok": 2, "day-is-full": 5}
    assert live().count() == 2


def test_without_its_guard_the_daily_maximum_is_exceeded(rivals):
    with without("guard_the_day"):
        expert = bookable()
        BookingPolicyFactory(unit=expert.unit, daily_maximum=2)

        outcomes = rivals.race([wish(expert, n, start, user=n) for n, start in enumerate(STARTS)])

        assert tally(outcomes)["ok"] > 2


def test_one_visitor_in_sixteen_tabs_holds_two_times(rivals):
    experts = [bookable() for _ in range(16)]

    outcomes = rivals.race([wish(e, n, at(8), holder="satu") for n, e in enumerate(experts)])

    assert tally(outcomes) == {"ok": 2, "too-many-holds": 14}


def test_one_network_in_sixteen_browsers_holds_two_times(rivals):
    experts = [bookable() for _ in range(16)]

    outcomes = rivals.race([wish(e, n, at(8), client="satu") for n, e in enumerate(experts)])

    assert tally(outcomes) == {"ok": 2, "network-holds-too-many": 14}


def test_hostile_visitors_hide_a_tenth_of_a_day(rivals):
    """Sixteen strangers at a time, each from a network of their own, try every time of an office (R-05)."""
    first = bookable()
    experts = [first, *(bookable(first.unit) for _ in range(3))]
    times = [(expert, start) for expert in experts for start in STARTS]

    for n, (expert, start) in enumerate(times):
        rivals.race([wish(expert, f"{n}-{m}", start) for m in range(4)])

    assert len(times) == 28
    assert live().count() == 2
    assert OfficeDay.objects.get(unit=first.unit, day=MONDAY).holds_allowed == 2


def test_without_its_guard_strangers_hide_the_whole_day(rivals):
    with without("guard_the_day"):
        expert = bookable()

        rivals.race([wish(expert, n, start) for n, start in enumerate(STARTS)])

        assert live().count() == 7


def test_a_hold_is_claimed_once_however_often_it_is_sent(rivals):
    held = ReservationFactory(state="held", starts_at=at(8))

    outcomes = rivals.race(
        [{"verb": "claim", "pk": held.pk, "holder": held.holder, "now": NOW.isoformat()}] * 16
    )

    assert tally(outcomes) == {"ok": 1, "already-requested": 15}


def test_of_sixteen_approvals_one_counts(rivals):
    request = ReservationFactory(starts_at=at(8))

    outcomes = rivals.race([{"verb": "confirm", "pk": request.pk, "now": NOW.isoformat()}] * 16)

    assert tally(outcomes) == {"ok": 1, "reservation-over": 15}


def test_appointments_that_change_places_wait_for_each_other_and_never_in_a_circle(rivals):
    """Eight of Monday go to Tuesday while eight of Tuesday come to Monday."""
    experts = [bookable()]
    experts += [bookable(experts[0].unit) for _ in range(7)]
    tomorrow = timedelta(days=1)
    calls = []
    for expert in experts:
        for start, target in ((at(8), at(9, 30) + tomorrow), (at(8) + tomorrow, at(9, 30))):
            kept = ReservationFactory(expert=expert, unit=expert.unit, starts_at=start)
            calls.append(
                {"verb": "move", "pk": kept.pk, "starts_at": target.isoformat(), "now": NOW.isoformat()}
            )

    assert tally(rivals.race(calls)) == {"ok": 16}
    assert live().filter(day=MONDAY).count() == live().filter(day=MONDAY + tomorrow).count() == 8
