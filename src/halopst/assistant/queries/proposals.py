"""The reply AIDA has proposed to an officer."""

from halopst.assistant.models import Proposal
from halopst.cases.models import Case, Message
from halopst.core.actors import Actor


def at_hand(actor: Actor, case: Case) -> Proposal | None:
    """The officer's newest proposal, as long as they have not written since."""
    mine = Proposal.objects.visible_to(actor).filter(case=case, officer=actor.user_id)
    newest: Proposal | None = mine.order_by("-pk").first()
    if newest is None:
        return None
    written = Message.objects.visible_to(actor).filter(case=case, author=actor.user_id)
    return None if written.filter(sent_at__gte=newest.made_at).exists() else newest
