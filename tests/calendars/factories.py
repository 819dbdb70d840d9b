from datetime import date, time

import factory
from factory.django import DjangoModelFactory as ModelFactory
from psycopg.types.range import DateRange

from halopst.calendars.models import Holiday, HolidayDecree, Interval, JointLeave, Schedule
from tests.units.factories import UnitFactory


class ScheduleFactory(ModelFactory[Schedule]):
    """Without intervals; `workweek=True` opens it Monday to Friday, 08.00 to 15.30."""

    class Meta:
        model = Schedule
        skip_postgeneration_save = True

    unit = factory.SubFactory(UnitFactory)
    kind = Schedule.Kind.REGULAR
    title = "Jam layanan"
    period = DateRange(date(2026, 1, 1), None)

    @factory.post_generation
    def workweek(self, _create, extracted, **_kwargs):
        if extracted:
            for weekday in range(5):
                IntervalFactory(schedule=self, weekday=weekday)


class IntervalFactory(ModelFactory[Interval]):
    class Meta:
        model = Interval

    schedule = factory.SubFactory(ScheduleFactory)
    weekday = 0
    opens = time(8)
    closes = time(15, 30)


class JointLeaveFactory(ModelFactory[JointLeave]):
    class Meta:
        model = JointLeave

    unit = factory.SubFactory(UnitFactory)
    is_closed = False


class HolidayDecreeFactory(ModelFactory[HolidayDecree]):
    class Meta:
        model = HolidayDecree

    unit = factory.SubFactory(UnitFactory)
    title = "Libur daerah"
    number = factory.Sequence(lambda n: f"{n}/KEP/2026")
    decided_on = date(2026, 1, 2)


class HolidayFactory(ModelFactory[Holiday]):
    class Meta:
        model = Holiday

    decree = factory.SubFactory(HolidayDecreeFactory)
    date = date(2026, 11, 25)
    name = "Hari jadi kota"
    kind = Holiday.Kind.LOCAL
