"""An office gives mitra the address of their own page, and takes it back."""

from datetime import date, datetime

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import SYSTEM, Actor
from halopst.core.events import publish
from halopst.partners import permissions
from halopst.partners.events import OwnLinksAsked
from halopst.partners.models import OwnLink, OwnSession, Person
from halopst.partners.notices import LINK
from halopst.partners.own_links import own_path
from halopst.partners.queries.own.office import to_be_told
from halopst.partners.rules.money import first_of
from halopst.partners.rules.own import LINK_LASTS, LINK_REST
from halopst.partners.services.authority import must
from halopst.partners.services.own.refusals import LinkJustSent, NoAddress, NobodyToTell
from halopst.partners.services.refusals import NotOfThisOffice
from halopst.partners.services.telling import tell_mitra
from halopst.units.models import Unit


@transaction.atomic
def send_link(actor: Actor, person: Person, *, unit: Unit, now: datetime) -> OwnLink:
    """Send one mitra of the office the address of their page, by e-mail and by WhatsApp where agreed."""
    must(actor, permissions.MANAGE, unit.pk)
    person = Person.objects.locked(person.pk)
    if not person.registrations.filter(unit=unit).exists():
        raise NotOfThisOffice
    if not person.email and not person.phone:
        raise NoAddress
    if OwnLink.objects.filter(person=person, unit=unit, round__gt=now - LINK_REST).exists():
        raise LinkJustSent
    link = _send(person, unit, sent_by=actor.user_id, asked_at=now, now=now)
    record(actor, "partners.own-link-sent", person, unit_id=unit.pk)
    return link


@transaction.atomic
def ask_links(actor: Actor, *, unit: Unit, month: date, now: datetime) -> int:
    """Have everyone with work in the office's month sent their link in the background; how many."""
    must(actor, permissions.MANAGE, unit.pk)
    month = first_of(month)
    count = to_be_told(unit, month).count()
    if not count:
        raise NobodyToTell
    record(actor, "partners.own-links-asked", unit, unit_id=unit.pk, month=f"{month:%Y-%m}", mitra=count)
    asked_by = actor.user_id or 0
    publish(
        OwnLinksAsked(unit_id=unit.pk, month=month.isoformat(), asked_at=now.isoformat(), asked_by=asked_by)
    )
    return count


def send_links_of_month(
    unit_id: int, *, month: date, asked_at: datetime, asked_by: int, now: datetime
) -> int:
    """Send them, each in its own transaction; whoever has just got one is passed over."""
    unit = Unit.objects.visible_to(SYSTEM).get(pk=unit_id)
    sent = 0
    for person_id in to_be_told(unit, month).values_list("pk", flat=True):
        with transaction.atomic():
            person = Person.objects.locked(person_id)
            if OwnLink.objects.filter(person=person, unit=unit, round__gt=asked_at - LINK_REST).exists():
                continue
            _send(person, unit, sent_by=asked_by or None, asked_at=asked_at, now=now)
            sent += 1
    return sent


@transaction.atomic
def revoke_links(actor: Actor, person: Person, *, unit: Unit, now: datetime) -> int:
    """Revoke every link the office sent to a mitra, and close their open pages."""
    must(actor, permissions.MANAGE, unit.pk)
    if not person.registrations.filter(unit=unit).exists():
        raise NotOfThisOffice
    live = OwnLink.objects.filter(person=person, unit=unit, revoked_at__isnull=True, expires_at__gt=now)
    count = live.update(revoked_at=now, updated_at=now)
    OwnSession.objects.filter(person=person, ended_at__isnull=True).update(ended_at=now, updated_at=now)
    record(actor, "partners.own-links-revoked", person, unit_id=unit.pk, links=count)
    return count


def _send(person: Person, unit: Unit, *, sent_by: int | None, asked_at: datetime, now: datetime) -> OwnLink:
    link = OwnLink.objects.create(
        unit=unit, person=person, round=asked_at, sent_by_id=sent_by, expires_at=now + LINK_LASTS
    )
    tell_mitra(LINK, person, unit=unit, context={}, key=f"own-link-{link.pk}", link=own_path(link), now=now)
    return link
