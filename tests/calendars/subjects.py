from datetime import date

from psycopg.types.range import DateRange

from halopst.calendars.models import Schedule
from tests.access.people import subject
from tests.calendars.factories import HolidayDecreeFactory, HolidayFactory, ScheduleFactory


@subject("calendar")
def calendar(world, place, _who):
    return {"kwargs": {"owner": world.unit_at(place).slug}}


@subject("public-calendar")
def public_calendar(world, place, _who):
    return {"kwargs": {"slug": world.unit_at(place).slug}}


@subject("special-hours")
def special_hours(world, place, _who):
    schedule = ScheduleFactory(
        unit=world.unit_at(place),
        kind=Schedule.Kind.SPECIAL,
        period=DateRange(date(2026, 2, 18), date(2026, 3, 20)),
    )
    return {"kwargs": {"pk": schedule.pk}}


@subject("decree")
def decree(world, place, _who):
    return {"kwargs": {"pk": HolidayDecreeFactory(unit=world.unit_at(place)).pk}}


@subject("holiday")
def holiday(world, place, _who):
    return {"kwargs": {"pk": HolidayFactory(decree__unit=world.unit_at(place)).pk}}
