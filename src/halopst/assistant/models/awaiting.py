from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from halopst.assistant.models.conversations import Turn
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet


class AwaitingQuerySet(TenantQuerySet["Awaiting"]):
    def visible_to(self, actor: Actor) -> Self:
        """Only the person's own rows: no officer learns who asked."""
        if actor.is_system:
            return self
        return self.filter(user=actor.user_id) if actor.user_id else self.none()


class Awaiting(Model):
    """A person who wants to be told, once, when their question can be answered."""

    unit_path: ClassVar[str | None] = None

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="awaiting")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = models.Manager.from_queryset(AwaitingQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["turn", "user"], name="one_waits_for_an_answer_once")]

    def __str__(self) -> str:
        return f"{self.turn_id} {self.user_id}"
