"""What the head office writes for everyone has no unit; staff of every office may read it."""

from typing import Self

from django.db.models import Q

from halopst.core.actors import Actor
from halopst.core.models import M_co, TenantQuerySet
from halopst.letters import permissions
from halopst.units.models import Unit


class InheritedQuerySet(TenantQuerySet[M_co]):
    """Rows an office may have of its own, or take from its province or from everyone's."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_system:
            return self
        mine = actor.units(permissions.VIEW)
        if not mine:
            return self.none()
        led = Unit.objects.filter(children__in=mine).values("pk")
        return self.filter(Q(unit__in=mine) | Q(unit__in=led) | Q(unit=None))

    def reaching(self, unit: Unit) -> Self:
        """The rows that can hold in `unit`: its own, its province's, everyone's; the nearest one counts."""
        return self.filter(Q(unit=unit) | Q(unit=None) | Q(unit_id=unit.province_id, unit__isnull=False))
