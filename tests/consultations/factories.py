"""Consultations as they come about: through the services, or bare where a test needs only a row."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory as ModelFactory

from halopst.accounts.actors import actor_for
from halopst.accounts.models import Membership, User
from halopst.consultations import services
from halopst.consultations.models import CalendarFeed, Consultation, Policy
from halopst.consultations.queries import feed_hash
from halopst.core.actors import ANONYMOUS, Actor
from halopst.satisfaction.reference import load_instrument
from halopst.scheduling import services as scheduling
from halopst.scheduling.models import Expert
from halopst.units.models import Unit
from halopst.units.reference import load_services
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.cases.factories import CaseFactory
from tests.scheduling.factories import NOW, ExpertFactory, ReservationFactory, bookable
from tests.units.factories import UnitFactory

# Monday 23 November 2026, 09.30 WIB: a time the expert below offers.
AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
LINK = "https://rapat.contoh.id/j/81234567890"


class ConsultationFactory(ModelFactory[Consultation]):
    class Meta:
        model = Consultation

    case = factory.SubFactory(CaseFactory)
    expert = factory.SubFactory(ExpertFactory, unit=factory.SelfAttribute("..case.unit"))
    reservation = factory.SubFactory(
        ReservationFactory,
        unit=factory.SelfAttribute("..case.unit"),
        expert=factory.SelfAttribute("..expert"),
    )
    mode = "zoom"
    topic = "Garis kemiskinan"
    need = "Apakah angka 2021 dan 2026 dapat dibandingkan?"
    purpose = "penelitian"
    submitted_at = NOW
    answer_due_at = NOW + timedelta(days=1)


class PolicyFactory(ModelFactory[Policy]):
    class Meta:
        model = Policy

    unit = factory.SubFactory(UnitFactory)


class CalendarFeedFactory(ModelFactory[CalendarFeed]):
    class Meta:
        model = CalendarFeed

    user = factory.SubFactory(UserFactory)
    secret_hash = factory.LazyFunction(lambda: feed_hash(uuid4().hex))


def working_expert(unit: Unit | None = None, **fields) -> Expert:
    """An expert with hours, who works in the office they advise for."""
    load_services()
    load_instrument()
    expert = bookable(unit, **fields)
    MembershipFactory(user=expert.user, unit=expert.unit, role=Membership.Role.OFFICER)
    return expert


def actor_of(user: User) -> Actor:
    return actor_for(User.objects.get(pk=user.pk))


def lead_of(unit: Unit) -> Actor:
    return actor_of(MembershipFactory(unit=unit, role=Membership.Role.TEAM_LEAD).user)


def a_hold(expert: Expert, *, at: datetime = AT, actor: Actor = ANONYMOUS, now: datetime = NOW):
    holder = uuid4().hex
    return scheduling.hold(
        actor, expert=expert, starts_at=at, holder=holder, client=f"jaringan-{holder}", now=now
    )


def a_request(
    expert: Expert | None = None,
    *,
    visitor: User | None = None,
    at: datetime = AT,
    now: datetime = NOW,
    mode: str = "zoom",
    phone: str = "",
) -> Consultation:
    """Asked for, not yet answered."""
    asking = actor_of(visitor or UserFactory(name="Dwi Lestari"))
    held = a_hold(expert or working_expert(), at=at, actor=asking, now=now)
    return services.request(
        asking,
        reservation=held,
        holder=held.holder,
        mode=mode,
        topic="Garis kemiskinan 2021–2026",
        need="Apakah angka 2021 dan 2026 dapat dibandingkan langsung?",
        purpose="penelitian",
        phone=phone,
        now=now,
    )


def officer_of(row: Consultation) -> Actor:
    return actor_of(row.expert.user)


def visitor_of(row: Consultation) -> Actor:
    return actor_of(row.case.visitor)


def an_agreed(expert: Expert | None = None, *, now: datetime = NOW, **kwargs) -> Consultation:
    row = a_request(expert, now=now, **kwargs)
    return services.approve(officer_of(row), row, link=LINK, now=now)


def an_ongoing(expert: Expert | None = None, **kwargs) -> Consultation:
    row = an_agreed(expert, **kwargs)
    return services.start(officer_of(row), row, now=row.reservation.starts_at)


def a_finished(expert: Expert | None = None, **kwargs) -> Consultation:
    row = an_ongoing(expert, **kwargs)
    return services.finish(
        officer_of(row),
        row,
        result="found",
        summary="Angkanya dapat dibandingkan.",
        now=row.reservation.ends_at,
    )
