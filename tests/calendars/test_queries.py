from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from halopst.calendars.models import Holiday, Interval, Schedule
from halopst.calendars.queries import OpenState, calendar_of, calendars_of, open_now
from halopst.calendars.reference import load_national_holidays, load_service_hours
from tests.calendars.factories import (
    HolidayDecreeFactory,
    HolidayFactory,
    IntervalFactory,
    JointLeaveFactory,
    ScheduleFactory,
)
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
FIRST, MONDAY, WEDNESDAY, LAST = (date(2026, 11, day) for day in (1, 23, 25, 30))
SPECIAL = Schedule.Kind.SPECIAL


def wib(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


def hours(unit, day=MONDAY):
    """The local opening and closing of a day, as people write them."""
    spans = calendar_of(unit, FIRST, LAST).intervals(day)
    return [tuple(f"{at.astimezone(unit.tz):%H.%M}" for at in span) for span in spans]


def one_day_week(owner, opens, kind=Schedule.Kind.REGULAR, period=None):
    schedule = ScheduleFactory(unit=owner, kind=kind, period=period or DateRange(date(2026, 1, 1), None))
    IntervalFactory(schedule=schedule, weekday=0, opens=time(opens), closes=time(15))


def test_hours_fall_back_from_the_office_to_its_province_to_the_platform():
    unit = UnitFactory()
    load_service_hours()
    assert hours(unit) == [("08.00", "15.30")]

    one_day_week(unit.parent, 9)
    assert hours(unit) == [("09.00", "15.00")]

    one_day_week(unit, 10)
    assert hours(unit) == [("10.00", "15.00")]
    assert hours(unit.parent) == [("09.00", "15.00")]
    assert hours(UnitFactory()) == [("08.00", "15.30")]


def test_the_hours_of_the_head_office_are_its_own_only():
    unit = UnitFactory()
    load_service_hours()
    one_day_week(unit.parent.parent, 7)

    assert hours(unit.parent.parent) == [("07.00", "15.00")]
    assert hours(unit.parent) == [("08.00", "15.30")]


def test_special_hours_of_anyone_above_go_before_regular_ones():
    unit = UnitFactory()
    one_day_week(unit, 10)
    one_day_week(None, 9, SPECIAL, DateRange(MONDAY, date(2026, 11, 28)))
    assert hours(unit) == [("09.00", "15.00")]
    assert hours(unit, date(2026, 11, 30)) == [("10.00", "15.00")]

    one_day_week(unit, 11, SPECIAL, DateRange(MONDAY, date(2026, 11, 28)))
    assert hours(unit) == [("11.00", "15.00")]


def test_earlier_hours_still_hold_for_earlier_days():
    unit = UnitFactory()
    one_day_week(unit, 8, period=DateRange(date(2026, 1, 1), date(2026, 11, 20)))
    one_day_week(unit, 9, period=DateRange(date(2026, 11, 20), None))

    assert hours(unit, date(2026, 11, 16)) == [("08.00", "15.00")]
    assert hours(unit, MONDAY) == [("09.00", "15.00")]


@pytest.mark.parametrize("kind", list(Schedule.Kind))
def test_the_database_refuses_hours_that_overlap_in_time(kind):
    for owner in (UnitFactory(), None):
        ScheduleFactory(unit=owner, kind=kind)
        with pytest.raises(IntegrityError, match="hours_do_not_overlap"), transaction.atomic():
            ScheduleFactory(unit=owner, kind=kind, period=DateRange(date(2026, 6, 1), date(2026, 6, 2)))
    assert Schedule.objects.count() == 2


def test_the_database_refuses_intervals_that_overlap_on_a_day():
    morning = IntervalFactory(closes=time(12))
    IntervalFactory(schedule=morning.schedule, opens=time(12), closes=time(15))
    IntervalFactory(schedule=morning.schedule, weekday=1)
    with pytest.raises(IntegrityError, match="hours_of_a_day_do_not_overlap"), transaction.atomic():
        IntervalFactory(schedule=morning.schedule, opens=time(11, 59), closes=time(12, 30))
    with pytest.raises(IntegrityError, match="hours_open_before_they_close"), transaction.atomic():
        IntervalFactory(schedule=morning.schedule, weekday=3, opens=time(12), closes=time(12))
    assert Interval.objects.count() == 3


def test_holidays_come_down_from_the_nation_and_the_province():
    unit, elsewhere = UnitFactory(), UnitFactory()
    HolidayFactory(decree__unit=None, date=MONDAY, name="Nasional", kind=Holiday.Kind.NATIONAL)
    HolidayFactory(decree__unit=unit.parent, date=WEDNESDAY, name="Pilkada")
    HolidayFactory(decree__unit=unit, date=date(2026, 11, 26), name="Hari jadi")

    assert calendar_of(unit, FIRST, LAST).closed == {
        MONDAY: "Nasional",
        WEDNESDAY: "Pilkada",
        date(2026, 11, 26): "Hari jadi",
    }
    assert calendar_of(elsewhere, FIRST, LAST).closed == {MONDAY: "Nasional"}


def test_joint_leave_closes_unless_the_office_or_its_province_says_otherwise():
    unit, sister = UnitFactory(), UnitFactory()
    HolidayFactory(decree__unit=None, date=MONDAY, kind=Holiday.Kind.JOINT_LEAVE)
    assert calendar_of(unit, FIRST, LAST).why_closed(MONDAY) == "Hari jadi kota"

    JointLeaveFactory(unit=unit.parent, is_closed=False)
    assert calendar_of(unit, FIRST, LAST).closed == {}
    assert MONDAY in calendar_of(sister, FIRST, LAST).closed

    JointLeaveFactory(unit=unit, is_closed=True)
    assert MONDAY in calendar_of(unit, FIRST, LAST).closed


def test_a_thousand_offices_cost_the_queries_of_one(django_assert_num_queries):
    units = UnitFactory.create_batch(3)
    for unit in units:
        ScheduleFactory(unit=unit, workweek=True)
        HolidayFactory(decree=HolidayDecreeFactory(unit=unit))
    for some in (units[:1], units):
        with django_assert_num_queries(4):
            calendars = calendars_of(some, FIRST, LAST)
        assert list(calendars) == [unit.pk for unit in some]


def test_open_now_says_until_when_and_when_again():
    load_service_hours()
    unit = UnitFactory()
    HolidayFactory(decree__unit=unit, date=date(2026, 11, 24), name="Hari jadi")

    assert open_now(unit, wib(23, 10)) == OpenState(
        open=True, until=wib(23, 15, 30), next_opening=wib(25, 8), reason=None
    )
    assert open_now(unit, wib(23, 16)) == OpenState(
        open=False, until=None, next_opening=wib(25, 8), reason=None
    )
    assert open_now(unit, wib(24, 10)) == OpenState(
        open=False, until=None, next_opening=wib(25, 8), reason="Hari jadi"
    )
    assert open_now(unit, wib(22, 10)) == OpenState(
        open=False, until=None, next_opening=wib(23, 8), reason="tidak ada layanan pada hari Minggu"
    )


def test_the_decrees_of_2025_and_2026_are_loaded_once():
    load_national_holidays()
    load_national_holidays()

    days = Holiday.objects.filter(decree__unit=None)
    assert days.filter(date__year=2025, kind="libur_nasional").count() == 17
    assert days.filter(date__year=2025, kind="cuti_bersama").count() == 11
    assert days.filter(date__year=2026, kind="libur_nasional").count() == 17
    assert days.filter(date__year=2026, kind="cuti_bersama").count() == 8
    assert calendar_of(UnitFactory(), date(2025, 8, 1), date(2025, 8, 31)).closed == {
        date(2025, 8, 17): "Proklamasi Kemerdekaan",
        date(2025, 8, 18): "Cuti Bersama Proklamasi Kemerdekaan",
    }


def test_what_an_office_changed_is_not_loaded_again():
    load_service_hours()
    load_national_holidays()
    Interval.objects.filter(weekday=4).update(closes=time(11))
    Holiday.objects.filter(date=date(2026, 12, 24)).delete()
    load_service_hours()
    load_national_holidays()

    assert hours(UnitFactory(), date(2026, 11, 27)) == [("08.00", "11.00")]
    assert not Holiday.objects.filter(date=date(2026, 12, 24)).exists()
