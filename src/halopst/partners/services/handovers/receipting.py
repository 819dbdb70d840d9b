"""Handover papers (BAST): made from what was handed over, and what their signature sets off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from halopst.calendars.queries import calendar_of
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.letters import services as letters
from halopst.letters.models import Batch, Letter
from halopst.letters.permissions import ISSUE
from halopst.letters.rules import SIGNED, State
from halopst.letters.services import CannotCompose, Composition, compose_with
from halopst.letters.services.composing import Trouble, taken_subjects
from halopst.partners.letter_kinds.receipts import HANDOVER, TERMINATION, about_handover
from halopst.partners.models import Approval
from halopst.partners.queries.contracts.agreements import OF_ACTIVITY, OF_MONTH, agreements, months_agreed
from halopst.partners.queries.handovers.recorded import Plan, plans
from halopst.partners.rules.handover import WITHIN, working_day_from
from halopst.partners.rules.subjects import month_of
from halopst.partners.services.contracts.contracting import why_office_cannot
from halopst.partners.services.contracts.texts import agreed_in_words, composition, held, month_in_words
from halopst.partners.services.handovers.refusals import NothingToReceipt
from halopst.partners.services.obstacles import lacks_of, unrecorded
from halopst.units.models import Unit

KIND = HANDOVER.code
SIGNED_TOGETHER = frozenset({KIND, TERMINATION.code, *OF_MONTH, *OF_ACTIVITY})
NO_AGREEMENT = _("Perjanjian kerja bulan ini belum dibuat atau sudah usang. Buat dahulu perjanjiannya.")


@dataclass(frozen=True, slots=True)
class Readiness:
    """One office's month: papers that can be made, those made already, and what stands in the way."""

    ready: Sequence[Approval]
    made: int
    troubles: Sequence[Trouble]


def readiness(unit: Unit, month: date, *, now: datetime) -> Readiness:
    """A fixed number of queries, however many mitra; the print itself looks once more at each."""
    approvals = list(_recorded(month).filter(registration__unit=unit))
    abouts = {row.pk: about_handover(row.registration_id, month) for row in approvals}
    taken = taken_subjects(unit, KIND, list(abouts.values()))
    waiting = [row for row in approvals if abouts[row.pk] not in taken]
    agreed = agreements(waiting)
    found = {row.pk: _trouble(unit, row, agreed) for row in waiting}
    troubles = [trouble for trouble in found.values() if trouble]
    days = _days(unit, waiting, now)
    lacking = {day: why_office_cannot(unit, KIND, day) for day in sorted(set(days.values()))}
    ready = [row for row in waiting if not found[row.pk] and not lacking[days[row.pk]]]
    office = dict.fromkeys(trouble for some in lacking.values() for trouble in some)
    return Readiness(ready, len(taken), [*office, *troubles])


def write_receipts(actor: Actor, *, unit: Unit, month: date, now: datetime) -> Batch:
    """Have the handover papers of everyone recorded and ready made in the background."""
    if not actor.may(ISSUE, unit.pk):
        raise NotPermitted
    ready = readiness(unit, month, now=now).ready
    if not ready:
        raise NothingToReceipt
    items = [(about_handover(row.registration_id, month), row.registration.person.name) for row in ready]
    return letters.start_batch(actor, kind=KIND, unit=unit, items=items, now=now)


@transaction.atomic
def bring_agreement_along(letter_id: int, *, now: datetime) -> int:
    """Move signed agreements to `handed_over` once the handover of every month they pay is signed."""
    letter = Letter.objects.select_related("unit").get(pk=letter_id)
    if letter.kind not in SIGNED_TOGETHER or letter.is_by_values:
        return 0
    agreed = [letter]
    if letter.kind == KIND:
        registration, month = month_of(letter.about)
        rows = list(_recorded(month).filter(registration=registration))
        agreed = [one for some in agreements(rows).values() for one in some]
    # Held in order, so that the last two signatures of a month do not both hand it over.
    signed = Letter.objects.select_for_update(of=("self",)).filter(state=State.SIGNED).order_by("pk")
    ended = [one for one in signed.filter(pk__in=[one.pk for one in agreed]) if _is_done(one)]
    for one in ended:
        letters.deliver(one, now=now)
    return len(ended)


