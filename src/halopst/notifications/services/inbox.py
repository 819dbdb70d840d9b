from datetime import datetime

from django.db import transaction

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.notifications.models import Notice


@transaction.atomic
def mark_read(actor: Actor, notice: Notice, *, now: datetime) -> Notice:
    """Its recipient has opened it; the first time counts."""
    if actor.user_id is None or notice.user_id != actor.user_id:
        raise NotPermitted
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=now)
    notice.refresh_from_db(fields=["read_at"])
    return notice


@transaction.atomic
def mark_all_read(actor: Actor, *, now: datetime) -> int:
    """Everything in one's own inbox; returns how many were still unread."""
    return Notice.objects.addressed_to(actor).filter(read_at__isnull=True).update(read_at=now)
