"""An officer's calendar by a secret address."""

from django.db import transaction

from halopst.audit.services import record
from halopst.consultations.models import CalendarFeed
from halopst.consultations.queries import feed_hash
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted


@transaction.atomic
def renew_feed(actor: Actor, *, secret: str) -> None:
    """Give the actor's calendar a new address made of `secret`; the old one stops at once."""
    if actor.user_id is None or not actor.is_staff:
        raise NotPermitted
    feed, _ = CalendarFeed.objects.update_or_create(
        user_id=actor.user_id, defaults={"secret_hash": feed_hash(secret)}
    )
    record(actor, "consultations.feed_renewed", feed)


@transaction.atomic
def revoke_feed(actor: Actor) -> None:
    for feed in CalendarFeed.objects.filter(user=actor.user_id):
        record(actor, "consultations.feed_revoked", feed)
        feed.delete()
