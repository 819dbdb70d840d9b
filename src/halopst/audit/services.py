from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from halopst.audit import chain
from halopst.audit.models import Entry, Link
from halopst.audit.queries import said
from halopst.core.actors import Actor

PIECE = 5_000
LONGEST_TRANSACTION = timedelta(days=1)
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('audit.chain'))"


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


def link_new() -> int:
    """Put what is not in the chain yet at its end; returns how many entries. Several may call it at once."""
    added, after = 0, 0
    while links := _link_piece(after):
        added, after = added + len(links), links[-1].entry_id
    return added


@transaction.atomic
def _link_piece(after: int) -> list[Link]:
    """Entries in the order of their ids; one whose transaction ends late is taken up by a later call."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONE)
    last = Link.objects.select_related("entry").order_by("-number").first()
    waiting = Entry.objects.filter(link=None, pk__gt=after)
    if last is not None:
        waiting = waiting.filter(at__gte=last.entry.at - LONGEST_TRANSACTION)
    number, head = (last.number, last.hash) if last else (0, chain.START)
    links = []
    for entry in waiting.order_by("pk")[:PIECE]:
        number, head = number + 1, chain.link(head, said(entry))
        links.append(Link(number=number, entry=entry, hash=head))
    return Link.objects.bulk_create(links)
