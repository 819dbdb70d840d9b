"""Reading the record."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet

from halopst.audit.chain import Linked
from halopst.audit.models import Entry, Link
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


def said(entry: Entry) -> dict[str, Any]:
    """All an entry says, as its link in the chain is made of it."""
    names = ("id", "action", "actor_id", "actor_label", "unit_id", "subject_type", "subject_id", "details")
    return {name: getattr(entry, name) for name in names} | {"at": entry.at.astimezone(UTC).isoformat()}


def linked() -> Iterator[Linked]:
    """The whole chain with its entries, from the first."""
    for link in Link.objects.select_related("entry").order_by("number").iterator(chunk_size=2_000):
        yield Linked(link.number, link.hash, said(link.entry))


def unlinked_before(moment: datetime) -> int:
    """Entries of before then in no place of the chain: written with a time long past, or not taken up yet."""
    return Entry.objects.filter(link=None, at__lt=moment).count()
