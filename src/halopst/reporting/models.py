from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from halopst.core.models import Model, TenantManager
from halopst.units.models import Unit


class DailySummary(Model):
    """What one office did on one day, counted from its cases and ratings.

    Derived: `services.summarise` can rebuild any day at any time. Pages read these rows instead of
    the cases, so that a dashboard costs the same in the tenth year as in the first week. A day is
    the office's own (its zone); durations are working seconds of its calendar.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    requests = models.PositiveIntegerField(default=0)
    replied = models.PositiveIntegerField(default=0)
    replied_on_time = models.PositiveIntegerField(default=0)
    reply_seconds = models.PositiveBigIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    finished_on_time = models.PositiveIntegerField(default=0)
    finish_seconds = models.PositiveBigIntegerField(default=0)
    rating_counts = ArrayField(models.PositiveIntegerField(), default=list)

    objects: ClassVar = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="one_summary_per_unit_and_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"
