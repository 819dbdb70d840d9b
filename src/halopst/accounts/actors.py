"""Build the `Actor` of a request or job from what the person holds."""

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser

from halopst.accounts.models import Membership, User
from halopst.accounts.roles import ROLES
from halopst.core.actors import ANONYMOUS, Actor


def actor_for(user: User | AnonymousUser) -> Actor:
    """What the person may do, and where: one query. Nobody may do anything with an inactive account."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return ANONYMOUS
    grants: defaultdict[str, set[int]] = defaultdict(set)
    for role, unit_id in _reach(user.pk):
        for permission in ROLES[role]:
            grants[permission].add(unit_id)
    return Actor(
        user_id=user.pk,
        label=f"user:{user.pk}",
        grants={permission: frozenset(ids) for permission, ids in grants.items()},
    )


def _reach(user_id: int) -> list[tuple[str, int]]:
    """Each role with each unit it covers: its own and all below (pusat, provinsi, kabupaten/kota)."""
    held = Membership.objects.filter(user=user_id).order_by()
    own = held.values_list("role", "unit")
    below = held.filter(unit__children__isnull=False).values_list("role", "unit__children")
    further = held.filter(unit__children__children__isnull=False).values_list(
        "role", "unit__children__children"
    )
    return list(own.union(below, further))
