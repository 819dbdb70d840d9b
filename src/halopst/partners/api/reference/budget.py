"""Budget lines, teams and what an office decides for itself, for programs."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from halopst.accounts.queries import people
from halopst.core.editing import VERSION, Version, version_of
from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import figure_of, unit_of
from halopst.partners.api.parameters import MOST, NOTHING_ELSE, After, Basis, Id, Year
from halopst.partners.api.reference.setting import OFFICE, added, removed
from halopst.partners.forms import BudgetLineForm, CeilingForm, RulesForm, TeamForm
from halopst.partners.models import BudgetLine, CeilingRevision, OfficeRules, Team
from halopst.partners.models.reference import LARGEST_AMOUNT

router = Router()
Ceiling = Annotated[int, Field(ge=0, le=LARGEST_AMOUNT)]


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
        revision=1,
        valid_from="2026-06-15",
        basis="Surat pengesahan revisi POK 1/KPA/2026",
    )

    id: int
    year: int
    code: str
    name: str
    ceiling: int
    used: int
    left: int
    revision: int
    valid_from: date
    basis: str


class RevisionOut(Schema):
    """The line as one revision set it; 0 is how it began, the last one holds."""

    model_config = example(
        revision=1,
        valid_from="2026-06-15",
        ceiling=250_000_000,
        basis="Surat pengesahan revisi POK 1/KPA/2026",
    )

    revision: int
    valid_from: date
    ceiling: int
    basis: str


class BudgetLineIn(Schema):
    model_config = example(
        year=2026,
        code="054.01.GG.2901.BMA.004.005.A.521213",
        name="Honor petugas Sakernas",
        ceiling=250_000_000,
        valid_from="2026-01-02",
        basis="SP DIPA-054.01.2.018100/2026",
    )

    year: Year
    code: str = Field(max_length=60)
    name: str = Field(max_length=200)
    ceiling: Ceiling
    valid_from: date
    basis: Basis


class CeilingIn(Schema):
    """The number, date and document of a revision of the budget (POK), and the ceiling it sets."""

    model_config = example(
        revision=2,
        valid_from="2026-11-02",
        ceiling=300_000_000,
        basis="Surat pengesahan revisi POK 2/KPA/2026",
    )

    revision: Annotated[int, Field(ge=1, le=999)]
    valid_from: date
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


class RulesOut(Schema):
    """`contract_kind` is bulan or kegiatan; null `payment_days` are not watched.

    Send `version` back with a change to have it refused where somebody else was first.
    """

    model_config = example(
        census_is_exclusive=True,
        contract_kind="bulan",
        payment_days=14,
        basis="SK KPA 3/2026",
        version=VERSION,
    )

    census_is_exclusive: bool
    contract_kind: str
    payment_days: int | None
    basis: str
    version: str

    @staticmethod
    def resolve_version(row: OfficeRules) -> str:
        return version_of(row)


class RulesIn(Schema):
    """Only fields that are sent change."""

    model_config = NOTHING_ELSE | example(payment_days=14, basis="SK KPA 3/2026", version=VERSION)

    census_is_exclusive: bool = False
    contract_kind: OfficeRules.ContractKind = OfficeRules.ContractKind.MONTH
    payment_days: Annotated[int, Field(ge=1, le=365)] | None = None
    basis: str = Field("", max_length=200)
    version: Version = None


@router.get(OFFICE + "/budget-lines", response=list[BudgetLineOut], url_name="partners-budget-lines")
def budget_lines(request: Request, slug: str, year: Year, after: After = 0) -> QuerySet[BudgetLine]:
    """List the budget lines (MAK) of a year, by id, at most 500; the next ones with `after` = the last id."""
    rows = queries.budget_lines(request.actor, unit_of(request, slug), year)
    return rows.filter(pk__gt=after).order_by("pk")[:MOST]


@router.post(OFFICE + "/budget-lines", response={201: BudgetLineOut}, url_name="partners-budget-lines")
@idempotent
def add_budget_line(request: Request, slug: str, body: BudgetLineIn) -> Status[Any]:
    """Add a line of the office's budget with its ceiling."""
    return added(request, slug, lambda: BudgetLineForm(body.model_dump()))


@router.put(
    OFFICE + "/budget-lines/{int:pk}/ceiling", response=BudgetLineOut, url_name="partners-line-ceiling"
)
@idempotent
def revise_ceiling(request: Request, slug: str, pk: int, body: CeilingIn) -> BudgetLine:
    """Revise the ceiling of a budget line. 409 where more is allocated already, or a later one is known."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    line = figure_of(request, unit, BudgetLine, pk)
    given = cleaned(CeilingForm(body.model_dump()))
    today = timezone.localdate(timezone=unit.tz)
    return services.revise_ceiling(request.actor, line, today=today, **given)


@router.get(
    OFFICE + "/budget-lines/{int:pk}/ceiling", response=list[RevisionOut], url_name="partners-line-ceiling"
)
def ceiling_history(request: Request, slug: str, pk: int) -> QuerySet[CeilingRevision]:
    """List every ceiling the line has had, the one in force first."""
    line = figure_of(request, unit_of(request, slug), BudgetLine, pk)
    return CeilingRevision.objects.visible_to(request.actor).filter(line=line)


@router.delete(OFFICE + "/budget-lines/{int:pk}", response={204: None}, url_name="partners-budget-line")
@idempotent
def remove_budget_line(request: Request, slug: str, pk: int) -> Status[None]:
    """Remove a budget line that no activity is paid from."""
    return removed(request, slug, BudgetLine, pk)


@router.get(OFFICE + "/teams", response=list[TeamOut], url_name="partners-teams")
def teams(request: Request, slug: str) -> QuerySet[Team]:
    """List the office's working teams, by name."""
    return queries.teams(request.actor, unit_of(request, slug))[:MOST]


@router.post(OFFICE + "/teams", response={201: TeamOut}, url_name="partners-teams")
@idempotent
def add_team(request: Request, slug: str, body: TeamIn) -> Status[Any]:
    """Add a working team, with who leads it."""
    return added(request, slug, lambda: TeamForm(body.model_dump(), people=people(request.actor)))


@router.delete(OFFICE + "/teams/{int:pk}", response={204: None}, url_name="partners-team")
@idempotent
def remove_team(request: Request, slug: str, pk: int) -> Status[None]:
    """Remove a team that has no activity."""
    return removed(request, slug, Team, pk)


@router.get(OFFICE + "/rules", response=RulesOut, url_name="partners-office-rules")
def office_rules(request: Request, slug: str) -> OfficeRules:
    """Show what the office decides for itself about assigning, or the defaults."""
    return queries.rules_of(unit_of(request, slug))


@router.patch(OFFICE + "/rules", response=RulesOut, url_name="partners-office-rules")
@idempotent
def set_office_rules(request: Request, slug: str, body: RulesIn) -> OfficeRules:
    """Change the office's rules from now on; what was allocated stays.

    409 `changed-meanwhile` when somebody was first since `version`.
    """
    unit = unit_of(request, slug, permissions.CONFIGURE)
    kept = queries.rules_of(unit)
    known = {name: getattr(kept, name) for name in RulesForm.base_fields}
    given = body.model_dump(exclude_unset=True, exclude={"version"})
    values = cleaned(RulesForm({**known, **given}))
    return services.set_office_rules(request.actor, unit, version=body.version, **values)
