from datetime import datetime

from django.db import transaction

from halopst.cases.models import Case, Presence
from halopst.cases.permissions import WORK
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.live import announce


@transaction.atomic
def be_present(actor: Actor, case: Case, *, typing: bool, now: datetime) -> None:
    """Say that an officer has the case open, and whether they are writing."""
    if actor.user_id is None or not actor.may(WORK, case.unit_id):
        raise NotPermitted
    values = {"seen_at": now} | ({"typed_at": now} if typing else {})
    Presence.objects.update_or_create(case=case, user_id=actor.user_id, defaults=values)
    if typing:
        announce(f"case:{case.pk}", "typing", {"user": actor.user_id})
