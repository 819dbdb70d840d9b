"""What experts and administrators look at while they keep profiles, hours, fields and policies."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from halopst.accounts.models import User
from halopst.calendars.queries import calendar_of
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.spelling import words
from halopst.scheduling import permissions, rules
from halopst.scheduling.models import (
    DAYS,
    Availability,
    AvailabilityException,
    BookingPolicy,
    Expert,
    Field,
    Leave,
    Reservation,
)
from halopst.scheduling.queries.experts import search_experts
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Weekday:
    """One line of the weekly hours."""

    name: str
    hours: list[Availability]


@dataclass(frozen=True, slots=True)
class Timetable:
    """All an expert has said about their time that is not over yet."""

    week: list[Weekday]
    exceptions: list[AvailabilityException]
    leaves: list[Leave]


def own_experts(actor: Actor) -> QuerySet[Expert]:
    """The profiles of the person themselves: one per office that lets visitors book them."""
    own: QuerySet[Expert] = Expert.objects.visible_to(actor).filter(user_id=actor.user_id or 0)
    return own.select_related("unit")


def expert_to_edit(actor: Actor, pk: int) -> Expert:
    """Raises `DoesNotExist` outside the actor's offices and `NotPermitted` for a colleague's profile."""
    expert: Expert = (
        Expert.objects.in_units(actor, permissions.VIEW).select_related("unit", "user").get(pk=pk)
    )
    if not permissions.may_edit(actor, user_id=expert.user_id, unit_id=expert.unit_id):
        raise NotPermitted
    return expert


def expert_to_manage(actor: Actor, pk: int) -> Expert:
    """As `expert_to_edit`, but only for those who manage the office."""
    expert = expert_to_edit(actor, pk)
    if not actor.may(permissions.MANAGE, expert.unit_id):
        raise NotPermitted
    return expert


def offices_managed(actor: Actor) -> QuerySet[Unit]:
    """The offices whose experts the actor looks after, from the province down."""
    managed: QuerySet[Unit] = Unit.objects.filter(pk__in=actor.units(permissions.MANAGE), is_active=True)
    return managed.order_by("code")


def unit_to_see(actor: Actor, slug: str) -> Unit:
    """Raises `DoesNotExist` for an unknown office and `NotPermitted` where the actor does not work."""
    return _unit_with(actor, slug, permissions.VIEW)


def unit_to_manage(actor: Actor, slug: str) -> Unit:
    """Raises `DoesNotExist` for an unknown office and `NotPermitted` for one someone else manages."""
    return _unit_with(actor, slug, permissions.MANAGE)


def timetable(expert: Expert, *, today: date) -> Timetable:
    """The expert's weekly hours, exceptions and leave from `today` on."""
    midnight = rules.whole_day(today, expert.unit.tz)[0]
    by_day: defaultdict[int, list[Availability]] = defaultdict(list)
    for hours in expert.availabilities.exclude(valid_until__lt=today):
        by_day[hours.weekday].append(hours)
    return Timetable(
        week=[Weekday(name=str(name), hours=by_day[day]) for day, name in DAYS],
        exceptions=list(expert.exceptions.filter(ends_at__gt=midnight)),
        leaves=list(expert.leaves.filter(last_day__gte=today)),
    )


def appointments_between(expert: Expert, start: datetime, end: datetime) -> QuerySet[Reservation]:
    """Times asked for or promised that touch the interval: leave does not move them, people must."""
    promised: QuerySet[Reservation] = Reservation.objects.filter(
        expert=expert, state__in=("requested", "confirmed"), starts_at__lt=end, ends_at__gt=start
    )
    return promised


def appointments_on_days(expert: Expert, first: date, last: date) -> QuerySet[Reservation]:
    zone = expert.unit.tz
    return appointments_between(expert, rules.whole_day(first, zone)[0], rules.whole_day(last, zone)[1])


def staff_experts(actor: Actor, unit: Unit, text: str = "") -> list[Expert]:
    """The experts of an office for those who work there, hidden and retired ones last."""
    found = search_experts(unit, text, actor=actor)
    return sorted(found, key=lambda expert: not (expert.is_active and expert.is_public))


def members_who_could_be_experts(unit: Unit, text: str = "") -> list[User]:
    """People with a role in the office who are not yet its experts, by name; `text` forgives slips."""
    people = User.objects.filter(is_active=True, memberships__unit=unit).exclude(experts__unit=unit)
    named = sorted(people.distinct(), key=lambda user: str(user).casefold())
    described = [(user, words(f"{user.name} {user.email}")) for user in named]
    return rules.ranked(rules.sought(text), described)


def member(unit: Unit, pk: int) -> User:
    """Raises `User.DoesNotExist` for anyone without a role in the office."""
    user: User = User.objects.filter(is_active=True, memberships__unit=unit).distinct().get(pk=pk)
    return user


def line_of(expert: Expert, kind: str, pk: int) -> Availability | AvailabilityException | Leave:
    """One line of the expert's timetable; raises `DoesNotExist` when there is none of that kind."""
    if kind == "jam":
        return expert.availabilities.get(pk=pk)
    return expert.exceptions.get(pk=pk) if kind == "kecuali" else expert.leaves.get(pk=pk)


def all_fields(unit: Unit) -> QuerySet[Field]:
    """The office's fields in order, hidden ones too, with how many experts each has."""
    fields: QuerySet[Field] = Field.objects.filter(unit=unit)
    return fields.annotate(
        expert_count=Count("experts", filter=Q(experts__is_active=True), distinct=True)
    ).order_by("position", "pk")


def own_policy(expert: Expert) -> BookingPolicy | None:
    return BookingPolicy.objects.filter(expert=expert).first()


def _unit_with(actor: Actor, slug: str, permission: str) -> Unit:
    unit: Unit = Unit.objects.visible_to(actor).get(slug=slug)
    if not actor.may(permission, unit.pk):
        raise NotPermitted
    return unit


def weekdays_without_service(unit: Unit, weekdays: Iterable[int], *, today: date) -> list[str]:
    """Those of the `weekdays` (0 is Monday) on which the office opens at no time in four weeks."""
    near = [today + timedelta(days=n) for n in range(28)]
    calendar = calendar_of(unit, near[0], near[-1])
    served = {day.weekday() for day in near if calendar.intervals(day)}
    return [str(name) for number, name in DAYS if number in set(weekdays) - served]
