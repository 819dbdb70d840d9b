"""Letters and batches, and the offices where a person may read, make or manage them."""

from django.db.models import Q, QuerySet

from halopst.core.actors import Actor
from halopst.letters import permissions
from halopst.letters.models import Batch, BatchItem, Letter
from halopst.units.models import Unit


def viewing_units(actor: Actor) -> QuerySet[Unit]:
    """The offices whose letters `actor` may read."""
    return _units(actor, permissions.VIEW)


def issuing_units(actor: Actor) -> QuerySet[Unit]:
    return _units(actor, permissions.ISSUE)


def managed_units(actor: Actor) -> QuerySet[Unit]:
    return _units(actor, permissions.MANAGE)


def letters_of(unit: Unit) -> QuerySet[Letter]:
    return Letter.objects.filter(unit=unit).select_related("number").defer("data")


def latest_letter(unit: Unit, kind: str) -> Letter | None:
    """The newest letter of the office of that kind, to try a text on."""
    found: Letter | None = Letter.objects.filter(unit=unit, kind=kind).order_by("-pk").first()
    return found


def search_letters(
    letters: QuerySet[Letter], *, text: str, state: str, kind: str, batch: str = ""
) -> QuerySet[Letter]:
    """Those whose number or title holds every word of `text`; of one state, one kind, one batch if given."""
    for word in text.split()[:8]:
        letters = letters.filter(Q(number__text__icontains=word) | Q(title__icontains=word))
    if state in Letter.State.values:
        letters = letters.filter(state=state)
    if batch.isdecimal():
        letters = letters.filter(batch=int(batch[:9]))
    return letters.filter(kind=kind) if kind else letters


def batches_of(unit: Unit) -> QuerySet[Batch]:
    return Batch.objects.filter(unit=unit).select_related("asked_by")


def failures_of(batch: Batch) -> QuerySet[BatchItem]:
    return batch.items.filter(state=BatchItem.State.FAILED).order_by("position")


def _units(actor: Actor, permission: str) -> QuerySet[Unit]:
    found: QuerySet[Unit] = Unit.objects.in_units(actor, permission).filter(is_active=True)
    return found.order_by("code")
