from datetime import UTC, date, datetime, time, timedelta

import factory
from factory.django import DjangoModelFactory as ModelFactory
from psycopg.types.range import TimestamptzRange

from halopst.calendars.reference import load_service_hours
from halopst.scheduling.models import (
    Availability,
    AvailabilityException,
    BookingPolicy,
    Expert,
    Field,
    Leave,
    OfficeDay,
    Reservation,
)
from tests.accounts.factories import UserFactory
from tests.units.factories import UnitFactory

# Friday 20 November 2026, 09.00 WIB; the Monday after it is an ordinary working day.
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
TEN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


class FieldFactory(ModelFactory[Field]):
    class Meta:
        model = Field

    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"Bidang {n}")
    slug = factory.Sequence(lambda n: f"bidang-{n}")


class ExpertFactory(ModelFactory[Expert]):
    class Meta:
        model = Expert

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    display_name = factory.Sequence(lambda n: f"Ning Contoh {n}")
    title = "Statistisi Ahli Muda"


class BookingPolicyFactory(ModelFactory[BookingPolicy]):
    class Meta:
        model = BookingPolicy

    unit = factory.SubFactory(UnitFactory)


class OwnedByExpert(ModelFactory):
    """Accepts the unit its expert works in, as the tenancy test hands it over."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        unit = kwargs.pop("expert__unit", None)
        if unit is not None:
            kwargs["expert"] = ExpertFactory(unit=unit)
        return super()._create(model_class, *args, **kwargs)


class AvailabilityFactory(OwnedByExpert):
    class Meta:
        model = Availability

    expert = factory.SubFactory(ExpertFactory)
    weekday = 0
    starts_at = time(8)
    ends_at = time(12)


class AvailabilityExceptionFactory(OwnedByExpert):
    class Meta:
        model = AvailabilityException

    expert = factory.SubFactory(ExpertFactory)
    kind = AvailabilityException.Kind.BLOCKED
    starts_at = TEN
    ends_at = TEN + timedelta(hours=1)


class LeaveFactory(OwnedByExpert):
    class Meta:
        model = Leave

    expert = factory.SubFactory(ExpertFactory)
    first_day = MONDAY
    last_day = MONDAY


class OfficeDayFactory(ModelFactory[OfficeDay]):
    class Meta:
        model = OfficeDay

    unit = factory.SubFactory(UnitFactory)
    day = MONDAY


class ReservationFactory(ModelFactory[Reservation]):
    class Meta:
        model = Reservation

    unit = factory.SubFactory(UnitFactory)
    expert = factory.SubFactory(ExpertFactory, unit=factory.SelfAttribute("..unit"))
    starts_at = TEN
    ends_at = factory.LazyAttribute(lambda r: r.starts_at + timedelta(minutes=45))
    blocked = factory.LazyAttribute(lambda r: TimestamptzRange(r.starts_at, r.ends_at))
    day = factory.LazyAttribute(lambda r: r.starts_at.astimezone(r.unit.tz).date())
    state = Reservation.State.REQUESTED
    holder = factory.Sequence(lambda n: f"peramban-{n}")
    client = factory.Sequence(lambda n: f"jaringan-{n}")
    expires_at = factory.LazyAttribute(
        lambda r: NOW + timedelta(minutes=10) if r.state == Reservation.State.HELD else None
    )


def bookable(unit=None, *, weekdays=range(5), **fields):
    """An expert who meets visitors on working days from eight to twelve and from one to three."""
    load_service_hours()
    expert = ExpertFactory(**({"unit": unit} if unit else {}), **fields)
    for weekday in weekdays:
        AvailabilityFactory(expert=expert, weekday=weekday, starts_at=time(8), ends_at=time(12))
        AvailabilityFactory(expert=expert, weekday=weekday, starts_at=time(13), ends_at=time(15))
    return expert
