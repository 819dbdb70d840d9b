"""Asking for a consultation: what the visitor types is kept, then sent once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import uuid4

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from halopst.accounts import services as accounts
from halopst.accounts.models import Consent, User
from halopst.audit.services import record
from halopst.cases import services as cases
from halopst.cases.models import Case
from halopst.cases.services.attaching import checked
from halopst.consultations import notices
from halopst.consultations.events import ConsultationRequested
from halopst.consultations.models import Consultation, Draft, DraftFile, Mode
from halopst.consultations.queries import KIND, answer_due_at, consent_owed
from halopst.consultations.services import telling
from halopst.consultations.services.limits import must_have_room
from halopst.consultations.services.refusals import HoldMissing, PhoneMissing, TooManyFiles
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.events import publish
from halopst.notifications.services.consent import opt_in
from halopst.scheduling import services as scheduling
from halopst.scheduling.models import Expert, Field, Reservation
from halopst.units.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

KEPT_FOR = timedelta(days=7)
MOST_FILES = 5


@transaction.atomic
def request(
    actor: Actor,
    *,
    reservation: Reservation,
    holder: str,
    mode: str,
    topic: str,
    need: str,
    purpose: str,
    field: Field | None = None,
    phone: str = "",
    now: datetime,
) -> Consultation:
    """Turn a held time into a request. The same hold sent again gives the same consultation."""
    if actor.user_id is None:
        raise NotPermitted
    if mode == Mode.PHONE and not phone:
        raise PhoneMissing
    try:
        claimed = scheduling.claim(reservation, holder=holder, now=now)
    except scheduling.AlreadyRequested:
        return _sent(reservation, actor)
    must_have_room(actor.user_id, claimed.expert.unit)
    row: Consultation = Consultation.objects.create(
        case=_open_case(actor, claimed, topic=topic, need=need, now=now),
        expert=claimed.expert,
        field=field,
        reservation=claimed,
        mode=mode,
        topic=topic,
        need=need,
        purpose=purpose,
        phone=phone,
        submitted_at=now,
        answer_due_at=answer_due_at(claimed.expert.unit, claimed.starts_at, now=now),
    )
    _tell(actor, row, now=now)
    return row


class Asked(TypedDict):
    """What a request says beyond whom and when."""

    mode: str
    topic: str
    need: str
    purpose: str
    phone: str
    field: Field | None


@transaction.atomic
def request_time(
    actor: Actor,
    *,
    expert: Expert,
    starts_at: datetime,
    holder: str,
    client: str,
    asked: Asked,
    now: datetime,
) -> Consultation:
    """Hold and ask in one go, for callers that know everything beforehand."""
    if actor.user_id is None:
        raise NotPermitted
    held = scheduling.hold(actor, expert=expert, starts_at=starts_at, holder=holder, client=client, now=now)
    return request(actor, reservation=held, holder=holder, now=now, **asked)


def _sent(reservation: Reservation, actor: Actor) -> Consultation:
    """The consultation this very hold became, when the same visitor presses "Kirim" twice."""
    mine: QuerySet[Consultation] = Consultation.objects.whole().filter(case__visitor=actor.user_id)
    sent = mine.filter(reservation=reservation).first()
    if sent is None:
        raise scheduling.AlreadyRequested
    return sent


def _open_case(actor: Actor, reservation: Reservation, *, topic: str, need: str, now: datetime) -> Case:
    return cases.open_case(
        actor,
        unit=reservation.expert.unit,
        kind_code=KIND,
        channel=Case.Channel.WEB,
        visitor=User.objects.get(pk=actor.user_id),
        subject=topic,
        body=need,
        officer=reservation.expert.user,
        now=now,
    )


def _tell(actor: Actor, row: Consultation, *, now: datetime) -> None:
    record(actor, "consultations.requested", row, unit_id=row.case.unit_id)
    publish(ConsultationRequested(consultation_id=row.pk, case_id=row.case_id))
    telling.visitor(row, notices.REQUESTED, now=now, invited=True)
    telling.officer(row, notices.TO_ANSWER, now=now, invited=True)


@transaction.atomic
def choose_time(
    actor: Actor,
    *,
    unit: Unit,
    expert: Expert | None,
    field: Field | None,
    mode: str,
    starts_at: datetime,
    holder: str,
    client: str,
    now: datetime,
) -> Draft:
    """Hold a time for this browser, with `expert` or anyone, in place of the one it held before.

    When the new time is refused the old one stays held. What was typed for an earlier, sent request
    makes room; who the visitor is stays.
    """
    draft, _ = Draft.objects.select_for_update().get_or_create(unit=unit, holder=holder)
    if draft.sent_id:
        draft.sent, draft.topic, draft.need, draft.purpose = None, "", "", ""
        _drop_files(draft)
    if draft.reservation and draft.reservation.starts_at != starts_at:
        scheduling.release(holder=holder, reservation=draft.reservation, now=now)
    if expert is not None:
        draft.reservation = scheduling.hold(
            actor, expert=expert, starts_at=starts_at, holder=holder, client=client, now=now
        )
    else:
        draft.reservation = scheduling.hold_any(
            actor, unit=unit, field=field, starts_at=starts_at, holder=holder, client=client, now=now
        )
    draft.field, draft.mode = field, mode
    draft.save()
    return draft


def ask_more_time(draft: Draft, *, now: datetime) -> Reservation:
    """Ten more minutes; a hold that ran out meanwhile is taken again while its time is free."""
    if draft.reservation is None:
        raise HoldMissing
    return scheduling.extend_hold(holder=draft.holder, reservation=draft.reservation, now=now)


@transaction.atomic
def keep_draft(unit: Unit, *, holder: str, **filled: Any) -> Draft:
    """Remember what this browser has filled in; only the fields named in `filled` change."""
    draft, _ = Draft.objects.select_for_update().get_or_create(unit=unit, holder=holder)
    for name, value in filled.items():
        setattr(draft, name, value)
    draft.save()
    return draft


@transaction.atomic
def keep_files(draft: Draft, files: Sequence[UploadedFile]) -> None:
    """Add files to the draft after the same check they will face when sent."""
    if draft.files.count() + len(files) > MOST_FILES:
        raise TooManyFiles
    for file in files:
        name, _ = checked(file)
        file.name = uuid4().hex
        DraftFile.objects.create(draft=draft, file=file, name=name, size=file.size or 0)


@transaction.atomic
def drop_file(draft: Draft, *, pk: int) -> None:
    _drop_files(draft, pk=pk)


def _note_agreement(actor: Actor, draft: Draft, *, now: datetime) -> None:
    """What the visitor ticked: the privacy text in force, and messages over WhatsApp."""
    text = consent_owed(actor, now=now)
    if draft.agreed and text is not None:
        accounts.give_consent(actor, text, channel=Consent.Channel.WEB, now=now)
    if draft.wants_whatsapp and draft.phone:
        opt_in(User.objects.get(pk=actor.user_id), phone=draft.phone, how="consultations", now=now)


def _drop_files(draft: Draft, **which: int) -> None:
    for kept in draft.files.filter(**which):
        kept.file.delete(save=False)
        kept.delete()


@transaction.atomic
def send_draft(actor: Actor, draft: Draft, *, now: datetime) -> Consultation:
    """Send what the draft holds. A hold that ran out is honoured while its time is free, else `SlotTaken`."""
    draft = Draft.objects.select_for_update(of=("self",)).select_related("reservation").get(pk=draft.pk)
    if draft.sent:
        return draft.sent
    if draft.reservation is None:
        raise HoldMissing
    row = request(
        actor,
        reservation=draft.reservation,
        holder=draft.holder,
        mode=draft.mode,
        topic=draft.topic,
        need=draft.need,
        purpose=draft.purpose,
        field=draft.field,
        phone=draft.phone,
        now=now,
    )
    _note_agreement(actor, draft, now=now)
    for kept in draft.files.all():
        cases.attach(actor, row.case, file=File(kept.file.open(), name=kept.name), now=now)
    _drop_files(draft)
    draft.sent = row
    draft.save(update_fields=["sent", "updated_at"])
    return row


def forget_old_drafts(*, now: datetime) -> int:
    """Delete drafts untouched for seven days, with their files; returns how many."""
    old = Draft.objects.filter(updated_at__lt=now - KEPT_FOR)
    for kept in DraftFile.objects.filter(draft__in=old):
        kept.file.delete(save=False)
    gone: int = old.count()
    old.delete()
    return gone
