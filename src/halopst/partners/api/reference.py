"""What money rests on, for programs: positions, caps, prices, budget, tax, teams and the office's own rules.

A figure is never edited: a new row begins on a later day, with its basis. One that nothing rests on may go.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from halopst.accounts.queries import people
from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import Figure, figure_of, unit_of
from halopst.partners.api.parameters import MOST, NOTHING_ELSE, After, Basis, Id, Year
from halopst.partners.forms import (
    BudgetLineForm,
    CapForm,
    CeilingForm,
    EndForm,
    FigureForm,
    PositionForm,
    PriceForm,
    RulesForm,
    TaxForm,
    TeamForm,
)
from halopst.partners.models import (
    ActivityKind,
    BudgetLine,
    Employment,
    HonorCap,
    OfficeRules,
    Position,
    TaxPolicy,
    Team,
    UnitPrice,
)
from halopst.partners.models.reference import LARGEST_AMOUNT
from halopst.partners.rules import brackets

router = Router()
OFFICE = "/units/{slug}"
Amount = Annotated[int, Field(ge=1, le=LARGEST_AMOUNT)]
Ceiling = Annotated[int, Field(ge=0, le=LARGEST_AMOUNT)]
Percent = Annotated[Decimal, Field(gt=0, le=100, examples=["50"])]
Out = TypeVar("Out")


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


class BudgetLineOut(Schema):
    """`used` is what is allocated of the `ceiling`."""

    model_config = example(
        id=2,
        year=2026,
        code="054.01.GG.2901.BMA.004.005.A.521213",
        name="Honor petugas Sakernas",
        ceiling=250_000_000,
        used=48_960_000,
        left=201_040_000,
        basis="DIPA 2026 revisi 1",
    )

    id: int
    year: int
    code: str
    name: str
    ceiling: int
    used: int
    left: int
    basis: str


class BudgetLineIn(Schema):
    model_config = example(
        year=2026,
        code="054.01.GG.2901.BMA.004.005.A.521213",
        name="Honor petugas Sakernas",
        ceiling=250_000_000,
        basis="DIPA 2026 revisi 1",
    )

    year: Year
    code: str = Field(max_length=60)
    name: str = Field(max_length=200)
    ceiling: Ceiling
    basis: Basis


class CeilingIn(Schema):
    model_config = example(ceiling=300_000_000, basis="DIPA 2026 revisi 2")

    ceiling: Ceiling
    basis: Basis


class TeamOut(Schema):
    """`lead` is the id of a person who works with us, under `/accounts`."""

    model_config = example(id=3, name="Statistik Sosial", lead=17, lead_name="Budi Contoh", is_active=True)

    id: int
    name: str
    lead: int | None
    lead_name: str
    is_active: bool

    @staticmethod
    def resolve_lead(row: Team) -> int | None:
        return row.lead_id

    @staticmethod
    def resolve_lead_name(row: Team) -> str:
        return row.lead.name if row.lead else ""


class TeamIn(Schema):
    model_config = example(name="Statistik Sosial", lead=None)

    name: str = Field(max_length=100)
    lead: Id | None = None


class RateIn(Schema):
    """Up to and including this many rupiah, this many percent; the last one is open (null)."""

    up_to: Annotated[int, Field(ge=1, le=LARGEST_AMOUNT)] | None
    rate: Annotated[Decimal, Field(ge=0, le=50, examples=["0.25"])]


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
    """`ptkp_month` belongs to `bebas_ptkp`, `base_percent` to `bukan_pegawai`."""

    model_config = example(
        method="ter",
        rates=[{"up_to": 5_400_000, "rate": "0"}, {"up_to": None, "rate": "0.25"}],
        valid_from="2026-01-01",
        basis="PP 58/2023 dan PMK 168/2023",
    )

    method: TaxPolicy.Method
    ptkp_month: Amount | None = None
    base_percent: Percent | None = None
    rates: list[RateIn] = Field(max_length=brackets.MOST_LINES)
    surcharge_percent: Percent | None = None
    surcharge_basis: str = Field("", max_length=200)
    valid_from: date
    basis: Basis


class RulesOut(Schema):
    """`contract_kind` is bulan or kegiatan; null `payment_days` are not watched."""

    model_config = example(
        census_is_exclusive=True, contract_kind="bulan", payment_days=14, basis="SK KPA 3/2026"
    )

    census_is_exclusive: bool
    contract_kind: str
    payment_days: int | None
    basis: str


class RulesIn(Schema):
    """Only what is sent is changed."""

    model_config = NOTHING_ELSE | example(payment_days=14, basis="SK KPA 3/2026")

    census_is_exclusive: bool = False
    contract_kind: OfficeRules.ContractKind = OfficeRules.ContractKind.MONTH
    payment_days: Annotated[int, Field(ge=1, le=365)] | None = None
    basis: str = Field("", max_length=200)


@router.get(OFFICE + "/positions", response=list[PositionOut], url_name="partners-positions")
def positions(request: Request, slug: str) -> QuerySet[Position]:
    """The positions that reach the office, its own and those handed down, ended ones too."""
    return queries.positions(request.actor, unit_of(request, slug))[:MOST]


@router.post(OFFICE + "/positions", response={201: PositionOut}, url_name="partners-positions")
@idempotent
def add_position(request: Request, slug: str, body: PositionIn) -> Status[Any]:
    """A position of the office, and of those below it."""
    return _added(request, slug, lambda: PositionForm(body.model_dump(), positions=[]))


@router.post(OFFICE + "/positions/{int:pk}/end", response=PositionOut, url_name="partners-end-position")
@idempotent
def end_position(request: Request, slug: str, pk: int, body: EndIn) -> Position:
    """Its last day; what was given under it stays."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    row = figure_of(request, unit, Position, pk)
    return services.end_position(request.actor, row, **cleaned(EndForm(body.model_dump())))


