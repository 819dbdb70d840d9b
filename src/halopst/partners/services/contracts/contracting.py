"""From what was approved to contracts: made together in the background, out of date when an approval is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, F, QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.letters import services as letters
from halopst.letters.models import Batch, Letter, Signatory
from halopst.letters.permissions import ISSUE
from halopst.letters.queries import signatory
from halopst.letters.rules import State
from halopst.letters.services.composing import Trouble, taken_subjects
from halopst.partners.letter_kinds.addenda import (
    ACTIVITY_ADDENDUM,
    ADDENDUM,
    about_activity_addendum,
    about_addendum,
)
from halopst.partners.letter_kinds.contracts import (
    ACTIVITY_CONTRACT,
    MONTHLY_CONTRACT,
    about_activity,
    about_month,
)
from halopst.partners.letter_kinds.receipts import TERMINATION
from halopst.partners.letter_kinds.subjects import abouts_of_activity, abouts_of_month
from halopst.partners.models import Approval, OfficeRules, Share, Termination
from halopst.partners.queries.allocation.approvals import approval_of_a_share
from halopst.partners.queries.allocation.idle import of_idle
from halopst.partners.queries.contracts.agreements import OF_ACTIVITY, OF_MONTH, agreed_otherwise, agreements
from halopst.partners.queries.contracts.covering import activities_of
from halopst.partners.queries.reference.figures import rules_of
from halopst.partners.services.allocation_refusals import NobodyToWrite, NothingToWrite
from halopst.partners.services.obstacles import (
    bound_by,
    charging,
    lacks_of,
    no_official,
    not_given,
    other_month,
)
from halopst.units.models import Unit

ACTIVITY = ("duty__activity", "duty__activity__name")
ENDED = _("Perjanjian ini sudah diputus; honor yang tersisa dibayar menurut surat pemutusannya.")


@dataclass(frozen=True, slots=True)
class Subject:
    """What one contract to make is about, and an addendum to it; and the approved month that asks for it."""

    about: str
    addendum: str
    approval: Approval


@dataclass(frozen=True, slots=True)
class Readiness:
    """One office's month: contracts that can be made, those made already, and what stands in the way."""

    ready: Sequence[Subject]
    made: int
    troubles: Sequence[Trouble]


def readiness(unit: Unit, month: date, *, now: datetime) -> Readiness:
    """A fixed number of queries, however many mitra; the print itself looks once more at each."""
    return office_ready(unit, mitra_ready(unit, month), now=now)


def office_ready(unit: Unit, found: Readiness, *, now: datetime) -> Readiness:
    """What is left of what the mitra are ready for (`mitra_ready`) by what the office itself lacks."""
    lacking = why_office_cannot(unit, kind_of(unit), now.astimezone(unit.tz).date())
    troubles = [*lacking, *_of_addenda(unit, found.ready, now), *found.troubles]
    return replace(found, ready=() if lacking else found.ready, troubles=troubles)


def mitra_ready(unit: Unit, month: date) -> Readiness:
    """What each mitra's own part allows, whatever the office lacks for this or that kind of letter."""
    approvals = list(_approvals(unit, month))
    covered = _covered_otherwise(unit, approvals)
    subjects = _subjects(unit, [row for row in approvals if row.pk not in covered])
    made = taken_subjects(unit, kind_of(unit), [one.about for one in subjects])
    amended = taken_subjects(unit, addendum_of(unit), [one.addendum for one in subjects])
    waiting = [one for one in subjects if one.about not in made and one.addendum not in amended]
    idle, charged = _idle(waiting), _charged_elsewhere(waiting)
    open_months, bound = _open_months(unit, waiting), agreed_otherwise([one.about for one in waiting])
    troubles = [
        *_of_people(unit, waiting, idle),
        *_unapproved(waiting, open_months),
        *_charged(waiting, charged),
        *_bound(waiting, bound),
    ]
    blocked = {*open_months, *idle, *charged, *bound}
    ready = [
        one
        for one in waiting
        if not lacks_of(unit, one.approval.registration.person) and one.about not in blocked
    ]
    return Readiness(ready, len(covered) + len(subjects) - len(waiting), troubles)


def signed_before(abouts: Collection[str]) -> QuerySet[Letter]:
    """Contracts that both parties signed and that have become out of date since."""
    rows: QuerySet[Letter] = Letter.objects.filter(about__in=abouts, state=State.OUTDATED)
    return rows.filter(signed_at__isnull=False)


