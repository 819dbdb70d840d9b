"""The list of an office's mitra, and one of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from halopst.core.actors import Actor
from halopst.partners.models import BankAccount, Blacklisting, Person, PersonDocument, Registration
from halopst.partners.models.people import BlacklistingQuerySet
from halopst.partners.rules.identity import NIK_DIGITS
from halopst.partners.secrecy import fingerprint
from halopst.units.models import Unit

SHORTEST_PHONE = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What part of a register to show: a year, words to find, and at most one value of each filter."""

    year: int
    text: str = ""
    status: str = ""
    position: str = ""
    lack: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.status or self.position or self.lack)


LACKS = {
    "nik": Q(person__nik_hash=""),
    "alamat": Q(person__address=""),
    "rekening": Q(person__bank_account__isnull=True),
    "hitam": Q(is_blacklisted=True),
    "keberatan": Q(has_appealed=True),
}


def registrations(unit: Unit, choice: Choice, *, today: date) -> QuerySet[Registration]:
    """The office's mitra of a year, by name, each with `is_blacklisted` of today.

    `has_appealed` are those the office blacklisted who wait for a decision about what they said against it.
    """
    listed = Blacklisting.objects.in_force(today).filter(person=OuterRef("person"))
    waiting = appeals_to(unit).filter(person=OuterRef("person"))
    rows: QuerySet[Registration] = Registration.objects.filter(unit=unit, year=choice.year)
    rows = rows.annotate(is_blacklisted=Exists(listed), has_appealed=Exists(waiting))
    rows = rows.select_related("person", "person__bank_account")
    if choice.status:
        rows = rows.filter(status=choice.status)
    if choice.position:
        both = Registration.Position.BOTH
        rows = rows.filter(position__in=[choice.position, both])
    if choice.lack in LACKS:
        rows = rows.filter(LACKS[choice.lack])
    if choice.text:
        rows = rows.filter(_answers(choice.text))
    return rows.order_by(Lower("person__name"), "pk")


def appeals_to(unit: Unit) -> BlacklistingQuerySet:
    """The blacklistings of the office whose appeals wait for its decision."""
    rows: BlacklistingQuerySet = Blacklisting.objects.appealed()
    return rows.filter(unit=unit)


def years(unit: Unit, *, this_year: int) -> list[int]:
    """The years the office has mitra in, and this one, latest first."""
    known = Registration.objects.filter(unit=unit).order_by().values_list("year", flat=True).distinct()
    return sorted({*known, this_year}, reverse=True)


def person_in(actor: Actor, unit: Unit, pk: int) -> Person:
    """A mitra the office has, in any year; `DoesNotExist` otherwise."""
    people = Person.objects.visible_to(actor).filter(
        pk__in=Registration.objects.filter(unit=unit).values("person")
    )
    shown = Registration.objects.select_related("unit").order_by("-year", "unit__code")
    rows = people.select_related("bank_account").prefetch_related(Prefetch("registrations", queryset=shown))
    person: Person = rows.get(pk=pk)
    return person


def documents_of(person: Person, unit: Unit) -> QuerySet[PersonDocument]:
    rows: QuerySet[PersonDocument] = PersonDocument.objects.filter(person=person, unit=unit)
    return rows


def blacklistings_of(person: Person) -> BlacklistingQuerySet:
    """All blacklistings of a mitra, of other offices too: each keeps them from being assigned anywhere."""
    rows: BlacklistingQuerySet = Blacklisting.objects.filter(person=person)
    return rows.select_related("unit", "decided_by", "appeal_decided_by")


def others_with_account(account: BankAccount) -> int:
    """How many other mitra name the same account number: a family, or a reason to ask."""
    same: QuerySet[BankAccount] = BankAccount.objects.filter(number_hash=account.number_hash)
    return same.exclude(pk=account.pk).count()


def _answers(text: str) -> Q:
    """Whole NIK or SOBAT id, part of a telephone number, or words of a name or a place."""
    digits = "".join(character for character in text if character.isdigit())
    if len(digits) == NIK_DIGITS:
        return Q(person__nik_hash=fingerprint(digits))
    found = Q()
    for word in text.split():
        found &= (
            Q(person__name__icontains=word)
            | Q(person__district__icontains=word)
            | Q(person__village__icontains=word)
            | Q(person__id_sobat=word)
        )
    if len(digits) >= SHORTEST_PHONE:
        local = digits.removeprefix("62").lstrip("0")
        found |= Q(person__phone__contains=local) | Q(person__id_sobat__startswith=digits)
    return found
