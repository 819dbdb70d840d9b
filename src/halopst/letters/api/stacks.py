"""Scans of many signed letters in one file: handed in, and what became of their pages."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.letters import queries, services
from halopst.letters.addressed import office
from halopst.letters.api.parameters import MOST, After, Id, Pdf, Signer
from halopst.letters.models import ScanFinding, ScanStack

router = Router()


class StackOut(Schema):
    """`state` is reading or done; `settled` of `pages` have been dealt with."""

    model_config = example(
        id=2, signer="Budi Contoh", state="reading", pages=60, settled=24, given_at="2026-11-05T03:00:00Z"
    )

    id: int
    signer: str
    state: str
    pages: int
    settled: int
    given_at: datetime


class ReadStackOut(StackOut):
    """`signed` letters; `faulty` is how often pages could not be kept with a letter."""

    model_config = example(
        id=2,
        signer="Budi Contoh",
        state="done",
        pages=60,
        settled=60,
        given_at="2026-11-05T03:00:00Z",
        signed=19,
        faulty=1,
    )

    signed: int
    faulty: int

    @staticmethod
    def resolve_signed(row: ScanStack) -> int:
        return row.findings.filter(fault="").count()

    @staticmethod
    def resolve_faulty(row: ScanStack) -> int:
        return row.findings.exclude(fault="").count()


class FindingOut(Schema):
    """Pages from `first_page` on: the letter signed by them, or in `fault` why none was."""

    model_config = example(
        first_page=31,
        page_count=3,
        letter=None,
        number="",
        fault="Kode QR tidak terbaca. Pindai ulang, atau unggah di halaman suratnya.",
    )

    first_page: int
    page_count: int
    letter: int | None
    number: str
    fault: str

    @staticmethod
    def resolve_letter(row: ScanFinding) -> int | None:
        return row.letter_id

    @staticmethod
    def resolve_number(row: ScanFinding) -> str:
        return str(row.letter.number or "") if row.letter else ""


@router.get("/units/{slug}/stacks", response=list[StackOut])
def letter_stacks(request: Request, slug: str, before: Id | None = None) -> QuerySet[ScanStack]:
    """List an office's stacks of scans, newest first, at most 200; the next with `before` = the last id."""
    unit = office(queries.issuing_units, request, slug)
    rows = ScanStack.objects.visible_to(request.actor).filter(unit=unit).order_by("-pk")
    return (rows.filter(pk__lt=before) if before else rows)[:MOST]


@router.post("/units/{slug}/stacks", response={201: StackOut})
@idempotent
def give_letter_stack(
    request: Request, slug: str, signer: Signer = "", file: Pdf = None
) -> Status[ScanStack]:
    """Hand in one PDF of many signed letters (60 MB, 1,500 pages at most); it is sorted in the background."""
    unit, content = office(queries.issuing_units, request, slug), file.read() if file else b""
    made = services.give_stack(request.actor, unit=unit, content=content, signer=signer, now=timezone.now())
    return Status(201, made)


@router.get("/units/{slug}/stacks/{int:pk}", response=ReadStackOut)
def letter_stack(request: Request, slug: str, pk: int) -> ScanStack:
    """Show how far the sorting of a stack is."""
    return _stack(request, slug, pk)


@router.get("/units/{slug}/stacks/{int:pk}/findings", response=list[FindingOut])
def letter_stack_findings(request: Request, slug: str, pk: int, after: After = 0) -> Any:
    """List what became of a stack's pages, in order, at most 200; more with `after` = last `first_page`."""
    rows = _stack(request, slug, pk).findings.select_related("letter__number").defer("letter__data")
    return rows.filter(first_page__gt=after)[:MOST]


def _stack(request: Request, slug: str, pk: int) -> ScanStack:
    unit = office(queries.issuing_units, request, slug)
    rows = ScanStack.objects.visible_to(request.actor).filter(unit=unit)
    return get_object_or_404(rows, pk=pk)
