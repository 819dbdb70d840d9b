from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model, TenantManager
from halopst.units.models import Unit


class QuestionGroup(Model):
    """Questions alike that AIDA did not answer, or not well, at one office.

    Alike are questions of the same `slots` (what kind, indicator, regions, time) that share most of their
    `stems`: see `rules.learning.likeness`. Its words are those of its questions: it keeps no text of its own.
    """

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        OPEN = "open", _("Terbuka")
        ANSWERED = "answered", _("Terjawab")
        DISMISSED = "dismissed", _("Disisihkan")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    slots = models.CharField(max_length=300)
    stems = ArrayField(models.CharField(max_length=40))
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.OPEN)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = TenantManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | Q(state__in=["answered", "dismissed"], closed_at__isnull=False),
                name="a_group_of_questions_is_open_or_closed_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "slots"], name="groups_by_slots"),
            GinIndex(fields=["stems"], name="groups_by_stems"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.slots} {' '.join(self.stems)}"
