"""My profile, my tokens, and the people of my units, for programs."""

from datetime import datetime
from typing import Any, Final, Literal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from halopst.accounts import queries, services
from halopst.accounts.models import ApiToken, Membership, Profile, User
from halopst.accounts.services.tokens import TokenHolder
from halopst.core.errors import Invalid, NotPermitted
from halopst.core.formats import phone_digits
from halopst.core.http import Request, example
from halopst.core.idempotency import HEADER, LENGTH, KeyMissing, idempotent

router = Router(tags=["accounts"])

MOST_PEOPLE = 1000


class Person(Schema):
    """The fields of block I of BPS's data-needs survey are empty until the person fills them in."""

    model_config = example(
        email="dwi@contoh.example",
        name="Dwi Contoh",
        phone="081200000000",
        language="id",
        sex="p",
        birth_year=1998,
        education="d4-s1",
        occupation="peneliti",
        occupation_other="",
        institution="",
        institution_name="Universitas Contoh",
        main_use="penelitian",
    )

    email: str
    name: str
    phone: str
    language: str
    sex: str = ""
    birth_year: int | None = None
    education: str = ""
    occupation: str = ""
    occupation_other: str = ""
    institution: str = ""
    institution_name: str = ""
    main_use: str = ""


Role = Literal["admin", "kepala", "ketua_tim", "petugas", "front_office", "auditor"]
"""Written out, as other choices are whose names several models use: the API describes one of each name."""


class PersonIn(Schema):
    """Replaces the whole profile; the address stays as it was proven."""

    model_config = example(
        name="Dwi Contoh",
        phone="081200000000",
        language="id",
        sex="p",
        birth_year=1998,
        education="d4-s1",
        occupation="peneliti",
        institution_name="Universitas Contoh",
        main_use="penelitian",
    )

    name: str = Field(min_length=1, max_length=150)
    phone: str = Field("", max_length=30)
    language: str = Field("id", pattern="^(id|en)$")
    sex: Profile.Sex | None = None
    birth_year: int | None = Field(None, ge=1900, le=2100)
    education: Profile.Education | None = None
    occupation: Profile.Occupation | None = None
    occupation_other: str = Field("", max_length=100)
    institution: Profile.Institution | None = None
    institution_name: str = Field("", max_length=150)
    main_use: Profile.MainUse | None = None


THE_TOKEN: Final[dict[str, Any]] = {
    "id": 3,
    "name": "Laporan bulanan",
    "prefix": "hpst_4fa1",
    "scopes": ["baca"],
    "expires_at": "2027-02-18T02:10:00Z",
    "last_used_at": None,
}
"""What the description shows."""


class Token(Schema):
    model_config = example(**THE_TOKEN)

    id: int
    name: str
    prefix: str
    scopes: list[str]
    expires_at: datetime
    last_used_at: datetime | None


class TokenIn(Schema):
    model_config = example(name="Laporan bulanan", scopes=["baca"], days=90)

    name: str = Field(min_length=1, max_length=80)
    scopes: list[ApiToken.Scope] = Field(min_length=1)
    days: int = Field(90, ge=1, le=366)


class NewToken(Token):
    model_config = example(**THE_TOKEN | {"secret": "hpst_4fa1..."})

    secret: str


class MembershipOut(Schema):
    model_config = example(
        id=12,
        user_id=41,
        name="Nala Ciptadewi",
        email="nala@contoh.example",
        unit_code="3578",
        role="petugas",
    )

    id: int
    user_id: int
    name: str
    email: str
    unit_code: str
    role: str


class MembershipIn(Schema):
    model_config = example(user_id=41, unit_code="3578", role="petugas")

    user_id: int = Field(ge=1, lt=2**63)
    unit_code: str = Field(pattern="^[0-9]{4}$")
    role: Role


@router.get("/me", response=Person)
def my_profile(request: Request) -> dict[str, Any]:
    """Show what is known of the person the program acts for."""
    user = User.objects.visible_to(request.actor).get(pk=request.actor.user_id)
    return _person(user, Profile.objects.visible_to(request.actor).first())


