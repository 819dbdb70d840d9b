"""The figures an office's money rests on, its own and those handed down to it."""

from typing import TypedDict

from django.db import models
from django.db.models import Count, Prefetch, Q, QuerySet

from halopst.core.actors import Actor
from halopst.partners.models import (
    Activity,
    ActivityDuty,
    ActivityKind,
    BudgetLine,
    HonorCap,
    OfficeRules,
    TaxPolicy,
    Team,
    UnitPrice,
)
from halopst.units.models import Unit


def called(choices: type[models.TextChoices], text: str) -> list[str]:
    """The values whose name, in the reader's language, holds `text`."""
    wanted = text.casefold()
    return [value for value, name in choices.choices if wanted in str(name).casefold()]


def caps(actor: Actor, unit: Unit, year: int, text: str = "") -> QuerySet[HonorCap]:
    """The honor caps of the office's province."""
    rows: QuerySet[HonorCap] = HonorCap.objects.visible_to(actor).filter(
        province_id=unit.province_id or unit.pk, year=year
    )
    rows = rows.select_related("province", "position")
    named = Q(position__name__icontains=text) | Q(position__name_en__icontains=text)
    named |= Q(activity_kind__in=called(ActivityKind, text))
    return rows.filter(Q(basis__icontains=text) | named)


def prices(actor: Actor, unit: Unit, year: int, text: str = "") -> QuerySet[UnitPrice]:
    """Its own and those of the offices above it."""
    rows: QuerySet[UnitPrice] = UnitPrice.objects.visible_to(actor).holding_in(unit).filter(year=year)
    found = Q(name__icontains=text) | Q(volume_unit__icontains=text) | Q(basis__icontains=text)
    return rows.filter(found).select_related("unit")


def prices_of(actor: Actor, activity: Activity) -> QuerySet[UnitPrice]:
    """Those of each year the activity touches: its parts are paid at the price of their own year."""
    rows: QuerySet[UnitPrice] = UnitPrice.objects.visible_to(actor).holding_in(activity.unit)
    return rows.filter(year__in=activity.years).order_by("year", "name", "volume_unit", "-valid_from", "pk")


def budget_lines(actor: Actor, unit: Unit, year: int, text: str = "") -> QuerySet[BudgetLine]:
    rows: QuerySet[BudgetLine] = BudgetLine.objects.visible_to(actor).filter(unit=unit, year=year)
    return rows.filter(Q(code__icontains=text) | Q(name__icontains=text) | Q(basis__icontains=text))


def tax_policies(actor: Actor, unit: Unit, year: int, text: str = "") -> QuerySet[TaxPolicy]:
    """The tax policies of the office and of those above it; the office's own come first."""
    rows: QuerySet[TaxPolicy] = TaxPolicy.objects.visible_to(actor).holding_in(unit).filter(year=year)
    named = Q(method__in=called(TaxPolicy.Method, text))
    return rows.filter(Q(basis__icontains=text) | named).select_related("unit")


def teams(actor: Actor, unit: Unit, text: str = "") -> QuerySet[Team]:
    rows: QuerySet[Team] = Team.objects.visible_to(actor).filter(unit=unit, name__icontains=text)
    return rows.select_related("lead")


class Offered(TypedDict):
    lines: QuerySet[BudgetLine]
    teams: QuerySet[Team]


def offered_to_activities(actor: Actor, unit: Unit, year: int) -> Offered:
    """The office's budget lines from that year on, and its teams at work."""
    lines = BudgetLine.objects.visible_to(actor).filter(unit=unit, year__gte=year)
    return {"lines": lines, "teams": teams(actor, unit).filter(is_active=True)}


def rules_of(unit: Unit) -> OfficeRules:
    """What the office decided, or the defaults (not saved)."""
    return OfficeRules.objects.filter(unit=unit).first() or OfficeRules(unit=unit)


def activities(actor: Actor, unit: Unit, year: int, text: str = "") -> QuerySet[Activity]:
    """Those whose period touches the year, the earliest first, each with `duty_count`."""
    rows: QuerySet[Activity] = Activity.objects.visible_to(actor).filter(
        unit=unit, period__startswith__year__lte=year, period__endswith__year__gte=year
    )
    found = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(team__name__icontains=text)
    rows = rows.filter(found).annotate(duty_count=Count("duties")).select_related("team")
    rows = rows.prefetch_related("parts__budget_line")
    return rows.order_by("period", "short_name", "pk")


def activity(actor: Actor, unit: Unit, pk: int) -> Activity:
    """An activity with its duties and their prices; `DoesNotExist` outside the office."""
    duties = ActivityDuty.objects.select_related("position", "unit_price")
    duties = duties.order_by("unit_price__year", "position__code", "pk")
    rows = Activity.objects.visible_to(actor).select_related("team", "unit")
    rows = rows.prefetch_related(Prefetch("duties", queryset=duties), "parts__budget_line")
    found: Activity = rows.get(unit=unit, pk=pk)
    return found
