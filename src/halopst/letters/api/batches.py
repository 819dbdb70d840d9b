"""Letters made together in the background: progress, what failed and where it is mended, files."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from halopst.core.actors import Actor
from halopst.core.http import Request, example, gives
from halopst.core.idempotency import idempotent
from halopst.letters import queries, services
from halopst.letters.addressed import office
from halopst.letters.api.parameters import MOST, After, Id
from halopst.letters.downloads import PDF, ZIP, streamed
from halopst.letters.models import Batch, BatchItem
from halopst.letters.queries.progress import progress
from halopst.letters.services.binding import bundle_name
from halopst.units.models import Unit

router = Router()


class BatchOut(Schema):
    """`state` is running, binding, done or cancelled; `seconds_left` an estimate, null while there is none.

    `stopped` counts those left when it was cancelled. `has_files` once all letters are bound in one PDF and
    packed in a ZIP.
    """

    model_config = example(
        id=5,
        unit="surabayakota",
        kind="partners.contract",
        state="running",
        total=33,
        done=20,
        failed=1,
        stopped=0,
        seconds_left=2,
        has_files=False,
        started_at="2026-11-02T02:15:00Z",
        ended_at=None,
    )

    id: int
    unit: str
    kind: str
    state: str
    total: int
    done: int
    failed: int
    stopped: int
    seconds_left: int | None
    has_files: bool
    started_at: datetime
    ended_at: datetime | None

    @staticmethod
    def resolve_unit(row: Batch) -> str:
        return row.unit.slug

    @staticmethod
    def resolve_seconds_left(row: Batch) -> int | None:
        left = progress(row, timezone.now()).left
        return None if left is None else round(left.total_seconds())

    @staticmethod
    def resolve_has_files(row: Batch) -> bool:
        return bool(row.merged and row.archive)


class BatchFailureOut(Schema):
    """A letter that was not made: for whom, why, and the page where that is mended.

    `repair_url` is empty for who may not open that page; `error` then says whom to ask.
    """

    model_config = example(
        position=14,
        about="partners.contract:12:2026-11",
        label="Sri Contoh",
        error="NIK mitra ini belum diisi, atau tidak terbaca. Lengkapi dahulu di halaman mitranya.",
        repair_url="/mitra/surabayakota/40/",
    )

    position: int
    about: str
    label: str
    error: str
    repair_url: str

    @staticmethod
    def of(actor: Actor, unit: Unit, row: BatchItem) -> dict[str, Any]:
        error, repair_url = queries.led(actor, unit, row.error, row.repair_url)
        told = {"position": row.position, "about": row.about, "label": row.label}
        return {**told, "error": error, "repair_url": repair_url}


@router.get("/units/{slug}/batches", response=list[BatchOut])
def letter_batches(request: Request, slug: str, before: Id | None = None) -> QuerySet[Batch]:
    """List an office's batches, newest first, at most 200; the next ones with `before` = the last id."""
    rows = queries.batches_of(office(queries.viewing_units, request, slug)).select_related("unit")
    return (rows.filter(pk__lt=before) if before else rows)[:MOST]


@router.get("/batches/{int:pk}", response=BatchOut)
def letter_batch(request: Request, pk: int) -> Batch:
    """Show how far a batch has come."""
    return _batch(request, pk)


@router.get("/batches/{int:pk}/failures", response=list[BatchFailureOut])
def letter_batch_failures(request: Request, pk: int, after: After = 0) -> list[dict[str, Any]]:
    """List what failed, in the batch's order, at most 200; the next ones with `after` = the last position."""
    batch = _batch(request, pk)
    rows = queries.failures_of(batch).filter(position__gt=after)[:MOST]
    return [BatchFailureOut.of(request.actor, batch.unit, row) for row in rows]


@router.post("/batches/{int:pk}/cancel", response=BatchOut)
@idempotent
def cancel_letter_batch(request: Request, pk: int) -> Any:
    """Make no more letters; those made or numbered stay."""
    services.cancel_batch(request.actor, _batch(request, pk))
    return _batch(request, pk)


@router.post("/batches/{int:pk}/retry", response={201: BatchOut})
@idempotent
def retry_letter_batch(request: Request, pk: int) -> Status[Batch]:
    """Start a new batch of the letters that failed, or, of a cancelled batch, of those it left undone."""
    return Status(201, services.make_the_rest(request.actor, _batch(request, pk), now=timezone.now()))


@router.post("/batches/{int:pk}/bind", response=BatchOut)
@idempotent
def bind_letter_batch(request: Request, pk: int) -> Any:
    """Make a finished batch's files anew, because they are lost or some of its letters are void."""
    services.bind_again(request.actor, _batch(request, pk))
    return _batch(request, pk)


@router.get("/batches/{int:pk}/merged", openapi_extra=gives(PDF))
def letter_batch_merged(request: Request, pk: int) -> HttpResponseBase:
    """Download all letters in one PDF, for the printer; 404 until the batch is done."""
    row = _batch(request, pk)
    return streamed(row.merged, f"{bundle_name(row)}.pdf", PDF)


@router.get("/batches/{int:pk}/archive", openapi_extra=gives(ZIP))
def letter_batch_archive(request: Request, pk: int) -> HttpResponseBase:
    """Download every letter as a file of its own, with an index; 404 until the batch is done."""
    row = _batch(request, pk)
    return streamed(row.archive, f"{bundle_name(row)}.zip", ZIP)


def _batch(request: Request, pk: int) -> Batch:
    rows = Batch.objects.visible_to(request.actor).select_related("unit")
    row: Batch = get_object_or_404(rows, pk=pk)
    return row
