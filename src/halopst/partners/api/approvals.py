"""Approving a month for programs: who waits with which honor, and what was approved of it."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.partners.addressed import unit_of
from halopst.partners.api.parameters import MOST, After, Id, Month, day_of
from halopst.partners.models import Approval, Registration
from halopst.partners.queries.allocation import approvals as queries
from halopst.partners.services.allocation import approving

router = Router()


class ApprovalIn(Schema):
    """`registrations` left out approves everyone who waits.

    `shown` is the honor you looked at, in rupiah by registration, as `.../approvals/waiting` has it. Who has
    another honor by now, or is not in it, is left out as `changed`.
    """

    model_config = example(month="2026-11", registrations=[12, 14], shown={"12": 1_632_000, "14": 680_000})

    month: Month
    registrations: list[Id] | None = None
    shown: dict[Id, Annotated[int, Field(ge=0)]]


class ApprovalOut(Schema):
    """What was approved, as it was that day; `withdrawn_at` once it no longer holds."""

    model_config = example(
        id=21,
        registration=12,
        month="2026-11-01",
        total=1_632_000,
        person_total=1_632_000,
        cap=4_170_000,
        cap_basis="Contoh, bukan tarif resmi",
        lines=[
            {
                "assignment": 15,
                "activity": "Survei Angkatan Kerja Nasional",
                "duty": "pcl_ppl",
                "volume": 24,
                "volume_unit": "dokumen",
                "price": 68_000,
                "value": 1_632_000,
                "amount": 1_632_000,
                "budget": "054.01.GG.2901.BMA.004.005.A.521213",
                "begins": "2026-11-01",
                "ends": "2026-12-01",
            }
        ],
        approved_at="2026-11-02T02:10:00Z",
        withdrawn_at=None,
    )

    id: int
    registration: int
    month: date
    total: int
    person_total: int
    cap: int
    cap_basis: str
    lines: list[dict[str, Any]]
    approved_at: Any
    withdrawn_at: Any

    @staticmethod
    def resolve_registration(row: Approval) -> int:
        return row.registration_id


class ApprovedOut(Schema):
    """`skipped` are those left out: `inactive`, `held`, `over`, `uncapped`, `census` or `changed`."""

    model_config = example(approvals=[21], total=1_632_000, skipped={"14": "held"})

    approvals: list[int]
    total: int
    skipped: dict[str, str]


class WaitingOut(Schema):
    """A mitra whose month waits for its approval. What is `held` is left out, whoever approves."""

    model_config = example(registration=12, mitra="Sri Contoh", honor=1_632_000, held=False)

    registration: int
    mitra: str
    honor: int
    held: bool

    @staticmethod
    def resolve_registration(row: Registration) -> int:
        return row.pk

    @staticmethod
    def resolve_mitra(row: Registration) -> str:
        return row.person.name

    @staticmethod
    def resolve_held(row: Any) -> bool:
        return bool(row.is_held or row.is_idle)


@router.get(
    "/units/{slug}/approvals/waiting", response=list[WaitingOut], url_name="partners-approvals-waiting"
)
def waiting(request: Request, slug: str, month: Month, after: After = 0) -> QuerySet[Registration]:
    """List who waits for an approval of the month, with their honor, by registration, at most 500."""
    rows = queries.waiting(queries.month_rows(request.actor, unit_of(request, slug), day_of(month)))
    return rows.filter(pk__gt=after).select_related("person").order_by("pk")[:MOST]


@router.get("/units/{slug}/approvals", response=list[ApprovalOut], url_name="partners-approvals")
def approvals(request: Request, slug: str, month: Month, after: After = 0) -> QuerySet[Approval]:
    """List every approval of the month, withdrawn ones too, by id, at most 500."""
    unit = unit_of(request, slug)
    rows = Approval.objects.visible_to(request.actor).filter(registration__unit=unit, month=day_of(month))
    return rows.filter(pk__gt=after).order_by("pk")[:MOST]


@router.post("/units/{slug}/approvals", response=ApprovedOut, url_name="partners-approve")
@idempotent
def approve(request: Request, slug: str, body: ApprovalIn) -> ApprovedOut:
    """Approve a month: prices, caps and volumes are kept as they are now.

    No honor is approved that is not in `shown`: nobody saw it.
    """
    done = approving.approve(
        request.actor,
        unit=unit_of(request, slug),
        month=day_of(body.month),
        registrations=body.registrations,
        shown=body.shown,
        now=timezone.now(),
    )
    return ApprovedOut(
        approvals=[row.pk for row in done.approvals],
        total=done.total,
        skipped={str(pk): reason for pk, reason in done.skipped.items()},
    )


@router.post("/approvals/{int:pk}/withdraw", response=ApprovalOut, url_name="partners-withdraw")
@idempotent
def withdraw(request: Request, pk: int) -> Approval:
    """Take an approval back; its letters are then out of date."""
    row = get_object_or_404(Approval.objects.visible_to(request.actor), pk=pk)
    return approving.withdraw(request.actor, approval=row, now=timezone.now())
