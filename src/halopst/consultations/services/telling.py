"""Who is told what, in the transaction of the move itself. A key per move keeps a repeated job silent."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Required, TypedDict, Unpack

from halopst.accounts.models import User
from halopst.cases.queries import leads_of
from halopst.consultations import notices
from halopst.consultations.invitations import entry_of, invite, withdraw
from halopst.consultations.links import case_path, ticket_path
from halopst.consultations.models import Consultation
from halopst.consultations.wording import lang_of, values
from halopst.notifications.models import Notice
from halopst.notifications.services import Attachment, NoticeKind, Recipient, notify, recipient_of


class Particulars(TypedDict, total=False):
    """What a notice takes besides its kind and reader."""

    now: Required[datetime]
    about: str  # replaces the move's version in the key of what is sent outside a move
    send_before: datetime | None
    pesan: str


def visitor(
    consultation: Consultation, kind: NoticeKind, *, invited: bool = False, **particulars: Unpack[Particulars]
) -> None:
    person = consultation.case.visitor
    files = (invite(consultation, person),) if invited else ()
    _send(consultation, kind, person, ticket_path(consultation), files=files, **particulars)


def officer(
    consultation: Consultation, kind: NoticeKind, *, invited: bool = False, **particulars: Unpack[Particulars]
) -> None:
    person = consultation.expert.user
    files = (invite(consultation, person),) if invited else ()
    _send(consultation, kind, person, case_path(consultation), files=files, **particulars)


def former_officer(consultation: Consultation, person: User, *, now: datetime) -> None:
    """Take the appointment out of the calendar of someone who passed it on or lost it."""
    entry = replace(entry_of(consultation, person), cancelled=True)
    files = (withdraw(entry, consultation.case.number),)
    _send(consultation, notices.HANDED_OVER, person, case_path(consultation), now=now, files=files)


def leads(consultation: Consultation, kind: NoticeKind, *, now: datetime, about: str = "") -> None:
    for person in leads_of(consultation.case.unit):
        _send(consultation, kind, person, case_path(consultation), now=now, about=about)


def _send(
    consultation: Consultation,
    kind: NoticeKind,
    person: User,
    link: str,
    *,
    now: datetime,
    files: Iterable[Attachment] = (),
    about: str = "",
    send_before: datetime | None = None,
    pesan: str = "",
) -> None:
    notify(
        kind=kind.code,
        unit=consultation.case.unit,
        to=_recipient(consultation, person),
        context=values(consultation, lang_of(person.language), pesan=pesan),
        about=f"consultation:{consultation.pk}",
        key=f"{stem(kind, consultation, about)}:{person.pk}",
        link=link,
        send_before=send_before,
        attachments=tuple(files),
        now=now,
    )


def stem(kind: NoticeKind, consultation: Consultation, about: str = "") -> str:
    """The key of a notice without its reader: one for each kind and move, or thing it is `about`."""
    return f"{kind.code}:{consultation.pk}:{about or f'v{consultation.version}'}"


def told(kinds: Iterable[NoticeKind], consultations: Iterable[Consultation]) -> set[str]:
    """The stems of what someone has been told already, so that a job need not try again. One query."""
    keys = Notice.objects.filter(
        kind__in=[kind.code for kind in kinds],
        about__in=[f"consultation:{one.pk}" for one in consultations],
    ).values_list("key", flat=True)
    return {key.rpartition(":")[0] for key in keys}


def _recipient(consultation: Consultation, person: User) -> Recipient:
    """The visitor may have named another number for this consultation than on their profile."""
    known = recipient_of(person)
    is_visitor = person.pk == consultation.case.visitor_id
    return replace(known, phone=consultation.phone) if is_visitor and consultation.phone else known
