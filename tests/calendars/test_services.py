from datetime import date, time

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from halopst.accounts.actors import actor_for
from halopst.audit.models import Entry
from halopst.calendars import services
from halopst.calendars.events import CalendarChanged
from halopst.calendars.models import Holiday, HolidayDecree, Interval, JointLeave, Schedule
from halopst.calendars.queries import calendar_of
from halopst.calendars.reference import load_national_holidays, load_service_hours
from halopst.core.errors import JustRemoved, NotPermitted
from tests.accounts.factories import MembershipFactory
from tests.calendars.factories import HolidayDecreeFactory, HolidayFactory, ScheduleFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
NINE_TO_THREE = ((time(9), time(15)),)
WEEK = dict.fromkeys(range(5), NINE_TO_THREE)
FOREVER = "9999-12-31"


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def told(monkeypatch):
    """The facts published, in order."""
    facts = []
    for module in ("hours", "holidays"):
        monkeypatch.setattr(f"halopst.calendars.services.{module}.publish", facts.append)
    return facts


def admin_of(unit):
    return actor_for(MembershipFactory(unit=unit, role="admin").user)


def hours(unit, day=MONDAY):
    spans = calendar_of(unit, date(2026, 1, 1), date(2026, 12, 31)).intervals(day)
    return [tuple(f"{at.astimezone(unit.tz):%H.%M}" for at in span) for span in spans]


def set_hours(actor, unit, weekly, effective_from=MONDAY):
    return services.set_weekly_hours(
        actor,
        unit,
        effective_from=effective_from,
        weekly=weekly,
        title="Jam layanan",
        legal_basis="SK 1/2026",
    )


def special(actor, unit, first, last, weekly=WEEK):
    return services.add_special_hours(
        actor, unit, title="Ramadan", first=first, last=last, weekly=weekly, legal_basis=""
    )


def test_an_offices_hours_hold_from_their_day_and_the_past_keeps_its_own(unit, told):
    actor = admin_of(unit)
    load_service_hours()
    set_hours(actor, unit, WEEK, date(2026, 3, 2))
    set_hours(actor, unit, {0: ((time(8), time(12)), (time(13), time(16)))}, MONDAY)

    assert hours(unit, date(2026, 2, 23)) == [("08.00", "15.30")]
    assert hours(unit, date(2026, 11, 16)) == [("09.00", "15.00")]
    assert hours(unit) == [("08.00", "12.00"), ("13.00", "16.00")]
    assert told == [
        CalendarChanged(unit_id=unit.pk, first="2026-03-02", last=FOREVER),
        CalendarChanged(unit_id=unit.pk, first="2026-11-23", last=FOREVER),
    ]
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.unit_id, entry.actor_id) == ("calendars.hours-set", unit.pk, actor.user_id)
    assert entry.details["changes"]["0"] == ["09.00-15.00", "08.00-12.00, 13.00-16.00"]


def test_hours_set_again_for_the_same_day_replace_the_first(unit):
    actor = admin_of(unit)
    set_hours(actor, unit, WEEK)
    set_hours(actor, unit, {0: NINE_TO_THREE})

    assert Schedule.objects.count() == 1
    assert Interval.objects.count() == 1


def test_hours_set_for_the_past_end_where_the_next_begin(unit, told):
    actor = admin_of(unit)
    set_hours(actor, unit, WEEK, MONDAY)
    set_hours(actor, unit, {0: NINE_TO_THREE}, date(2026, 1, 5))

    assert told[-1] == CalendarChanged(unit_id=unit.pk, first="2026-01-05", last="2026-11-22")
    assert hours(unit, date(2026, 11, 24)) == [("09.00", "15.00")]
    assert hours(unit, date(2026, 11, 17)) == []


def test_a_week_needs_an_hour_and_no_hours_that_overlap(unit):
    actor = admin_of(unit)
    with pytest.raises(services.NoOpenHours):
        set_hours(actor, unit, {0: ()})
    for wrong in ((time(9), time(9)), (time(15), time(9))), ((time(8), time(12)), (time(11), time(13))):
        with pytest.raises(services.HoursOverlap):
            set_hours(actor, unit, {0: wrong})
    assert not Schedule.objects.exists()
    assert not Entry.objects.exists()


