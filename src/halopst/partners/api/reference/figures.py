"""Positions, honor caps and unit prices, for programs."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import figure_of, unit_of
from halopst.partners.api.parameters import MOST, After, Basis, Year
from halopst.partners.api.reference.setting import OFFICE, Amount, added, removed
from halopst.partners.forms import (
    CapForm,
    EndForm,
    PositionForm,
    PriceForm,
)
from halopst.partners.models import (
    ActivityKind,
    Employment,
    HonorCap,
    Position,
    UnitPrice,
)

router = Router()


class PositionOut(Schema):
    """What a mitra can be in an activity; give its `code` as the `duty` of a cap or an activity.

    Honor of one that `counts_as` another is held under the cap of that one. `is_held` is of today.
    """

    model_config = example(
        id=1,
        code="pcl_ppl",
        name="Pencacah (PCL/PPL)",
        kinds=["survei", "sensus"],
        counts_as=None,
        first_day="2020-01-01",
        last_day=None,
        is_held=True,
        basis="Pedoman administrasi keuangan sensus dan survei BPS",
        office="BPS Pusat",
    )

    id: int
    code: str
    name: str
    kinds: list[str]
    counts_as: str | None
    first_day: date
    last_day: date | None
    is_held: bool
    basis: str
    office: str

    @staticmethod
    def resolve_name(row: Position) -> str:
        return row.title

    @staticmethod
    def resolve_counts_as(row: Position) -> str | None:
        return row.counts_as.code if row.counts_as else None

    @staticmethod
    def resolve_is_held(row: Position) -> bool:
        return row.holds_on(timezone.localdate(timezone=row.unit.tz))

    @staticmethod
    def resolve_office(row: Position) -> str:
        return row.unit.name


class PositionIn(Schema):
    """`counts_as` is the code of the position under whose cap its honor is held; empty for one of its own."""

    model_config = example(
        code="pml_khusus",
        name="Pengawas khusus",
        name_en="Special supervisor",
        counts_as="pml",
        for_survey=True,
        for_census=False,
        valid_from="2026-01-01",
        last_day=None,
        basis="SK Kepala BPS Provinsi 12/2026",
    )

    code: str = Field(max_length=20)
    name: str = Field(max_length=100)
    name_en: str = Field("", max_length=100)
    counts_as: str = Field("", max_length=20)
    for_survey: bool = True
    for_census: bool = True
    valid_from: date
    last_day: date | None = None
    basis: Basis


class EndIn(Schema):
    model_config = example(last_day="2026-12-31", basis="SK Kepala BPS Provinsi 30/2026")

    last_day: date
    basis: Basis


class CapOut(Schema):
    model_config = example(
        id=5,
        year=2026,
        activity_kind="survei",
        employment="non_organik",
        duty="pcl_ppl",
        duty_name="Pencacah (PCL/PPL)",
        amount=4_170_000,
        basis="Contoh, bukan tarif resmi",
        valid_from="2026-01-01",
    )

    id: int
    year: int
    activity_kind: str
    employment: str
    duty: str
    duty_name: str
    amount: int
    basis: str
    valid_from: date

    @staticmethod
    def resolve_duty(row: HonorCap) -> str:
        return row.position.code

    @staticmethod
    def resolve_duty_name(row: HonorCap) -> str:
        return row.position.title


class CapIn(Schema):
    """`duty` is the code of a position. The row holds from `valid_from` to the end of that year."""

    model_config = example(
        activity_kind="survei",
        employment="non_organik",
        duty="pcl_ppl",
        amount=4_170_000,
        valid_from="2026-01-01",
        basis="Contoh, bukan tarif resmi",
    )

    activity_kind: ActivityKind
    employment: Employment = Employment.MITRA
    duty: str = Field(max_length=20)
    amount: Amount
    valid_from: date
    basis: Basis


class PriceOut(Schema):
    model_config = example(
        id=8,
        year=2026,
        name="Pencacahan Sakernas",
        volume_unit="dokumen",
        amount=68000,
        basis="Contoh, bukan tarif resmi",
        valid_from="2026-01-01",
    )

    id: int
    year: int
    name: str
    volume_unit: str
    amount: int
    basis: str
    valid_from: date


class PriceIn(Schema):
    model_config = example(
        name="Pencacahan Sakernas",
        volume_unit="dokumen",
        amount=68000,
        valid_from="2026-01-01",
        basis="Contoh, bukan tarif resmi",
    )

    name: str = Field(max_length=200)
    volume_unit: str = Field(max_length=40)
    amount: Amount
    valid_from: date
    basis: Basis


@router.get(OFFICE + "/positions", response=list[PositionOut], url_name="partners-positions")
def positions(request: Request, slug: str) -> QuerySet[Position]:
    """List the positions that hold for the office, its own and those handed down, ended ones too."""
    return queries.positions(request.actor, unit_of(request, slug))[:MOST]


@router.post(OFFICE + "/positions", response={201: PositionOut}, url_name="partners-positions")
@idempotent
def add_position(request: Request, slug: str, body: PositionIn) -> Status[Any]:
    """Add a position for the office and those below it."""
    return added(request, slug, lambda: PositionForm(body.model_dump(), positions=[]))


@router.post(OFFICE + "/positions/{int:pk}/end", response=PositionOut, url_name="partners-end-position")
@idempotent
def end_position(request: Request, slug: str, pk: int, body: EndIn) -> Position:
    """Set a position's last day; what was assigned under it stays."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    row = figure_of(request, unit, Position, pk)
    return services.end_position(request.actor, row, **cleaned(EndForm(body.model_dump())))


