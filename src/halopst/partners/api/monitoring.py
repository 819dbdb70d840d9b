"""Monitoring for programs: how far a month has come, and the money against its ceiling."""

from django.utils import timezone
from ninja import Router, Schema

from halopst.core.http import Request, example
from halopst.partners.addressed import unit_of
from halopst.partners.api.parameters import Month, day_of
from halopst.partners.queries.monitoring import progress as monitoring
from halopst.partners.queries.monitoring.following import FollowLine, follow_lines

router = Router()


class OfficeOut(Schema):
    """One office's month; `ceiling` and `used` are of the whole year."""

    model_config = example(
        unit="surabayakota",
        mitra=35,
        honor=58_251_000,
        approved_mitra=33,
        approved=54_962_000,
        held=2,
        exceptions=0,
        ceiling=318_000_000,
        used=109_505_000,
    )

    unit: str
    mitra: int
    honor: int
    approved_mitra: int
    approved: int
    held: int
    exceptions: int
    ceiling: int
    used: int

    @staticmethod
    def resolve_unit(line: monitoring.OfficeLine) -> str:
        return line.unit.slug


class ActivityOut(Schema):
    """One activity's month; `ceiling`, `used` and `left` are of its budget line for the whole year.

    Null while no line is chosen for that year.
    """

    model_config = example(
        activity=7,
        name="Survei Angkatan Kerja Nasional",
        budget_line="054.01.GG.2901.BMA.004.005.A.521213",
        mitra=21,
        honor=15_232_000,
        approved=14_144_000,
        ceiling=96_000_000,
        used=30_124_000,
        left=65_876_000,
    )

    activity: int
    name: str
    budget_line: str | None
    mitra: int
    honor: int
    approved: int
    ceiling: int | None
    used: int | None
    left: int | None

    @staticmethod
    def resolve_activity(row: monitoring.ActivityLine) -> int:
        return row.activity.pk

    @staticmethod
    def resolve_name(row: monitoring.ActivityLine) -> str:
        return row.activity.name

    @staticmethod
    def resolve_budget_line(row: monitoring.ActivityLine) -> str | None:
        return row.line.code if row.line else None

    @staticmethod
    def resolve_ceiling(row: monitoring.ActivityLine) -> int | None:
        return row.line.ceiling if row.line else None

    @staticmethod
    def resolve_used(row: monitoring.ActivityLine) -> int | None:
        return row.line.used if row.line else None

    @staticmethod
    def resolve_left(row: monitoring.ActivityLine) -> int | None:
        return row.line.left if row.line else None


class FollowOut(Schema):
    """One office's month, mitra and rupiah at each step; `late` are past its limit, null without one.

    `returned` are transfers the bank sent back that are not on another list yet.
    """

    model_config = example(
        unit="surabayakota",
        approved=33,
        approved_honor=54_962_000,
        contracted=33,
        contracted_honor=54_962_000,
        signed=32,
        signed_honor=54_042_000,
        handed_over=33,
        handed_over_honor=54_617_000,
        paid=12,
        paid_honor=22_430_000,
        tax=0,
        returned=1,
        late=21,
        outdated=0,
    )

    unit: str
    approved: int
    approved_honor: int
    contracted: int
    contracted_honor: int
    signed: int
    signed_honor: int
    handed_over: int
    handed_over_honor: int
    paid: int
    paid_honor: int
    tax: int
    returned: int
    late: int | None
    outdated: int

    @staticmethod
    def resolve_unit(line: FollowLine) -> str:
        return line.unit.slug


@router.get("/units/{slug}/monitoring", response=list[OfficeOut], url_name="partners-monitoring")
def month_monitoring(request: Request, slug: str, month: Month) -> list[monitoring.OfficeLine]:
    """Show the month of the office and of those below it, as far as you may see them."""
    return monitoring.office_lines(request.actor, unit_of(request, slug), day_of(month))


@router.get(
    "/units/{slug}/monitoring/activities", response=list[ActivityOut], url_name="partners-monitor-activities"
)
def activity_monitoring(request: Request, slug: str, month: Month) -> list[monitoring.ActivityLine]:
    """Show the office's own activities of a month, and the budget line that pays each."""
    return monitoring.activity_lines(unit_of(request, slug), day_of(month))


@router.get("/units/{slug}/monitoring/payments", response=list[FollowOut], url_name="partners-follow")
def payment_monitoring(request: Request, slug: str, month: Month) -> list[FollowLine]:
    """Show each step from contract to payment, of the office and of those below it you may see."""
    unit = unit_of(request, slug)
    today = timezone.localdate(timezone=unit.tz)
    return follow_lines(request.actor, unit, day_of(month), today=today)