def why_no_addenda(unit: Unit, now: datetime) -> list[Trouble]:
    """What hinders addenda alone, told under their own name: contracts can be made nonetheless."""
    kind = _addendum(unit)
    lacking = letters.why_none_can_be_made(unit, kind.code, now.astimezone(unit.tz).date())
    return [replace(trouble, about=str(kind.label)) for trouble in lacking]


def why_office_cannot(unit: Unit, kind: str, day: date) -> list[Trouble]:
    """What stands in the way of every letter of the kind of that day: who signs, and how it is written."""
    lacking = letters.why_none_can_be_made(unit, kind, day)
    if signatory(unit, Signatory.Role.COMMITMENT, day) is None:
        lacking.append(Trouble(unit.name, *no_official(unit, day)))
    return lacking


def charged_elsewhere(shares: QuerySet[Share]) -> QuerySet[Share]:
    """Which of these an earlier release charged to the budget line of another year."""
    rows = shares.exclude(budget_line__year=F("assignment__registration__year"))
    return rows.select_related("assignment__registration__unit", "assignment__duty__activity", "budget_line")


def write_contracts(
    actor: Actor, *, unit: Unit, month: date, now: datetime, chosen: Collection[int] | None = None
) -> Batch:
    """Have contracts made in the background: of everyone approved and ready, or of those registrations."""
    if not actor.may(ISSUE, unit.pk):
        raise NotPermitted
    if chosen is not None and not chosen:
        raise NobodyToWrite
    ready = readiness(unit, month, now=now).ready
    if chosen is not None:
        asked = frozenset(chosen)
        ready = [one for one in ready if one.approval.registration_id in asked]
    if not ready:
        raise NothingToWrite
    items = [(one.about, one.approval.registration.person.name) for one in ready]
    return letters.start_batch(actor, kind=kind_of(unit), unit=unit, items=items, now=now)


def outdate_letters(
    approvals: Sequence[Approval],
    *,
    changed: Collection[tuple[int, int]] | None = None,
    now: datetime,
) -> int:
    """Mark what was written of months whose approvals are being taken back; how many letters that struck.

    Of contracts per activity only those `changed` (registration and activity), also where another change
    took the approval back before; None for every one.
    """
    reason = say("Alokasi bulan ini berubah.")
    activities = activities_of(approvals)
    pairs = ((row.registration_id, activity) for row in approvals for activity in activities[row.pk])
    abouts = [about for row in approvals for about in abouts_of_month(row.registration_id, row.month)]
    for pair in dict.fromkeys(pairs if changed is None else changed):
        abouts += abouts_of_activity(*pair)
    return letters.mark_outdated(abouts, reason, now)


def kind_of(unit: Unit) -> str:
    """The kind of contract the office writes."""
    return (ACTIVITY_CONTRACT if _by_activity(unit) else MONTHLY_CONTRACT).code


def addendum_of(unit: Unit) -> str:
    """The kind of addendum to a contract of this kind."""
    return _addendum(unit).code


def _addendum(unit: Unit) -> letters.DocumentKind:
    return ACTIVITY_ADDENDUM if _by_activity(unit) else ADDENDUM


def _by_activity(unit: Unit) -> bool:
    return rules_of(unit).contract_kind == OfficeRules.ContractKind.ACTIVITY


def _covered_otherwise(unit: Unit, approvals: Sequence[Approval]) -> set[int]:
    """Months wholly agreed on by contracts of the kind the office wrote before: nothing is left to agree on.

    Those partly agreed on are in the way of what is left (`agreed_otherwise`). Where the office writes a
    contract per month, what ended one stands for a contract per activity: an ended month asks for none.
    """
    others = OF_MONTH if _by_activity(unit) else {*OF_ACTIVITY, TERMINATION.code}
    agreed = agreements(approvals).items()
    return {pk for pk, letters in agreed if any(letter.kind in others for letter in letters)}


