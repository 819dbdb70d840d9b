"""The offices for programs: reading is public, as the offices are; changing needs the admin's permission."""

from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from halopst.core.errors import NotPermitted
from halopst.core.forms import cleaned, plain
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.units import permissions, services
from halopst.units.forms import ContactForm, IdentityForm, ServicesForm
from halopst.units.models import Unit
from halopst.units.queries import PublicStandard, head_office, public_standards, search_units, services_of

router = Router(tags=["units"])

MOST_UNITS = 1000


class UnitOut(Schema):
    model_config = example(
        code="3578",
        home_affairs_code="35.78",
        slug="surabayakota",
        name="BPS Kota Surabaya",
        region="Kota Surabaya",
        kind="kota",
        parent_code="3500",
        zone="Asia/Jakarta",
        case_prefix="SBY",
        address="Jalan Contoh 1",
        city="Surabaya",
        phone="031 0000000",
        whatsapp="",
        email="kantor@contoh.example",
        website="",
        is_active=True,
    )

    code: str
    home_affairs_code: str
    slug: str
    name: str
    region: str
    kind: str
    parent_code: str | None
    zone: str
    case_prefix: str
    address: str
    city: str
    phone: str
    whatsapp: str
    email: str
    website: str
    is_active: bool

    @staticmethod
    def resolve_city(unit: Unit) -> str:
        return unit.seat

    @staticmethod
    def resolve_parent_code(unit: Unit) -> str | None:
        return unit.parent.code if unit.parent else None


class UnitFilter(Schema):
    q: str = ""
    kind: Literal["pusat", "provinsi", "kabupaten", "kota"] | None = None
    parent: str = ""
    limit: int = 100
    offset: int = 0


class IdentityIn(Schema):
    """Everything that makes an office this office; `parent` is the parent's BPS code."""

    model_config = example(
        code="3578",
        home_affairs_code="35.78",
        kind="kota",
        parent="3500",
        region="Kota Surabaya",
        name="BPS Kota Surabaya",
        zone="Asia/Jakarta",
        slug="surabayakota",
        case_prefix="SBY",
        is_active=True,
    )

    code: str
    home_affairs_code: str = ""
    kind: str
    parent: str
    region: str
    name: str
    zone: str
    slug: str
    case_prefix: str
    is_active: bool = True


class ContactIn(Schema):
    """Replaces all of it; telephone numbers as people write them.

    `city` is where letters are signed; without it they name the city of the region.
    """

    model_config = example(
        address="Jalan Contoh 1",
        city="Surabaya",
        phone="031 0000000",
        whatsapp="081200000000",
        email="kantor@contoh.example",
        website="https://kantor.example",
        letterhead="",
    )

    address: str = ""
    city: str = ""
    phone: str = ""
    whatsapp: str = ""
    email: str = ""
    website: str = ""
    letterhead: str = ""


class ServiceOut(Schema):
    model_config = example(
        code="konsultasi", name="Konsultasi statistik", description="Berbicara dengan ahli statistik."
    )

    code: str
    name: str
    description: str


class ServicesIn(Schema):
    """The codes of exactly the services to open."""

    model_config = example(services=["konsultasi", "data-mikro"])

    services: list[str]


class ComponentOut(Schema):
    label: str
    lines: list[str]


class StandardOut(Schema):
    """What is promised; without a standard of the office's own, `version` is null and `components` empty."""

    model_config = example(
        service="konsultasi",
        promise_value=3,
        promise_unit="hari_kerja",
        first_reply_value=1,
        first_reply_unit="hari_kerja",
        version=2,
        decree_number="12/SK/2026",
        components=[{"label": "Persyaratan", "lines": ["Identitas diri"]}],
    )

    service: str
    promise_value: int
    promise_unit: str
    first_reply_value: int
    first_reply_unit: str
    version: int | None
    decree_number: str | None
    components: list[ComponentOut]


