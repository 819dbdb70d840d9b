"""Times on offer cost the same few queries whatever the office's size, and name why a day is closed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.calendars.models import Holiday, HolidayDecree
from halopst.scheduling import queries
from tests.scheduling.factories import (
    MONDAY,
    NOW,
    TEN,
    BookingPolicyFactory,
    FieldFactory,
    LeaveFactory,
    ReservationFactory,
    bookable,
)
from tests.scheduling.test_holds import at

pytestmark = pytest.mark.django_db
WEEK = (MONDAY, MONDAY + timedelta(days=6))


def busy_office(experts):
    first = bookable()
    field = FieldFactory(unit=first.unit)
    field.experts.add(first)
    for _ in range(experts - 1):
        field.experts.add(bookable(first.unit))
    for expert in field.experts.all():
        LeaveFactory(expert=expert, first_day=WEEK[1], last_day=WEEK[1])
        for hour in (8, 13):
            ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(hour))
    return field


ASK = {
    "slots": lambda field: queries.slots(field.experts.first(), *WEEK, now=NOW),
    "any": lambda field: queries.any_expert_slots(field.unit, field, *WEEK, now=NOW),
    "summary": lambda field: queries.day_summary(field, *WEEK, now=NOW),
    "nearest": lambda field: queries.nearest(field, TEN, now=NOW),
    "first": lambda field: queries.first_free(queries.candidates(field), now=NOW),
}


@pytest.mark.parametrize("ask", ASK)
def test_one_expert_and_three_cost_the_same_queries(ask):
    def cost(field):
        with CaptureQueriesContext(connection) as spent:
            assert ASK[ask](field)
        return len(spent)

    one, three = busy_office(1), busy_office(3)

    assert cost(one) == cost(three) <= 13


def test_a_day_says_how_much_is_free_and_why_it_is_closed():
    expert = bookable()
    decree = HolidayDecree.objects.create(number="SKB 1/2026", title="Contoh", decided_on=MONDAY)
    Holiday.objects.create(decree=decree, date=MONDAY + timedelta(days=1), name="Hari Contoh", kind="libur")
    LeaveFactory(expert=expert, first_day=MONDAY + timedelta(days=2), last_day=MONDAY + timedelta(days=2))
    ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(8))

    monday, tuesday, wednesday, *_, sunday = queries.day_summary(expert, *WEEK, now=NOW)

    assert (monday.total, monday.free, monday.reason) == (7, 6, "")
    assert (tuesday.total, tuesday.reason) == (0, "Hari Contoh")
    assert (wednesday.total, wednesday.reason) == (0, "")
    assert "Minggu" in sunday.reason


def test_the_nearest_times_lie_on_both_sides_of_the_wish():
    expert = bookable()
    ReservationFactory(expert=expert, unit=expert.unit, starts_at=at(9, 30))

    assert [s.starts_at for s in queries.nearest(expert, at(9, 30), now=NOW)] == [
        at(8),
        at(8, 45),
        at(10, 15),
    ]


def test_the_nearest_times_are_found_as_far_as_the_horizon_and_no_farther():
    expert = bookable()
    LeaveFactory(expert=expert, first_day=NOW.date(), last_day=MONDAY + timedelta(days=20))
    far = queries.nearest(expert, at(8), now=NOW)
    LeaveFactory(expert=expert, first_day=NOW.date(), last_day=MONDAY + timedelta(days=40))

    assert far[0].starts_at == at(8) + timedelta(days=21)
    assert queries.nearest(expert, at(8), now=NOW) == []


def test_the_earliest_free_time_of_each_expert():
    free = bookable()
    busy, away = bookable(free.unit), bookable(free.unit)
    BookingPolicyFactory(unit=free.unit, horizon_days=7)
    ReservationFactory(expert=busy, unit=busy.unit, starts_at=at(8))
    LeaveFactory(expert=away, first_day=NOW.date(), last_day=MONDAY + timedelta(days=40))
    for expert in (free, busy):
        LeaveFactory(expert=expert, first_day=NOW.date(), last_day=NOW.date())

    found = queries.first_free([free, busy, away], now=NOW)

    assert {pk: slot.starts_at for pk, slot in found.items()} == {free.pk: at(8), busy.pk: at(8, 45)}
    assert queries.first_free([], now=NOW) == {}


@pytest.mark.parametrize(("first", "last"), [(0, -1), (0, 201), (500, 501), (-500, -499)])
def test_a_range_of_days_nobody_needs_is_refused(first, last):
    with pytest.raises(queries.BadPeriod):
        queries.slots(bookable(), MONDAY + timedelta(days=first), MONDAY + timedelta(days=last), now=NOW)
