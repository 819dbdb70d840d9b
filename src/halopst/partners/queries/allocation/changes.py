"""What a person may take back on a sheet, and what they took back and may set again."""

from datetime import date

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce

from halopst.core.actors import Actor
from halopst.partners.models import Change
from halopst.units.models import Unit


def to_undo(actor: Actor, unit: Unit, month: date) -> QuerySet[Change]:
    """Their changes that stand, the newest first."""
    return _mine(actor, unit, month).filter(undone_at=None).order_by("-pk")


def to_redo(actor: Actor, unit: Unit, month: date) -> QuerySet[Change]:
    """Those they took back since their newest that stands, the last taken back first."""
    standing = to_undo(actor, unit, month).values("pk")[:1]
    undone = _mine(actor, unit, month).filter(undone_at__isnull=False, pk__gt=Coalesce(Subquery(standing), 0))
    return undone.order_by("-undone_at", "pk")


def _mine(actor: Actor, unit: Unit, month: date) -> QuerySet[Change]:
    return Change.objects.filter(unit=unit, month=month, made_by=actor.user_id)
