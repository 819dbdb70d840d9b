"""Meet a person sent by an OpenID Connect server: who they are, and which roles their office maps to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from halopst.accounts.models import Membership, OrganisationMapping, StaffIdentity, User
from halopst.audit.services import record
from halopst.core.actors import SYSTEM

STRONG = {"mfa", "otp", "hwk", "swk", "fpt", "face"}  # RFC 8176 names of a factor besides the password
CLAIMS = {
    "username": "username",
    "nip": "nip",
    "nip_lama": "nip-lama",
    "organisation": "organisasi",
    "regency": "kabupaten",
    "rank": "golongan",
    "position": "jabatan",
    "echelon": "eselon",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """What the server said, reduced to what we use. `directory` is empty for visitors."""

    email: str
    email_verified: bool
    name: str
    staff: bool
    strong: bool
    directory: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffSignIn:
    """A sign-in through the staff directory; `strong` when the directory checked a second factor."""

    strong: bool


def read_identity(answer: Mapping[str, Any], *, staff: bool, strong_acr: Sequence[str]) -> Identity:
    """`answer` holds the server's `id_token` and `userinfo` claims."""
    token = answer.get("id_token") or {}
    claims = {**token, **(answer.get("userinfo") or {})}
    methods = token.get("amr")
    return Identity(
        email=str(claims.get("email") or "").strip().lower(),
        email_verified=claims.get("email_verified") is True,
        name=str(claims.get("name") or claims.get("username") or "")[:150],
        staff=staff,
        strong=token.get("acr") in strong_acr
        or (isinstance(methods, list) and not STRONG.isdisjoint(map(str, methods))),
        directory={
            field: str(claims.get(claim) or "")[: _width(field)] for field, claim in CLAIMS.items() if staff
        },
    )


@transaction.atomic
def meet(user: User, identity: Identity, *, now: datetime) -> StaffSignIn:
    """Note what the directory says, and let roles that came from it follow the person's organisation."""
    StaffIdentity.objects.update_or_create(user=user, defaults={**identity.directory, "seen_at": now})
    mapped = {
        (row.unit_id, row.role)
        for row in OrganisationMapping.objects.filter(organisation=identity.directory["organisation"])
    }
    held = Membership.objects.select_for_update().filter(user=user)
    for membership in held.filter(source=Membership.Source.SSO):
        if (membership.unit_id, membership.role) not in mapped:
            record(SYSTEM, "accounts.role-taken", membership, role=membership.role, source="sso")
            membership.delete()
    for unit_id, role in mapped - set(held.values_list("unit_id", "role")):
        membership = Membership.objects.create(
            user=user, unit_id=unit_id, role=role, source=Membership.Source.SSO
        )
        record(SYSTEM, "accounts.role-given", membership, role=role, source="sso")
    return StaffSignIn(strong=identity.strong)


def _width(field_name: str) -> int:
    width: int = getattr(StaffIdentity._meta.get_field(field_name), "max_length", 0)
    return width
