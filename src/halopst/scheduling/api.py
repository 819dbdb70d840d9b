"""Fields, experts and times are public; a hold belongs to who signed in, or to a key the client invents."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from ninja.security import APIKeyHeader
from pydantic import AwareDatetime
from pydantic import Field as Shape

from halopst.core.clients import client_key
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.scheduling import queries, rules, services
from halopst.scheduling.models import Expert, Field, Reservation
from halopst.units.models import Unit

router = Router(tags=["scheduling"], auth=None)
holds = Router(tags=["scheduling"])

Id = Annotated[int, Shape(ge=1, lt=2**63)]


class HolderKey(APIKeyHeader):
    """`X-Holder-Key`: 16 to 64 letters, digits, `-` or `_` that the client invents and keeps to itself."""

    param_name = "X-Holder-Key"

    def authenticate(self, _request: HttpRequest, key: str | None) -> str | None:
        return key if key and re.fullmatch(r"[A-Za-z0-9_-]{16,64}", key) else None


class FieldOut(Schema):
    model_config = example(id=2, slug="kemiskinan", name="Kemiskinan", icon="scale", expert_count=2)

    id: int
    slug: str
    name: str
    icon: str
    expert_count: int


class ExpertOut(Schema):
    model_config = example(
        id=4,
        unit="3578",
        display_name="Bu Nala",
        title="Statistisi Ahli Muda",
        bio="",
        languages=["id"],
        fields=["kemiskinan"],
        photo="",
    )

    id: int
    unit: str
    display_name: str
    title: str
    bio: str
    languages: list[str]
    fields: list[str]
    photo: str

    @staticmethod
    def resolve_unit(expert: Expert) -> str:
        return expert.unit.slug

    @staticmethod
    def resolve_fields(expert: Expert) -> list[str]:
        return [field.slug for field in expert.fields.all() if field.is_active]

    @staticmethod
    def resolve_photo(expert: Expert) -> str:
        return expert.photo_url


class SlotOut(Schema):
    """`experts` says who is free when anyone of the office may serve."""

    model_config = example(
        starts_at="2026-11-24T02:00:00Z", ends_at="2026-11-24T03:00:00Z", free=True, experts=[4]
    )

    starts_at: datetime
    ends_at: datetime
    free: bool
    experts: list[int]


class HoldIn(Schema):
    """Name an `expert`; or a `unit` for anyone there, with `field` for anyone of that field."""

    model_config = example(starts_at="2026-12-01T02:00:00Z", unit="surabayakota", field="kependudukan")

    starts_at: AwareDatetime
    expert: Id | None = None
    unit: str = ""
    field: str = ""


class HoldOut(Schema):
    model_config = example(
        id=9,
        expert=4,
        starts_at="2026-11-24T02:00:00Z",
        ends_at="2026-11-24T03:00:00Z",
        state="held",
        expires_at="2026-11-20T02:20:00Z",
    )

    id: int
    expert: int
    starts_at: datetime
    ends_at: datetime
    state: str
    expires_at: datetime | None

    @staticmethod
    def resolve_expert(reservation: Reservation) -> int:
        return reservation.expert_id


class SlotPeriod(Schema):
    """Days of the office, both included."""

    first: date
    last: date


@router.get("/units/{slug}/fields", response=list[FieldOut], url_name="scheduling-fields")
def field_list(request: Request, slug: str) -> QuerySet[Field]:
    """List what the experts of the office can be asked about."""
    return queries.fields_of(_unit(request, slug), request.actor)


@router.get("/units/{slug}/experts", response=list[ExpertOut], url_name="scheduling-experts")
def expert_list(request: Request, slug: str, q: str = "", field: str = "") -> list[Expert]:
    """List experts whose name, title, language or field answers `q`; typing errors are forgiven."""
    unit = _unit(request, slug)
    return queries.search_experts(unit, q, _field(request, unit, field), actor=request.actor)


@router.get("/units/{slug}/slots", response=list[SlotOut], url_name="scheduling-unit-slots")
def unit_slots(request: Request, slug: str, period: Query[SlotPeriod], field: str = "") -> list[rules.Slot]:
    """List the times at which someone of the office, or of one field, can be met."""
    unit = _unit(request, slug)
    return queries.any_expert_slots(
        unit, _field(request, unit, field), period.first, period.last, now=timezone.now()
    )


@router.get("/experts/{pk}", response=ExpertOut, url_name="scheduling-expert")
def expert_detail(request: Request, pk: Id) -> Expert:
    """Show one expert."""
    return _expert(request, pk)


@router.get("/experts/{pk}/slots", response=list[SlotOut], url_name="scheduling-expert-slots")
def expert_slots(request: Request, pk: Id, period: Query[SlotPeriod]) -> list[rules.Slot]:
    """List the expert's times, those already taken with `free` false."""
    return queries.slots(_expert(request, pk), period.first, period.last, now=timezone.now())


@holds.post("/holds", response={201: HoldOut}, url_name="scheduling-holds")
@idempotent
def hold(request: Request, wish: HoldIn) -> Status[Reservation]:
    """Hold a time for ten minutes. When it is taken, 409 names the nearest `alternatives`."""
    who: dict[str, Any] = {
        "starts_at": wish.starts_at,
        "holder": _holder(request),
        "client": client_key(request),
        "now": timezone.now(),
    }
    if wish.expert is not None:
        return Status(201, services.hold(request.actor, expert=_expert(request, wish.expert), **who))
    unit = _unit(request, wish.unit)
    field = _field(request, unit, wish.field)
    return Status(201, services.hold_any(request.actor, unit=unit, field=field, **who))


@holds.get("/holds/{pk}", response=HoldOut, url_name="scheduling-hold")
def hold_detail(request: Request, pk: Id) -> Reservation:
    """Show a time that is held, and until when."""
    return _held(request, pk)


@holds.post("/holds/{pk}/extend", response=HoldOut, url_name="scheduling-hold-extend")
@idempotent
def hold_extend(request: Request, pk: Id) -> Reservation:
    """Extend a hold to ten minutes from now, at most ten times."""
    return services.extend_hold(holder=_holder(request), reservation=_held(request, pk), now=timezone.now())


@holds.delete("/holds/{pk}", response={204: None}, url_name="scheduling-hold")
@idempotent
def hold_release(request: Request, pk: Id) -> Status[None]:
    """Give the time back. One that was requested meanwhile is not touched."""
    services.release(holder=_holder(request), reservation=_held(request, pk), now=timezone.now())
    return Status(204, None)


def _unit(request: Request, slug: str) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.actor), slug=slug.replace("\0", ""))


def _field(request: Request, unit: Unit, slug: str) -> Field | None:
    if not slug:
        return None
    fields = Field.objects.visible_to(request.actor).filter(unit=unit)
    return get_object_or_404(fields, slug=slug.replace("\0", ""))


def _expert(request: Request, pk: int) -> Expert:
    experts = Expert.objects.visible_to(request.actor).select_related("unit").prefetch_related("fields")
    return get_object_or_404(experts, pk=pk)


def _holder(request: Request) -> str:
    key = HolderKey().authenticate(request, request.headers.get("X-Holder-Key"))
    return key or f"akun:{request.actor.user_id}"


def _held(request: Request, pk: int) -> Reservation:
    try:
        return queries.hold_of(_holder(request), pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
