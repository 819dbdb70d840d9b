from django.db import transaction

from halopst.audit.services import record
from halopst.consultations.models import Policy
from halopst.consultations.permissions import CONFIGURE
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.units.models import Unit


@transaction.atomic
def set_policy(
    actor: Actor,
    unit: Unit,
    *,
    change_notice_minutes: int,
    check_in_minutes: int,
    grace_minutes: int,
    most_unanswered: int,
) -> Policy:
    """Decide how `unit` keeps its appointments; those already made follow the new rules from now on."""
    if not actor.may(CONFIGURE, unit.pk):
        raise NotPermitted
    values = {
        "change_notice_minutes": change_notice_minutes,
        "check_in_minutes": check_in_minutes,
        "grace_minutes": grace_minutes,
        "most_unanswered": most_unanswered,
    }
    policy, _ = Policy.objects.update_or_create(unit=unit, defaults=values)
    record(actor, "consultations.policy_set", policy, **values)
    return policy
