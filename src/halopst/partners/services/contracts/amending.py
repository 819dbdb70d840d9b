"""Addenda: what changed in the work of a signed contract; the contract itself stays in force."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.letters import services as letters
from halopst.letters.models import Batch, Letter
from halopst.letters.permissions import ISSUE
from halopst.letters.rules import State
from halopst.letters.services import CannotCompose, Composition, DocumentKind, compose_with
from halopst.partners.letter_kinds.addenda import ACTIVITY_ADDENDUM, ADDENDUM
from halopst.partners.letter_kinds.contracts import about_activity, about_month
from halopst.partners.rules.subjects import activity_of, month_of
from halopst.partners.services.allocation_refusals import NothingToAmend
from halopst.partners.services.contracts.contracting import (
    Subject,
    addendum_of,
    mitra_ready,
    signed_before,
    why_office_cannot,
)
from halopst.partners.services.contracts.texts import (
    agreed_in_words,
    compose_activity_contract,
    compose_contract,
    titled,
)
from halopst.units.models import Unit


def amendable(unit: Unit, ready: Sequence[Subject], *, now: datetime) -> list[Subject]:
    """Of the contracts mitra are ready for (`mitra_ready`), those that would replace one both have signed.

    None while an addendum lacks its text, number or signer; a contract may lack its own.
    """
    if why_office_cannot(unit, addendum_of(unit), now.astimezone(unit.tz).date()):
        return []
    signed = set(signed_before([one.about for one in ready]).values_list("about", flat=True))
    return [one for one in ready if one.about in signed]


@transaction.atomic
def write_addenda(actor: Actor, *, unit: Unit, month: date, now: datetime) -> Batch:
    """Have addenda made in the background, for signed contracts whose work has changed."""
    if not actor.may(ISSUE, unit.pk):
        raise NotPermitted
    wanted = amendable(unit, mitra_ready(unit, month).ready, now=now)
    if not wanted:
        raise NothingToAmend
    items = [(one.addendum, one.approval.registration.person.name) for one in wanted]
    return letters.start_batch(actor, kind=addendum_of(unit), unit=unit, items=items, now=now)


@compose_with(ADDENDUM.code)
def compose_addendum(about: str, now: datetime, *, hold: bool) -> Composition:
    """The addendum of `partners.addendum:<registration>:<month>`: what was signed, and what is approved."""
    contract = _signed_contract(about_month(*month_of(about)))
    return _changed(
        ADDENDUM, about, contract, compose_contract(contract.about, now, hold=hold, instead=about)
    )


@compose_with(ACTIVITY_ADDENDUM.code)
def compose_activity_addendum(about: str, now: datetime, *, hold: bool) -> Composition:
    """The addendum of `partners.activity-addendum:<registration>:<activity>`, over all its months."""
    contract = _signed_contract(about_activity(*activity_of(about)))
    new = compose_activity_contract(contract.about, now, hold=hold, instead=about)
    return _changed(ACTIVITY_ADDENDUM, about, contract, new)


def _changed(kind: DocumentKind, about: str, contract: Letter, new: Composition) -> Composition:
    """From what was agreed last to what is approved now; the contract's own days stay as they are."""
    older = Letter.objects.filter(about=about, state=State.OUTDATED, signed_at__isnull=False)
    before = older.order_by("-pk").first() or contract
    wanted = {field.name for field in kind.fields}
    kept = {name: value for name, value in new.data.items() if name in wanted}
    data = kept | {
        "perjanjian": agreed_in_words([contract]),
        "honor_semula": before.data["honor"],
        "semula": before.data["kegiatan"],
    }
    return Composition(data=data, parties=new.parties, dated_on=new.dated_on, title=titled(kind, data))


def _signed_contract(about: str) -> Letter:
    contract = signed_before([about]).select_related("number").first()
    if contract is None:
        raise CannotCompose(NothingToAmend.message)
    return contract
