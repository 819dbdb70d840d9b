"""From what was approved to contracts: composed at print time, out of date the moment the approval is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.formats import MONTHS
from halopst.letters import services as letters
from halopst.letters.models import Batch, Signatory
from halopst.letters.permissions import ISSUE
from halopst.letters.queries import signatory
from halopst.letters.services import CannotCompose, Composition, compose_with
from halopst.letters.services.composing import Trouble, taken_subjects
from halopst.partners.contracts import MONTHLY_CONTRACT
from halopst.partners.models import Approval, Person
from halopst.partners.rules.money import next_month
from halopst.partners.secrecy import Unreadable
from halopst.partners.services.allocation_refusals import NothingToWrite
from halopst.units.models import Unit

KIND = MONTHLY_CONTRACT.code
NO_NIK = _("NIK mitra ini belum diisi, atau tidak terbaca. Lengkapi dahulu di halaman mitranya.")
NO_OFFICIAL = _("Belum ada Pejabat Pembuat Komitmen yang menjabat hari ini. Catat dahulu penanda tangannya.")


@dataclass(frozen=True, slots=True)
class Readiness:
    """Of one office's month: contracts that can be made, those made already, and what stands in the way."""

    ready: Sequence[Approval]
    made: int
    troubles: Sequence[Trouble]


def about_month(registration: int, month: date) -> str:
    """What a monthly contract is about: one mitra's month in one office."""
    return f"{KIND}:{registration}:{month:%Y-%m}"


def readiness(unit: Unit, month: date, *, now: datetime) -> Readiness:
    """A fixed number of queries, however many mitra; the print itself looks once more at each."""
    approvals = list(_approvals(unit, month))
    abouts = {approval.pk: about_month(approval.registration_id, month) for approval in approvals}
    taken = taken_subjects(unit, KIND, list(abouts.values()))
    waiting = [approval for approval in approvals if abouts[approval.pk] not in taken]
    troubles = [
        Trouble(
            approval.registration.person.name, str(NO_NIK), _person_url(unit, approval.registration.person)
        )
        for approval in waiting
        if not approval.registration.person.nik_hash
    ]
    if _official(unit, now) is None:
        url = reverse("letters:signatories", args=[unit.slug])
        return Readiness((), len(taken), [Trouble(unit.name, str(NO_OFFICIAL), url), *troubles])
    ready = [approval for approval in waiting if approval.registration.person.nik_hash]
    return Readiness(ready, len(taken), troubles)


def write_contracts(actor: Actor, *, unit: Unit, month: date, now: datetime) -> Batch:
    """Have the contracts of everyone approved and ready made in the background."""
    if not actor.may(ISSUE, unit.pk):
        raise NotPermitted
    ready = readiness(unit, month, now=now).ready
    if not ready:
        raise NothingToWrite
    items = [(about_month(row.registration_id, month), row.registration.person.name) for row in ready]
    return letters.start_batch(actor, kind=KIND, unit=unit, items=items, now=now)


def outdate_contract(registration: int, month: date, *, now: datetime) -> int:
    """Mark the contract of a month whose approval is being taken back; how many letters that struck."""
    return letters.mark_outdated(about_month(registration, month), say("Alokasi bulan ini berubah."), now)


@compose_with(KIND)
def compose_contract(about: str, now: datetime) -> Composition:
    """The contract of `partners.contract:<registration>:<month>`, from the approval in force."""
    _kind, registration, text = about.split(":")
    month = date.fromisoformat(f"{text}-01")
    approval = _held(_approvals(None, month).filter(registration=int(registration))).first()
    if approval is None:
        raise CannotCompose(say("Alokasi bulan ini belum disetujui, atau persetujuannya ditarik."))
    unit, person = approval.registration.unit, approval.registration.person
    official = _official(unit, now)
    if official is None:
        raise CannotCompose(NO_OFFICIAL, reverse("letters:signatories", args=[unit.slug]))
    return Composition(
        data=_data(approval, person, official, _nik(unit, person)),
        parties=(person.name, official.name),
        dated_on=now.astimezone(unit.tz).date(),
    )


def _held(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """Kept from being withdrawn until the letter is on record, so that the withdrawal finds the letter."""
    return rows.select_for_update(of=("self",)) if connection.in_atomic_block else rows


def _data(approval: Approval, person: Person, official: Signatory, nik: str) -> dict[str, Any]:
    month, last = approval.month, next_month(approval.month) - timedelta(days=1)
    begins = min(date.fromisoformat(line["begins"]) for line in approval.lines)
    ends = max(date.fromisoformat(line["ends"]) for line in approval.lines) - timedelta(days=1)
    return {
        "petugas": {"nama": person.name, "nik": nik, "alamat": person.address},
        "ppk": {"nama": official.name, "nip": official.nip, "jabatan": official.title},
        "bulan": f"{MONTHS['id'][month.month - 1]} {month.year}",
        "mulai": max(month, begins).isoformat(),
        "selesai": min(last, ends).isoformat(),
        "honor": approval.total,
        "kegiatan": [_work(line, last) for line in approval.lines],
    }


def _work(line: dict[str, Any], last: date) -> dict[str, Any]:
    until = min(last, date.fromisoformat(line["ends"]) - timedelta(days=1))
    return {
        "nama": line["activity"],
        "mak": line["budget"],
        "volume": line["volume"],
        "satuan": line["volume_unit"],
        "harga": line["price"],
        "sampai": until.isoformat(),
        "nilai": line["amount"],
    }


def _nik(unit: Unit, person: Person) -> str:
    try:
        nik = person.nik if person.nik_hash else ""
    except Unreadable:
        nik = ""
    if not nik:
        raise CannotCompose(NO_NIK, _person_url(unit, person))
    return nik


def _approvals(unit: Unit | None, month: date) -> QuerySet[Approval]:
    of_unit = Q() if unit is None else Q(registration__unit=unit)
    rows = Approval.objects.in_force().filter(of_unit, month=month)
    return rows.select_related("registration__person", "registration__unit").order_by(
        "registration__person__name", "pk"
    )


def _official(unit: Unit, now: datetime) -> Signatory | None:
    return signatory(unit, Signatory.Role.COMMITMENT, now.astimezone(unit.tz).date())


def _person_url(unit: Unit, person: Person) -> str:
    return reverse("partners:person", args=[unit.slug, person.pk])
