"""A mitra says whether the account their honor goes to is theirs and written down right."""

import re
from datetime import datetime

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.partners.models import AccountRemark, BankAccount, Person
from halopst.partners.queries.own.accounts import open_remarks
from halopst.partners.rules.own import Mitra
from halopst.partners.services.authority import must_keep
from halopst.partners.services.own.refusals import (
    AccountChanged,
    NoAccount,
    NoteNeeded,
    NumberInNote,
    RemarkStands,
)
from halopst.partners.services.settling import settle_remarks_of
from halopst.units.models import Unit

LONGEST_NOTE = 300
# As many figures as an account has, however they are parted: accounts are kept sealed, notes are not.
NUMBER = re.compile(r"\d(?:[ .-]?\d){8,}")


@transaction.atomic
def confirm_account(mitra: Mitra, *, seen: str, now: datetime, withdraws: bool = False) -> BankAccount:
    """The mitra says the account is right. `seen` is the `mark` of what the mitra was shown.

    What they asked to have mended is dropped only where they say that they take it back.
    """
    account = _shown(mitra, seen)
    if open_remarks(mitra.person_id).exists() and not withdraws:
        raise RemarkStands
    account.confirmed_at = now
    account.save(update_fields=["confirmed_at", "updated_at"])
    open_remarks(mitra.person_id).update(settled_at=now, updated_at=now)
    record(mitra.actor, "partners.account-confirmed", Person.objects.get(pk=mitra.person_id))
    return account


@transaction.atomic
def remark_account(mitra: Mitra, *, seen: str, note: str, now: datetime) -> AccountRemark:
    """Note that the account is not right; the office is to mend it. An earlier confirmation ends."""
    note = note.strip()[:LONGEST_NOTE]
    if not note:
        raise NoteNeeded
    if NUMBER.search(note):
        raise NumberInNote
    account = _shown(mitra, seen)
    account.confirmed_at = None
    account.save(update_fields=["confirmed_at", "updated_at"])
    open_remarks(mitra.person_id).update(settled_at=now, updated_at=now)
    remark: AccountRemark = AccountRemark.objects.create(person_id=mitra.person_id, note=note, said_at=now)
    record(mitra.actor, "partners.account-remarked", Person.objects.get(pk=mitra.person_id))
    return remark


@transaction.atomic
def settle_remarks(actor: Actor, person: Person, *, unit: Unit, now: datetime) -> int:
    """Settle what the mitra said, when the office did not have to change the account."""
    must_keep(actor, person)
    count = settle_remarks_of([person.pk], unit=unit, mended=False, now=now)
    record(actor, "partners.account-remark-settled", person, unit_id=unit.pk)
    return count


def _shown(mitra: Mitra, seen: str) -> BankAccount:
    Person.objects.locked(mitra.person_id)
    account = BankAccount.objects.filter(person=mitra.person_id).first()
    if account is None:
        raise NoAccount
    if account.mark != seen:
        raise AccountChanged
    return account