@router.delete(OFFICE + "/positions/{int:pk}", response={204: None}, url_name="partners-position")
@idempotent
def remove_position(request: Request, slug: str, pk: int) -> Status[None]:
    """Remove a position that nothing refers to."""
    return removed(request, slug, Position, pk)


@router.get(OFFICE + "/caps", response=list[CapOut], url_name="partners-caps")
def caps(request: Request, slug: str, year: Year) -> QuerySet[HonorCap]:
    """List the honor caps of the office's province in a year, earlier versions too."""
    return queries.caps(request.actor, unit_of(request, slug), year)


@router.post(OFFICE + "/caps", response={201: CapOut}, url_name="partners-caps")
@idempotent
def add_cap(request: Request, slug: str, body: CapIn) -> Status[Any]:
    """Add a cap for a province. 409 where honor already planned would pass it."""
    return added(request, slug, lambda: CapForm(body.model_dump(), positions=[]))


@router.delete(OFFICE + "/caps/{int:pk}", response={204: None}, url_name="partners-cap")
@idempotent
def remove_cap(request: Request, slug: str, pk: int) -> Status[None]:
    """Remove a cap that no honor rests on."""
    return removed(request, slug, HonorCap, pk)


@router.get(OFFICE + "/prices", response=list[PriceOut], url_name="partners-prices")
def prices(request: Request, slug: str, year: Year, after: After = 0) -> QuerySet[UnitPrice]:
    """List the unit prices of a year, the office's own and those handed down, by id, at most 500."""
    rows = queries.prices(request.actor, unit_of(request, slug), year)
    return rows.filter(pk__gt=after).order_by("pk")[:MOST]


@router.post(OFFICE + "/prices", response={201: PriceOut}, url_name="partners-prices")
@idempotent
def add_price(request: Request, slug: str, body: PriceIn) -> Status[Any]:
    """Add a unit price for the office and those below it."""
    return added(request, slug, lambda: PriceForm(body.model_dump()))


@router.delete(OFFICE + "/prices/{int:pk}", response={204: None}, url_name="partners-price")
@idempotent
def remove_price(request: Request, slug: str, pk: int) -> Status[None]:
    """Remove a unit price that no duty is paid by."""
    return removed(request, slug, UnitPrice, pk)
