"""Writing to the outbox: the one door through which the platform tells anyone anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from halopst.accounts.models import User
from halopst.core.formats import language, phone_digits
from halopst.core.live import announce
from halopst.notifications.channels import Attachment
from halopst.notifications.channels.configured import is_configured
from halopst.notifications.kinds import NoticeKind, find_kind, kind_named
from halopst.notifications.models import AttachedFile, Channel, Contact, Delivery, Notice
from halopst.notifications.queries import declined_channels, earliest_hour, may_chat, text_for
from halopst.notifications.rules import fill, one_line
from halopst.notifications.topics import inbox_of
from halopst.units.models import Unit

QUEUE = "notices"
PLATFORM_MAIL = "platform.mail"
PATIENCE = timedelta(hours=24)
LARGEST_FILE = 512 * 1024
SUBJECT_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Who is told, as they were known at that moment."""

    user_id: int | None
    name: str
    email: str
    phone: str = ""
    language: str = "id"


def recipient_of(user: User) -> Recipient:
    return Recipient(
        user_id=user.pk, name=str(user), email=user.mail, phone=user.phone, language=user.language
    )


@transaction.atomic
def notify(
    *,
    kind: str,
    unit: Unit,
    to: Recipient,
    context: Mapping[str, str],
    about: str,
    key: str,
    link: str = "",
    send_before: datetime | None = None,
    attachments: Sequence[Attachment] = (),
    now: datetime,
) -> Notice:
    """Tell `to` something, in the caller's transaction; the same `key` twice is one notice.

    `context` must hold every variable the kind declares. Nothing leaves the house at or after `send_before`.
    """
    declared = kind_named(kind)
    if missing := set(declared.variables) - set(context):
        raise ValueError(f"{kind} is missing {sorted(missing)}")
    notice, is_new = Notice.objects.get_or_create(
        key=key,
        defaults={
            **_snapshot(to),
            **_said(declared, unit, to, context),
            "unit": unit,
            "kind": kind,
            "about": about,
            "link": link,
            "send_before": send_before,
            "at": now,
        },
    )
    if is_new:
        _attach(notice, attachments)
        _set_out(notice, declared, now=now)
    return notice


def _set_out(notice: Notice, kind: NoticeKind, *, now: datetime) -> None:
    """Tell the open page of the recipient, and put the notice on its way over each channel."""
    if notice.user_id is not None:
        announce(inbox_of(notice.user_id), "new", {"notice": notice.pk})
    for channel in _channels(notice, kind, now):
        post(notice, channel, not_before=earliest_hour(notice, kind, now), now=now)


@transaction.atomic
def tell_alone(
    *, kind: str, to: Recipient, context: Mapping[str, str], key: str, link: str = "", now: datetime
) -> Notice:
    """Tell `to` what no office may read, such as a one-time code: of no office, in the platform's words.

    `kind` must be declared `alone`; the same `key` twice is one notice. Forgotten after a day.
    """
    declared = kind_named(kind)
    if not declared.alone:
        raise ValueError(f"{kind} is an office's to read")
    language = _language(to)
    notice, is_new = Notice.objects.get_or_create(
        key=key,
        defaults={
            **_snapshot(replace(to, user_id=None)),
            "context": {name: str(context[name]) for name in declared.variables},
            "subject": one_line(fill(declared.subject(language), context))[:SUBJECT_LENGTH],
            "body": fill(declared.body(language), context),
            "kind": kind,
            "link": link,
            "at": now,
        },
    )
    if is_new:
        _set_out(notice, declared, now=now)
    return notice


@transaction.atomic
def post_mail(*, to: str, subject: str, body: str, key: str, now: datetime) -> Notice:
    """The platform's own mail, such as a sign-in code: to an address, of no office, never in an inbox."""
    notice = Notice.objects.create(
        kind=PLATFORM_MAIL,
        key=key,
        email=to,
        language=language(),
        subject=one_line(subject)[:SUBJECT_LENGTH],
        body=body.strip(),
        at=now,
    )
    post(notice, Channel.EMAIL, not_before=now, now=now)
    return notice


