"""Build the `Actor` of a request or job from what the person holds."""

from collections import defaultdict
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from halopst.accounts.models import User
from halopst.accounts.roles import ROLES
from halopst.core.actors import ANONYMOUS, Actor
from halopst.units.models import Unit


def actor_for(user: User | AnonymousUser) -> Actor:
    if isinstance(user, AnonymousUser) or not user.is_active:
        return ANONYMOUS
    grants: defaultdict[str, set[int]] = defaultdict(set)
    memberships = list(user.memberships.all())
    reach = _reach({membership.unit_id for membership in memberships})
    for membership in memberships:
        for permission in ROLES[membership.role]:
            grants[permission] |= reach[membership.unit_id]
    return Actor(
        user_id=user.pk,
        label=f"user:{user.pk}",
        grants={permission: frozenset(ids) for permission, ids in grants.items()},
    )


def _reach(unit_ids: set[int]) -> dict[int, set[int]]:
    """For each unit, itself and every unit below it (two levels at most: pusat, provinsi, kabupaten/kota)."""
    if not unit_ids:
        return {}
    reach: dict[int, set[int]] = {unit_id: {unit_id} for unit_id in unit_ids}
    led = Q(parent__in=unit_ids) | Q(parent__parent__in=unit_ids)
    rows = Unit.objects.filter(led).values_list("pk", "parent_id", "parent__parent_id")
    for pk, parent_id, grandparent_id in rows:
        for leader in (parent_id, grandparent_id):
            if leader in reach:
                reach[leader].add(pk)
    return reach


def actor_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = actor_for(request.user)  # type: ignore[attr-defined, arg-type]  # HttpRequest has no actor; AUTH_USER_MODEL is User
        return get_response(request)

    return middleware
