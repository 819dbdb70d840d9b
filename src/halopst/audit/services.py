from typing import Any

from django.db.models import Model

from halopst.audit.models import Entry
from halopst.core.actors import Actor


def record(actor: Actor, action: str, subject: Model, *, unit_id: int | None = None, **details: Any) -> None:
    """Append one line to the record, in the caller's transaction.

    `details` must be JSON values and must not hold personal data beyond ids.
    """
    Entry.objects.create(
        action=action,
        actor_id=actor.user_id,
        actor_label=actor.label,
        unit_id=unit_id if unit_id is not None else getattr(subject, "unit_id", None),
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        details=details,
    )
