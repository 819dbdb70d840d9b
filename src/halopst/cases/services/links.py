"""A visitor who lost their link gets a new one, in their mailbox only."""

from datetime import datetime

from django.db import transaction

from halopst.audit.services import record
from halopst.cases import notices
from halopst.cases.events import LinkAsked
from halopst.cases.models import Case
from halopst.core.actors import SYSTEM
from halopst.core.events import publish


def ask_for_link(*, number: str, email: str) -> None:
    """Look it up later: the answer must take as long for a number that does not exist."""
    publish(LinkAsked(number=number, email=email))


@transaction.atomic
def send_link(*, number: str, email: str, now: datetime) -> bool:
    """Mail the link of the case to its visitor, when both belong together."""
    case = (
        Case.objects.select_related("unit", "visitor")
        .filter(number=number, visitor__email__iexact=email, visitor__is_active=True)
        .first()
    )
    if case is None:
        return False
    record(SYSTEM, "case.link_sent", case)
    notices.send_link(case, now=now)
    return True
