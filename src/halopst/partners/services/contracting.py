"""From what was approved to contracts: made together in the background, out of date when an approval is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.letters import services as letters
from halopst.letters.models import Batch, Signatory
from halopst.letters.permissions import ISSUE
from halopst.letters.queries import signatory
from halopst.letters.services.composing import Trouble, taken_subjects
from halopst.partners.addenda import ADDENDUM, about_addendum
from halopst.partners.contracts import ACTIVITY_CONTRACT, MONTHLY_CONTRACT, about_activity, about_month
from halopst.partners.models import Approval, Assignment, OfficeRules, Share, Termination
from halopst.partners.queries.reference import rules_of
from halopst.partners.receipts import HANDOVER, about_work
from halopst.partners.services.allocation_refusals import NothingToWrite
from halopst.units.models import Unit

NO_NIK = _("NIK mitra ini belum diisi, atau tidak terbaca. Lengkapi dahulu di halaman mitranya.")
NO_OFFICIAL = _("Belum ada Pejabat Pembuat Komitmen yang menjabat hari ini. Catat dahulu penanda tangannya.")

ENDED = _("Perjanjian bulan ini sudah diputus; honor yang tersisa dibayar menurut surat pemutusannya.")
UNAPPROVED = _("Belum semua bulan kegiatan ini disetujui. Setujui dahulu bulan lainnya.")


@dataclass(frozen=True, slots=True)
class Subject:
    """One contract to make, and the approved month of the mitra that asks for it."""

    about: str
    approval: Approval


@dataclass(frozen=True, slots=True)
class Readiness:
    """Of one office's month: contracts that can be made, those made already, and what stands in the way."""

    ready: Sequence[Subject]
    made: int
    troubles: Sequence[Trouble]


def readiness(unit: Unit, month: date, *, now: datetime) -> Readiness:
    """A fixed number of queries, however many mitra; the print itself looks once more at each."""
    subjects = _subjects(unit, list(_approvals(unit, month)))
    taken = taken_subjects(unit, _kind_of(unit), list(subjects)) | _amended(unit, subjects)
    waiting = [Subject(about, approval) for about, approval in subjects.items() if about not in taken]
    open_months = _open_months(unit, waiting)
    troubles = [*_without_nik(unit, waiting), *_unapproved(unit, waiting, open_months)]
    if signatory(unit, Signatory.Role.COMMITMENT, now.astimezone(unit.tz).date()) is None:
        url = reverse("letters:signatories", args=[unit.slug])
        return Readiness((), len(taken), [Trouble(unit.name, str(NO_OFFICIAL), url), *troubles])
    ready = [
        one for one in waiting if one.approval.registration.person.nik_hash and one.about not in open_months
    ]
    return Readiness(ready, len(taken), troubles)


def write_contracts(actor: Actor, *, unit: Unit, month: date, now: datetime) -> Batch:
    """Have the contracts of everyone approved and ready made in the background."""
    if not actor.may(ISSUE, unit.pk):
        raise NotPermitted
    ready = readiness(unit, month, now=now).ready
    if not ready:
        raise NothingToWrite
    items = [(one.about, one.approval.registration.person.name) for one in ready]
    return letters.start_batch(actor, kind=_kind_of(unit), unit=unit, items=items, now=now)


def outdate_letters(approvals: Sequence[Approval], *, now: datetime) -> int:
    """Mark what was written of months whose approvals are being taken back; how many letters that struck."""
    reason = say("Alokasi bulan ini berubah.")
    monthly = [about_month(row.registration_id, row.month) for row in approvals]
    by_activity = [
        about_activity(row.registration_id, activity)
        for row, activities in _activities(approvals)
        for activity in activities
    ]
    receipts = [about_work(HANDOVER, row.registration_id, row.month) for row in approvals]
    addenda = [about_addendum(row.registration_id, row.month) for row in approvals]
    return letters.mark_outdated([*monthly, *by_activity, *receipts, *addenda], reason, now)


def _amended(unit: Unit, subjects: Mapping[str, Approval]) -> set[str]:
    """Those whose contract has an addendum that holds, or one being made: they need no other."""
    addenda = {about_addendum(row.registration_id, row.month): about for about, row in subjects.items()}
    if _kind_of(unit) != MONTHLY_CONTRACT.code:
        return set()
    return {addenda[about] for about in taken_subjects(unit, ADDENDUM.code, list(addenda))}


def _subjects(unit: Unit, approvals: Sequence[Approval]) -> Mapping[str, Approval]:
    """What each contract of these months would be about, by the office's choice of contract."""
    if _kind_of(unit) == MONTHLY_CONTRACT.code:
        return {about_month(row.registration_id, row.month): row for row in approvals}
    return {
        about_activity(row.registration_id, activity): row
        for row, activities in _activities(approvals)
        for activity in activities
    }


def _activities(approvals: Sequence[Approval]) -> list[tuple[Approval, list[int]]]:
    """Each approval with the activities its lines are of, in one query."""
    wanted = {line["assignment"] for row in approvals for line in row.lines}
    pairs = Assignment.objects.filter(pk__in=wanted).values_list("pk", "duty__activity")
    of = dict(pairs)
    return [
        (row, list(dict.fromkeys(of[line["assignment"]] for line in row.lines if line["assignment"] in of)))
        for row in approvals
    ]


def _without_nik(unit: Unit, waiting: Sequence[Subject]) -> list[Trouble]:
    people = {one.approval.registration.person_id: one.approval.registration.person for one in waiting}
    return [
        Trouble(person.name, str(NO_NIK), reverse("partners:person", args=[unit.slug, person.pk]))
        for person in people.values()
        if not person.nik_hash
    ]


def _open_months(unit: Unit, waiting: Sequence[Subject]) -> Mapping[str, date]:
    """Contracts per activity that wait for the approval of another month, and the first such month."""
    if _kind_of(unit) == MONTHLY_CONTRACT.code:
        return {}
    agreed = Approval.objects.in_force().filter(
        registration=OuterRef("assignment__registration"), month=OuterRef("month")
    )
    shares = Share.objects.filter(~Exists(agreed), assignment__registration__unit=unit)
    wanted = {one.approval.registration_id for one in waiting}
    rows = (
        shares.filter(assignment__registration__in=wanted)
        .order_by("-month")
        .values_list("assignment__registration", "assignment__duty__activity", "month")
    )
    found = {about_activity(who, activity): month for who, activity, month in rows}
    return {one.about: found[one.about] for one in waiting if one.about in found}


def _unapproved(unit: Unit, waiting: Sequence[Subject], months: Mapping[str, date]) -> list[Trouble]:
    page = reverse("partners:approvals", args=[unit.slug])
    return [
        Trouble(
            one.approval.registration.person.name, str(UNAPPROVED), f"{page}?bulan={months[one.about]:%Y-%m}"
        )
        for one in waiting
        if one.about in months
    ]


def _kind_of(unit: Unit) -> str:
    by_activity = rules_of(unit).contract_kind == OfficeRules.ContractKind.ACTIVITY
    return (ACTIVITY_CONTRACT if by_activity else MONTHLY_CONTRACT).code


def _approvals(unit: Unit, month: date) -> QuerySet[Approval]:
    rows = Approval.objects.in_force().filter(registration__unit=unit, month=month)
    rows = rows.exclude(registration__in=Termination.objects.filter(month=month).values("registration"))
    return rows.select_related("registration__person").order_by("registration__person__name", "pk")
