"""A signed contract whose month changed: an addendum says so, and leaves the contract in its place."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.letters import services as letters
from halopst.letters.models import Batch, Letter
from halopst.letters.permissions import ISSUE
from halopst.letters.rules import State
from halopst.letters.services import CannotCompose, Composition, compose_with
from halopst.partners.addenda import ADDENDUM, about_addendum
from halopst.partners.contracts import about_month
from halopst.partners.services.allocation_refusals import NothingToWrite
from halopst.partners.services.contract_texts import agreed_in_words, compose_contract
from halopst.partners.services.contracting import Subject, readiness
from halopst.partners.services.receipting import subject_of
from halopst.units.models import Unit


def amendable(unit: Unit, month: date, *, now: datetime) -> list[Subject]:
    """Of the contracts that can be made, those that would replace one both have signed."""
    ready = readiness(unit, month, now=now).ready
    signed = set(_signed([one.about for one in ready]).values_list("about", flat=True))
    return [one for one in ready if one.about in signed]


@transaction.atomic
def write_addenda(actor: Actor, *, unit: Unit, month: date, now: datetime) -> Batch:
    """Have addenda made for them instead, in the background."""
    if not actor.may(ISSUE, unit.pk):
        raise NotPermitted
    ready = amendable(unit, month, now=now)
    if not ready:
        raise NothingToWrite
    items = [
        (about_addendum(one.approval.registration_id, month), one.approval.registration.person.name)
        for one in ready
    ]
    return letters.start_batch(actor, kind=ADDENDUM.code, unit=unit, items=items, now=now)


@compose_with(ADDENDUM.code)
def compose_addendum(about: str, now: datetime) -> Composition:
    """The addendum of `partners.addendum:<registration>:<month>`: what was signed, and what is approved."""
    registration, month = subject_of(about)
    contract = _signed([about_month(registration, month)]).select_related("number").first()
    if contract is None:
        raise CannotCompose(NothingToWrite.message)
    new = compose_contract(contract.about, now)
    older = Letter.objects.filter(about=about, state=State.OUTDATED, signed_at__isnull=False)
    before = older.order_by("-pk").first() or contract
    kept = ("petugas", "ppk", "bulan", "honor", "kegiatan")
    data = {name: new.data[name] for name in kept}
    data |= {
        "perjanjian": agreed_in_words([contract]),
        "honor_semula": before.data["honor"],
        "semula": before.data["kegiatan"],
    }
    return Composition(data=data, parties=new.parties, dated_on=new.dated_on)


def _signed(abouts: Collection[str]) -> QuerySet[Letter]:
    """Contracts both signed, out of date since."""
    rows: QuerySet[Letter] = Letter.objects.filter(about__in=abouts, state=State.OUTDATED)
    return rows.filter(signed_at__isnull=False)
