"""Allocation for programs: the same services as the sheet, the same refusals, with what fills the cap."""

from typing import Annotated

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from halopst.core.editing import VERSION, Version, version_of
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.partners.addressed import unit_of
from halopst.partners.api.parameters import MOST, After, Id, Month, Volume, day_of
from halopst.partners.models import ActivityDuty, Assignment, Registration
from halopst.partners.queries.allocation.taken_back import taken_back
from halopst.partners.services.allocation import assigning
from halopst.partners.services.allocation_refusals import REASONS

router = Router()
MOST_SHARE = 1_000_000_000


class AssignmentOut(Schema):
    """One mitra's volume in one duty; `shares` is what it pays in each of its months.

    Send `version` back with other shares to have them refused where somebody else was first.
    """

    model_config = example(
        id=15,
        registration=12,
        mitra="Sri Contoh",
        duty=3,
        activity="Survei Angkatan Kerja Nasional",
        volume=24,
        volume_unit="dokumen",
        price=68000,
        value=1_632_000,
        shares={"2026-11": 1_632_000},
        version=VERSION,
    )

    id: int
    registration: int
    mitra: str
    duty: int
    activity: str
    volume: int
    volume_unit: str
    price: int
    value: int
    shares: dict[str, int]
    version: str

    @staticmethod
    def resolve_registration(row: Assignment) -> int:
        return row.registration_id

    @staticmethod
    def resolve_mitra(row: Assignment) -> str:
        return row.registration.person.name

    @staticmethod
    def resolve_duty(row: Assignment) -> int:
        return row.duty_id

    @staticmethod
    def resolve_activity(row: Assignment) -> str:
        return row.duty.activity.name

    @staticmethod
    def resolve_volume_unit(row: Assignment) -> str:
        return row.duty.unit_price.volume_unit

    @staticmethod
    def resolve_shares(row: Assignment) -> dict[str, int]:
        return {f"{share.month:%Y-%m}": share.amount for share in row.shares.all()}

    @staticmethod
    def resolve_version(row: Assignment) -> str:
        return version_of(row)


class AssignmentIn(Schema):
    """A volume over the whole period of the activity; 0 takes it back.

    With `before`, only where that is what counts now.
    """

    model_config = example(registration=12, duty=3, volume=24, month="2026-11")

    registration: Id
    duty: Id
    volume: Volume
    month: Month
    before: Volume | None = None


class SharesIn(Schema):
    """By month in rupiah, every month of the activity; what is left out pays nothing."""

    model_config = example(shares={"2026-11": 1_000_000, "2026-12": 632_000}, version=VERSION)

    shares: Annotated[dict[Month, Annotated[int, Field(ge=0, le=MOST_SHARE)]], Field(max_length=24)]
    version: Version = None


class UndoIn(Schema):
    model_config = example(month="2026-11")

    month: Month


class CellIn(Schema):
    registration: Id
    duty: Id
    volume: Volume
    before: Volume | None = None


class SheetIn(Schema):
    model_config = example(
        month="2026-11",
        cells=[
            {"registration": 12, "duty": 3, "volume": 24, "before": 20},
            {"registration": 14, "duty": 3, "volume": 90},
        ],
    )

    month: Month
    cells: Annotated[list[CellIn], Field(max_length=assigning.MOST_CELLS)]


class CellRefused(Schema):
    registration: int
    duty: int
    volume: int
    code: str
    title: str


class SheetOut(Schema):
    """What was saved, and of each of the rest why not.

    `withdrawn` are the approvals this took back (approve those months again), `outdated` the letters that no
    longer say what is so.
    """

    model_config = example(
        saved=1,
        withdrawn=[21],
        outdated=["B-001/35780/VS.330/2026"],
        refused=[
            {
                "registration": 14,
                "duty": 3,
                "volume": 90,
                "code": "over-cap",
                "title": "Honor sebulan akan melewati batas SBML.",
            }
        ],
    )

    saved: int
    refused: list[CellRefused]
    withdrawn: list[int]
    outdated: list[str]


