"""The names people use for an indicator, which its office adds."""

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.knowledge import permissions
from halopst.knowledge.models import Indicator


@transaction.atomic
def call_indicator(actor: Actor, indicator: Indicator, *, aliases: str) -> Indicator:
    """Set the other names of an indicator, one on each line."""
    if not actor.may(permissions.DATA, indicator.unit_id):
        raise NotPermitted
    held: Indicator = Indicator.objects.locked(indicator.pk)
    lines = dict.fromkeys(line.strip() for line in aliases.splitlines() if line.strip())
    held.aliases = "\n".join(lines)
    held.save()
    record(actor, "knowledge.indicator-called", held, names=len(lines))
    return held
