"""Who may hear how an answer is being worded: the page that holds its token."""

from datetime import timedelta

from halopst.core import links
from halopst.core.actors import Actor
from halopst.core.live import topic

PURPOSE = "assistant.wording"
HEARD_FOR = timedelta(minutes=15)


def token_of(turn_id: int) -> str:
    return links.sign(PURPOSE, {"turn": turn_id})


@topic("aida")
def may_hear_wording(_actor: Actor, key: str, token: str) -> bool:
    try:
        return str(links.read(PURPOSE, token, max_age=HEARD_FOR).get("turn")) == key
    except links.BadLink:
        return False
