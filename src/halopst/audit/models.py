from typing import ClassVar, Self

from django.db import models

from halopst.core.actors import Actor


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, actor: Actor) -> Self:
        """The record of the units the actor may audit; what concerns no unit is the system's."""
        return self if actor.is_system else self.filter(unit_id__in=actor.units("audit.view"))


class Entry(models.Model):
    """One line of the record. Holds values, not foreign keys: it outlives what it describes.

    A trigger in the database refuses UPDATE and DELETE (see the first migration).
    """

    unit_path: ClassVar[str | None] = None

    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=100)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    unit_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=100)
    subject_id = models.BigIntegerField()
    details = models.JSONField(default=dict)

    objects: ClassVar = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_by_subject"),
            models.Index(fields=["unit_id", "-at"], name="audit_by_unit"),
            models.Index(fields=["-at", "-id"], name="audit_newest"),  # the record of many offices at once
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.action} {self.subject_type}:{self.subject_id} by {self.actor_label}"


class Link(models.Model):
    """An entry's place in the chain, see `chain.py`. Appended by the worker, a minute or so after the entry.

    A trigger refuses UPDATE and DELETE, as for entries.
    """

    unit_path: ClassVar[str | None] = None

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="link")
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="a_chain_is_counted_from_one")
        ]

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"
