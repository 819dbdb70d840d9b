"""A hold becomes a request, a request an appointment; a change is made whole or not at all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from halopst.core.actors import ANONYMOUS
from halopst.scheduling import queries, services
from halopst.scheduling.models import Reservation
from tests.scheduling.factories import (
    MONDAY,
    NOW,
    BookingPolicyFactory,
    ExpertFactory,
    ReservationFactory,
    bookable,
)
from tests.scheduling.test_holds import at, hold

pytestmark = pytest.mark.django_db


def test_a_hold_becomes_a_request_and_then_an_appointment():
    held = hold(bookable(), at(8))

    requested = services.claim(held, holder="peramban", now=NOW)
    assert (requested.state, requested.expires_at) == ("requested", None)
    assert services.confirm(requested, now=NOW).state == "confirmed"
    assert services.release_lapsed(now=NOW + timedelta(days=2)) == 0


def test_a_request_not_yet_approved_keeps_its_time():
    expert = bookable()
    services.claim(hold(expert, at(8)), holder="peramban", now=NOW)

    with pytest.raises(services.SlotTaken):
        hold(expert, at(8), holder="lain", client="lain", now=NOW + timedelta(hours=1))


def test_a_changed_appointment_becomes_a_request_again_and_keeps_its_time():
    expert = bookable()
    agreed = ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(8), state="confirmed")

    reopened = services.reopen(agreed, now=NOW)

    assert (reopened.state, reopened.starts_at) == ("requested", at(8))
    assert services.confirm(reopened, now=NOW).state == "confirmed"


def test_a_hold_is_claimed_once():
    held = hold(bookable(), at(8))
    services.claim(held, holder="peramban", now=NOW)

    with pytest.raises(services.AlreadyRequested):
        services.claim(held, holder="peramban", now=NOW)


@pytest.mark.parametrize("swept", [True, False])
def test_a_lapsed_hold_is_honoured_while_its_time_is_free(swept):
    held = hold(bookable(), at(8))
    later = NOW + timedelta(minutes=30)
    if swept:
        services.release_lapsed(now=later)

    assert services.claim(held, holder="peramban", now=later).state == "requested"


def test_a_lapsed_hold_is_refused_once_someone_else_has_the_time():
    expert = bookable()
    held, later = hold(expert, at(8)), NOW + timedelta(minutes=30)
    other = hold(expert, at(8), holder="lain", client="lain", now=later)

    with pytest.raises(services.SlotTaken) as refusal:
        services.claim(held, holder="peramban", now=later)

    assert refusal.value.alternatives[0].starts_at == at(8, 45)
    held.refresh_from_db()
    assert (held.state, other.state) == ("released", "held")


def test_a_hold_given_back_or_past_its_start_is_not_claimed():
    expert = bookable()
    given_back, too_late = hold(expert, at(8)), hold(bookable(), at(8, 45))
    services.release(holder="peramban", reservation=given_back, now=NOW)

    with pytest.raises(services.HoldLapsed):
        services.claim(given_back, holder="peramban", now=NOW)
    with pytest.raises(services.HoldLapsed):
        services.claim(too_late, holder="peramban", now=at(8, 45))


def test_of_two_approvals_one_succeeds():
    request = ReservationFactory()
    services.confirm(request, now=NOW)

    with pytest.raises(services.ReservationOver):
        services.confirm(request, now=NOW)


def test_freeing_twice_is_freeing_once():
    expert = bookable()
    request = ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(8))

    for _ in range(2):
        assert services.free(request, now=NOW).state == "released"

    assert all(slot.free for slot in queries.slots(expert, MONDAY, MONDAY, now=NOW))


def test_a_freed_time_is_not_brought_back_by_its_old_holder():
    held = hold(bookable(), at(8))
    services.free(services.claim(held, holder="peramban", now=NOW), now=NOW)

    with pytest.raises(services.HoldLapsed):
        services.claim(held, holder="peramban", now=NOW)


def test_moving_frees_the_old_time_and_keeps_the_state():
    expert = bookable()
    kept = ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(8), state="confirmed")

    moved = services.move(kept, starts_at=at(9, 30), now=NOW)

    assert (moved.starts_at, moved.state) == (at(9, 30), "confirmed")
    taken = [slot.starts_at for slot in queries.slots(expert, MONDAY, MONDAY, now=NOW) if not slot.free]
    assert taken == [at(9, 30)]


def test_moving_to_a_colleague_and_another_day_at_once():
    expert = bookable()
    colleague = bookable(expert.unit)
    kept = ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(8))

    moved = services.move(kept, starts_at=at(13) + timedelta(days=1), expert=colleague, now=NOW)

    assert (moved.expert, moved.day) == (colleague, MONDAY + timedelta(days=1))


def test_moving_onto_a_taken_time_changes_nothing():
    expert = bookable()
    kept = ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(8))
    ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(9, 30))

    with pytest.raises(services.SlotTaken) as refusal:
        services.move(kept, starts_at=at(9, 30), now=NOW)

    assert [slot.starts_at for slot in refusal.value.alternatives] == [at(8, 45), at(10, 15), at(11)]
    kept.refresh_from_db()
    assert (kept.starts_at, kept.state) == (at(8), "requested")


def test_moving_over_ones_own_time_is_possible():
    """Its own old time never stands in the way: the buffers overlap here."""
    expert = bookable()
    BookingPolicyFactory(unit=expert.unit, duration_minutes=30, buffer_minutes=0)
    kept = ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(8))

    assert services.move(kept, starts_at=at(8, 30), now=NOW).starts_at == at(8, 30)


def test_only_staff_move_to_a_time_closer_than_the_lead_time():
    expert = bookable()
    kept = ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(13))
    soon = at(7)

    with pytest.raises(services.SlotNotOffered):
        services.move(kept, starts_at=at(8, 45), now=soon)

    assert services.move(kept, starts_at=at(8, 45), by_staff=True, now=soon).starts_at == at(8, 45)


def test_an_appointment_never_leaves_its_office():
    kept = ReservationFactory()

    with pytest.raises(services.SlotNotOffered):
        services.move(kept, starts_at=at(8), expert=bookable(), now=NOW)


def test_a_released_time_is_not_moved():
    expert = bookable()
    gone = ReservationFactory(expert=expert, unit=expert.unit, state="released")

    with pytest.raises(services.ReservationOver):
        services.move(gone, starts_at=at(8), now=NOW)


def test_the_buffer_keeps_neighbours_apart():
    expert = bookable()
    BookingPolicyFactory(unit=expert.unit, buffer_minutes=15)

    held = hold(expert, at(9))

    assert (held.ends_at, held.blocked.upper) == (at(9, 45), at(10))
    free = [slot.starts_at for slot in queries.slots(expert, MONDAY, MONDAY, now=NOW) if slot.free]
    assert free[:3] == [at(8), at(10), at(11)]


@pytest.mark.parametrize("minutes", [0, 10, 44, -44, -10])
def test_the_database_itself_refuses_an_overlap(minutes):
    first = ReservationFactory(starts_at=at(10))

    with pytest.raises(IntegrityError, match="one_visitor_per_expert_at_a_time"), transaction.atomic():
        ReservationFactory(
            expert=first.expert, unit=first.unit, starts_at=at(10) + timedelta(minutes=minutes)
        )

    ReservationFactory(expert=first.expert, unit=first.unit, starts_at=at(10, 45))
    ReservationFactory(unit=first.unit, expert=ExpertFactory(unit=first.unit), starts_at=at(10))
    ReservationFactory(expert=first.expert, unit=first.unit, starts_at=at(10), state="released")


def test_without_its_constraint_the_database_would_take_both():
    """The negative control: what the test above proves is the constraint's doing."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE scheduling_reservation DROP CONSTRAINT one_visitor_per_expert_at_a_time")
    first = ReservationFactory(starts_at=at(10))

    ReservationFactory(expert=first.expert, unit=first.unit, starts_at=at(10))

    assert Reservation.objects.filter(expert=first.expert, starts_at=at(10)).count() == 2


def test_the_visitor_who_was_slower_by_a_moment_is_refused(monkeypatch):
    """The race, played on purpose: a rival books between the look at the diary and the insert."""
    expert = bookable()
    look = services.holds.offered

    def look_and_lose(*args, **kwargs):
        slot = look(*args, **kwargs)
        ReservationFactory(expert=expert, unit=expert.unit, starts_at=slot.starts_at)
        return slot

    monkeypatch.setattr("halopst.scheduling.services.holds.offered", look_and_lose)
    with pytest.raises(services.SlotTaken) as refusal:
        services.hold(ANONYMOUS, expert=expert, starts_at=at(8), holder="a", client="a", now=NOW)

    assert len(refusal.value.alternatives) == 3
    assert Reservation.objects.count() == 1
