"""A mitra says whether they will do what they are offered."""

from datetime import datetime

from django.db import transaction

from halopst.audit.services import record
from halopst.core.errors import JustRemoved, NotPermitted
from halopst.partners.models import Assignment, OfferAnswer
from halopst.partners.queries.own.offers import agreed_of, handed_over_of, withheld_from
from halopst.partners.rules.own import Mitra, is_answerable
from halopst.partners.services.own.refusals import OfferChanged, OfferClosed, OfferWithheld, ReasonNeeded
from halopst.partners.services.own.telling import tell_declined

LONGEST_REASON = 300


@transaction.atomic
def answer_offer(
    mitra: Mitra, assignment: Assignment, *, accepted: bool, reason: str = "", volume: int, now: datetime
) -> OfferAnswer:
    """Accept or decline; `volume` is what the mitra was shown.

    May be changed until the contract is signed or the work handed over. It binds nobody: the office reads it,
    and decides.
    """
    row = _held(mitra, assignment, volume=volume, now=now)
    reason = reason.strip()[:LONGEST_REASON]
    if not accepted and not reason:
        raise ReasonNeeded
    was_declined = _is_declined(row)
    kept = {"accepted": accepted, "reason": "" if accepted else reason, "volume": row.volume}
    answer, _new = OfferAnswer.objects.update_or_create(
        assignment=row, defaults={**kept, "value": row.value, "answered_at": now}
    )
    action = "partners.offer-accepted" if accepted else "partners.offer-declined"
    record(mitra.actor, action, row, unit_id=row.registration.unit_id, volume=row.volume)
    if not accepted and not was_declined:
        tell_declined(answer, now=now)
    return answer


def _is_declined(row: Assignment) -> bool:
    """Whether the office knows already that its mitra will not do this."""
    said = OfferAnswer.objects.filter(assignment=row, accepted=False, volume=row.volume, value=row.value)
    return said.exists()


def _held(mitra: Mitra, assignment: Assignment, *, volume: int, now: datetime) -> Assignment:
    """The assignment as it is now, if its mitra may still answer it."""
    rows = Assignment.objects.select_related(
        "registration__unit", "registration__person", "duty__activity__team__lead", "duty__unit_price"
    )
    row = rows.select_for_update(of=("self",)).filter(pk=assignment.pk).first()
    if row is None:
        raise JustRemoved
    if row.registration.person_id != mitra.person_id:
        raise NotPermitted
    if row.volume != volume:
        raise OfferChanged
    today = now.astimezone(row.registration.unit.tz).date()
    if not is_answerable(
        volume=row.volume,
        last_day=row.last_day,
        today=today,
        is_settled=bool(agreed_of([row]) or handed_over_of([row])),
    ):
        raise OfferClosed
    withheld = withheld_from([row]).get(row.pk)
    if withheld:
        raise OfferWithheld(withheld)
    return row