def test_an_office_returns_to_the_hours_of_its_province(unit, told):
    actor = admin_of(unit)
    load_service_hours()
    set_hours(actor, unit, WEEK, date(2026, 3, 2))
    set_hours(actor, unit, {1: NINE_TO_THREE}, date(2026, 12, 1))
    services.inherit_hours(actor, unit, effective_from=MONDAY)

    assert hours(unit, date(2026, 11, 16)) == [("09.00", "15.00")]
    assert hours(unit) == [("08.00", "15.30")]
    assert hours(unit, date(2026, 12, 1)) == [("08.00", "15.30")]
    assert told[-1] == CalendarChanged(unit_id=unit.pk, first="2026-11-23", last=FOREVER)
    with pytest.raises(services.PlatformHoursStay):
        services.inherit_hours(admin_of(unit.parent.parent), None, effective_from=MONDAY)


def test_special_hours_are_added_changed_and_removed(unit, told):
    actor = admin_of(unit)
    load_service_hours()
    schedule = special(actor, unit, MONDAY, date(2026, 11, 27))
    assert hours(unit) == [("09.00", "15.00")]

    services.change_special_hours(
        actor,
        schedule,
        title="Renovasi",
        first=date(2026, 11, 20),
        last=MONDAY,
        weekly={},
        legal_basis="",
    )
    assert hours(unit) == []
    assert hours(unit, date(2026, 11, 24)) == [("08.00", "15.30")]

    services.remove_special_hours(actor, schedule)
    assert hours(unit) == [("08.00", "15.30")]
    assert [(fact.first, fact.last) for fact in told] == [
        ("2026-11-23", "2026-11-27"),
        ("2026-11-20", "2026-11-27"),
        ("2026-11-20", "2026-11-23"),
    ]
    with pytest.raises(JustRemoved):
        services.change_special_hours(
            actor, schedule, title="x", first=MONDAY, last=MONDAY, weekly={}, legal_basis=""
        )


def test_special_hours_do_not_overlap_nor_run_backwards_nor_for_years(unit):
    actor = admin_of(unit)
    special(actor, unit, MONDAY, date(2026, 11, 27))
    with pytest.raises(services.SpecialHoursOverlap):
        special(actor, unit, date(2026, 11, 27), date(2026, 11, 30))
    with pytest.raises(services.EndsBeforeItBegins):
        special(actor, unit, MONDAY, date(2026, 11, 22))
    with pytest.raises(services.TooLong):
        special(actor, unit, date(2027, 1, 1), date(2028, 12, 31))
    assert Schedule.objects.count() == 1


def test_the_head_office_keeps_the_platforms_hours(unit, told):
    load_service_hours()
    with pytest.raises(NotPermitted):
        set_hours(admin_of(unit.parent), None, WEEK)
    set_hours(admin_of(unit.parent.parent), None, WEEK)

    assert hours(unit) == [("09.00", "15.00")]
    assert hours(unit, date(2026, 11, 16)) == [("08.00", "15.30")]
    assert told == [CalendarChanged(unit_id=None, first="2026-11-23", last=FOREVER)]


