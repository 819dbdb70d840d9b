"""Beyond the cap: asked for with a reason and a document, granted by a second person who may, reported.

Who may decide is told of what is asked, and who asked of what was decided.
"""

from datetime import date, datetime
from typing import IO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted
from halopst.core.files import dropped_on_failure
from halopst.partners import permissions
from halopst.partners.models import CapOverride, Excess, Registration
from halopst.partners.queries.deciding import permission_to_end
from halopst.partners.queries.months import Books, Caps
from halopst.partners.queries.planning.duties import duties_of
from halopst.partners.rules.money import first_of
from halopst.partners.secrecy import seal_bytes, unseal_bytes
from halopst.partners.services.allocation.exceptions_told import tell_asked, tell_decided
from halopst.partners.services.allocation_refusals import (
    DecliningNeedsReason,
    ExceptionDecided,
    ExceptionExists,
    ExceptionInUse,
    ExceptionLiftsNothing,
    ExceptionNeedsReason,
    SecondPersonForException,
)
from halopst.partners.services.ledger import lock
from halopst.partners.services.people.documents import Upload, checked, name_of

LARGEST = 1_000_000_000
LONGEST_REASON = 1000


def ask_exception(
    actor: Actor,
    *,
    registration: Registration,
    month: date,
    amount: int,
    reason: str,
    file: IO[bytes] | Upload,
    now: datetime,
) -> CapOverride:
    """Ask that this person may receive up to `amount` in `month`, more than the cap that holds.

    It lifts nothing until it is granted.
    """
    if not actor.may(permissions.ALLOCATE, registration.unit_id) or actor.user_id is None:
        raise NotPermitted
    _check(registration, first_of(month), amount, reason)
    content, content_type = checked(file)
    place = f"pengecualian/{registration.unit_id}/{uuid4().hex}"
    row = CapOverride(
        unit_id=registration.unit_id,
        person_id=registration.person_id,
        month=first_of(month),
        amount=amount,
        reason=reason.strip(),
        document=default_storage.save(place, ContentFile(seal_bytes(content))),
        document_name=name_of(file, content_type),
        document_type=content_type,
        asked_by_id=actor.user_id,
        asked_at=now,
    )
    with dropped_on_failure(row.document):
        return _kept(actor, row)


def _check(registration: Registration, month: date, amount: int, reason: str) -> None:
    if not 0 < len(reason.strip()) <= LONGEST_REASON or not 0 < amount <= LARGEST:
        raise ExceptionNeedsReason
    if (cap := _cap_of(registration, month)) and amount <= cap:
        raise ExceptionLiftsNothing(cap)


def _cap_of(registration: Registration, month: date) -> int | None:
    """The lowest cap of what the person does that month, refused volumes included; None where it is open."""
    refused = Excess.objects.filter(registration=registration, duty__in=duties_of(registration.unit, month))
    asked = list(refused.values_list("duty", flat=True))
    caps = Caps(asked, [month])
    lines = Books([registration.person_id], [month]).lines[registration.person_id, month].values()
    known = [*(line.cap for line in lines), *(caps.amount(duty, month) for duty in asked)]
    return min((cap for cap in known if cap is not None), default=None)


@transaction.atomic
def _kept(actor: Actor, row: CapOverride) -> CapOverride:
    with refuse_on("one_exception_per_person_and_month", ExceptionExists):
        row.save()
    _record(actor, "asked", row, amount=row.amount)
    tell_asked(row, now=row.asked_at)
    return row


@transaction.atomic
def grant_exception(actor: Actor, *, exception: CapOverride, now: datetime) -> CapOverride:
    """Let the exception count from now on. Whoever asked cannot grant it."""
    row = _open(actor, exception)
    if row.confirmed_at is not None:
        raise ExceptionDecided
    row.confirmed_by_id, row.confirmed_at = actor.user_id, now
    with refuse_on("an_exception_needs_a_second_person", SecondPersonForException):
        row.save(update_fields=["confirmed_by", "confirmed_at", "updated_at"])
    _record(actor, "granted", row, amount=row.amount)
    tell_decided(actor, row, now=now)
    return row


@transaction.atomic
def withdraw_exception(
    actor: Actor, *, exception: CapOverride, reason: str, now: datetime, seen: str = ""
) -> CapOverride:
    """Decline it, or take it back; refused while somebody's honor rests on it.

    Who asked may take back what waits; else they read the `reason`. With `seen`, only where that is still how
    it stands: what was granted meanwhile is not taken back by who meant to decline it.
    """
    row = _open(actor, exception, ending=True)
    if seen not in {"", row.standing}:
        raise ExceptionDecided
    if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
        raise DecliningNeedsReason
    row.withdrawn_by_id, row.withdrawn_at, row.withdrawn_reason = actor.user_id, now, reason.strip()
    with refuse_on("honor_stays_within_the_cap", ExceptionInUse):
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason", "updated_at"])
    _record(actor, "withdrawn", row, reason=row.withdrawn_reason)
    tell_decided(actor, row, now=now)
    return row


def read_exception_document(exception: CapOverride) -> bytes:
    """What the document holds; `FileNotFoundError` when the storage has lost it."""
    with default_storage.open(exception.document) as file:
        return unseal_bytes(file.read())


def _open(actor: Actor, exception: CapOverride, *, ending: bool = False) -> CapOverride:
    """The exception, with the month it is about held first, as everyone does who changes that month."""
    lock([exception.person_id], [exception.month])
    row: CapOverride = CapOverride.objects.locked(exception.pk)
    permission = permission_to_end(row, actor.user_id) if ending else permissions.OVERRIDE
    if not actor.may(permission, row.unit_id) or actor.user_id is None:
        raise NotPermitted
    if row.withdrawn_at is not None:
        raise ExceptionDecided
    return row


def _record(actor: Actor, verb: str, row: CapOverride, **details: int | str) -> None:
    record(
        actor,
        f"partners.exception-{verb}",
        row,
        unit_id=row.unit_id,
        person=row.person_id,
        month=f"{row.month:%Y-%m}",
        **details,
    )