def _subjects(unit: Unit, approvals: Sequence[Approval]) -> list[Subject]:
    """What each contract of these months would be about, by the office's choice of contract.

    None where it was ended.
    """
    if not _by_activity(unit):
        return [
            Subject(
                about_month(row.registration_id, row.month),
                about_addendum(row.registration_id, row.month),
                row,
            )
            for row in approvals
        ]
    people = [row.registration_id for row in approvals]
    ended = set(Termination.objects.filter(registration__in=people).values_list("registration", "activity"))
    activities = activities_of(approvals)
    pairs = [(row, row.registration_id, activity) for row in approvals for activity in activities[row.pk]]
    return [
        Subject(about_activity(who, activity), about_activity_addendum(who, activity), row)
        for row, who, activity in pairs
        if (who, activity) not in ended
    ]


def _of_addenda(unit: Unit, ready: Sequence[Subject], now: datetime) -> list[Trouble]:
    is_asked = signed_before([one.about for one in ready]).exists()
    return why_no_addenda(unit, now) if is_asked else []


def _of_people(unit: Unit, waiting: Sequence[Subject], idle: Collection[str]) -> list[Trouble]:
    """What hinders single mitra: a missing NIK or address, or being barred; each links to their own page."""
    people = {one.approval.registration_id: one.approval.registration for one in waiting}
    stopped = {one.approval.registration_id for one in waiting if one.about in idle}
    found = [(row, lack) for row in people.values() for lack in lacks_of(unit, row.person)]
    found += [(row, not_given(row)) for row in people.values() if row.pk in stopped]
    return [Trouble(row.person.name, *said) for row, said in found]


def _idle(waiting: Sequence[Subject]) -> set[str]:
    """Contracts of who is blacklisted or no longer active by now."""
    people = {one.approval.registration_id for one in waiting}
    shares = of_idle(Share.objects.filter(assignment__registration__in=people))
    rows = shares.values_list("assignment__registration", "assignment__duty__activity", "month")
    return {
        about
        for who, activity, month in rows
        for about in (about_month(who, month), about_activity(who, activity))
    }


def _open_months(unit: Unit, waiting: Sequence[Subject]) -> Mapping[str, tuple[str, date]]:
    """Contracts per activity that wait for the approval of another month: which, and the first such month."""
    if not _by_activity(unit):
        return {}
    shares = Share.objects.filter(~Exists(approval_of_a_share()), assignment__registration__unit=unit)
    wanted = {one.approval.registration_id for one in waiting}
    rows = (
        shares.filter(assignment__registration__in=wanted)
        .order_by("-month")
        .values_list(*(f"assignment__{name}" for name in ("registration", *ACTIVITY)), "month")
    )
    found = {about_activity(who, activity): (name, month) for who, activity, name, month in rows}
    return {one.about: found[one.about] for one in waiting if one.about in found}


def _charged_elsewhere(waiting: Sequence[Subject]) -> dict[str, Share]:
    """Contracts that cannot be charged as they stand, and the first share of each that cannot."""
    people = {one.approval.registration_id for one in waiting}
    rows = charged_elsewhere(Share.objects.filter(assignment__registration__in=people))
    found: dict[str, Share] = {}
    for row in rows.order_by("-month"):
        who, activity = row.assignment.registration_id, row.assignment.duty.activity_id
        found |= {about_month(who, row.month): row, about_activity(who, activity): row}
    return found


def _charged(waiting: Sequence[Subject], shares: Mapping[str, Share]) -> list[Trouble]:
    return [
        Trouble(one.approval.registration.person.name, *charging(shares[one.about]))
        for one in waiting
        if one.about in shares
    ]


def _bound(waiting: Sequence[Subject], bound: Mapping[str, int]) -> list[Trouble]:
    people = {
        one.approval.registration.person_id: (one.approval.registration.person.name, bound[one.about])
        for one in waiting
        if one.about in bound
    }
    return [Trouble(name, *bound_by(letter)) for name, letter in people.values()]


def _unapproved(waiting: Sequence[Subject], months: Mapping[str, tuple[str, date]]) -> list[Trouble]:
    found = [(one.approval.registration, months[one.about]) for one in waiting if one.about in months]
    return [Trouble(row.person.name, *other_month(row, *which)) for row, which in found]


def _approvals(unit: Unit, month: date) -> QuerySet[Approval]:
    rows = Approval.objects.in_force().filter(registration__unit=unit, month=month)
    ended = Termination.objects.filter(month=month, activity__isnull=True)
    rows = rows.exclude(registration__in=ended.values("registration"))
    return rows.select_related("registration__person", "registration__unit").in_turn()
