"""An office's own wording: drafted, looked at, tried on oneself, published; every version kept."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.notifications.kinds import NoticeKind
from halopst.notifications.models import Channel, Notice, Text
from halopst.notifications.permissions import MANAGE
from halopst.notifications.rules import fill, one_line, stray_braces, variables_in
from halopst.notifications.services.outbox import post
from halopst.units.models import Unit


class UnknownVariable(Invalid):
    """The text names something this kind of notice cannot fill in."""


class TextIncomplete(Invalid):
    message = _("Isi judul dan isi pesan.")


class NothingToPublish(Refused):
    message = _("Belum ada draf untuk diterbitkan. Simpan dulu perubahan Anda.")


class NothingToWithdraw(Refused):
    message = _("Naskah bawaan sedang dipakai; tidak ada yang perlu ditarik.")


class NoAddress(Refused):
    message = _("Akun Anda belum punya alamat surel untuk menerima pesan uji.")


def check_words(kind: NoticeKind, subject: str, body: str) -> None:
    """Refuse a text that would reach people with a hole in it."""
    if not subject.strip() or not body.strip():
        raise TextIncomplete
    words = f"{subject} {body}"
    allowed = ", ".join(f"{{{name}}}" for name in kind.variables)
    if unknown := [name for name in variables_in(words) if name not in kind.variables]:
        raise UnknownVariable(
            _("%(unknown)s tidak dikenal di pesan ini. Yang dapat dipakai: %(allowed)s.")
            % {"unknown": ", ".join(f"{{{name}}}" for name in unknown), "allowed": allowed}
        )
    if stray_braces(words):
        raise UnknownVariable(
            _("Ada kurung kurawal yang tidak berpasangan. Tulis isian seperti ini: %(allowed)s.")
            % {"allowed": allowed}
        )


def preview(kind: NoticeKind, subject: str, body: str) -> tuple[str, str]:
    """Subject and body as a person would read them, with the example values of the kind."""
    return one_line(fill(subject, kind.variables)), fill(body, kind.variables)


@transaction.atomic
def save_draft(actor: Actor, unit: Unit, *, kind: NoticeKind, language: str, subject: str, body: str) -> Text:
    """Keep the wording as this office's one draft of this kind and language."""
    _authorise(actor, unit)
    subject, body = one_line(subject), body.replace("\r\n", "\n").strip()
    check_words(kind, subject, body)
    Unit.objects.select_for_update().get(pk=unit.pk)  # two drafts at once would want the same version
    versions = Text.objects.filter(unit=unit, kind=kind.code, language=language)
    latest = versions.aggregate(latest=Max("version"))["latest"] or 0
    draft, _is_new = Text.objects.update_or_create(
        unit=unit,
        kind=kind.code,
        language=language,
        state=Text.State.DRAFT,
        defaults={"subject": subject, "body": body, "author_id": actor.user_id},
        create_defaults={
            "subject": subject,
            "body": body,
            "author_id": actor.user_id,
            "version": latest + 1,
        },
    )
    record(actor, "notifications.text-drafted", draft, kind=kind.code, version=draft.version)
    return draft


@transaction.atomic
def publish_draft(actor: Actor, unit: Unit, *, kind: NoticeKind, language: str, now: datetime) -> Text:
    """From this moment on the draft is what people get; the version before it moves to the history."""
    _authorise(actor, unit)
    rows = Text.objects.filter(unit=unit, kind=kind.code, language=language).select_for_update()
    draft: Text | None = rows.filter(state=Text.State.DRAFT).first()
    if draft is None:
        raise NothingToPublish
    check_words(kind, draft.subject, draft.body)
    rows.filter(state=Text.State.PUBLISHED).update(state=Text.State.WITHDRAWN, withdrawn_at=now)
    draft.state, draft.published_at = Text.State.PUBLISHED, now
    draft.save(update_fields=["state", "published_at", "updated_at"])
    record(actor, "notifications.text-published", draft, kind=kind.code, version=draft.version)
    return draft


@transaction.atomic
def withdraw(actor: Actor, unit: Unit, *, kind: NoticeKind, language: str, now: datetime) -> Text:
    """Back to the wording of the office above, or of the platform."""
    _authorise(actor, unit)
    rows = Text.objects.filter(unit=unit, kind=kind.code, language=language).select_for_update()
    text: Text | None = rows.filter(state=Text.State.PUBLISHED).first()
    if text is None:
        raise NothingToWithdraw
    text.state, text.withdrawn_at = Text.State.WITHDRAWN, now
    text.save(update_fields=["state", "withdrawn_at", "updated_at"])
    record(actor, "notifications.text-withdrawn", text, kind=kind.code, version=text.version)
    return text


@transaction.atomic
def send_test(
    actor: Actor,
    unit: Unit,
    *,
    kind: NoticeKind,
    language: str,
    subject: str,
    body: str,
    key: str,
    now: datetime,
) -> Notice:
    """Send the wording with example values to oneself; `key` tells one try from the next."""
    _authorise(actor, unit)
    check_words(kind, subject, body)
    user = User.objects.filter(pk=actor.user_id).first() if actor.user_id is not None else None
    if user is None or not user.email:
        raise NoAddress
    subject, body = preview(kind, subject, body)
    notice = Notice.objects.create(
        unit=unit,
        kind=kind.code,
        key=f"test:{key}",
        user=user,
        name=str(user),
        email=user.email,
        language=language,
        context=dict(kind.variables),
        subject=f"[{_('Uji')}] {subject}"[:200],
        body=body,
        at=now,
    )
    post(notice, Channel.EMAIL, not_before=now, now=now)
    record(actor, "notifications.text-tried", notice, kind=kind.code)
    return notice


def _authorise(actor: Actor, unit: Unit) -> None:
    if not actor.may(MANAGE, unit.pk):
        raise NotPermitted
