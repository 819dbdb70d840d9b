"""The blacklist: keeps a mitra from being assigned, for a reason they may appeal against."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted, Refused
from halopst.core.formats import medium_date
from halopst.notifications.services import NoticeKind
from halopst.partners import permissions
from halopst.partners.models import Approval, Blacklisting, Person
from halopst.partners.notices import APPEAL_GRANTED, APPEAL_REJECTED, BLACKLISTED
from halopst.partners.services.authority import must, must_keep
from halopst.partners.services.refusals import (
    AlreadyOver,
    AppealNotNow,
    EndsBeforeItBegins,
    SecondPersonNeeded,
)
from halopst.partners.services.telling import tell_mitra
from halopst.units.models import Unit


@transaction.atomic
def blacklist(
    actor: Actor,
    person: Person,
    *,
    unit: Unit,
    reason: str,
    since: date,
    last_day: date | None,
    now: datetime,
) -> Blacklisting:
    """Keep all offices from assigning this mitra from `since` to `last_day` (included); they are told why.

    Without a `last_day` it has no end.
    """
    must(actor, permissions.MANAGE, unit.pk)
    must_keep(actor, person)
    if actor.user_id is None:
        raise NotPermitted
    until = last_day + timedelta(days=1) if last_day else None
    Approval.objects.filter(registration__person=person).hold()
    with refuse_on("a_blacklisting_ends_after_it_begins", EndsBeforeItBegins):
        listed = Blacklisting.objects.create(
            person=person, unit=unit, reason=reason, since=since, until=until, decided_by_id=actor.user_id
        )
    record(actor, "partners.blacklisted", listed, person_id=person.pk, since=since.isoformat())
    context = {"sejak": medium_date(since), "alasan": reason}
    _tell(BLACKLISTED, listed, context, now=now)
    return listed


@transaction.atomic
def lift(actor: Actor, listed: Blacklisting, *, today: date) -> None:
    """End a blacklisting today; one that begins today or later holds for its first day only."""
    must(actor, permissions.MANAGE, listed.unit_id)
    listed = Blacklisting.objects.locked(listed.pk)
    if listed.until is not None and listed.until <= today:
        raise AlreadyOver
    listed.until = max(today, listed.since + timedelta(days=1))
    listed.save(update_fields=["until", "updated_at"])
    record(actor, "partners.blacklisting-lifted", listed, person_id=listed.person_id)


@transaction.atomic
def appeal(actor: Actor, listed: Blacklisting, *, text: str, now: datetime) -> None:
    """What the mitra says against it, entered by the office that was told."""
    must_keep(actor, listed.person)
    hear(actor, listed, text=text, now=now)


def hear(actor: Actor, listed: Blacklisting, *, text: str, now: datetime) -> None:
    """Keep what was said against it, once; in the transaction of whoever let `actor` say it."""
    listed = Blacklisting.objects.locked(listed.pk)
    if listed.appeal:
        raise AppealNotNow
    listed.appeal, listed.appealed_at = text, now
    listed.save(update_fields=["appeal", "appealed_at", "updated_at"])
    record(actor, "partners.appeal-received", listed, person_id=listed.person_id)


@transaction.atomic
def decide_appeal(actor: Actor, listed: Blacklisting, *, granted: bool, note: str, now: datetime) -> None:
    """Another person than the one who listed the mitra decides; granted, it never held."""
    must(actor, permissions.APPROVE, listed.unit_id)
    listed = Blacklisting.objects.locked(listed.pk)
    if refusal := why_no_decision(actor, listed):
        raise refusal
    decision = Blacklisting.Decision.GRANTED if granted else Blacklisting.Decision.REJECTED
    listed.decision, listed.decision_note = decision, note
    listed.appeal_decided_by_id, listed.appeal_decided_at = actor.user_id, now
    listed.save()
    record(actor, "partners.appeal-decided", listed, person_id=listed.person_id, granted=granted)
    _tell(APPEAL_GRANTED if granted else APPEAL_REJECTED, listed, {"pertimbangan": note}, now=now)


def why_no_decision(actor: Actor, listed: Blacklisting) -> Refused | None:
    """Why this person decides no appeal here, for a page to say before anyone types."""
    if not listed.appeal or listed.decision:
        return AppealNotNow()
    return SecondPersonNeeded() if listed.decided_by_id == actor.user_id else None


def _tell(kind: NoticeKind, listed: Blacklisting, context: Mapping[str, str], *, now: datetime) -> None:
    key = f"{kind.code}:{listed.pk}"
    tell_mitra(kind, listed.person, unit=listed.unit, context=context, key=key, now=now)