@compose_with(KIND)
def compose_receipt(about: str, now: datetime, *, hold: bool) -> Composition:
    """The paper of `partners.handover:<registration>:<month>`, from what was recorded of it."""
    registration, month = month_of(about)
    approval = held(_recorded(month).filter(registration=registration), hold=hold).first()
    if approval is None:
        raise CannotCompose(*unrecorded(registration, month))
    unit = approval.registration.unit
    agreed = agreements([approval])[approval.pk]
    if not agreed:
        raise CannotCompose(NO_AGREEMENT, _contracts_url(unit, month))
    works = plans([approval])[approval.pk]
    if not all(work.delivery for work in works):
        raise CannotCompose(*unrecorded(registration, month))
    terms = {
        "perjanjian": agreed_in_words(agreed),
        "bulan": month_in_words(month),
        "diserahkan": approval.handover.handed_on.isoformat(),
        "honor": approval.handover.due,
        "kegiatan": [_work(work) for work in works],
    }
    dated_on = _dated_on(unit, max(work.deadline for work in works), now)
    return composition(HANDOVER, approval.registration, terms, now, dated_on=dated_on)


def _is_done(agreement: Letter) -> bool:
    """Whether what was done in every month it pays is signed for."""
    registration, months = months_agreed(agreement)
    abouts = [about_handover(registration, month) for month in months]
    receipts = Letter.objects.filter(unit=agreement.unit_id, kind=KIND, about__in=abouts, state__in=SIGNED)
    return bool(months) and receipts.count() == len(months)


def _dated_on(unit: Unit, ended: date, now: datetime) -> date:
    """A working day after the work ended, and not before today."""
    first = max(ended + timedelta(days=1), now.astimezone(unit.tz).date())
    calendar = calendar_of(unit, first, first + timedelta(days=WITHIN))
    return working_day_from(first, lambda day: calendar.why_closed(day) is not None)


def _days(unit: Unit, approvals: Sequence[Approval], now: datetime) -> dict[int, date]:
    """When the paper of each is dated; a month's work has few last days."""
    ended = {pk: max(work.deadline for work in works) for pk, works in plans(approvals).items()}
    dated = {day: _dated_on(unit, day, now) for day in set(ended.values())}
    return {pk: dated[day] for pk, day in ended.items()}


def _recorded(month: date) -> QuerySet[Approval]:
    rows = Approval.objects.in_force().filter(month=month, handover__isnull=False)
    return rows.select_related("registration__person", "registration__unit", "handover").in_turn()


def _trouble(unit: Unit, row: Approval, agreed: Mapping[int, Sequence[Letter]]) -> Trouble | None:
    person = row.registration.person
    if not agreed[row.pk]:
        return Trouble(person.name, str(NO_AGREEMENT), _contracts_url(unit, row.month))
    return next((Trouble(person.name, *lack) for lack in lacks_of(unit, person)), None)


def _work(work: Plan) -> dict[str, Any]:
    assert work.delivery is not None  # noqa: S101  # asked for all of them before
    with override("id"):
        status = str(work.delivery.status.label)
    return {
        "nama": work.activity,
        "target": work.planned,
        "realisasi": work.delivery.realised,
        "satuan": work.volume_unit,
        "sampai": work.deadline.isoformat(),
        "status": status,
        "nilai": work.delivery.due,
    }


def _contracts_url(unit: Unit, month: date) -> str:
    return f"{reverse('partners:contracts', args=[unit.slug])}?bulan={month:%Y-%m}"
