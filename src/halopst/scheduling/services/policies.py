from dataclasses import asdict

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.scheduling.models import BookingPolicy, Expert
from halopst.scheduling.rules import Policy
from halopst.scheduling.services.authority import must_manage
from halopst.units.models import Unit


@transaction.atomic
def set_policy(actor: Actor, *, unit: Unit, expert: Expert | None = None, policy: Policy) -> BookingPolicy:
    """How the office gives out time, or with `expert` that expert alone. Appointments already made stay."""
    must_manage(actor, unit.pk)
    row: BookingPolicy
    row, _ = BookingPolicy.objects.update_or_create(unit=unit, expert=expert, defaults=asdict(policy))
    record(actor, "scheduling.policy-set", row, expert_id=expert.pk if expert else None, **asdict(policy))
    return row


@transaction.atomic
def drop_own_policy(actor: Actor, expert: Expert) -> None:
    """Let the expert follow the office's policy again."""
    must_manage(actor, expert.unit_id)
    if BookingPolicy.objects.filter(expert=expert).delete()[0]:
        record(actor, "scheduling.policy-dropped", expert)
