"""What people say for what texts say, for programs: proposed by one, approved by another."""

from datetime import datetime
from typing import Annotated, Final, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from halopst.core.errors import NotPermitted
from halopst.core.forms import cleaned, plain
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.knowledge import permissions, queries, services
from halopst.knowledge.api.parameters import MOST, Id, Words
from halopst.knowledge.forms import PhraseForm
from halopst.knowledge.models import Synonym

router = Router()
THE_SYNONYM: Final = {"unit": "3578", "phrase": "angka nganggur", "means": "tingkat pengangguran terbuka"}
Office = Annotated[str, Field(max_length=60, examples=["3578"])]


class SynonymListIn(Schema):
    q: Words = ""
    state: Literal["", "proposed", "approved", "withdrawn"] = ""
    before: Id | None = None


class SynonymIn(Schema):
    """`unit` is an office's BPS code or slug; what the head office keeps counts everywhere."""

    model_config = example(**THE_SYNONYM)

    unit: Office
    phrase: str
    means: str


class SynonymOut(Schema):
    """In questions at `unit` the `phrase` is read as `means` while it is `approved`."""

    model_config = example(
        id=9,
        **THE_SYNONYM,
        state="proposed",
        proposed_by="Nala Ciptadewi",
        proposed_at="2026-11-20T02:10:00Z",
        approved_by=None,
    )

    id: int
    unit: str
    phrase: str
    means: str
    state: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None

    @staticmethod
    def resolve_unit(row: Synonym) -> str:
        return row.unit.code

    @staticmethod
    def resolve_proposed_by(row: Synonym) -> str:
        return str(row.proposed_by)

    @staticmethod
    def resolve_approved_by(row: Synonym) -> str | None:
        return str(row.approved_by) if row.approved_by else None


@router.get("/synonyms", response=list[SynonymOut], url_name="knowledge-synonyms")
def synonyms(request: Request, asked: Query[SynonymListIn]) -> QuerySet[Synonym]:
    """List your offices' synonyms, newest first, at most 200; the next ones with `before` = the last id."""
    if not request.actor.units(permissions.VIEW):
        raise NotPermitted
    rows = queries.kept_synonyms(request.actor, text=plain(asked.q), state=asked.state).order_by("-pk")
    return (rows.filter(pk__lt=asked.before) if asked.before else rows)[:MOST]


@router.post("/synonyms", response={201: SynonymOut}, url_name="knowledge-synonyms")
@idempotent
def propose_synonym(request: Request, body: SynonymIn) -> Status[Synonym]:
    """Propose how a phrase is to be read; it counts once a second person has approved it."""
    if not request.actor.units(permissions.WRITE):
        raise NotPermitted
    unit, given = queries.unit_named(body.unit), cleaned(PhraseForm(body.dict()))
    return Status(201, services.propose_synonym(request.actor, unit=unit, now=timezone.now(), **given))


@router.post("/synonyms/{int:pk}/approve", response=SynonymOut, url_name="knowledge-approve-synonym")
@idempotent
def approve_synonym(request: Request, pk: int) -> Synonym:
    """Approve a synonym: questions are read with it from now on. Not by the person who proposed it."""
    return services.approve_synonym(request.actor, _synonym(request, pk))


@router.post("/synonyms/{int:pk}/withdraw", response=SynonymOut, url_name="knowledge-withdraw-synonym")
@idempotent
def withdraw_synonym(request: Request, pk: int) -> Synonym:
    """Withdraw a synonym: questions are no longer read with it."""
    return services.withdraw_synonym(request.actor, _synonym(request, pk))


def _synonym(request: Request, pk: int) -> Synonym:
    rows = Synonym.objects.visible_to(request.actor).select_related("unit", "proposed_by", "approved_by")
    return get_object_or_404(rows, pk=pk)
