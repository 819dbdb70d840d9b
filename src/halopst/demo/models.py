from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.units.models import Unit


class HistoryWeekQuerySet(TenantQuerySet["HistoryWeek"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever may read the office's settings may know how far its invented history has come."""
        return self.in_units(actor, "units.view")


class HistoryWeek(Model):
    """A week of invented history still to be written, or written: what the progress is counted from."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    monday = models.DateField()
    written_at = models.DateTimeField(null=True)

    objects: ClassVar = models.Manager.from_queryset(HistoryWeekQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "monday"], name="one_history_per_unit_and_week")
        ]
        indexes = [models.Index(fields=["monday"], condition=Q(written_at=None), name="history_to_write")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.monday}"