@router.get("", response=list[UnitOut], auth=None)
def unit_list(request: Request, given: Query[UnitFilter]) -> list[Unit]:
    """List offices by name, code or a near spelling; at most 1000 at a time."""
    units = Unit.objects.visible_to(request.actor).select_related("parent")
    if given.kind:
        units = units.filter(kind=given.kind)
    if given.parent:
        units = units.filter(parent__code=plain(given.parent))
    text = plain(given.q)
    found = search_units(units, text) if text else list(units)
    first = max(given.offset, 0)
    return found[first : first + min(max(given.limit, 1), MOST_UNITS)]


@router.get("/{slug}", response=UnitOut, auth=None)
def unit_detail(request: Request, slug: str) -> Unit:
    """Show one office."""
    return _unit(request, slug)


@router.get("/{slug}/services", response=list[ServiceOut], auth=None)
def unit_services(request: Request, slug: str) -> Any:
    """List the services the office opens, in the order they are shown."""
    return services_of(_unit(request, slug))


@router.get("/{slug}/standards", response=list[StandardOut], auth=None)
def unit_standards(request: Request, slug: str) -> list[dict[str, Any]]:
    """Show what the office promises today for every service it opens."""
    unit = _unit(request, slug)
    today = timezone.now().astimezone(unit.tz).date()
    return [_standard(row) for row in public_standards(unit, today)]


@router.post("", response={201: UnitOut})
@idempotent
def unit_add(request: Request, given: IdentityIn) -> Status[Unit]:
    """Add an office; the head office may."""
    _must_lead_all(request)
    form = IdentityForm(_identity(request, given))
    cleaned(form)
    return Status(201, services.add_unit(request.actor, form.identity()))


@router.put("/{slug}/identity", response=UnitOut)
@idempotent
def unit_identity(request: Request, slug: str, given: IdentityIn) -> Unit:
    """Rename or move an office; the head office may."""
    unit = _unit(request, slug)
    _must_lead_all(request)
    form = IdentityForm(_identity(request, given), instance=_unit(request, slug))
    cleaned(form)
    return services.change_identity(request.actor, unit, form.identity())


@router.put("/{slug}/contact", response=UnitOut)
@idempotent
def unit_contact(request: Request, slug: str, given: ContactIn) -> Unit:
    """Replace how the office is reached; the head of its letters too."""
    unit = _unit(request, slug)
    form = ContactForm(given.dict(), instance=_unit(request, slug))
    cleaned(form)
    return services.change_contact(request.actor, unit, form.contact())


@router.put("/{slug}/services", response=list[ServiceOut])
@idempotent
def unit_open_services(request: Request, slug: str, given: ServicesIn) -> Any:
    """Set the services the office opens; all others are closed."""
    unit = _unit(request, slug)
    values = cleaned(ServicesForm({"services": given.services}, unit=unit))
    services.offer_services(request.actor, unit, kind_codes=values["services"])
    return services_of(unit)


def _unit(request: Request, slug: str) -> Unit:
    visible = Unit.objects.visible_to(request.actor).select_related("parent")
    return get_object_or_404(visible, slug=plain(slug))


def _must_lead_all(request: Request) -> None:
    """Refuse before validating: a stranger learns nothing about codes in use."""
    if not request.actor.may(permissions.MANAGE, head_office().pk):
        raise NotPermitted


def _identity(request: Request, given: IdentityIn) -> dict[str, Any]:
    parents = Unit.objects.visible_to(request.actor).filter(code=plain(given.parent))
    return {**given.dict(), "parent": parents.values_list("pk", flat=True).first()}


def _standard(row: PublicStandard) -> dict[str, Any]:
    own = row.standard
    return {
        "service": row.kind.code,
        "promise_value": row.promised.value,
        "promise_unit": row.promised.unit,
        "first_reply_value": row.promised.first_reply_value,
        "first_reply_unit": row.promised.first_reply_unit,
        "version": own.version if own else None,
        "decree_number": own.decree_number if own else None,
        "components": [
            {"label": part.label, "lines": part.lines} for part in (*row.delivery, *row.manufacturing)
        ],
    }
