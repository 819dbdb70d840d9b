"""How much of an office's time one visitor may keep waiting for an answer."""

from django.utils.translation import ngettext

from halopst.accounts.models import User
from halopst.consultations.models import Consultation
from halopst.consultations.queries import policy_of
from halopst.consultations.rules import UNANSWERED
from halopst.consultations.services.refusals import TooManyUnanswered
from halopst.units.models import Unit


def must_have_room(user_id: int, unit: Unit) -> None:
    """Refuse one request too many; two sent at once are counted one by one, for the visitor is locked."""
    visitor = User.objects.select_for_update(no_key=True).get(pk=user_id)
    most = policy_of(unit.pk).most_unanswered
    waiting = Consultation.objects.filter(
        case__visitor=visitor, case__unit=unit, state__in=sorted(UNANSWERED)
    )
    if waiting.count() >= most:
        raise TooManyUnanswered(
            ngettext(
                "Anda masih punya %(n)d permintaan yang belum dijawab satker ini. Tunggu jawabannya, "
                "atau batalkan di halaman Permintaan saya.",
                "Anda masih punya %(n)d permintaan yang belum dijawab satker ini. Tunggu jawabannya, "
                "atau batalkan salah satu di halaman Permintaan saya.",
                most,
            )
            % {"n": most}
        )
