"""An office's activities and the duties in them, for programs."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from halopst.core.editing import VERSION, Version, version_of
from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import activity_of, duty_of, unit_of
from halopst.partners.api.parameters import MOST, NOTHING_ELSE, After, Id, Year
from halopst.partners.forms import ActivityForm, DutyForm, YearLineForm
from halopst.partners.models import Activity, ActivityDuty, ActivityKind, ActivityPart

router = Router()
ACTIVITIES = "/units/{slug}/activities"
ONE = ACTIVITIES + "/{int:pk}"


class DutyOut(Schema):
    """A duty people can be assigned to: give its `id` to an assignment."""

    model_config = example(
        id=3,
        activity="Survei Angkatan Kerja Nasional",
        kind="survei",
        first_day="2026-11-01",
        last_day="2026-11-30",
        duty="pcl_ppl",
        duty_name="Pencacah (PCL/PPL)",
        unit_price=8,
        price=68000,
        volume_unit="dokumen",
    )

    id: int
    activity: str
    kind: str
    first_day: date
    last_day: date
    duty: str
    duty_name: str
    unit_price: int
    price: int
    volume_unit: str

    @staticmethod
    def resolve_duty(row: ActivityDuty) -> str:
        return row.position.code

    @staticmethod
    def resolve_duty_name(row: ActivityDuty) -> str:
        return row.position.title

    @staticmethod
    def resolve_activity(row: ActivityDuty) -> str:
        return row.activity.name

    @staticmethod
    def resolve_kind(row: ActivityDuty) -> str:
        return row.activity.kind

    @staticmethod
    def resolve_first_day(row: ActivityDuty) -> date:
        return row.activity.first_day

    @staticmethod
    def resolve_last_day(row: ActivityDuty) -> date:
        return row.activity.last_day

    @staticmethod
    def resolve_unit_price(row: ActivityDuty) -> int:
        return row.unit_price_id

    @staticmethod
    def resolve_price(row: ActivityDuty) -> int:
        return row.unit_price.amount

    @staticmethod
    def resolve_volume_unit(row: ActivityDuty) -> str:
        return row.unit_price.volume_unit


SHOWN: dict[str, Any] = {
    "id": 9,
    "name": "Survei Angkatan Kerja Nasional",
    "short_name": "Sakernas Nov",
    "kind": "survei",
    "first_day": "2026-11-01",
    "last_day": "2026-11-30",
    "budget_lines": [{"year": 2026, "id": 2, "code": "054.01.GG.2901.BMA.004.005.A.521213"}],
    "team": 3,
    "team_name": "Statistik Sosial",
    "is_open": True,
}


class PartOut(Schema):
    """What pays the months of one year."""

    model_config = example(year=2026, id=2, code="054.01.GG.2901.BMA.004.005.A.521213")

    year: int
    id: int
    code: str

    @staticmethod
    def resolve_id(row: ActivityPart) -> int:
        return row.budget_line_id

    @staticmethod
    def resolve_code(row: ActivityPart) -> str:
        return row.budget_line.code


class ActivityRowOut(Schema):
    """An activity. It is allocated only while `is_open`; over New Year each year has its budget line."""

    model_config = example(**SHOWN, duty_count=1)

    id: int
    name: str
    short_name: str
    kind: str
    first_day: date
    last_day: date
    budget_lines: list[PartOut]
    team: int | None
    team_name: str
    is_open: bool
    duty_count: int

    @staticmethod
    def resolve_budget_lines(row: Activity) -> list[ActivityPart]:
        return list(row.parts.all())

    @staticmethod
    def resolve_team(row: Activity) -> int | None:
        return row.team_id

    @staticmethod
    def resolve_team_name(row: Activity) -> str:
        return row.team.name if row.team else ""


class ActivityWholeOut(ActivityRowOut):
    """An activity with its duties. Send `version` back with a change: it is refused if somebody was first."""

    model_config = example(
        **SHOWN,
        duty_count=0,
        duties=[],
        version=VERSION,
    )

    duties: list[DutyOut]
    version: str

    @staticmethod
    def resolve_duties(row: Activity) -> list[ActivityDuty]:
        return list(row.duties.all())

    @staticmethod
    def resolve_duty_count(row: Activity) -> int:
        return len(row.duties.all())

    @staticmethod
    def resolve_version(row: Activity) -> str:
        return version_of(row)


class ActivityIn(Schema):
    """From `first_day` to `last_day`, both included. `budget_line` and `team` are the office's own, by id.

    The line is of the first day's year; another year's is chosen with its own operation.
    """

    model_config = example(
        name="Survei Angkatan Kerja Nasional",
        short_name="Sakernas Nov",
        kind="survei",
        first_day="2026-11-01",
        last_day="2026-11-30",
        budget_line=2,
        team=None,
        is_open=True,
    )

    name: str = Field(max_length=200)
    short_name: str = Field(max_length=24)
    kind: ActivityKind
    first_day: date
    last_day: date
    budget_line: Id
    team: Id | None = None
    is_open: bool = True


class ActivityChangeIn(Schema):
    """Only fields that are sent change; kind, period and budget line only before anyone is assigned."""

    model_config = NOTHING_ELSE | example(is_open=False, version=VERSION)

    name: str = Field("", max_length=200)
    short_name: str = Field("", max_length=24)
    kind: ActivityKind = ActivityKind.SURVEY
    first_day: date | None = None
    last_day: date | None = None
    budget_line: Id | None = None
    team: Id | None = None
    is_open: bool = True
    version: Version = None


class YearLineIn(Schema):
    """The id of a budget line of that year."""

    model_config = NOTHING_ELSE | example(budget_line=12, version=VERSION)

    budget_line: Id
    version: Version = None


class DutyIn(Schema):
    """`duty` is the code of a position, `unit_price` the id of a price of a year the activity touches."""

    model_config = example(duty="pcl_ppl", unit_price=8)

    duty: str = Field(max_length=20)
    unit_price: Id


@router.get("/units/{slug}/duties", response=list[DutyOut], url_name="partners-duties")
def duties(request: Request, slug: str, year: Year, after: After = 0) -> QuerySet[ActivityDuty]:
    """List the duties of activities whose period touches the year, by id, at most 500."""
    unit = unit_of(request, slug)
    rows = ActivityDuty.objects.visible_to(request.actor).filter(
        activity__in=queries.activities(request.actor, unit, year).values("pk"), pk__gt=after
    )
    return rows.select_related("activity", "position", "unit_price").order_by("pk")[:MOST]


@router.get(ACTIVITIES, response=list[ActivityRowOut], url_name="partners-activities")
def activities(request: Request, slug: str, year: Year, q: str = "", after: After = 0) -> QuerySet[Activity]:
    """List the activities whose period touches the year, by id, at most 500; `q` finds a name or a team."""
    rows = queries.activities(request.actor, unit_of(request, slug), year, q[:100])
    return rows.filter(pk__gt=after).order_by("pk")[:MOST]


@router.post(ACTIVITIES, response={201: ActivityWholeOut}, url_name="partners-activities")
@idempotent
def add_activity(request: Request, slug: str, body: ActivityIn) -> Status[Activity]:
    """Add an activity. Nobody can be assigned before it has a duty."""
    unit = unit_of(request, slug, permissions.MANAGE)
    offered = queries.offered_to_activities(request.actor, unit, timezone.localdate().year)
    values = cleaned(ActivityForm(body.model_dump(), **offered))
    added = services.add_activity(request.actor, unit=unit, **values)
    return Status(201, activity_of(request, unit, added.pk))


@router.get(ONE, response=ActivityWholeOut, url_name="partners-activity")
def activity(request: Request, slug: str, pk: int) -> Activity:
    """Show one activity with its duties."""
    return activity_of(request, unit_of(request, slug), pk)


@router.patch(ONE, response=ActivityWholeOut, url_name="partners-activity")
@idempotent
def edit_activity(request: Request, slug: str, pk: int, body: ActivityChangeIn) -> Activity:
    """Change or close an activity. 409 `changed-meanwhile` when somebody was first since `version`."""
    unit = unit_of(request, slug, permissions.MANAGE)
    found = activity_of(request, unit, pk)
    offered = queries.offered_to_activities(request.actor, unit, found.first_day.year)
    known = ActivityForm(activity=found, **offered).initial
    given = body.model_dump(exclude_unset=True, exclude={"version"})
    values = cleaned(ActivityForm({**known, **given}, **offered))
    services.edit_activity(request.actor, found, version=body.version, **values)
    return activity_of(request, unit, pk)


@router.put(
    ONE + "/years/{int:year}/budget-line", response=ActivityWholeOut, url_name="partners-activity-line"
)
@idempotent
def set_budget_line(request: Request, slug: str, pk: int, year: int, body: YearLineIn) -> Activity:
    """Set the budget line that pays the activity's part of one year.

    409 once months of that year are allocated from another line, and 409 `changed-meanwhile` when somebody
    changed the activity since `version`.
    """
    unit = unit_of(request, slug, permissions.MANAGE)
    found = activity_of(request, unit, pk)
    lines = queries.budget_lines(request.actor, unit, year)
    chosen = cleaned(YearLineForm({"budget_line": body.budget_line}, lines=lines))["budget_line"]
    services.set_budget_line(
        request.actor, found, year=year, budget_line=chosen, now=timezone.now(), version=body.version
    )
    return activity_of(request, unit, pk)


@router.post(
    ONE + "/years/{int:year}/duties", response={201: list[DutyOut]}, url_name="partners-carry-duties"
)
@idempotent
def carry_duties(request: Request, slug: str, pk: int, year: int) -> Status[list[ActivityDuty]]:
    """Give the part of `year` the duties of the year before, each at the price in force in `year`."""
    unit = unit_of(request, slug, permissions.MANAGE)
    today = timezone.localdate(timezone=unit.tz)
    found = activity_of(request, unit, pk)
    return Status(201, services.carry_duties(request.actor, found, year=year, today=today))


@router.post(ONE + "/duties", response={201: DutyOut}, url_name="partners-add-duty")
@idempotent
def add_duty(request: Request, slug: str, pk: int, body: DutyIn) -> Status[ActivityDuty]:
    """Add a duty: a position people can be given in the activity, paid at this price."""
    unit = unit_of(request, slug, permissions.MANAGE)
    found = activity_of(request, unit, pk)
    offered = queries.prices_of(request.actor, found)
    values = cleaned(DutyForm(body.model_dump(), prices=offered, positions=[]))
    today = timezone.localdate(timezone=unit.tz)
    return Status(201, services.add_duty(request.actor, found, today=today, **values))


@router.delete(ONE + "/duties/{int:duty}", response={204: None}, url_name="partners-duty")
@idempotent
def remove_duty(request: Request, slug: str, pk: int, duty: int) -> Status[None]:
    """Remove a duty nobody is assigned to."""
    unit = unit_of(request, slug, permissions.MANAGE)
    services.remove_duty(request.actor, duty_of(request, unit, pk, duty))
    return Status(204, None)
