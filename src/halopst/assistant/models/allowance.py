from typing import ClassVar

from django.db import models


class Allowance(models.Model):
    """How many questions came from one network within one minute; the network is kept as a keyed hash."""

    unit_path: ClassVar[str | None] = None

    client = models.CharField(max_length=32)
    minute = models.DateTimeField(db_index=True)
    asked = models.PositiveIntegerField()

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "minute"], name="one_count_per_client_and_minute")
        ]

    def __str__(self) -> str:
        return f"{self.minute:%F %H:%M}: {self.asked}"
