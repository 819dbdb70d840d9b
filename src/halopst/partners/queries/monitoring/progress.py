"""How far a month has come: what is allocated and approved, and the money against its ceiling."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from halopst.core.actors import Actor
from halopst.partners import permissions
from halopst.partners.models import (
    Activity,
    Approval,
    BudgetLine,
    CapOverride,
    Excess,
    MonthTotal,
    Share,
)
from halopst.partners.queries.planning.duties import runs_in
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office's month; `ceiling` and `used` are of the whole year."""

    unit: Unit
    mitra: int
    honor: int
    approved_mitra: int
    approved: int
    held: int
    exceptions: int
    ceiling: int
    used: int

    @property
    def is_idle(self) -> bool:
        """Whether nothing was allocated, refused or asked for."""
        return not (self.mitra or self.honor or self.approved or self.held or self.exceptions)

    @property
    def waiting(self) -> int:
        return self.honor - self.approved

    @property
    def used_percent(self) -> int:
        return 100 * self.used // self.ceiling if self.ceiling else 0


FIGURES = tuple(field.name for field in fields(OfficeLine) if field.name != "unit")


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity's month, and the budget line that pays it that year, once it is chosen."""

    activity: Activity
    line: BudgetLine | None
    mitra: int
    honor: int
    approved: int


def offices_below(actor: Actor, unit: Unit) -> list[Unit]:
    """The office and those it leads, as far as `actor` reads their register."""
    rows = Unit.objects.below(unit).filter(is_active=True)
    return [row for row in rows if actor.may(permissions.VIEW, row.pk)]


def office_lines(actor: Actor, unit: Unit, month: date) -> list[OfficeLine]:
    """A line for each office; a fixed number of queries, however many."""
    units = offices_below(actor, unit)
    shares = Share.objects.filter(month=month, assignment__registration__unit__in=units)
    agreed = Approval.objects.in_force().filter(month=month, registration__unit__in=units)
    held = Excess.objects.filter(runs_in(month, of="duty__activity__"), registration__unit__in=units)
    lifted = CapOverride.objects.in_force().filter(month=month, unit__in=units)
    budget = BudgetLine.objects.filter(unit__in=units, year=month.year)
    own = "assignment__registration__unit"
    found = [
        _by_unit(shares, own, mitra=Count("person", distinct=True), honor=Sum("amount")),
        _by_unit(agreed, "registration__unit", approved_mitra=Count("pk"), approved=Sum("total")),
        _by_unit(held, "registration__unit", held=Count("registration", distinct=True)),
        _by_unit(lifted, "unit", exceptions=Count("pk")),
        _by_unit(budget, "unit", ceiling=Sum("ceiling"), used=Sum("used")),
    ]
    return [_office_line(row, [sums.get(row.pk, {}) for sums in found]) for row in units]


def _office_line(unit: Unit, found: Iterable[dict[str, int]]) -> OfficeLine:
    figures = dict.fromkeys(FIGURES, 0)
    for sums in found:
        figures |= {name: value for name, value in sums.items() if name in FIGURES}
    return OfficeLine(unit, **figures)


def exceptions_in_force(actor: Actor, unit: Unit, month: date) -> QuerySet[CapOverride]:
    """Whom the office and those it leads let go beyond the cap, with their `honor` of all offices."""
    totals = MonthTotal.objects.filter(person=OuterRef("person"), month=month).values("total")
    rows = CapOverride.objects.visible_to(actor).in_force()
    rows = rows.filter(month=month, unit__in=offices_below(actor, unit))
    rows = rows.select_related("person", "unit", "asked_by", "confirmed_by")
    return rows.annotate(honor=Coalesce(Subquery(totals), 0)).order_by("unit__code", "person__name", "pk")


def activity_lines(unit: Unit, month: date) -> list[ActivityLine]:
    """What the office does in that month, open or not."""
    activities = Activity.objects.filter(runs_in(month), unit=unit).prefetch_related("parts__budget_line")
    shares = Share.objects.filter(month=month, assignment__registration__unit=unit)
    agreed = Approval.objects.in_force().filter(
        registration=OuterRef("assignment__registration"), month=month
    )
    own = "assignment__duty__activity"
    paid = _by_unit(shares, own, mitra=Count("person", distinct=True), honor=Sum("amount"))
    approved = _by_unit(shares.filter(Exists(agreed)), own, honor=Sum("amount"))
    return [
        ActivityLine(
            activity,
            activity.line_of(month.year),
            paid.get(activity.pk, {}).get("mitra", 0),
            paid.get(activity.pk, {}).get("honor", 0),
            approved.get(activity.pk, {}).get("honor", 0),
        )
        for activity in activities
    ]


def total(lines: Iterable[OfficeLine], unit: Unit) -> OfficeLine:
    """All offices together; a mitra of two of them counts twice, as two offices work with them."""
    rows = list(lines)
    return OfficeLine(unit, **{name: sum(getattr(row, name) for row in rows) for name in FIGURES})


def _by_unit(rows: QuerySet[Any], key: str, **sums: Aggregate) -> dict[int, dict[str, int]]:
    return {row[key]: row for row in rows.order_by().values(key).annotate(**sums)}
