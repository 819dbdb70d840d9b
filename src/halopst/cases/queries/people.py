"""Who works where, seen from a case."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from halopst.accounts.models import Membership, User
from halopst.accounts.roles import ROLES
from halopst.cases.models import Case
from halopst.cases.permissions import MANAGE, WORK
from halopst.cases.rules import LIVING
from halopst.units.models import Unit


def _holders(permission: str, unit: Unit) -> QuerySet[User]:
    """Active people who hold `permission` in `unit`, there or from an office above it."""
    roles = [role for role, permissions in ROLES.items() if permission in permissions]
    above = Q(unit=unit) | Q(unit__children=unit) | Q(unit__children__children=unit)
    holding = Membership.objects.filter(above, role__in=roles).values("user")
    return User.objects.filter(is_active=True, pk__in=holding)


def works_at(person: User, unit: Unit) -> bool:
    """True when `person` may be given the cases of `unit`."""
    return _holders(WORK, unit).filter(pk=person.pk).exists()


def officers_at(unit: Unit) -> QuerySet[User]:
    """Who may be given the cases of `unit`, by name, each with `load`: how many cases they have in hand."""
    in_hand = (
        Case.objects.filter(officer=OuterRef("pk"), state__in=sorted(LIVING))
        .order_by()
        .values("officer")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return _holders(WORK, unit).annotate(load=Coalesce(Subquery(in_hand), 0)).order_by(Lower("name"), "pk")


def leads_of(unit: Unit) -> list[User]:
    """Who answers for the work of `unit` itself: its team leads, or without any its head."""
    for role in ("ketua_tim", "kepala"):
        found = User.objects.filter(is_active=True, memberships__unit=unit, memberships__role=role).distinct()
        if leads := list(found.order_by("pk")):
            return leads
    return list(_holders(MANAGE, unit).filter(memberships__unit=unit).distinct().order_by("pk"))
