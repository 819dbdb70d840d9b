"""Figures people ask for and the office lacks, for programs that keep its figures."""

from datetime import datetime
from typing import Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema

from halopst.core.forms import cleaned, plain
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.knowledge import services
from halopst.knowledge.addressed import unit_of
from halopst.knowledge.api.parameters import MOST, Id, Words
from halopst.knowledge.data_forms import CloseRequestForm
from halopst.knowledge.models import DataRequest
from halopst.knowledge.queries.data_requests import data_requests

router = Router()
REQUESTS = "/units/{slug}/data-requests"


class DataRequestListIn(Schema):
    q: Words = ""
    state: Literal["", "open", "filled", "declined"] = ""
    before: Id | None = None


class DataRequestOut(Schema):
    """`topic` says what is wanted, `indicator` (id), `region` (BPS code), `period` as far as known."""

    model_config = example(
        id=6,
        topic="Pengangguran menurut kecamatan",
        indicator=7,
        region="3578",
        period="2025",
        state="open",
        note="",
        asked_by="Nala Ciptadewi",
        asked_at="2026-11-20T02:10:00Z",
        closed_at=None,
    )

    id: int
    topic: str
    indicator: int | None
    region: str | None
    period: str
    state: str
    note: str
    asked_by: str
    asked_at: datetime
    closed_at: datetime | None

    @staticmethod
    def resolve_indicator(row: DataRequest) -> int | None:
        return row.indicator_id

    @staticmethod
    def resolve_region(row: DataRequest) -> str | None:
        return row.region.code if row.region else None

    @staticmethod
    def resolve_asked_by(row: DataRequest) -> str:
        return str(row.asked_by)


class CloseDataRequestIn(Schema):
    """`filled`: the figures are here now, and the questions are asked again; else there will be none.

    It is refused while the question still finds no answer, unless `anyway`.
    """

    model_config = example(filled=True, note="Sudah masuk dari berkas bulan ini.")

    filled: bool
    note: str = ""
    anyway: bool = False


@router.get(REQUESTS, response=list[DataRequestOut], url_name="knowledge-data-requests")
def requested_data(request: Request, slug: str, asked: Query[DataRequestListIn]) -> QuerySet[DataRequest]:
    """List the office's requests for data, newest first, at most 200; more with `before` = the last id."""
    unit = unit_of(request, slug)
    rows = data_requests(request.actor, unit, text=plain(asked.q), state=asked.state).order_by("-pk")
    return (rows.filter(pk__lt=asked.before) if asked.before else rows)[:MOST]


@router.post(REQUESTS + "/{int:pk}/close", response=DataRequestOut, url_name="knowledge-close-data-request")
@idempotent
def close_requested_data(request: Request, slug: str, pk: int, body: CloseDataRequestIn) -> DataRequest:
    """Close a request for data by saying whether the figures are here.

    409 where somebody said so before, or the figures are not found yet.
    """
    row = get_object_or_404(data_requests(request.actor, unit_of(request, slug)), pk=pk)
    note = cleaned(CloseRequestForm(body.dict()))["note"]
    return services.close_data_request(
        request.actor, row, filled=body.filled, note=note, anyway=body.anyway, now=timezone.now()
    )
