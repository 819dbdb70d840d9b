"""Reading the record."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from halopst.audit.models import Entry
from halopst.audit.permissions import VIEW
from halopst.audit.wording import actions_called
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted

LARGEST_ID = 2**63 - 1


def entries(
    actor: Actor,
    *,
    text: str = "",
    actor_ids: Iterable[int] = (),
    start: datetime | None = None,
    end: datetime | None = None,
) -> QuerySet[Entry]:
    """What happened in the units the actor may audit, newest first, in the half-open period.

    `text` is looked for in the action and the subject; a number also names a subject. `actor_ids` are
    people whose name matches `text`: this package knows no names.
    """
    if not actor.is_system and not actor.units(VIEW):
        raise NotPermitted
    rows: QuerySet[Entry] = Entry.objects.visible_to(actor)
    if start is not None:
        rows = rows.filter(at__gte=start)
    if end is not None:
        rows = rows.filter(at__lt=end)
    if text:
        rows = rows.filter(_matches(text) | Q(actor_id__in=list(actor_ids)))
    return rows.order_by("-at", "-pk")


def _matches(text: str) -> Q:
    """ASCII digits that fit an id name a subject; anything else is only looked for."""
    wanted = (
        Q(action__in=actions_called(text))
        | Q(action__icontains=text)
        | Q(subject_type__icontains=text)
        | Q(actor_label__icontains=text)
    )
    if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID:
        wanted |= Q(subject_id=int(text))
    return wanted
