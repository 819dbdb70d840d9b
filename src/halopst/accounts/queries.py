from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404

from halopst.accounts.models import (
    Consent,
    ConsentText,
    ErasureRequest,
    Invitation,
    Membership,
    OrganisationMapping,
    StaffIdentity,
    User,
)
from halopst.accounts.permissions import MANAGE, VIEW
from halopst.accounts.roles import ROLES
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.units.models import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityProvider:
    """A server people may sign in with, as a button."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentState:
    """The text in force for one subject, and what the person says to it."""

    text: ConsentText
    given: Consent | None

    @property
    def outdated(self) -> bool:
        """Agreed to an earlier version: still standing, but to be asked again."""
        return self.given is not None and self.given.text_id != self.text.pk


def identity_providers() -> list[IdentityProvider]:
    apps: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[assignment]  # a nested dict
    return [IdentityProvider(id=app["provider_id"], name=app["name"]) for app in apps]


def contact_for(actor: Actor) -> Unit | None:
    """The office whose admin can give this person a role: organisation codes begin with the office's."""
    identity = StaffIdentity.objects.filter(user=actor.user_id).first()
    return Unit.objects.filter(code=identity.organisation[:4]).first() if identity else None


def consents(actor: Actor, *, on: date) -> list[ConsentState]:
    """Each subject with its newest text in force that day and the actor's standing consent."""
    texts = ConsentText.objects.filter(valid_from__lte=on).order_by("subject", "-version").distinct("subject")
    standing = Consent.objects.filter(user=actor.user_id, withdrawn_at=None).select_related("text")
    given = {consent.text.subject: consent for consent in standing.order_by("text__version")}
    return [ConsentState(text=text, given=given.get(text.subject)) for text in texts]


def open_erasure(actor: Actor) -> ErasureRequest | None:
    return ErasureRequest.objects.filter(user=actor.user_id, done_at=None, withdrawn_at=None).first()


def people(actor: Actor, *, text: str = "") -> QuerySet[User]:
    """Who works in the units whose people the actor may see, by name, with `roles` there."""
    seen = _seen(actor)
    rows = User.objects.filter(pk__in=seen.values("user"))
    if text:
        named = Q(name__icontains=text) | Q(email__icontains=text)
        placed = seen.filter(Q(unit__name__icontains=text) | Q(unit__code__startswith=text))
        rows = rows.filter(named | Q(pk__in=placed.values("user")))
    return _with_roles(rows, seen).order_by(Lower("name"), "pk")


def colleague(actor: Actor, pk: int) -> User:
    """One of those people."""
    seen = _seen(actor)
    person = _with_roles(User.objects.filter(pk__in=seen.values("user")), seen).filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def roles_of(person: User) -> list[Membership]:
    """The roles that `people` or `colleague` showed with the person."""
    shown: list[Membership] = vars(person)["roles"]
    return shown


def units_to_staff(actor: Actor) -> QuerySet[Unit]:
    """Where the actor decides who works."""
    if not actor.units(MANAGE):
        raise NotPermitted
    units: QuerySet[Unit] = Unit.objects.filter(pk__in=actor.units(MANAGE)).order_by("code")
    return units


def open_invitations(actor: Actor) -> QuerySet[Invitation]:
    rows: QuerySet[Invitation] = Invitation.objects.filter(
        unit__in=actor.units(MANAGE), accepted_at=None, withdrawn_at=None
    )
    return rows.select_related("unit").order_by("-pk")


def mappings(actor: Actor, *, text: str = "") -> QuerySet[OrganisationMapping]:
    """Which organisation codes give which role, in the units the actor manages."""
    if not actor.units(MANAGE):
        raise NotPermitted
    rows: QuerySet[OrganisationMapping] = OrganisationMapping.objects.filter(unit__in=actor.units(MANAGE))
    if text:
        rows = rows.filter(Q(organisation__startswith=text) | Q(unit__name__icontains=text))
    return rows.select_related("unit").order_by("organisation", "unit__code", "role")


def erasures(actor: Actor, *, text: str = "") -> QuerySet[ErasureRequest]:
    """Requests to be forgotten that the actor's units decide, the most urgent first, done ones last."""
    if not actor.units(MANAGE):
        raise NotPermitted
    rows: QuerySet[ErasureRequest] = ErasureRequest.objects.filter(
        unit__in=actor.units(MANAGE), withdrawn_at=None
    )
    if text:
        rows = rows.filter(Q(user__name__icontains=text) | Q(user__email__icontains=text))
    return rows.select_related("user", "unit", "done_by").order_by("-done_at", "due_at")


def names(user_ids: Iterable[int]) -> dict[int, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in=set(user_ids))}


def units_by_id(unit_ids: Iterable[int]) -> dict[int, Unit]:
    return Unit.objects.in_bulk(set(unit_ids))


def holders(permission: str, unit: Unit) -> QuerySet[User]:
    """Active people who hold `permission` in `unit`, there or from an office above it."""
    roles = [role for role, permissions in ROLES.items() if permission in permissions]
    above = Q(unit=unit) | Q(unit__children=unit) | Q(unit__children__children=unit)
    holding = Membership.objects.filter(above, role__in=roles).values("user")
    rows: QuerySet[User] = User.objects.filter(is_active=True, pk__in=holding)
    return rows


def named(actor: Actor, text: str) -> list[int]:
    """Ids of the people visible to the actor whose name or address holds `text`."""
    rows = User.objects.visible_to(actor).filter(Q(name__icontains=text) | Q(email__icontains=text))
    return list(rows.values_list("pk", flat=True)[:200])


def _seen(actor: Actor) -> QuerySet[Membership]:
    if not actor.is_system and not actor.units(VIEW):
        raise NotPermitted
    seen: QuerySet[Membership] = Membership.objects.in_units(actor, VIEW)
    return seen


def _with_roles(rows: QuerySet[User], seen: QuerySet[Membership]) -> QuerySet[User]:
    shown = seen.select_related("unit").order_by("unit__code", "role")
    return rows.prefetch_related(Prefetch("memberships", queryset=shown, to_attr="roles"))
