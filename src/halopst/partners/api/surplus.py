"""What did not fit under the cap, for programs: who could take it, handed on, or dropped."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.partners.addressed import unit_of
from halopst.partners.api.allocation import AssignmentOut, assignment_of
from halopst.partners.api.parameters import After, Id, Month, Volume, day_of
from halopst.partners.models import Assignment, Excess, Registration
from halopst.partners.queries.allocation.grid import Fix
from halopst.partners.queries.allocation.suggesting import Taker
from halopst.partners.queries.allocation.surplus import surplus_of
from halopst.partners.services.allocation import surplus as services
from halopst.partners.services.allocation_refusals import REASONS

router = Router()
MOST_HELD = 100


class EvaluationOfTakerOut(Schema):
    """How earlier work for this office went, in percent and 1 to 5; null if nobody wrote it down."""

    volume: float
    on_time: float | None
    quality: float | None


class TakerOut(Schema):
    """A mitra with room for `volume` of it, besides the `total` they have; this assigns nobody."""

    registration: int
    mitra: str
    district: str
    total: int
    volume: int
    evaluation: EvaluationOfTakerOut | None

    @staticmethod
    def resolve_mitra(row: Taker) -> str:
        return row.name


class SurplusOut(Schema):
    """A volume that was refused: `wanted`, of which `fits` would; `code` names the rule, `title` says it."""

    model_config = example(
        id=4,
        registration=12,
        mitra="Sri Contoh",
        duty=3,
        activity="Survei Angkatan Kerja Nasional",
        wanted=90,
        fits=61,
        code="over-cap",
        title="Honor sebulan akan melewati batas SBML.",
        takers=[
            {
                "registration": 14,
                "mitra": "Ayu Contoh",
                "district": "Kenanga",
                "total": 680_000,
                "volume": 29,
                "evaluation": {"volume": 87.5, "on_time": 90.0, "quality": 4.5},
            }
        ],
    )

    id: int
    registration: int
    mitra: str
    duty: int
    activity: str
    wanted: int
    fits: int
    code: str
    title: str
    takers: list[TakerOut]


class MoveIn(Schema):
    """`volume` of what was wanted goes to `registration`, the rest stays where it was wanted.

    With `wanted`, only where that is still the volume refused.
    """

    model_config = example(registration=14, volume=29, month="2026-11", wanted=90)

    registration: Id
    volume: Volume
    month: Month
    wanted: Volume | None = None


class EnterIn(Schema):
    """With `wanted`, it is saved only if that is still the volume refused."""

    model_config = example(month="2026-11", wanted=90)

    month: Month
    wanted: Volume | None = None


@router.get("/units/{slug}/surplus", response=list[SurplusOut], url_name="partners-surplus")
def surplus(request: Request, slug: str, month: Month, after: After = 0) -> Any:
    """List which of the month's volumes did not fit, and who could take them.

    Same district first, then room and work.

    Of 100 mitra at most, by registration; the next ones with `after` = the last `registration`.
    """
    unit = unit_of(request, slug)
    rows = surplus_of(request.actor, unit, day_of(month), after=after, most=MOST_HELD)
    return [_shown(registration, fix) for registration, fix in rows]


@router.post("/units/{slug}/surplus/{int:pk}/move", response=AssignmentOut, url_name="partners-move-surplus")
@idempotent
def move_surplus(request: Request, slug: str, pk: int, body: MoveIn) -> Assignment:
    """Hand a refused volume on to another mitra: both change or neither.

    409 with the `lines` of the cap it would pass.

    A rest that is still too much stays a surplus.
    Of two who hand on the same the second is told `nothing-to-move`.
    """
    held = _held(request, slug, pk)
    rows = Registration.objects.visible_to(request.actor).filter(unit=held.registration.unit)
    to = get_object_or_404(rows, pk=body.registration)
    services.move_surplus(
        request.actor,
        excess=held,
        volume=body.volume,
        wanted=body.wanted,
        to=to,
        month=day_of(body.month),
        now=timezone.now(),
    )
    return assignment_of(request, to, held.duty_id)


@router.post(
    "/units/{slug}/surplus/{int:pk}/enter", response=AssignmentOut, url_name="partners-enter-surplus"
)
@idempotent
def enter_surplus(request: Request, slug: str, pk: int, body: EnterIn) -> Assignment:
    """Save a refused volume once it fits; 409 with the `lines` that fill the cap while it does not."""
    held = _held(request, slug, pk)
    month = day_of(body.month)
    services.enter_excess(request.actor, excess=held, wanted=body.wanted, month=month, now=timezone.now())
    return assignment_of(request, held.registration, held.duty_id)


@router.post("/units/{slug}/surplus/{int:pk}/drop", response={204: None}, url_name="partners-drop-surplus")
@idempotent
def drop_surplus(request: Request, slug: str, pk: int) -> Status[None]:
    """Forget a refused volume; what counted before still does."""
    services.drop_excess(request.actor, excess=_held(request, slug, pk))
    return Status(204, None)


def _held(request: Request, slug: str, pk: int) -> Excess:
    rows = Excess.objects.visible_to(request.actor).filter(registration__unit=unit_of(request, slug))
    return get_object_or_404(rows.select_related("registration__unit"), pk=pk)


def _shown(registration: Registration, fix: Fix) -> dict[str, Any]:
    refused = REASONS[fix.excess.reason]
    return {
        "id": fix.excess.pk,
        "registration": registration.pk,
        "mitra": registration.person.name,
        "duty": fix.excess.duty_id,
        "activity": fix.column.duty.activity.name,
        "wanted": fix.excess.volume,
        "fits": fix.fits,
        "code": refused().code,
        "title": str(refused.message),
        "takers": fix.takers,
    }
