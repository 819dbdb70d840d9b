"""The blacklist for programs: why a mitra is on it, what they say against it, and what was decided."""

from datetime import date, datetime
from typing import Literal

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import blacklisting_of, person_of, unit_of
from halopst.partners.api.parameters import NOTHING_ELSE
from halopst.partners.forms import AppealForm, BlacklistForm, DecisionForm
from halopst.partners.models import Blacklisting

router = Router()
LISTED = "/units/{slug}/mitra/{int:pk}/blacklistings"


class BlacklistingOut(Schema):
    """From `since` to `last_day` (included; null: without end) no office can assign the mitra.

    `decision` is empty until the appeal is decided: `diterima` (it never held) or `ditolak`.
    """

    model_config = example(
        id=4,
        unit="surabayakota",
        reason="Isian lima dokumen tidak sesuai kunjungan ulang.",
        since="2026-03-01",
        last_day=None,
        appeal="Saya hadir di lapangan, ada fotonya.",
        appealed_at="2026-03-05T03:00:00Z",
        decision="ditolak",
        decision_note="Foto bukan dari blok sensus itu.",
        decided_at="2026-03-08T03:00:00Z",
    )

    id: int
    unit: str
    reason: str
    since: date
    last_day: date | None
    appeal: str
    appealed_at: datetime | None
    decision: str
    decision_note: str
    decided_at: datetime | None

    @staticmethod
    def resolve_unit(row: Blacklisting) -> str:
        return row.unit.slug

    @staticmethod
    def resolve_decided_at(row: Blacklisting) -> datetime | None:
        return row.appeal_decided_at


class BlacklistingIn(Schema):
    """`last_day` is the last on which the mitra cannot be assigned; null is without end."""

    model_config = NOTHING_ELSE | example(
        reason="Isian lima dokumen tidak sesuai kunjungan ulang.", since="2026-03-01", last_day="2026-12-31"
    )

    reason: str = Field(max_length=2000)
    since: date
    last_day: date | None = None


class AppealIn(Schema):
    model_config = example(text="Saya hadir di lapangan, ada fotonya.")

    text: str = Field(max_length=2000)


class AppealDecisionIn(Schema):
    model_config = example(decision="ditolak", note="Foto bukan dari blok sensus itu.")

    decision: Literal["diterima", "ditolak"]
    note: str = Field(max_length=2000)


@router.get(LISTED, response=list[BlacklistingOut], url_name="partners-blacklistings")
def blacklistings(request: Request, slug: str, pk: int) -> QuerySet[Blacklisting]:
    """List every blacklisting of a mitra (`person`), other offices' too, the latest first."""
    return queries.blacklistings_of(person_of(request, unit_of(request, slug), pk))


@router.post(LISTED, response={201: BlacklistingOut}, url_name="partners-blacklistings")
@idempotent
def blacklist(request: Request, slug: str, pk: int, body: BlacklistingIn) -> Status[Blacklisting]:
    """Put a mitra on the blacklist: no office can assign them."""
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    values = cleaned(BlacklistForm(body.model_dump()))
    return Status(201, services.blacklist(request.actor, who, unit=unit, **values, now=timezone.now()))


@router.post(LISTED + "/{int:listed}/lift", response=BlacklistingOut, url_name="partners-lift")
@idempotent
def lift(request: Request, slug: str, pk: int, listed: int) -> Blacklisting:
    """End a blacklisting today."""
    unit = unit_of(request, slug, permissions.MANAGE)
    row = blacklisting_of(request, unit, pk, listed)
    services.lift(request.actor, row, today=timezone.localdate(timezone=unit.tz))
    return blacklisting_of(request, unit, pk, listed)


@router.post(LISTED + "/{int:listed}/appeal", response=BlacklistingOut, url_name="partners-appeal")
@idempotent
def appeal(request: Request, slug: str, pk: int, listed: int, body: AppealIn) -> Blacklisting:
    """Record what the mitra says against a blacklisting; once."""
    unit = unit_of(request, slug, permissions.MANAGE)
    row = blacklisting_of(request, unit, pk, listed)
    services.appeal(request.actor, row, **cleaned(AppealForm(body.model_dump())), now=timezone.now())
    return blacklisting_of(request, unit, pk, listed)


@router.post(LISTED + "/{int:listed}/decision", response=BlacklistingOut, url_name="partners-appeal-decision")
@idempotent
def decide_appeal(request: Request, slug: str, pk: int, listed: int, body: AppealDecisionIn) -> Blacklisting:
    """Decide the appeal; not by the person who put the mitra on the list."""
    unit = unit_of(request, slug, permissions.APPROVE)
    row = blacklisting_of(request, unit, pk, listed)
    given = cleaned(DecisionForm(body.model_dump()))
    granted = given["decision"] == Blacklisting.Decision.GRANTED
    services.decide_appeal(request.actor, row, granted=granted, note=given["note"], now=timezone.now())
    return blacklisting_of(request, unit, pk, listed)
