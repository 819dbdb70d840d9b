"""The office's side of its mitra's own pages, for programs. No code and no session leaves here."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from halopst.core.http import Request, example, gives
from halopst.core.idempotency import idempotent
from halopst.partners import permissions
from halopst.partners.addressed import person_of, unit_of
from halopst.partners.api.parameters import MOST, After, Id, Month
from halopst.partners.downloads import sealed_file
from halopst.partners.models import OfferAnswer, OwnLink, SentScan
from halopst.partners.queries.own import office as own_office
from halopst.partners.queries.own.accounts import open_remarks
from halopst.partners.services import own

router = Router()


class AnswerOut(Schema):
    """What a mitra said to an assignment as it stands; one that has changed since waits for another."""

    model_config = example(
        id=9,
        registration=12,
        mitra="Sri Contoh",
        assignment=15,
        activity="Survei Angkatan Kerja Nasional",
        accepted=False,
        reason="Sedang di luar kota sampai akhir bulan.",
        volume=24,
        answered_at="2026-11-03T03:20:00Z",
    )

    id: int
    registration: int
    mitra: str
    assignment: int
    activity: str
    accepted: bool
    reason: str
    volume: int
    answered_at: datetime

    @staticmethod
    def resolve_registration(row: OfferAnswer) -> int:
        return row.assignment.registration_id

    @staticmethod
    def resolve_mitra(row: OfferAnswer) -> str:
        return row.assignment.registration.person.name

    @staticmethod
    def resolve_assignment(row: OfferAnswer) -> int:
        return row.assignment_id

    @staticmethod
    def resolve_activity(row: OfferAnswer) -> str:
        return row.assignment.duty.activity.name


class LinkOut(Schema):
    """A link on its way. Its address goes to the mitra alone."""

    model_config = example(id=6, person=40, expires_at="2027-01-20T01:00:00Z")

    id: int
    person: int
    expires_at: datetime

    @staticmethod
    def resolve_person(row: OwnLink) -> int:
        return row.person_id


class LinksIn(Schema):
    model_config = example(month="2026-11")

    month: Month


class CountOut(Schema):
    model_config = example(count=35)

    count: int


class ScanOut(Schema):
    """A scan a mitra has sent, of a letter that is not signed until it is taken."""

    model_config = example(
        id=3,
        letter=31,
        number="B-012/35780/VS.330/2026",
        mitra="Sri Contoh",
        pages=3,
        code_was_read=True,
        sent_at="2026-11-04T05:00:00Z",
        state="menunggu",
        reason="",
    )

    id: int
    letter: int
    number: str
    mitra: str
    pages: int
    code_was_read: bool
    sent_at: datetime
    state: str
    reason: str

    @staticmethod
    def resolve_letter(row: SentScan) -> int:
        return row.letter_id

    @staticmethod
    def resolve_number(row: SentScan) -> str:
        return str(row.letter.number)

    @staticmethod
    def resolve_mitra(row: SentScan) -> str:
        return row.person.name


class DecisionIn(Schema):
    """`compared`: the number on paper is this letter's, where no code was read. `reason` to return it."""

    model_config = example(accept=False, reason="Halaman kedua tidak terbaca.")

    accept: bool
    compared: bool = False
    reason: str = Field("", max_length=300)


class OwnPageOut(Schema):
    """How far a mitra has come with their own page: the office's latest link, when they last came in.

    `remark` is what they said is wrong with their account, until the office has dealt with it.
    """

    model_config = example(
        link={"id": 6, "person": 40, "expires_at": "2027-01-20T01:00:00Z"},
        is_open=True,
        entered_at="2026-11-03T03:10:00Z",
        remark="Nomor rekening saya berganti.",
    )

    link: LinkOut | None
    is_open: bool
    entered_at: datetime | None
    remark: str


@router.get("/units/{slug}/mitra/{int:pk}/own-page", response=OwnPageOut, url_name="partners-own-page")
def own_page(request: Request, slug: str, pk: int) -> dict[str, Any]:
    """Tell whether a mitra (`person`) has a valid link, came in, and wants their account corrected."""
    unit = unit_of(request, slug)
    person = person_of(request, unit, pk)
    page = own_office.own_page_of(person, unit, now=timezone.now())
    remark = open_remarks(person.pk).first()
    return {
        "link": page.link,
        "is_open": page.is_open,
        "entered_at": page.entered_at,
        "remark": remark.note if remark else "",
    }


