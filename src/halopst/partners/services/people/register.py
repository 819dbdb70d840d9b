"""Put a mitra into an office's year, and keep what is known of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.partners import permissions
from halopst.partners.models import Approval, BankAccount, Person, Registration
from halopst.partners.services.authority import must, must_be_as_seen, must_keep
from halopst.partners.services.refusals import AlreadyRegistered, NikTaken, NumberMissing, SobatIdTaken
from halopst.partners.services.settling import settle_remarks_of
from halopst.units.models import Unit

PARTICULARS = (
    "name",
    "id_sobat",
    "birth_date",
    "sex",
    "email",
    "phone",
    "npwp",
    "address",
    "district",
    "village",
    "education",
    "occupation",
    "other_employment",
    "capi_experience",
)


@transaction.atomic
def register(
    actor: Actor,
    *,
    unit: Unit,
    nik: str,
    particulars: Mapping[str, Any],
    year: int,
    position: str,
    status: str,
    decree: str = "",
) -> Registration:
    """Someone new, or someone other offices know already: then only what was unknown of them is filled in.

    `particulars` holds values of `PARTICULARS`, already checked; what it lacks stays as it is.
    """
    must(actor, permissions.MANAGE, unit.pk)
    person = _known(nik, str(particulars.get("id_sobat", "")))
    if person is None:
        person = _new(nik, particulars)
        record(actor, "partners.person-added", person, unit_id=unit.pk)
    else:
        _fill_in(actor, person, nik, particulars)
    with refuse_on("one_registration_per_person_office_and_year", AlreadyRegistered):
        registration = Registration.objects.create(
            person=person, unit=unit, year=year, position=position, status=status, decree=decree
        )
    record(actor, "partners.registered", registration, person_id=person.pk, year=year, status=status)
    return registration


@transaction.atomic
def edit_person(
    actor: Actor,
    person: Person,
    *,
    unit: Unit,
    particulars: Mapping[str, Any],
    nik: str = "",
    version: datetime | None = None,
) -> list[str]:
    """Change a mitra's particulars; a `nik` given replaces the old one. Gives the names of what changed.

    With `version`, only where the mitra is as when they were read.
    """
    must_keep(actor, person)
    person = Person.objects.locked(person.pk)
    must_be_as_seen(person, version)
    changed = _apply(person, particulars)
    if nik and not Person.objects.with_nik(nik).filter(pk=person.pk).exists():
        person.keep_nik(nik)
        changed.append("nik")
    if not person.nik_hash and not person.id_sobat:
        raise NumberMissing
    if changed:
        _save(person)
        record(actor, "partners.person-edited", person, unit_id=unit.pk, fields=changed)
    return changed


@transaction.atomic
def set_year(
    actor: Actor,
    person: Person,
    *,
    unit: Unit,
    year: int,
    position: str,
    status: str,
    decree: str = "",
    version: datetime | None = None,
) -> Registration:
    """What a mitra is to an office in one year; a year not yet known is added.

    With `version`, only where the year changed last is as when it was read.
    """
    must(actor, permissions.MANAGE, unit.pk)
    must_keep(actor, person)
    Approval.objects.filter(registration__person=person, registration__unit=unit).hold()
    held = Registration.objects.select_for_update(no_key=True).filter(person=person, unit=unit)
    must_be_as_seen(max(held, key=lambda row: row.updated_at, default=None), version)
    registration, _added = Registration.objects.update_or_create(
        person=person,
        unit=unit,
        year=year,
        defaults={"position": position, "status": status, "decree": decree},
    )
    record(
        actor,
        "partners.year-set",
        registration,
        person_id=person.pk,
        year=year,
        position=position,
        status=status,
    )
    return registration


@transaction.atomic
def set_bank_account(
    actor: Actor,
    person: Person,
    *,
    unit: Unit,
    bank: str,
    number: str,
    holder: str,
    version: datetime | None = None,
) -> BankAccount:
    """Where the honor goes from now on; another account has to be confirmed by the mitra again.

    With `version`, only where the account is as when it was read.
    """
    must_keep(actor, person)
    Person.objects.locked(person.pk)
    account = BankAccount.objects.filter(person=person).first() or BankAccount(person=person)
    must_be_as_seen(account, version)
    before, whole = account.number_hash, (account.number_hash, account.bank, account.holder)
    account.bank, account.holder = bank, holder
    account.keep_number(number)
    mended = (account.number_hash, bank, holder) != whole
    if mended:
        account.confirmed_at = None
    account.save()
    settle_remarks_of([person.pk], unit=unit, mended=mended, now=account.updated_at)
    record(
        actor, "partners.account-set", person, unit_id=unit.pk, number_changed=account.number_hash != before
    )
    return account


def read_nik(actor: Actor, person: Person, *, unit: Unit) -> str:
    """The whole NIK; the record keeps who looked, and at whom."""
    must_keep(actor, person)
    nik = person.nik
    record(actor, "partners.nik-read", person, unit_id=unit.pk)
    return nik


def _known(nik: str, id_sobat: str) -> Person | None:
    if not nik and not id_sobat:
        raise NumberMissing
    if nik and (person := Person.objects.with_nik(nik).first()):
        return person
    by_sobat = Person.objects.filter(id_sobat=id_sobat).first() if id_sobat else None
    if by_sobat and nik and by_sobat.nik_hash:
        raise SobatIdTaken
    return by_sobat


def _new(nik: str, particulars: Mapping[str, Any]) -> Person:
    person = Person()
    person.keep_nik(nik)
    _apply(person, particulars)
    _save(person)
    return person


def _fill_in(actor: Actor, person: Person, nik: str, particulars: Mapping[str, Any]) -> None:
    """What an office says of a mitra of others completes what they know, and never replaces it."""
    ours = Person.objects.registered_where(actor, permissions.MANAGE).filter(pk=person.pk).exists()
    blank = {name: value for name, value in particulars.items() if ours or not getattr(person, name)}
    changed = _apply(person, blank)
    if nik and not person.nik_hash:
        person.keep_nik(nik)
        changed.append("nik")
    if changed:
        _save(person)
        record(actor, "partners.person-edited", person, fields=changed)


def _apply(person: Person, particulars: Mapping[str, Any]) -> list[str]:
    """Set the values given; the names of those that differ from before."""
    changed = []
    for name in PARTICULARS:
        if name not in particulars or getattr(person, name) == particulars[name]:
            continue
        if name == "npwp":
            person.keep_npwp(particulars[name])
        else:
            setattr(person, name, particulars[name])
        changed.append(name)
    return changed


def _save(person: Person) -> None:
    with refuse_on("one_person_per_nik", NikTaken), refuse_on("one_person_per_sobat_id", SobatIdTaken):
        person.save()
