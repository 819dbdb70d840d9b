"""How the fetching of an office's data stands, for programs, and where it is fetched from."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from halopst.core.forms import cleaned, plain
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.knowledge import permissions
from halopst.knowledge.addressed import unit_of
from halopst.knowledge.api.parameters import MOST, After, Words
from halopst.knowledge.data_forms import DEFAULT_ADDRESS, AccessForm
from halopst.knowledge.models import CatalogueItem, Sync, WebApiAccess
from halopst.knowledge.queries import figure_keeping
from halopst.knowledge.queries.figure_keeping import KindOfData
from halopst.knowledge.services import syncing, webapi_access
from halopst.knowledge.wording import failure_of, static_sentence
from halopst.units.models import Unit

router = Router()
FETCHES, ACCESS = "/units/{slug}/fetches", "/units/{slug}/webapi-access"
THE_ACCESS: Final[dict[str, Any]] = {"address": DEFAULT_ADDRESS, "per_second": 1, "is_on": True}


class FetchOut(Schema):
    """One kind of data: `held` of it are here, a run has `done` of `whole` steps.

    `state` is resting, running, stopped, failed, or empty where none ever began; `said` is why it failed.
    `last_good_at` is when the data was last whole.
    """

    model_config = example(
        kind="figures",
        label="Angka tabel dinamis",
        held=24_310,
        state="resting",
        done=0,
        whole=0,
        said="",
        started_at="2026-11-20T02:00:00Z",
        last_good_at="2026-11-20T02:10:00Z",
        next_at="2026-11-21T02:10:00Z",
    )

    kind: str
    label: str
    held: int
    state: str
    done: int
    whole: int
    said: str
    started_at: datetime | None
    last_good_at: datetime | None
    next_at: datetime | None


class WebApiAccessOut(Schema):
    """The office's own access; `has_key` says that a key is stored, which is never given back."""

    model_config = example(**THE_ACCESS, has_key=True)

    address: str
    per_second: int
    is_on: bool
    has_key: bool


class WebApiAccessIn(Schema):
    """An empty `key` keeps the one that is there."""

    model_config = example(**THE_ACCESS, key="kunci-contoh")

    address: str
    key: str = ""
    per_second: Annotated[int, Field(ge=1, le=10)] = 1
    is_on: bool


class StaticTableOut(Schema):
    """`read_as` is cells, where its figures (`figures`) can be asked for, or text, and then `why`."""

    model_config = example(
        id=31,
        title="Jumlah Penduduk Menurut Kecamatan, 2024",
        subject="Kependudukan",
        link="https://surabayakota.bps.go.id/id/statistics-table/1/MTIz",
        changed_on="2025-03-01",
        read_as="cells",
        figures=31,
        why="",
    )

    id: int
    title: str
    subject: str
    link: str
    changed_on: date | None
    read_as: str
    figures: int
    why: str

    @staticmethod
    def resolve_why(row: CatalogueItem) -> str:
        return static_sentence(row.why)


@router.get(FETCHES, response=list[FetchOut], url_name="knowledge-fetches")
def fetches(request: Request, slug: str) -> list[dict[str, Any]]:
    """List every kind of data the office's site publishes, and how its fetching stands."""
    return _fetches(unit_of(request, slug))


@router.post(FETCHES + "/{kind}/start", response=list[FetchOut], url_name="knowledge-start-fetch")
@idempotent
def start_fetch(request: Request, slug: str, kind: str) -> list[dict[str, Any]]:
    """Fetch this kind of data in the background, or go on where it was stopped; 409 while it runs."""
    unit = unit_of(request, slug, permissions.DATA)
    if kind not in Sync.Kind.values:
        raise Http404
    syncing.start_sync(request.actor, unit=unit, kind=kind, now=timezone.now())
    return _fetches(unit)


@router.post(FETCHES + "/{kind}/stop", response=list[FetchOut], url_name="knowledge-stop-fetch")
@idempotent
def stop_fetch(request: Request, slug: str, kind: str) -> list[dict[str, Any]]:
    """Stop fetching until someone starts it again; what has been fetched stays."""
    unit = unit_of(request, slug, permissions.DATA)
    sync = get_object_or_404(Sync.objects.visible_to(request.actor), unit=unit, kind=plain(kind))
    syncing.stop_sync(request.actor, sync, now=timezone.now())
    return _fetches(unit)


@router.get(ACCESS, response=WebApiAccessOut, url_name="knowledge-webapi-access")
def webapi_address(request: Request, slug: str) -> dict[str, Any]:
    """Show where the office fetches from; 404 where it has no address of its own."""
    known = figure_keeping.own_access(unit_of(request, slug, permissions.CONFIGURE))
    if known is None:
        raise Http404
    return _access(known)


@router.put(ACCESS, response=WebApiAccessOut, url_name="knowledge-webapi-access")
def set_webapi_address(request: Request, slug: str, body: WebApiAccessIn) -> dict[str, Any]:
    """Say where and with which key the office fetches.

    Takes no `Idempotency-Key`, which would keep a hash of the key.
    """
    unit = unit_of(request, slug, permissions.CONFIGURE)
    given = cleaned(AccessForm(body.dict()))
    return _access(webapi_access.set_access(request.actor, unit=unit, **given, now=timezone.now()))


@router.get("/units/{slug}/static-tables", response=list[StaticTableOut], url_name="knowledge-static-tables")
def static_tables(
    request: Request, slug: str, q: Words = "", read_as: Literal["", "cells", "text"] = "", after: After = 0
) -> QuerySet[CatalogueItem]:
    """List which static tables became figures and which stayed text, by id, at most 200, `after` an id."""
    rows = figure_keeping.static_tables_of(unit_of(request, slug), plain(q), read_as)
    return rows.filter(pk__gt=after).order_by("pk")[:MOST]


def _fetches(unit: Unit) -> list[dict[str, Any]]:
    return [_fetch(one) for one in figure_keeping.kinds_of_data(unit)]


def _fetch(one: KindOfData) -> dict[str, Any]:
    sync = one.sync
    told = {"kind": one.kind, "label": one.label, "held": one.held, "done": one.done, "whole": one.whole}
    if sync is None:
        return {**told, "state": "", "said": "", **dict.fromkeys(("started_at", "last_good_at", "next_at"))}
    return {
        **told,
        "state": sync.state,
        "said": failure_of(one),
        "started_at": sync.started_at,
        "last_good_at": sync.last_good_at,
        "next_at": sync.next_at,
    }


def _access(known: WebApiAccess) -> dict[str, Any]:
    shown = {name: getattr(known, name) for name in THE_ACCESS}
    return {**shown, "has_key": bool(known.sealed_key)}
