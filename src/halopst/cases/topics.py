"""Who may hear live events about cases."""

from halopst.cases.links import case_id_of
from halopst.cases.models import Case
from halopst.cases.permissions import VIEW
from halopst.core.actors import Actor
from halopst.core.live import topic

LONGEST_ID = 18


@topic("case")
def may_hear_case(actor: Actor, key: str, token: str) -> bool:
    """Whoever may read the case, signed in or by the link we sent."""
    if not _is_id(key):
        return False
    if token:
        return case_id_of(token) == int(key)
    return Case.objects.visible_to(actor).filter(pk=int(key)).exists()


@topic("inbox")
def may_hear_inbox(actor: Actor, key: str, _token: str) -> bool:
    return _is_id(key) and actor.may(VIEW, int(key))


def _is_id(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) <= LONGEST_ID
