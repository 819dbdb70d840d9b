"""Contracts for programs: written, changed by an addendum, ended before their work is done."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.letters.models import Batch
from halopst.partners.addressed import unit_of
from halopst.partners.api.handovers import PapersIn, PapersOut, PlanOut, ReadinessOut, counted
from halopst.partners.api.parameters import MOST, Id, Month, Volume, day_of
from halopst.partners.models import Approval, Termination
from halopst.partners.queries.handovers import endings
from halopst.partners.queries.handovers.endings import Endable
from halopst.partners.services.contracts import amending, contracting
from halopst.partners.services.handovers.terminating import MOST_COST, issue_termination, terminate

router = Router()


class EndableOut(Schema):
    """A contract that may be ended; `activity` is null for a month's own. `letter` is under `/letters`."""

    model_config = example(
        letter=31,
        number="B-012/35780/VS.330/2026",
        kind="partners.contract",
        activity=None,
        work=[
            {
                "assignment": 15,
                "activity": "Survei Angkatan Kerja Nasional",
                "volume_unit": "dokumen",
                "planned": 24,
                "amount": 1_632_000,
                "deadline": "2026-11-30",
            }
        ],
    )

    letter: int
    number: str
    kind: str
    activity: int | None
    work: list[PlanOut]

    @staticmethod
    def of(one: Endable) -> dict[str, Any]:
        return {
            "letter": one.letter.pk,
            "number": str(one.letter.number),
            "kind": one.letter.kind,
            "activity": one.activity,
            "work": one.works,
        }


class RealisedIn(Schema):
    assignment: Id
    realised: Volume


class TerminationIn(Schema):
    """`contract` is needed where the month has several; `realised` names all the work of the one ended.

    `pasal10` pays for what was done and asks nothing back; `pasal8` and `pasal9` pay nothing.
    """

    model_config = example(
        contract=31,
        reason="pasal10",
        explanation="Dirawat inap sejak 16 November 2026.",
        effective_on="2026-11-16",
        realised=[{"assignment": 15, "realised": 8}],
        training_cost=0,
    )

    contract: Id | None = None
    reason: Termination.Reason
    explanation: Annotated[str, Field(min_length=1, max_length=500)]
    effective_on: date
    realised: Annotated[list[RealisedIn], Field(max_length=100)]
    training_cost: Annotated[int, Field(ge=0, le=MOST_COST)] = 0


class TerminationOut(Schema):
    """What ended, why, and what that pays; `activity` is null where the contract was of the whole month."""

    model_config = example(
        id=2,
        registration=12,
        mitra="Sri Contoh",
        month="2026-11-01",
        activity=None,
        contract="B-012/35780/VS.330/2026",
        reason="pasal10",
        explanation="Dirawat inap sejak 16 November 2026.",
        effective_on="2026-11-16",
        honor=544_000,
        training_cost=0,
    )

    id: int
    registration: int
    mitra: str
    month: date
    activity: int | None
    contract: str
    reason: str
    explanation: str
    effective_on: date
    honor: int
    training_cost: int

    @staticmethod
    def resolve_registration(row: Termination) -> int:
        return row.registration_id

    @staticmethod
    def resolve_mitra(row: Termination) -> str:
        return row.registration.person.name

    @staticmethod
    def resolve_activity(row: Termination) -> int | None:
        return row.activity_id

    @staticmethod
    def resolve_contract(row: Termination) -> str:
        return str(row.contract.number)


class EndedOut(Schema):
    """The letter that ends the contract, found under `/letters`."""

    model_config = example(letter=44, number="B-045/35780/VS.330/2026")

    letter: int
    number: str


class ContractsOut(ReadinessOut):
    """What could be made now. `amendable` signed contracts need an addendum: their work has changed since."""

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
        amendable=2,
    )

    amendable: int


class ContractsIn(PapersIn):
    """`registrations` null or left out is everyone approved and ready."""

    model_config = example(month="2026-11", registrations=[12, 15])

    registrations: Annotated[list[Id], Field(max_length=MOST)] | None = None


@router.get("/units/{slug}/contracts", response=ContractsOut, url_name="partners-contracts-ready")
def contracts_ready(request: Request, slug: str, month: Month) -> dict[str, Any]:
    """Tell how many contracts of a month could be made now, and what stands in the way of the others."""
    unit, now = unit_of(request, slug), timezone.now()
    mitra = contracting.mitra_ready(unit, day_of(month))
    found = counted(request.actor, unit, contracting.office_ready(unit, mitra, now=now))
    return {**found, "amendable": len(amending.amendable(unit, mitra.ready, now=now))}


@router.post("/units/{slug}/contracts", response=PapersOut, url_name="partners-write-contracts")
@idempotent
def write_contracts(request: Request, slug: str, body: ContractsIn) -> Batch:
    """Have contracts made in the background: of everyone approved and ready, or of those registrations."""
    return contracting.write_contracts(
        request.actor,
        unit=unit_of(request, slug),
        month=day_of(body.month),
        now=timezone.now(),
        chosen=body.registrations,
    )


@router.post("/units/{slug}/addenda", response=PapersOut, url_name="partners-write-addenda")
@idempotent
def write_addenda(request: Request, slug: str, body: PapersIn) -> Batch:
    """Have addenda made instead, for signed contracts whose work has changed since."""
    return amending.write_addenda(
        request.actor, unit=unit_of(request, slug), month=day_of(body.month), now=timezone.now()
    )


@router.get("/approvals/{int:pk}/contracts", response=list[EndableOut], url_name="partners-endable")
def endable(request: Request, pk: int) -> list[Any]:
    """List the contracts of an approved month that may be ended, and the work each is about."""
    rows = Approval.objects.visible_to(request.actor).in_force()
    return [EndableOut.of(one) for one in endings.endable(get_object_or_404(rows, pk=pk))]


@router.post("/approvals/{int:pk}/termination", response=EndedOut, url_name="partners-terminate")
@idempotent
def end(request: Request, pk: int, body: TerminationIn) -> EndedOut:
    """End a contract within an approved month: what was done is kept, what was left is free for others."""
    rows = Approval.objects.visible_to(request.actor).select_related("registration")
    letter = terminate(
        request.actor,
        approval=get_object_or_404(rows, pk=pk),
        contract=body.contract,
        reason=body.reason,
        explanation=body.explanation,
        effective_on=body.effective_on,
        realised={one.assignment: one.realised for one in body.realised},
        training_cost=body.training_cost,
        now=timezone.now(),
    )
    return EndedOut(letter=letter.pk, number=str(letter.number))


@router.get("/units/{slug}/terminations", response=list[TerminationOut], url_name="partners-terminations")
def terminations(request: Request, slug: str, month: Month, after: int = 0) -> QuerySet[Termination]:
    """List contracts that ended in `month`, by id, at most 500; the next ones with `after` = the last id."""
    rows = endings.terminations(request.actor, unit_of(request, slug), day_of(month))
    return rows.filter(pk__gt=max(0, after))[:MOST]


@router.post(
    "/units/{slug}/terminations/{int:pk}/issue",
    response={201: EndedOut},
    url_name="partners-termination-issue",
)
@idempotent
def issue_again(request: Request, slug: str, pk: int) -> Status[EndedOut]:
    """Make the letter of a termination anew, after the one before was annulled."""
    rows = Termination.objects.visible_to(request.actor).filter(registration__unit=unit_of(request, slug))
    ended = get_object_or_404(rows.select_related("registration__unit"), pk=pk)
    letter = issue_termination(request.actor, ended, now=timezone.now())
    return Status(201, EndedOut(letter=letter.pk, number=str(letter.number)))