@router.delete(OFFICE + "/positions/{int:pk}", response={204: None}, url_name="partners-position")
@idempotent
def remove_position(request: Request, slug: str, pk: int) -> Status[None]:
    """One that nothing rests on."""
    return _removed(request, slug, Position, pk)


@router.get(OFFICE + "/caps", response=list[CapOut], url_name="partners-caps")
def caps(request: Request, slug: str, year: Year) -> QuerySet[HonorCap]:
    """The honor caps of the office's province in a year, earlier versions too."""
    return queries.caps(request.actor, unit_of(request, slug), year)


@router.post(OFFICE + "/caps", response={201: CapOut}, url_name="partners-caps")
@idempotent
def add_cap(request: Request, slug: str, body: CapIn) -> Status[Any]:
    """A cap of a province. 409 where honor already planned would pass it."""
    return _added(request, slug, lambda: CapForm(body.model_dump(), positions=[]))


@router.delete(OFFICE + "/caps/{int:pk}", response={204: None}, url_name="partners-cap")
@idempotent
def remove_cap(request: Request, slug: str, pk: int) -> Status[None]:
    """One that no honor needs."""
    return _removed(request, slug, HonorCap, pk)


@router.get(OFFICE + "/prices", response=list[PriceOut], url_name="partners-prices")
def prices(request: Request, slug: str, year: Year, after: After = 0) -> QuerySet[UnitPrice]:
    """The unit prices of a year, the office's own and those handed down, by id, at most 500."""
    rows = queries.prices(request.actor, unit_of(request, slug), year)
    return rows.filter(pk__gt=after).order_by("pk")[:MOST]


@router.post(OFFICE + "/prices", response={201: PriceOut}, url_name="partners-prices")
@idempotent
def add_price(request: Request, slug: str, body: PriceIn) -> Status[Any]:
    """A price of the office, and of those below it."""
    return _added(request, slug, lambda: PriceForm(body.model_dump()))


@router.delete(OFFICE + "/prices/{int:pk}", response={204: None}, url_name="partners-price")
@idempotent
def remove_price(request: Request, slug: str, pk: int) -> Status[None]:
    """One that no duty is paid by."""
    return _removed(request, slug, UnitPrice, pk)


@router.get(OFFICE + "/budget-lines", response=list[BudgetLineOut], url_name="partners-budget-lines")
def budget_lines(request: Request, slug: str, year: Year, after: After = 0) -> QuerySet[BudgetLine]:
    """The budget lines (MAK) of a year, by id, at most 500; the next ones with `after` = the last id."""
    rows = queries.budget_lines(request.actor, unit_of(request, slug), year)
    return rows.filter(pk__gt=after).order_by("pk")[:MOST]


@router.post(OFFICE + "/budget-lines", response={201: BudgetLineOut}, url_name="partners-budget-lines")
@idempotent
def add_budget_line(request: Request, slug: str, body: BudgetLineIn) -> Status[Any]:
    """A line of the office's budget with its ceiling."""
    return _added(request, slug, lambda: BudgetLineForm(body.model_dump()))


