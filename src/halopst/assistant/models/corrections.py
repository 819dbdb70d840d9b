from typing import ClassVar

from django.conf import settings
from django.db import models

from halopst.assistant.models.conversations import OfTurnQuerySet, Turn
from halopst.core.models import Model


class Correction(Model):
    """What an officer puts right about an answer; the answer itself stays as it was shown."""

    unit_path: ClassVar[str | None] = "turn__conversation__unit"

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField(max_length=2000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects: ClassVar = models.Manager.from_queryset(OfTurnQuerySet["Correction"])()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.turn_id}: {self.text[:40]}"
