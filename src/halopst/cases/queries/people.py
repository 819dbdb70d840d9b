"""Who works where, seen from a case."""

from datetime import date
from operator import itemgetter

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from halopst.accounts.models import Membership, User
from halopst.accounts.queries import holders
from halopst.cases.models import Case
from halopst.cases.permissions import MANAGE, VIEW, WORK
from halopst.cases.rules import LIVING
from halopst.core.actors import Actor
from halopst.scheduling.queries import away
from halopst.units.models import ServiceKind, Unit


def works_at(person: User, unit: Unit) -> bool:
    """True when `person` may be given the cases of `unit`."""
    return holders(WORK, unit).filter(pk=person.pk).exists()


def officers_at(unit: Unit) -> QuerySet[User]:
    """Who may be given the cases of `unit`, by name."""
    return holders(WORK, unit).order_by(Lower("name"), "pk")


def loads_at(unit: Unit) -> list[tuple[User, int]]:
    """Each of `officers_at` with the number of cases they have in hand."""
    in_hand = (
        Case.objects.filter(officer=OuterRef("pk"), state__in=sorted(LIVING))
        .order_by()
        .values("officer")
        .annotate(count=Count("pk"))
        .values("count")
    )
    officers = officers_at(unit).annotate(load=Coalesce(Subquery(in_hand), 0))
    return [(person, getattr(person, "load", 0)) for person in officers]


def next_officer(unit: Unit, day: date) -> User | None:
    """The officer of `unit` itself, not on leave that day, with the fewest cases in hand."""
    here = User.objects.filter(memberships__unit=unit, memberships__role=Membership.Role.OFFICER)
    out = set(away(unit, day).values_list("user_id", flat=True))
    own = set(here.values_list("pk", flat=True)) - out
    free = [(person, load) for person, load in loads_at(unit) if person.pk in own]
    return min(free, key=itemgetter(1))[0] if free else None


def leads_of(unit: Unit) -> list[User]:
    """Who answers for the work of `unit` itself: its team leads, or without any its head."""
    for role in ("ketua_tim", "kepala"):
        found = User.objects.filter(is_active=True, memberships__unit=unit, memberships__role=role).distinct()
        if leads := list(found.order_by("pk")):
            return leads
    return list(holders(MANAGE, unit).filter(memberships__unit=unit).distinct().order_by("pk"))


def offices_of(actor: Actor) -> list[Unit]:
    """The offices whose requests `actor` reads."""
    return list(Unit.objects.visible_to(actor).filter(pk__in=actor.units(VIEW)).order_by("code"))


def service_kinds() -> list[ServiceKind]:
    return list(ServiceKind.objects.filter(is_active=True))


def people_known_to(actor: Actor, unit: Unit) -> QuerySet[User]:
    """For whom `actor` may register a request at `unit`: themself, or as its staff anyone with an account."""
    everyone: QuerySet[User] = User.objects.filter(is_active=True)
    return everyone if actor.may(WORK, unit.pk) else everyone.filter(pk=actor.user_id or 0)