@pytest.mark.parametrize("role", ["kepala", "ketua_tim", "petugas", "front_office", "auditor"])
def test_only_an_admin_changes_the_calendar(unit, role):
    actor = actor_for(MembershipFactory(unit=unit, role=role).user)
    holiday = HolidayFactory(decree__unit=unit)
    attempts = [
        lambda: set_hours(actor, unit, WEEK),
        lambda: special(actor, unit, MONDAY, MONDAY),
        lambda: services.inherit_hours(actor, unit, effective_from=MONDAY),
        lambda: services.remove_special_hours(actor, ScheduleFactory(unit=unit)),
        lambda: services.set_joint_leave(actor, unit, is_closed=False),
        lambda: services.remove_holiday(actor, holiday),
        lambda: services.remove_decree(actor, holiday.decree),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    assert not Entry.objects.exists()


def decree_for(actor, unit, number="1/KEP/2026"):
    return services.add_decree(
        actor, unit, title="Libur pilkada", number=number, decided_on=date(2026, 11, 2), legal_basis=""
    )


def test_a_local_holiday_closes_the_offices_it_covers_and_tells(unit, told):
    actor = admin_of(unit.parent)
    decree = decree_for(actor, unit.parent)
    assert told == []
    holiday = services.add_holiday(actor, decree, day=MONDAY, name="Pilkada", kind=Holiday.Kind.LOCAL)

    load_service_hours()
    assert hours(unit) == []
    services.change_holiday(
        actor, holiday, day=date(2026, 11, 25), name="Pilkada serentak", kind=Holiday.Kind.LOCAL
    )
    assert hours(unit) == [("08.00", "15.30")]
    services.remove_holiday(actor, Holiday.objects.get())

    assert [(fact.unit_id, fact.first, fact.last) for fact in told] == [
        (unit.parent.pk, "2026-11-23", "2026-11-23"),
        (unit.parent.pk, "2026-11-23", "2026-11-25"),
        (unit.parent.pk, "2026-11-25", "2026-11-25"),
    ]
    entry = Entry.objects.get(action="calendars.holiday-changed")
    assert (entry.unit_id, entry.actor_id) == (unit.parent.pk, actor.user_id)
    assert entry.details["changes"] == {
        "date": ["2026-11-23", "2026-11-25"],
        "name": ["Pilkada", "Pilkada serentak"],
    }


def test_national_days_are_for_national_decrees_and_local_ones_for_local(unit):
    actor = admin_of(unit.parent.parent)
    for owner, kind in ((None, Holiday.Kind.LOCAL), (unit, Holiday.Kind.JOINT_LEAVE)):
        with pytest.raises(services.WrongKindOfHoliday):
            services.add_holiday(actor, HolidayDecreeFactory(unit=owner), day=MONDAY, name="x", kind=kind)
    assert not Holiday.objects.exists()


def test_a_date_and_a_number_stand_once(unit):
    actor = admin_of(unit)
    decree = decree_for(actor, unit)
    services.add_holiday(actor, decree, day=MONDAY, name="Pilkada", kind=Holiday.Kind.LOCAL)
    with pytest.raises(services.DateTaken):
        services.add_holiday(actor, decree, day=MONDAY, name="Lagi", kind=Holiday.Kind.LOCAL)
    with pytest.raises(services.DecreeNumberTaken):
        decree_for(actor, unit)
    assert Holiday.objects.count() == 1


def test_a_decree_is_changed_and_taken_back_with_all_its_days(unit, told):
    actor = admin_of(unit)
    decree = decree_for(actor, unit)
    for day in (MONDAY, date(2026, 11, 25)):
        services.add_holiday(actor, decree, day=day, name="Libur", kind=Holiday.Kind.LOCAL)
    services.change_decree(
        actor, decree, title="Baru", number="2/KEP/2026", decided_on=date(2026, 11, 3), legal_basis=""
    )
    decree.refresh_from_db()
    services.remove_decree(actor, decree)

    assert told[-1] == CalendarChanged(unit_id=unit.pk, first="2026-11-23", last="2026-11-25")
    assert Entry.objects.latest("pk").details == {
        "number": "2/KEP/2026",
        "title": "Baru",
        "days": ["2026-11-23 Libur", "2026-11-25 Libur"],
    }
    assert not Holiday.objects.exists()


def test_a_removed_national_decree_is_not_loaded_again(unit):
    load_national_holidays()
    decree = HolidayDecree.objects.get(decided_on=date(2025, 8, 7))
    services.remove_decree(admin_of(unit.parent.parent), decree)
    load_national_holidays()

    assert HolidayDecree.objects.count() == 2


def test_joint_leave_is_an_offices_choice_and_told_once(unit, told):
    actor = admin_of(unit)
    services.set_joint_leave(actor, unit, is_closed=False)
    services.set_joint_leave(actor, unit, is_closed=False)

    assert JointLeave.objects.get().is_closed is False
    assert told == [CalendarChanged(unit_id=unit.pk, first="0001-01-01", last=FOREVER)]


def test_an_office_that_moves_to_another_zone_has_another_calendar(unit, told):
    services.announce_zone(unit.pk)

    assert told == [CalendarChanged(unit_id=unit.pk, first="0001-01-01", last=FOREVER)]
    assert not ProcrastinateJob.objects.exists()
