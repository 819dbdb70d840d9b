from typing import ClassVar

from django.db import models


class Spending(models.Model):
    """What models were asked on one day for one scope: everybody, an office, or a network (a keyed hash)."""

    unit_path: ClassVar[str | None] = None

    day = models.DateField(db_index=True)
    scope = models.CharField(max_length=48)
    calls = models.PositiveIntegerField(default=0)
    tokens = models.PositiveBigIntegerField(default=0)

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "scope"], name="one_spending_per_day_and_scope")
        ]

    def __str__(self) -> str:
        return f"{self.day:%F} {self.scope}: {self.calls}"