@router.get("/units/{slug}/answers", response=list[AnswerOut], url_name="partners-answers")
def answers(request: Request, slug: str, month: Month, after: After = 0) -> QuerySet[OfferAnswer]:
    """List how mitra answered a month's offers, by id, at most 500; more with `after` = the last id."""
    rows = own_office.answers_in(request.actor, unit_of(request, slug), date.fromisoformat(f"{month}-01"))
    return rows.filter(pk__gt=after)[:MOST]


@router.post("/units/{slug}/mitra/{int:pk}/link", response={201: LinkOut}, url_name="partners-send-link")
@idempotent
def send_link(request: Request, slug: str, pk: int) -> Status[OwnLink]:
    """Send a mitra (`person`) the address of their own page, where the register can reach them."""
    unit = unit_of(request, slug, permissions.MANAGE)
    person = person_of(request, unit, pk)
    return Status(201, own.send_link(request.actor, person, unit=unit, now=timezone.now()))


@router.post("/units/{slug}/mitra/{int:pk}/revoke-links", response=CountOut, url_name="partners-revoke-links")
@idempotent
def revoke_links(request: Request, slug: str, pk: int) -> dict[str, int]:
    """Take back every link sent to a mitra and close their open pages; `count` links were still good."""
    unit = unit_of(request, slug, permissions.MANAGE)
    person = person_of(request, unit, pk)
    return {"count": own.revoke_links(request.actor, person, unit=unit, now=timezone.now())}


@router.post(
    "/units/{slug}/mitra/{int:pk}/settle-remark", response=CountOut, url_name="partners-settle-remark"
)
@idempotent
def settle_remark(request: Request, slug: str, pk: int) -> dict[str, int]:
    """Mark a mitra's remark on their account as dealt with; `count` is 0 where nothing was open."""
    unit = unit_of(request, slug, permissions.MANAGE)
    person = person_of(request, unit, pk)
    return {"count": own.settle_remarks(request.actor, person, unit=unit, now=timezone.now())}


@router.post("/units/{slug}/links", response=CountOut, url_name="partners-send-links")
@idempotent
def send_links(request: Request, slug: str, body: LinksIn) -> dict[str, int]:
    """Send everyone with work in a month their link, in the background; `count` mitra."""
    unit = unit_of(request, slug, permissions.MANAGE)
    month = date.fromisoformat(f"{body.month}-01")
    return {"count": own.ask_links(request.actor, unit=unit, month=month, now=timezone.now())}


@router.get("/units/{slug}/sent-scans", response=list[ScanOut], url_name="partners-scans")
def scans(request: Request, slug: str) -> QuerySet[SentScan]:
    """List scans that wait for an officer, the oldest first, at most 500."""
    unit = unit_of(request, slug, permissions.MANAGE)
    return own_office.waiting_scans(request.actor, unit)[:MOST]


@router.get(
    "/units/{slug}/sent-scans/{int:pk}/file",
    url_name="partners-sent-scan-file",
    openapi_extra=gives("application/pdf"),
)
def scan_file(request: Request, slug: str, pk: int) -> HttpResponse:
    """Download a scan that waits, to look at it."""
    kept = _scan(request, slug, pk)
    return sealed_file(lambda: own.read_scan(kept), f"pindaian-{kept.pk}.pdf", "application/pdf")


@router.post("/units/{slug}/sent-scans/{int:pk}", response=ScanOut, url_name="partners-decide-scan")
@idempotent
def decide_scan(request: Request, slug: str, pk: Id, body: DecisionIn) -> Any:
    """Take a scan as the signed letter, or return it to its mitra."""
    scan, now = _scan(request, slug, pk), timezone.now()
    if body.accept:
        return own.take_scan(request.actor, scan, compared=body.compared, now=now)
    return own.return_scan(request.actor, scan, reason=body.reason, now=now)


def _scan(request: Request, slug: str, pk: int) -> SentScan:
    unit = unit_of(request, slug, permissions.MANAGE)
    rows = SentScan.objects.visible_to(request.actor).filter(letter__unit=unit)
    return get_object_or_404(rows, pk=pk)
