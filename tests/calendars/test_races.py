"""At the same moment, on real connections: hours of one office never overlap, and every change is told."""

from datetime import date, time, timedelta

import pytest
from django.db import connection

from halopst.audit.models import Entry
from halopst.calendars import services
from halopst.calendars.models import Schedule
from halopst.core.actors import SYSTEM
from tests.races import all_at_once
from tests.units.factories import UnitFactory

AT_ONCE = 6
FIRST = date(2026, 2, 18)
WEEK = dict.fromkeys(range(5), ((time(8), time(15)),))

pytestmark = pytest.mark.django_db(transaction=True)


def special(unit, number):
    """Ramadan as six admins see it: each a day later, all overlapping."""
    first = FIRST + timedelta(days=number)
    return services.add_special_hours(
        SYSTEM,
        unit,
        title=f"Ramadan {number}",
        first=first,
        last=first + timedelta(days=29),
        weekly=WEEK,
        legal_basis="",
    )


def test_of_six_special_periods_that_overlap_one_is_kept():
    unit = UnitFactory()
    outcomes = all_at_once(*[lambda n=n: special(unit, n) for n in range(AT_ONCE)])

    refused = [outcome for outcome in outcomes if isinstance(outcome, services.SpecialHoursOverlap)]
    assert len(refused) == AT_ONCE - 1
    assert Schedule.objects.count() == 1
    assert Entry.objects.filter(action="calendars.special-hours-added").count() == 1


def test_control_without_the_constraint_all_six_are_kept():
    """The negative control: what the database no longer forbids, happens."""
    constraint = next(c for c in Schedule._meta.constraints if c.name == "special_hours_do_not_overlap")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Schedule, constraint)
    try:
        all_at_once(*[lambda n=n, u=unit: special(u, n) for unit in [UnitFactory()] for n in range(AT_ONCE)])
        assert Schedule.objects.count() == AT_ONCE
    finally:
        Schedule.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Schedule, constraint)


def test_hours_set_at_once_leave_one_unbroken_line():
    unit = UnitFactory()
    services.set_weekly_hours(SYSTEM, unit, effective_from=FIRST, weekly=WEEK, title="Awal", legal_basis="")

    def change(number):
        return services.set_weekly_hours(
            SYSTEM,
            unit,
            effective_from=FIRST + timedelta(days=number),
            weekly=WEEK,
            title=f"Jam {number}",
            legal_basis="",
        )

    outcomes = all_at_once(*[lambda n=n: change(n) for n in range(1, AT_ONCE + 1)])

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    kept = list(Schedule.objects.filter(unit=unit).order_by("period"))
    assert [schedule.first_day for schedule in kept] == [
        FIRST + timedelta(days=n) for n in range(AT_ONCE + 1)
    ]
    assert [schedule.last_day for schedule in kept] == [
        *(FIRST + timedelta(days=n) for n in range(AT_ONCE)),
        None,
    ]
