"""Who may hear that a new notice has come."""

from halopst.core.actors import Actor
from halopst.core.live import topic


def inbox_of(user_id: int | None) -> str:
    """The topic of one person's inbox."""
    return f"notices:{user_id}"


@topic("notices")
def may_hear_notices(actor: Actor, key: str, _token: str) -> bool:
    """One's own only."""
    return actor.user_id is not None and key == str(actor.user_id)
