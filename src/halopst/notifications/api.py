"""My notices and how I want to be told, for programs."""

from datetime import datetime, time
from typing import Any, Final

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from halopst.core.errors import NotPermitted
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.notifications import queries
from halopst.notifications.kinds import Group
from halopst.notifications.models import Channel, Notice
from halopst.notifications.services.inbox import mark_all_read, mark_read
from halopst.notifications.services.preferences import save_preferences

router = Router(tags=["notifications"])

PAGE = 50


THE_NOTICE: Final[dict[str, Any]] = {
    "id": 71,
    "kind": "consultations.approved",
    "unit": "BPS Kota Surabaya",
    "subject": "Konsultasi disetujui",
    "body": "Sampai jumpa pada 24 November.",
    "link": "https://halopst.example/permintaan/",
    "about": "consultation:31",
    "at": "2026-11-20T02:10:00Z",
    "read_at": None,
}
"""What the description shows."""


class NoticeOut(Schema):
    model_config = example(**THE_NOTICE)

    id: int
    kind: str
    unit: str
    subject: str
    body: str
    link: str
    about: str
    at: datetime
    read_at: datetime | None

    @staticmethod
    def resolve_unit(notice: Notice) -> str:
        return notice.unit.slug if notice.unit else ""


class Question(Schema):
    """Search with `q`; turn the page with `before`."""

    q: str = Field("", max_length=200)
    unread: bool = False
    before: int | None = Field(None, ge=1, lt=2**63)


class NoticesOut(Schema):
    """`next` is the `before` of the following page, or null on the last."""

    model_config = example(unread=1, notices=[THE_NOTICE], next=None)

    unread: int
    notices: list[NoticeOut]
    next: int | None


class Wanted(Schema):
    group: Group
    channel: Channel
    wanted: bool


class Preferences(Schema):
    """`whatsapp_phone` empty: no consent to WhatsApp. Quiet hours null: those of the office."""

    model_config = example(
        choices=[{"group": "kabar", "channel": "email", "wanted": False}],
        whatsapp_phone="081200000000",
        quiet_starts="21:00:00",
        quiet_ends="06:00:00",
    )

    choices: list[Wanted] = Field(max_length=len(Group) * len(Channel))
    whatsapp_phone: str = Field("", max_length=30)
    quiet_starts: time | None = None
    quiet_ends: time | None = None


class Count(Schema):
    model_config = example(read=3)

    read: int


@router.get("/", response=NoticesOut, url_name="my_notices", summary="My notices, newest first")
def my_notices(request: Request, question: Query[Question]) -> dict[str, object]:
    """List the notices to the person the program acts for, newest first, at most 50; `next` goes on."""
    found = queries.inbox(request.actor, text=question.q, only_unread=question.unread).order_by("-pk")
    if question.before is not None:
        found = found.filter(pk__lt=question.before)
    rows = list(found[: PAGE + 1])
    more = len(rows) > PAGE
    return {
        "unread": queries.unread_count(request.actor),
        "notices": rows[:PAGE],
        "next": rows[PAGE - 1].pk if more else None,
    }


@router.post("/{int:pk}/read", response=NoticeOut, url_name="read_notice", summary="Mark one notice as read")
@idempotent
def read_notice(request: Request, pk: int) -> Notice:
    """Mark one notice as read."""
    own = Notice.objects.visible_to(request.actor).addressed_to(request.actor).select_related("unit")
    return mark_read(request.actor, get_object_or_404(own, pk=pk), now=timezone.now())


@router.post("/read", response=Count, url_name="read_notices", summary="Mark everything as read")
@idempotent
def read_notices(request: Request) -> dict[str, int]:
    """Mark all notices as read."""
    return {"read": mark_all_read(request.actor, now=timezone.now())}


@router.get("/preferences", response=Preferences, url_name="my_preferences", summary="How I want to be told")
def my_preferences(request: Request) -> dict[str, object]:
    """Show by which channels the person wants to be told of what, and when to be left alone."""
    if request.actor.user_id is None:
        raise NotPermitted
    declined = queries.declined_choices(request.actor.user_id)
    contact = queries.agreed_contact(request.actor.user_id)
    hours = queries.own_quiet_hours(request.actor.user_id)
    return {
        "choices": [
            {"group": group, "channel": channel, "wanted": (str(group), str(channel)) not in declined}
            for group in Group
            for channel in Channel
        ],
        "whatsapp_phone": contact.phone if contact else "",
        "quiet_starts": hours and hours.starts,
        "quiet_ends": hours and hours.ends,
    }


@router.put(
    "/preferences", response={204: None}, url_name="save_my_preferences", summary="Choose how I am told"
)
@idempotent
def save_my_preferences(request: Request, body: Preferences) -> Status[None]:
    """Change the named choices; the others stay."""
    named = {(str(choice.group), str(choice.channel)): choice.wanted for choice in body.choices}
    starts, ends = body.quiet_starts, body.quiet_ends
    save_preferences(
        request.actor,
        wanted={choice for choice, wanted in named.items() if wanted},
        offered=set(named),
        whatsapp_phone=body.whatsapp_phone or None,
        quiet=(starts, ends) if starts is not None and ends is not None else None,
        now=timezone.now(),
    )
    return Status(204, None)