@router.put("/me", response=Person)
@idempotent
def update_my_profile(request: Request, body: PersonIn) -> dict[str, Any]:
    """Replace what is known of the person the program acts for."""
    try:
        phone = phone_digits(body.phone) if body.phone else ""
    except ValueError as error:
        raise Invalid(str(error)) from error
    details = {
        name: value if name == "birth_year" else value or ""
        for name, value in body.dict(exclude={"name", "phone", "language"}).items()
    }
    user = services.update_profile(
        request.actor, name=body.name, phone=phone, language=body.language, details=details
    )
    return _person(user, Profile.objects.visible_to(request.actor).first())


@router.get("/tokens", response=list[Token])
def my_tokens(request: Request) -> Any:
    """List your valid tokens, the latest first; a secret is told once, when its token is made."""
    rows = ApiToken.objects.visible_to(request.actor).filter(revoked_at=None)
    return rows.filter(expires_at__gt=timezone.now()).order_by("-pk")


@router.post("/tokens", response={201: NewToken}, openapi_extra={"parameters": [HEADER]})
def create_token(request: Request, body: TokenIn) -> Status[dict[str, Any]]:
    """Make an API token for yourself; the answer tells its secret.

    The secret follows from your Idempotency-Key, so a repeat gives the same token and none is stored.

    A token cannot make tokens: sign in to do so.
    """
    if isinstance(getattr(request, "auth", None), TokenHolder):
        raise NotPermitted(
            _("Token tidak dapat membuat token. Masuk dengan akun Anda, lalu buat di /akun/token/.")
        )
    key = request.headers.get("Idempotency-Key", "")
    if len(key) not in LENGTH:
        raise KeyMissing
    secret = services.secret_from(request.actor, key)
    token = services.create_token(
        request.actor, name=body.name, scopes=body.scopes, days=body.days, secret=secret, now=timezone.now()
    )
    return Status(201, {**Token.from_orm(token).dict(), "secret": secret})


@router.delete("/tokens/{int:pk}", response={204: None})
@idempotent
def revoke_token(request: Request, pk: int) -> Status[None]:
    """Revoke a token; it no longer holds from now on."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.actor), pk=pk)
    services.revoke_token(request.actor, token, now=timezone.now())
    return Status(204, None)


@router.get("/memberships", response=list[MembershipOut])
def memberships(request: Request, q: str = "") -> list[Any]:
    """List the roles held in units whose people you may see; `q` searches names, addresses and units.

    The first 1000 people.
    """
    return [
        _membership(row, person)
        for person in queries.people(request.actor, text=q)[:MOST_PEOPLE]
        for row in queries.roles_of(person)
    ]


@router.post("/memberships", response={201: MembershipOut})
@idempotent
def give_role(request: Request, body: MembershipIn) -> Status[dict[str, Any]]:
    """Give a colleague a further role; someone new is invited on the pages."""
    unit = get_object_or_404(queries.units_to_staff(request.actor), code=body.unit_code)
    person = queries.colleague(request.actor, body.user_id)
    membership = services.give_role(request.actor, user=person, unit=unit, role=body.role)
    return Status(201, _membership(membership, person))


@router.delete("/memberships/{int:pk}", response={204: None})
@idempotent
def take_role(request: Request, pk: int) -> Status[None]:
    """Take a role back; what was done in it stays on record."""
    membership = get_object_or_404(Membership.objects.visible_to(request.actor), pk=pk)
    services.take_role(request.actor, membership)
    return Status(204, None)


def _person(user: User, profile: Profile | None) -> dict[str, Any]:
    details = {name: getattr(profile, name) for name in services.DETAILS} if profile else {}
    return {"email": user.email, "name": user.name, "phone": user.phone, "language": user.language, **details}


def _membership(row: Membership, person: User) -> dict[str, Any]:
    return {
        "id": row.pk,
        "user_id": person.pk,
        "name": person.name,
        "email": person.email,
        "unit_code": row.unit.code,
        "role": row.role,
    }
