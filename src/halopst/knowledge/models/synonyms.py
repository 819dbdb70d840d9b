from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model, TenantManager
from halopst.units.models import Unit


class Synonym(Model):
    """What people say for what texts and tables say: in questions, `phrase` is read as `means`.

    `key` is the phrase as tokens. It counts where its office is asked; the head office's counts everywhere.
    """

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Diusulkan")
        APPROVED = "approved", _("Berlaku")
        WITHDRAWN = "withdrawn", _("Tidak dipakai")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    phrase = models.CharField(_("kata orang"), max_length=100)
    key = models.CharField(max_length=120)
    means = models.CharField(_("dibaca sebagai"), max_length=200)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("diusulkan"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar = TenantManager()

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key"],
                condition=~Q(state="withdrawn"),
                name="a_phrase_is_read_in_one_way_at_an_office",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "approved", "withdrawn"]),
                name="a_synonym_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("proposed_by"))),
                name="a_synonym_is_approved_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phrase} → {self.means}"
