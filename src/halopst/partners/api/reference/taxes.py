"""How tax is taken from honor, for programs."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import AfterValidator, Field

from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.partners import permissions, queries
from halopst.partners.addressed import unit_of
from halopst.partners.api.parameters import MOST, Basis, Year
from halopst.partners.api.reference.setting import OFFICE, Amount, added, removed
from halopst.partners.forms import (
    TaxForm,
)
from halopst.partners.models import (
    TaxPolicy,
)
from halopst.partners.models.reference import LARGEST_AMOUNT
from halopst.partners.rules import brackets

router = Router()
Percent = Annotated[Decimal, Field(gt=0, le=100, examples=["50"])]


class RateIn(Schema):
    """Up to and including this many rupiah, this many percent; the last one is open (null, or left out)."""

    up_to: Annotated[int, Field(ge=1, le=LARGEST_AMOUNT)] | None = None
    rate: Annotated[Decimal, Field(ge=0, le=50, examples=["0.25"])]


def _rising(rates: list[RateIn]) -> list[RateIn]:
    limits = [rate.up_to for rate in rates]
    *before, last = limits or [0]
    if last is not None or any(a is None or b is None or a >= b for a, b in pairwise([0, *before])):
        raise ValueError(_("up_to naik dari lapisan ke lapisan, dan null di lapisan terakhir saja."))
    return rates


Rates = Annotated[list[RateIn], Field(max_length=brackets.MOST_LINES), AfterValidator(_rising)]


class WithheldOut(Schema):
    gross: int
    base: int
    tax: int
    net: int


class TaxOut(Schema):
    """`in_force` is the one that holds for the office today; `examples` are what it keeps of some amounts."""

    model_config = example(
        id=1,
        office="pusat",
        year=2026,
        method="ter",
        ptkp_month=None,
        base_percent=None,
        rates=[{"up_to": 5_400_000, "rate": "0"}, {"up_to": None, "rate": "0.25"}],
        surcharge_percent=None,
        surcharge_basis="",
        basis="PP 58/2023 dan PMK 168/2023",
        valid_from="2026-01-01",
        in_force=True,
        examples=[{"gross": 1_000_000, "base": 1_000_000, "tax": 0, "net": 1_000_000}],
    )

    id: int
    office: str
    year: int
    method: str
    ptkp_month: int | None
    base_percent: Decimal | None
    rates: list[RateIn]
    surcharge_percent: Decimal | None
    surcharge_basis: str
    basis: str
    valid_from: date
    in_force: bool
    examples: list[WithheldOut]

    @staticmethod
    def of(row: TaxPolicy, held: TaxPolicy | None) -> dict[str, Any]:
        figures = row.parameters
        names = ("ptkp_month", "base_percent", "surcharge_percent")
        return {
            **{name: getattr(row, name) for name in ("id", "year", "method", "basis", "valid_from")},
            **{name: figures.get(name) for name in names},
            "office": row.unit.slug,
            "rates": figures.get("brackets", []),
            "surcharge_basis": figures.get("surcharge_basis", ""),
            "in_force": held is not None and held.pk == row.pk,
            "examples": queries.examples(row),
        }


class TaxIn(Schema):
    """`ptkp_month` belongs to `bebas_ptkp`, `base_percent` to `bukan_pegawai`; another method refuses it.

    `surcharge_percent` and `surcharge_basis` go together.
    """

    model_config = example(
        method="ter",
        rates=[{"up_to": 5_400_000, "rate": "0"}, {"up_to": None, "rate": "0.25"}],
        valid_from="2026-01-01",
        basis="PP 58/2023 dan PMK 168/2023",
    )

    method: TaxPolicy.Method
    ptkp_month: Amount | None = None
    base_percent: Percent | None = None
    rates: Rates
    surcharge_percent: Percent | None = None
    surcharge_basis: str = Field("", max_length=200)
    valid_from: date
    basis: Basis


@router.get(OFFICE + "/tax-policies", response=list[TaxOut], url_name="partners-tax-policies")
def tax_policies(request: Request, slug: str, year: Year) -> list[dict[str, Any]]:
    """List the tax policies of a year that hold for the office, the latest first."""
    unit = unit_of(request, slug)
    held = queries.policy_for(unit, timezone.localdate(timezone=unit.tz))
    return [TaxOut.of(row, held) for row in queries.tax_policies(request.actor, unit, year)[:MOST]]


@router.post(OFFICE + "/tax-policies", response={201: TaxOut}, url_name="partners-tax-policies")
@idempotent
def add_tax_policy(request: Request, slug: str, body: TaxIn) -> Status[Any]:
    """Add a tax policy of the office; it goes before those of the offices above it."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    lines = brackets.written([rate.model_dump() for rate in body.rates])
    row = added(request, slug, lambda: TaxForm({**body.model_dump(), "rates": lines})).value
    held = queries.policy_for(unit, timezone.localdate(timezone=unit.tz))
    return Status(201, TaxOut.of(row, held))


@router.delete(OFFICE + "/tax-policies/{int:pk}", response={204: None}, url_name="partners-remove-tax-policy")
@idempotent
def remove_tax_policy(request: Request, slug: str, pk: int) -> Status[None]:
    """Remove a tax policy that was mistyped; what was paid keeps the tax of its day."""
    return removed(request, slug, TaxPolicy, pk)