def post(
    notice: Notice, channel: str, *, not_before: datetime, now: datetime, is_fallback: bool = False
) -> Delivery:
    """Put `notice` on its way over `channel`; without credentials it stays where staff can see it."""
    give_up_at = not_before + PATIENCE
    if notice.send_before is not None:
        give_up_at = min(give_up_at, notice.send_before)
    delivery = Delivery(
        notice=notice, channel=channel, next_at=not_before, give_up_at=give_up_at, is_fallback=is_fallback
    )
    if not is_configured(channel):
        _skip(
            delivery, "no-credentials", _("Saluran ini belum dipasang; pesan tinggal di kotak keluar."), now
        )
    elif not_before >= give_up_at:
        _skip(delivery, "too-late", _("Waktu kirimnya jatuh setelah batas akhir pesan ini."), now)
    delivery.save()
    if delivery.state == Delivery.State.QUEUED:
        wake(delivery, now=now)
    else:
        fall_back(delivery, now=now)
    return delivery


def fall_back(delivery: Delivery, *, now: datetime) -> None:
    """WhatsApp did not work out: e-mail takes over, unless it is on its way or was declined for good."""
    notice, kind = delivery.notice, find_kind(delivery.notice.kind)
    if delivery.channel != Channel.WHATSAPP or kind is None or not notice.email:
        return
    if kind.is_optional and Channel.EMAIL in declined_channels(notice.user_id, kind.group):
        return
    if not notice.deliveries.filter(channel=Channel.EMAIL).exists():
        post(
            notice,
            Channel.EMAIL,
            not_before=earliest_hour(notice, kind, now),
            now=now,
            is_fallback=True,
        )


def wake(delivery: Delivery, *, now: datetime) -> None:
    """Start the job that delivers, in this transaction: now, or when its time has come."""
    schedule: dict[str, Any] = {}
    if delivery.next_at > now:
        schedule["schedule_at"] = delivery.next_at
    app.configure_task("halopst.notifications.tasks.deliver", queue=QUEUE, **schedule).defer(
        delivery_id=delivery.pk
    )


def _snapshot(to: Recipient) -> dict[str, Any]:
    return {
        "user_id": to.user_id,
        "name": to.name[:200],
        "email": to.email,
        "phone": _digits(to.phone),
        "language": _language(to),
    }


def _said(kind: NoticeKind, unit: Unit, to: Recipient, context: Mapping[str, str]) -> dict[str, Any]:
    """What is told, word for word, in the text in force at this moment."""
    text = text_for(unit, kind, _language(to))
    return {
        "context": {name: str(context[name]) for name in kind.variables},
        "subject": one_line(fill(text.subject, context))[:SUBJECT_LENGTH],
        "body": fill(text.body, context),
        "text_version": text.version,
    }


def _language(to: Recipient) -> str:
    return "en" if to.language == "en" else "id"


def _digits(phone: str) -> str:
    """A number of this country however it is written; of another one only as the provider writes it."""
    try:
        return phone_digits(phone) if phone else ""
    except ValueError:
        return phone if Contact.objects.filter(phone=phone).exists() else ""


def _attach(notice: Notice, attachments: Sequence[Attachment]) -> None:
    for file in attachments:
        if len(file.content) > LARGEST_FILE:
            raise ValueError(f"{notice.kind}: {file.name} is larger than {LARGEST_FILE} bytes")
        AttachedFile.objects.create(
            notice=notice, name=file.name, content_type=file.content_type, content=file.content
        )


def _channels(notice: Notice, kind: NoticeKind, now: datetime) -> list[str]:
    """Every channel the person has and has not declined for this kind of notice.

    E-mail first: WhatsApp that is held back at once looks whether one is on its way already.
    """
    declined = declined_channels(notice.user_id, kind.group)
    reachable = {
        Channel.EMAIL: bool(notice.email),
        Channel.WHATSAPP: may_chat(kind, notice.phone, notice.user_id, now),
    }
    return [channel for channel, possible in reachable.items() if possible and channel not in declined]


def _skip(delivery: Delivery, code: str, sentence: str, now: datetime) -> None:
    delivery.state = Delivery.State.SKIPPED
    delivery.error_code, delivery.error, delivery.ended_at = code, sentence, now
