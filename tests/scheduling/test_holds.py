"""A time is held before any question is asked, and never for two visitors at once (R-01, R-05)."""

from datetime import timedelta

import pytest

from halopst.core.actors import ANONYMOUS, Actor
from halopst.core.errors import NotPermitted
from halopst.scheduling import queries, services
from halopst.scheduling.models import BookingPolicy, Reservation
from tests.scheduling.factories import (
    MONDAY,
    NOW,
    TEN,
    AvailabilityExceptionFactory,
    BookingPolicyFactory,
    FieldFactory,
    LeaveFactory,
    ReservationFactory,
    bookable,
)

pytestmark = pytest.mark.django_db


def at(hour, minute=0):
    """That time on Monday 23 November 2026 in WIB."""
    return TEN.replace(hour=hour - 7, minute=minute)


def hold(expert, starts_at, *, holder="peramban", client="jaringan", now=NOW, actor=ANONYMOUS):
    return services.hold(actor, expert=expert, starts_at=starts_at, holder=holder, client=client, now=now)


def test_a_free_time_is_held_for_ten_minutes():
    expert = bookable()

    held = hold(expert, at(8, 45))

    assert (held.state, held.starts_at, held.ends_at) == ("held", at(8, 45), at(9, 30))
    assert held.expires_at == NOW + timedelta(minutes=10)
    assert held.day == MONDAY
    taken = [slot for slot in queries.slots(expert, MONDAY, MONDAY, now=NOW) if not slot.free]
    assert [slot.starts_at for slot in taken] == [at(8, 45)]


def test_a_second_visitor_is_told_the_three_nearest_times():
    expert = bookable()
    hold(expert, at(8, 45))

    with pytest.raises(services.SlotTaken) as refusal:
        hold(expert, at(8, 45), holder="lain", client="lain")

    assert [slot.starts_at for slot in refusal.value.alternatives] == [at(8), at(9, 30), at(10, 15)]
    assert Reservation.objects.count() == 1


def test_pressing_twice_holds_once():
    expert = bookable()

    first, second = hold(expert, at(8)), hold(expert, at(8))

    assert first == second
    assert Reservation.objects.count() == 1


@pytest.mark.parametrize("minutes", [-30, -1, 1, 30])
def test_a_time_that_is_not_on_the_grid_is_not_offered(minutes):
    expert = bookable()

    with pytest.raises(services.SlotNotOffered) as refusal:
        hold(expert, at(8, 45) + timedelta(minutes=minutes))

    assert len(refusal.value.alternatives) == 3
    assert not Reservation.objects.exists()


def test_leave_blocks_lead_time_and_horizon_are_kept():
    expert = bookable()
    AvailabilityExceptionFactory(expert=expert, starts_at=at(8, 20), ends_at=at(8, 30))
    LeaveFactory(expert=expert, first_day=MONDAY + timedelta(days=1), last_day=MONDAY + timedelta(days=1))

    for refused in (at(8), TEN + timedelta(days=1), NOW + timedelta(hours=2), at(8) + timedelta(days=35)):
        with pytest.raises(services.SlotNotOffered):
            hold(expert, refused)


def test_a_lapsed_hold_makes_room_for_the_next_visitor():
    expert = bookable()
    first = hold(expert, at(8))
    later = NOW + timedelta(minutes=10)

    second = hold(expert, at(8), holder="lain", client="lain", now=later)

    first.refresh_from_db()
    assert (first.state, second.state) == ("released", "held")


def test_the_sweep_releases_what_has_lapsed_and_nothing_else():
    expert = bookable()
    hold(expert, at(8))
    running = hold(expert, at(8, 45), now=NOW + timedelta(minutes=5), actor=Actor(user_id=7))
    asked = ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(9, 30))

    assert services.release_lapsed(now=NOW + timedelta(minutes=10)) == 1
    assert services.release_lapsed(now=NOW + timedelta(minutes=10)) == 0
    assert set(Reservation.objects.exclude(state="released")) == {running, asked}


def test_a_visitor_holds_two_times_at_most():
    experts = [bookable() for _ in range(3)]
    hold(experts[0], at(8), client="a")
    hold(experts[1], at(8), client="b")

    with pytest.raises(services.TooManyHolds):
        hold(experts[2], at(8), client="c")

    assert Reservation.objects.count() == 2


def test_a_network_holds_two_times_at_most_but_its_signed_in_visitors_have_their_own():
    experts = [bookable() for _ in range(3)]
    hold(experts[0], at(8), holder="a")
    hold(experts[1], at(8), holder="b")

    with pytest.raises(services.NetworkHoldsTooMany):
        hold(experts[2], at(8), holder="c")
    held = hold(experts[2], at(8), holder="c", actor=Actor(user_id=7))

    assert held.state == "held"


def test_one_account_holds_two_times_at_most_however_many_browsers_it_opens():
    experts = [bookable() for _ in range(3)]
    person = Actor(user_id=7)
    hold(experts[0], at(8), holder="a", client="a", actor=person)
    hold(experts[1], at(8), holder="b", client="b", actor=person)

    with pytest.raises(services.TooManyHolds):
        hold(experts[2], at(8), holder="c", client="c", actor=person)


def test_strangers_hold_a_tenth_of_an_offices_day_and_a_signed_in_visitor_still_books():
    first = bookable()
    experts = [first, *[bookable(first.unit) for _ in range(3)]]
    on_offer = sum(len(queries.slots(e, MONDAY, MONDAY, now=NOW)) for e in experts)
    assert on_offer == 28
    hold(experts[0], at(8), holder="a", client="a")
    hold(experts[1], at(8), holder="b", client="b")

    with pytest.raises(services.TooMuchIsHeld):
        hold(experts[2], at(8), holder="c", client="c")

    assert hold(experts[2], at(8), holder="c", client="c", actor=Actor(user_id=7)).state == "held"
    assert hold(experts[3], at(8) + timedelta(days=1), holder="c", client="d").state == "held"


