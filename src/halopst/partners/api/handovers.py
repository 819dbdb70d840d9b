"""Finished work for programs: what was approved to be done, what was, and what that pays."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from halopst.core.actors import Actor
from halopst.core.editing import VERSION, Version, version_of
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.letters.models import Batch
from halopst.letters.queries import led
from halopst.partners.addressed import unit_of
from halopst.partners.api.parameters import MOST, Id, Month, Volume, day_of
from halopst.partners.models import Approval, Delivery, Handover
from halopst.partners.queries.handovers.recorded import plans
from halopst.partners.services.contracts import contracting
from halopst.partners.services.handovers import handing_over, receipting
from halopst.partners.services.handovers.handing_over import LONGEST_NOTE, Done
from halopst.units.models import Unit

router = Router()


class DeliveryOut(Schema):
    """`status` is `sesuai`, `kurang` or `lebih`; `due` never exceeds `amount`."""

    assignment: int
    planned: int
    realised: int
    amount: int
    due: int
    deadline: date
    finished_on: date | None
    quality: int | None
    note: str
    status: str

    @staticmethod
    def resolve_assignment(row: Delivery) -> int:
        return row.assignment_id


class HandoverOut(Schema):
    """Send `version` back with a correction to have it refused where somebody else was first."""

    model_config = example(
        id=18,
        approval=21,
        registration=12,
        month="2026-11-01",
        handed_on="2026-11-30",
        due=1_632_000,
        recorded_at="2026-11-30T04:00:00Z",
        deliveries=[
            {
                "assignment": 15,
                "planned": 24,
                "realised": 24,
                "amount": 1_632_000,
                "due": 1_632_000,
                "deadline": "2026-11-30",
                "finished_on": "2026-11-28",
                "quality": 4,
                "note": "",
                "status": "sesuai",
            }
        ],
        version=VERSION,
    )

    id: int
    approval: int
    registration: int
    month: date
    handed_on: date
    due: int
    recorded_at: Any
    deliveries: list[DeliveryOut]
    version: str

    @staticmethod
    def resolve_approval(row: Handover) -> int:
        return row.approval_id

    @staticmethod
    def resolve_registration(row: Handover) -> int:
        return row.approval.registration_id

    @staticmethod
    def resolve_month(row: Handover) -> date:
        return row.approval.month

    @staticmethod
    def resolve_version(row: Handover) -> str:
        return version_of(row)


class PlanOut(Schema):
    """What is to be handed over of one assignment in that month."""

    model_config = example(
        assignment=15,
        activity="Survei Angkatan Kerja Nasional",
        volume_unit="dokumen",
        planned=24,
        amount=1_632_000,
        deadline="2026-11-30",
    )

    assignment: int
    activity: str
    volume_unit: str
    planned: int
    amount: int
    deadline: date


class DoneIn(Schema):
    """More than planned needs a `note`, and pays no more."""

    assignment: Id
    realised: Volume
    finished_on: date | None = None
    quality: Annotated[int, Field(ge=1, le=5)] | None = None
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


class HandoverIn(Schema):
    """Every assignment of the approval, 0 for what was not done; `version` is of the handover it corrects."""

    model_config = example(
        handed_on="2026-11-30",
        done=[{"assignment": 15, "realised": 24, "finished_on": "2026-11-28", "quality": 4}],
        version=VERSION,
    )

    handed_on: date
    done: Annotated[list[DoneIn], Field(max_length=100)]
    version: Version = None


class MonthIn(Schema):
    """`approvals` left out means everyone whose work is not recorded yet."""

    model_config = example(month="2026-11")

    month: Month
    approvals: list[Id] | None = None


class HandedOverOut(Schema):
    model_config = example(handovers=[18, 19], due=3_128_000)

    handovers: list[int]
    due: int


class PapersOut(Schema):
    """`batch` is followed under `/api/v1/letters/batches`."""

    model_config = example(batch=5, total=33)

    batch: int
    total: int

    @staticmethod
    def resolve_batch(row: Batch) -> int:
        return row.pk


class PapersIn(Schema):
    model_config = example(month="2026-11")

    month: Month


class TroubleOut(Schema):
    """What stands in the way of a letter: for whom, why, and the page where that is mended.

    `repair_url` is empty for who may not open that page; `sentence` then says whom to ask.
    """

    about: str
    sentence: str
    repair_url: str


class ReadinessOut(Schema):
    """How many letters could be made now, how many are `made` already, and what would fail."""

    model_config = example(
        ready=33,
        made=0,
        troubles=[
            {
                "about": "Sri Contoh",
                "sentence": "NIK mitra ini belum diisi. Lengkapi dahulu di halaman mitranya.",
                "repair_url": "/mitra/surabayakota/40/",
            }
        ],
    )

    ready: int
    made: int
    troubles: list[TroubleOut]


def counted(actor: Actor, unit: Unit, found: contracting.Readiness | receipting.Readiness) -> dict[str, Any]:
    told = [(one.about, *led(actor, unit, one.sentence, one.repair_url)) for one in found.troubles]
    troubles = [TroubleOut(about=about, sentence=said, repair_url=url) for about, said, url in told]
    return {"ready": len(found.ready), "made": found.made, "troubles": troubles}


def _handovers(request: Request) -> QuerySet[Handover]:
    rows: QuerySet[Handover] = Handover.objects.visible_to(request.actor)
    return rows.select_related("approval").prefetch_related("deliveries")


@router.get("/units/{slug}/handovers", response=list[HandoverOut], url_name="partners-handovers")
def handovers(request: Request, slug: str, month: Month, after: int = 0) -> QuerySet[Handover]:
    """List handovers of approvals in force in `month`, by id, at most 500; more with `after` = last id."""
    unit = unit_of(request, slug)
    rows = _handovers(request).filter(approval__registration__unit=unit, approval__month=day_of(month))
    return rows.filter(approval__withdrawn_at__isnull=True, pk__gt=max(0, after)).order_by("pk")[:MOST]


@router.get("/approvals/{int:pk}/work", response=list[PlanOut], url_name="partners-work")
def work(request: Request, pk: int) -> list[Any]:
    """Show what an approval asks for in its month, assignment by assignment."""
    row = get_object_or_404(Approval.objects.visible_to(request.actor), pk=pk)
    return plans([row])[row.pk]


@router.put("/approvals/{int:pk}/handover", response=HandoverOut, url_name="partners-hand-over")
@idempotent
def hand_over(request: Request, pk: int, body: HandoverIn) -> Handover:
    """Record what was done, or correct what was recorded; its paper, if any, is then out of date.

    409 `changed-meanwhile` when somebody was first since `version`.
    """
    rows = Approval.objects.visible_to(request.actor).select_related("handover", "registration")
    approval = get_object_or_404(rows, pk=pk)
    done = {one.assignment: Done(one.realised, one.finished_on, one.quality, one.note) for one in body.done}
    kept = getattr(approval, "handover", None)
    given: dict[str, Any] = {"done": done, "handed_on": body.handed_on, "now": timezone.now()}
    if kept is None:
        row = handing_over.record_handover(request.actor, approval=approval, **given)
    else:
        row = handing_over.correct_handover(request.actor, handover=kept, version=body.version, **given)
    return get_object_or_404(_handovers(request), pk=row.pk)


@router.post("/units/{slug}/handovers", response=HandedOverOut, url_name="partners-hand-over-as-planned")
@idempotent
def hand_over_as_planned(request: Request, slug: str, body: MonthIn) -> HandedOverOut:
    """Record everything not recorded yet as done by plan."""
    done = handing_over.record_all_as_planned(
        request.actor,
        unit=unit_of(request, slug),
        month=day_of(body.month),
        approvals=body.approvals,
        now=timezone.now(),
    )
    return HandedOverOut(handovers=[row.pk for row in done], due=sum(row.due for row in done))


@router.get("/units/{slug}/receipts", response=ReadinessOut, url_name="partners-receipts-ready")
def receipts_ready(request: Request, slug: str, month: Month) -> dict[str, Any]:
    """Tell how many handover papers of a month could be made now, and what hinders the others."""
    unit = unit_of(request, slug)
    found = receipting.readiness(unit, day_of(month), now=timezone.now())
    return counted(request.actor, unit, found)


@router.post("/units/{slug}/receipts", response=PapersOut, url_name="partners-receipts")
@idempotent
def receipts(request: Request, slug: str, body: PapersIn) -> Batch:
    """Have the handover papers of everyone ready made in the background."""
    return receipting.write_receipts(
        request.actor, unit=unit_of(request, slug), month=day_of(body.month), now=timezone.now()
    )