@router.get("/units/{slug}/assignments", response=list[AssignmentOut], url_name="partners-assignments")
def assignments(request: Request, slug: str, month: Month, after: After = 0) -> QuerySet[Assignment]:
    """List the assignments that pay in `month`, by id, at most 500; the next with `after` = the last id."""
    unit = unit_of(request, slug)
    rows = Assignment.objects.visible_to(request.actor).filter(registration__unit=unit, pk__gt=after)
    rows = rows.filter(shares__month=day_of(month)).select_related(
        "registration__person", "duty__activity", "duty__unit_price"
    )
    return rows.prefetch_related("shares").order_by("pk")[:MOST]


@router.post("/assignments", response=AssignmentOut, url_name="partners-assign")
@idempotent
def assign(request: Request, body: AssignmentIn) -> Assignment:
    """Assign a volume of a duty to a mitra.

    When it does not fit: 409 with `limit`, `total`, `excess` and the `lines` that fill the cap.
    """
    rows = Registration.objects.visible_to(request.actor).select_related("unit")
    registration = get_object_or_404(rows, pk=body.registration)
    duties = ActivityDuty.objects.visible_to(request.actor).select_related("activity")
    assigning.set_volume(
        request.actor,
        registration=registration,
        duty=get_object_or_404(duties, pk=body.duty),
        volume=body.volume,
        before=body.before,
        month=day_of(body.month),
        now=timezone.now(),
    )
    return assignment_of(request, registration, body.duty)


def assignment_of(request: Request, registration: Registration, duty: int) -> Assignment:
    rows = Assignment.objects.visible_to(request.actor).select_related(
        "registration__person", "duty__activity", "duty__unit_price"
    )
    return get_object_or_404(rows.prefetch_related("shares"), registration=registration, duty=duty)


@router.put("/assignments/{int:pk}/shares", response=AssignmentOut, url_name="partners-assign-shares")
@idempotent
def divide(request: Request, pk: int, body: SharesIn) -> Assignment:
    """Divide an assignment over its months as agreed, instead of by days; the shares sum to its value.

    409 `changed-meanwhile` when somebody was first since `version`.
    """
    rows = Assignment.objects.visible_to(request.actor).select_related("registration")
    row = get_object_or_404(rows, pk=pk)
    shares = {day_of(month): amount for month, amount in body.shares.items()}
    assigning.set_shares(
        request.actor, assignment=row, shares=shares, version=body.version, now=timezone.now()
    )
    return assignment_of(request, row.registration, row.duty_id)


@router.post("/units/{slug}/assignments", response=SheetOut, url_name="partners-assign-many")
@idempotent
def assign_many(request: Request, slug: str, body: SheetIn) -> SheetOut:
    """Assign up to 5,000 volumes at once: all that fit are saved, the others are named with their reasons."""
    cells = [assigning.Cell(c.registration, c.duty, c.volume, c.before) for c in body.cells]
    unit, now = unit_of(request, slug), timezone.now()
    outcome = assigning.set_volumes(request.actor, unit=unit, month=day_of(body.month), cells=cells, now=now)
    refused = [
        CellRefused(
            registration=cell.registration,
            duty=cell.duty,
            volume=cell.volume,
            code=REASONS[trial.reason]().code,
            title=str(REASONS[trial.reason].message),
        )
        for cell, trial in outcome.refused.items()
    ]
    back = taken_back(request.actor, unit, now)
    return SheetOut(
        saved=len(outcome.saved),
        refused=refused,
        withdrawn=[row.pk for row in back.approvals],
        outdated=[str(letter) for letter in back.letters],
    )


@router.post("/units/{slug}/assignments/undo", response={204: None}, url_name="partners-assignments-undo")
@idempotent
def undo(request: Request, slug: str, body: UndoIn) -> Status[None]:
    """Take back your own last change of that month, all of it; 409 where it was changed again since."""
    unit = unit_of(request, slug)
    assigning.undo(request.actor, unit=unit, month=day_of(body.month), now=timezone.now())
    return Status(204, None)


@router.post("/units/{slug}/assignments/redo", response={204: None}, url_name="partners-assignments-redo")
@idempotent
def redo(request: Request, slug: str, body: UndoIn) -> Status[None]:
    """Set again what you took back last in that month; 409 where it no longer fits: nothing changes."""
    unit = unit_of(request, slug)
    assigning.redo(request.actor, unit=unit, month=day_of(body.month), now=timezone.now())
    return Status(204, None)
