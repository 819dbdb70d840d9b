"""Maklumat pelayanan: written as a draft, put in force by publishing it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from halopst.audit.rules import changes
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted, Refused
from halopst.units import permissions
from halopst.units.models import Maklumat, PublishState, Unit


class MaklumatIsPublished(Refused):
    message = _("Maklumat yang sudah terbit tidak dapat diubah. Tulis maklumat baru.")


class OtherMaklumatInForce(Refused):
    message = _("Maklumat lain sudah berlaku pada atau setelah tanggal itu. Pilih tanggal yang lebih baru.")


@transaction.atomic
def write_maklumat(
    actor: Actor,
    unit: Unit,
    *,
    text: str,
    signatory_name: str,
    signatory_title: str,
    decree_number: str,
    decided_on: date,
) -> Maklumat:
    """Create the office's draft, or change it: there is one at most."""
    _must_manage(actor, unit.pk)
    Unit.objects.locked(unit.pk)
    values = {
        "text": text,
        "signatory_name": signatory_name,
        "signatory_title": signatory_title,
        "decree_number": decree_number,
        "decided_on": decided_on,
    }
    draft = Maklumat.objects.filter(unit=unit, state=PublishState.DRAFT).first()
    before = {name: getattr(draft, name) for name in values} if draft else {}
    maklumat, _created = Maklumat.objects.update_or_create(
        unit=unit, state=PublishState.DRAFT, defaults=values
    )
    record(actor, "units.maklumat-written", maklumat, changes=changes(before, values))
    return maklumat


@transaction.atomic
def publish_maklumat(actor: Actor, maklumat: Maklumat) -> Maklumat:
    """Put the draft in force from the day it was decided; the one before ends the day before."""
    maklumat = _draft(actor, maklumat)
    first = maklumat.decided_on
    published = Maklumat.objects.select_for_update(of=("self",)).filter(
        unit=maklumat.unit_id, state=PublishState.PUBLISHED
    )
    current = published.filter(valid__contains=first - timedelta(days=1)).first()
    if current and current.valid:
        current.valid = DateRange(current.valid.lower, first)
        current.save(update_fields=["valid", "updated_at"])
    maklumat.state, maklumat.valid = PublishState.PUBLISHED, DateRange(first, None)
    with refuse_on("one_published_maklumat_at_a_time", OtherMaklumatInForce):
        maklumat.save()
    record(actor, "units.maklumat-published", maklumat, valid_from=first.isoformat())
    return maklumat


@transaction.atomic
def discard_maklumat(actor: Actor, maklumat: Maklumat) -> None:
    maklumat = _draft(actor, maklumat)
    record(actor, "units.maklumat-discarded", maklumat)
    maklumat.delete()


def _must_manage(actor: Actor, unit_id: int) -> None:
    if not actor.may(permissions.MANAGE, unit_id):
        raise NotPermitted


def _draft(actor: Actor, maklumat: Maklumat) -> Maklumat:
    _must_manage(actor, maklumat.unit_id)
    maklumat = Maklumat.objects.locked(maklumat.pk)
    if maklumat.state != PublishState.DRAFT:
        raise MaklumatIsPublished
    return maklumat
