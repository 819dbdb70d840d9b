"""What an officer puts right about an answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.assistant import permissions
from halopst.assistant.models import Correction, Turn
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Invalid, NotPermitted


class NothingCorrected(Invalid):
    message = _("Tulis dulu jawaban yang benar.")


@transaction.atomic
def correct(actor: Actor, turn: Turn, *, text: str, now: datetime) -> Correction:
    """Attach the right answer to one that was given.

    Its asker sees both; no later answer is made of it.
    """
    unit_id = turn.conversation.unit_id
    if not actor.may(permissions.IMPROVE, unit_id) or actor.user_id is None:
        raise NotPermitted
    if not text.strip():
        raise NothingCorrected
    made: Correction = Correction.objects.create(
        turn=turn, text=text.strip(), written_by_id=actor.user_id, written_at=now
    )
    record(actor, "assistant.corrected", made, unit_id=unit_id, turn=turn.pk)
    return made
