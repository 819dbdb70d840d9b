from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.cases.models import Case
from halopst.core.actors import ANONYMOUS
from halopst.core.constraints import refuse_on
from halopst.core.errors import Invalid, Refused
from halopst.core.events import publish
from halopst.core.links import sign
from halopst.notifications.services import notify, recipient_of
from halopst.satisfaction.events import RatingGiven
from halopst.satisfaction.models import Invitation, Rating
from halopst.satisfaction.queries import current_instrument


class AlreadyRated(Refused):
    message = _("Anda sudah menilai layanan ini. Terima kasih.")


class OutsideTheScale(Invalid):
    message = _("Pilih satu nilai dari pilihan yang tersedia.")


def rating_token(invitation: Invitation) -> str:
    """What opens the rating page without signing in; also serves as the link in the notice."""
    return sign("rating", {"invitation": invitation.pk})


@transaction.atomic
def invite(case_id: int, *, now: datetime) -> Invitation | None:
    """Ask the visitor of a finished case for a rating, once; a case nobody served asks nothing."""
    case = Case.objects.select_related("unit", "visitor", "officer").get(pk=case_id)
    if case.officer is None:
        return None
    invitation, is_new = Invitation.objects.get_or_create(
        case=case,
        defaults={"unit": case.unit, "officer": case.officer, "instrument": current_instrument()},
    )
    if is_new:
        _announce(invitation, case, now=now)
    return invitation


def _announce(invitation: Invitation, case: Case, *, now: datetime) -> None:
    notify(
        kind="satisfaction.invitation",
        unit=case.unit,
        to=recipient_of(case.visitor),
        context={"nama": case.visitor.name, "petugas": str(case.officer), "nomor": case.number},
        about=f"case:{case.pk}",
        key=f"satisfaction.invitation:{invitation.pk}",
        link=f"/penilaian/{rating_token(invitation)}/",
        now=now,
    )


@transaction.atomic
def rate(invitation: Invitation, *, score: int, need_met: str, comment: str, now: datetime) -> Rating:
    """Store the one answer of this invitation. Whoever holds the signed link may give it."""
    if not 1 <= score <= invitation.instrument.scale or need_met not in Rating.NeedMet.values:
        raise OutsideTheScale
    rating = Rating(
        invitation=invitation,
        unit_id=invitation.unit_id,
        officer_id=invitation.officer_id,
        instrument_id=invitation.instrument_id,
        score=score,
        need_met=need_met,
        comment=comment,
        rated_at=now,
    )
    with refuse_on("satisfaction_rating_invitation_id_key", AlreadyRated):
        rating.save()
    record(ANONYMOUS, "satisfaction.rated", rating, score=score)
    publish(RatingGiven(rating_id=rating.pk, officer_id=rating.officer_id, unit_id=rating.unit_id))
    return rating