@router.put(
    OFFICE + "/budget-lines/{int:pk}/ceiling", response=BudgetLineOut, url_name="partners-line-ceiling"
)
@idempotent
def revise_ceiling(request: Request, slug: str, pk: int, body: CeilingIn) -> BudgetLine:
    """A revision of the budget. 409 where more is allocated already."""
    line = figure_of(request, unit_of(request, slug, permissions.CONFIGURE), BudgetLine, pk)
    return services.revise_ceiling(request.actor, line, **cleaned(CeilingForm(body.model_dump())))


@router.delete(OFFICE + "/budget-lines/{int:pk}", response={204: None}, url_name="partners-budget-line")
@idempotent
def remove_budget_line(request: Request, slug: str, pk: int) -> Status[None]:
    """One that no activity is paid from."""
    return _removed(request, slug, BudgetLine, pk)


@router.get(OFFICE + "/teams", response=list[TeamOut], url_name="partners-teams")
def teams(request: Request, slug: str) -> QuerySet[Team]:
    """The office's working teams, by name."""
    return queries.teams(request.actor, unit_of(request, slug))[:MOST]


@router.post(OFFICE + "/teams", response={201: TeamOut}, url_name="partners-teams")
@idempotent
def add_team(request: Request, slug: str, body: TeamIn) -> Status[Any]:
    """A working team, with who leads it."""
    return _added(request, slug, lambda: TeamForm(body.model_dump(), people=people(request.actor)))


@router.delete(OFFICE + "/teams/{int:pk}", response={204: None}, url_name="partners-team")
@idempotent
def remove_team(request: Request, slug: str, pk: int) -> Status[None]:
    """One that has no activity."""
    return _removed(request, slug, Team, pk)


@router.get(OFFICE + "/tax-policies", response=list[TaxOut], url_name="partners-tax-policies")
def tax_policies(request: Request, slug: str, year: Year) -> list[dict[str, Any]]:
    """The tax policies of a year that reach the office, the latest first."""
    unit = unit_of(request, slug)
    held = queries.policy_for(unit, timezone.localdate(timezone=unit.tz))
    return [TaxOut.of(row, held) for row in queries.tax_policies(request.actor, unit, year)[:MOST]]


@router.post(OFFICE + "/tax-policies", response={201: TaxOut}, url_name="partners-tax-policies")
@idempotent
def add_tax_policy(request: Request, slug: str, body: TaxIn) -> Status[Any]:
    """A policy of the office, before those of the offices above it."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    lines = brackets.written([rate.model_dump() for rate in body.rates])
    row = _added(request, slug, lambda: TaxForm({**body.model_dump(), "rates": lines})).value
    held = queries.policy_for(unit, timezone.localdate(timezone=unit.tz))
    return Status(201, TaxOut.of(row, held))


@router.delete(OFFICE + "/tax-policies/{int:pk}", response={204: None}, url_name="partners-tax-policy")
@idempotent
def remove_tax_policy(request: Request, slug: str, pk: int) -> Status[None]:
    """One that was mistyped; what was paid keeps the tax of its day."""
    return _removed(request, slug, TaxPolicy, pk)


@router.get(OFFICE + "/rules", response=RulesOut, url_name="partners-office-rules")
def office_rules(request: Request, slug: str) -> OfficeRules:
    """What the office decides for itself about assigning, or the defaults."""
    return queries.rules_of(unit_of(request, slug))


@router.patch(OFFICE + "/rules", response=RulesOut, url_name="partners-office-rules")
@idempotent
def set_office_rules(request: Request, slug: str, body: RulesIn) -> OfficeRules:
    """Decide otherwise from now on; what was allocated stays."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    kept = queries.rules_of(unit)
    known = {name: getattr(kept, name) for name in RulesForm.base_fields}
    values = cleaned(RulesForm({**known, **body.model_dump(exclude_unset=True)}))
    return services.set_office_rules(request.actor, unit, **values)


def _added(request: Request, slug: str, form: Callable[[], FigureForm]) -> Status[Any]:
    """The row a form describes, where the person may set figures at all."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    filled = form()
    cleaned(filled)
    return Status(201, services.add_row(request.actor, filled.row(unit)))


def _removed(request: Request, slug: str, model: type[Figure], pk: int) -> Status[None]:
    unit = unit_of(request, slug, permissions.CONFIGURE)
    services.remove_row(request.actor, figure_of(request, unit, model, pk))
    return Status(204, None)
