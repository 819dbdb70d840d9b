"""What one act took back: all it withdrew and outdated carries the time of the act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from halopst.core.actors import Actor
from halopst.letters.models import Letter
from halopst.partners.models import Approval
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Approvals by the name of their mitra, and letters that no longer say what is so."""

    approvals: Sequence[Approval]
    letters: Sequence[Letter]


def taken_back(actor: Actor, unit: Unit, now: datetime) -> TakenBack:
    """What `actor` withdrew in this office at `now`, and the letters that struck; two queries."""
    rows = Approval.objects.visible_to(actor).filter(registration__unit=unit, withdrawn_at=now)
    mine = rows.filter(withdrawn_by=actor.user_id).select_related("registration__person").in_turn()
    struck = Q(outdated_at=now) | Q(ended_at=now, state=Letter.State.VOID)
    return TakenBack(
        list(mine), list(Letter.objects.filter(struck, unit=unit).select_related("number").order_by("pk"))
    )
