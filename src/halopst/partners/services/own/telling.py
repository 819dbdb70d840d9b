"""What mitra and the officers who work with them are told, through the outbox."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from halopst.accounts.models import User
from halopst.cases.queries import leads_of
from halopst.notifications.services import notify, recipient_of
from halopst.partners.models import OfferAnswer, SentScan, TransferReturn
from halopst.partners.notices import DECLINED, SCAN_RETURNED, TRANSFER_RETURNED
from halopst.partners.services.contracts.texts import month_in_words
from halopst.partners.services.telling import tell_mitra
from halopst.units.models import Unit


def tell_declined(answer: OfferAnswer, *, now: datetime) -> None:
    """The lead of the activity's team, else who leads at the office: someone has to find another mitra."""
    row = answer.assignment
    registration, activity = row.registration, row.duty.activity
    page = reverse("partners:mitra-month", args=[registration.unit.slug, registration.pk])
    page = f"{page}?bulan={row.first_day:%Y-%m}"
    context = {
        "mitra": registration.person.name,
        "kegiatan": activity.name,
        "volume": f"{answer.volume} {row.duty.unit_price.volume_unit}",
        "alasan": answer.reason,
    }
    lead = activity.team.lead if activity.team else None
    for officer in [lead] if lead and lead.is_active else leads_of(registration.unit):
        _tell_officer(officer, registration.unit, context, answer, page, now=now)


def tell_scan_returned(scan: SentScan, *, now: datetime) -> None:
    letter = scan.letter
    tell_mitra(
        SCAN_RETURNED,
        scan.person,
        unit=letter.unit,
        context={"surat": f"{letter.title} {letter}", "alasan": scan.reason},
        key=f"{SCAN_RETURNED.code}:{scan.pk}",
        now=now,
    )


def tell_transfer_returned(made: TransferReturn, *, now: datetime) -> None:
    paid = made.line.payment_list
    tell_mitra(
        TRANSFER_RETURNED,
        made.line.person,
        unit=paid.unit,
        context={"bulan": month_in_words(paid.month), "alasan": made.reason},
        key=f"{TRANSFER_RETURNED.code}:{made.pk}",
        now=now,
    )


def _tell_officer(
    officer: User,
    unit: Unit,
    context: Mapping[str, str],
    answer: OfferAnswer,
    page: str,
    *,
    now: datetime,
) -> None:
    notify(
        kind=DECLINED.code,
        unit=unit,
        to=recipient_of(officer),
        context=context,
        about=f"partners.assignment:{answer.assignment_id}",
        key=f"{DECLINED.code}:{answer.pk}:{now.isoformat()}:{officer.pk}",
        link=page,
        now=now,
    )