def test_a_day_fills_up_at_the_daily_maximum():
    expert = bookable()
    BookingPolicyFactory(unit=expert.unit, daily_maximum=2)
    for start in (at(8), at(8, 45)):
        ReservationFactory(expert=expert, unit=expert.unit, starts_at=start)

    assert not any(slot.free for slot in queries.slots(expert, MONDAY, MONDAY, now=NOW))
    with pytest.raises(services.DayIsFull) as refusal:
        hold(expert, at(9, 30))

    assert refusal.value.alternatives[0].starts_at == at(8) + timedelta(days=1)


def test_an_experts_own_policy_replaces_the_offices():
    expert = bookable()
    BookingPolicyFactory(unit=expert.unit, daily_maximum=1)
    BookingPolicy.objects.create(unit=expert.unit, expert=expert, duration_minutes=60)

    assert queries.policy_of(expert.unit, expert).daily_maximum is None
    assert hold(expert, at(9)).ends_at == at(10)


def test_anyone_of_a_field_is_the_one_with_least_to_do_that_day():
    busy = bookable(display_name="Ani")
    calm = bookable(busy.unit, display_name="Beni")
    outside = bookable(busy.unit, display_name="Ari")
    field = FieldFactory(unit=busy.unit)
    field.experts.set([busy, calm])
    ReservationFactory(expert=busy, unit=busy.unit, starts_at=at(13))

    held = services.hold_any(
        ANONYMOUS, unit=busy.unit, field=field, starts_at=at(8), holder="a", client="a", now=NOW
    )

    assert held.expert == calm
    assert outside not in queries.candidates(field)


def test_when_the_first_of_a_field_is_taken_the_next_is_held_and_then_none_is_left():
    first = bookable()
    second = bookable(first.unit)

    def hold_any(holder):
        return services.hold_any(
            Actor(user_id=int(holder)),
            unit=first.unit,
            field=None,
            starts_at=at(8),
            holder=holder,
            client=holder,
            now=NOW,
        )

    assert {hold_any("1").expert, hold_any("2").expert} == {first, second}
    assert hold_any("1") == hold_any("1")
    with pytest.raises(services.SlotTaken) as refusal:
        hold_any("3")
    assert refusal.value.alternatives[0].starts_at == at(8, 45)


def test_a_hold_is_extended_ten_times_at_most():
    held = hold(bookable(), at(8))

    for n in range(1, 11):
        held = services.extend_hold(holder="peramban", reservation=held, now=NOW + timedelta(minutes=n))
        assert held.expires_at == NOW + timedelta(minutes=n + 10)

    with pytest.raises(services.HoldExtendedEnough):
        services.extend_hold(holder="peramban", reservation=held, now=NOW + timedelta(minutes=11))


@pytest.mark.parametrize("swept", [True, False])
def test_a_lapsed_hold_is_extended_while_its_time_is_free(swept):
    held, later = hold(bookable(), at(8)), NOW + timedelta(minutes=30)
    if swept:
        services.release_lapsed(now=later)

    extended = services.extend_hold(holder="peramban", reservation=held, now=later)

    assert (extended.state, extended.expires_at) == ("held", later + timedelta(minutes=10))


def test_a_lapsed_hold_is_not_extended_over_the_next_visitors():
    expert = bookable()
    held, later = hold(expert, at(8)), NOW + timedelta(minutes=30)
    hold(expert, at(8), holder="lain", client="lain", now=later)

    with pytest.raises(services.SlotTaken) as refusal:
        services.extend_hold(holder="peramban", reservation=held, now=later)

    assert refusal.value.extra["alternatives"][0]["starts_at"] == at(8, 45).isoformat()


def test_what_is_requested_or_given_back_is_not_extended():
    held, given_back = hold(bookable(), at(8)), hold(bookable(), at(8))
    services.claim(held, holder="peramban", now=NOW)
    services.release(holder="peramban", reservation=given_back, now=NOW)

    for reservation in (held, given_back):
        with pytest.raises(services.HoldLapsed):
            services.extend_hold(holder="peramban", reservation=reservation, now=NOW)


def test_a_foreign_hold_is_neither_released_nor_extended_nor_claimed():
    held = hold(bookable(), at(8))

    with pytest.raises(NotPermitted):
        services.release(holder="lain", reservation=held, now=NOW)
    with pytest.raises(NotPermitted):
        services.extend_hold(holder="lain", reservation=held, now=NOW)
    with pytest.raises(NotPermitted):
        services.claim(held, holder="lain", now=NOW)
    with pytest.raises(Reservation.DoesNotExist):
        queries.hold_of("lain", held.pk)

    held.refresh_from_db()
    assert (held.state, held.extensions) == ("held", 0)


def test_a_released_time_is_free_at_once():
    expert = bookable()
    held = hold(expert, at(8))

    services.release(holder="peramban", reservation=held, now=NOW)

    assert all(slot.free for slot in queries.slots(expert, MONDAY, MONDAY, now=NOW))
    assert hold(expert, at(8), holder="lain").state == "held"


def test_an_expert_who_is_not_shown_cannot_be_held():
    with pytest.raises(services.SlotNotOffered):
        hold(bookable(is_public=False), at(8))
