from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.notifications.models import Inbound
from halopst.units.models import Unit


class OfficeChannels(Model):
    """Where AIDA speaks for an office besides our own page; nowhere until the office says so.

    `origins` are the sites (`https://surabayakota.example`) that may show her in a frame.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="aida_channels")
    whatsapp = models.BooleanField(_("AIDA menjawab lewat WhatsApp"), default=False)
    origins = ArrayField(models.CharField(max_length=200), verbose_name=_("situs"), default=list, blank=True)

    def __str__(self) -> str:
        return str(self.unit)


class Heard(models.Model):
    """That a WhatsApp message was passed on, and where to: once, however often it comes in.

    It does not name the conversation, as that would tell whose it is. `reply` is still to be written back,
    under `key`; it is kept here only while a model may find better words for it.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("dijawab AIDA")
        TO_CASE = "to_case", _("diteruskan ke permintaan")
        LEFT = "left", _("tidak dijawab")

    unit_path: ClassVar[str | None] = None

    inbound = models.OneToOneField(Inbound, on_delete=models.CASCADE, related_name="heard")
    outcome = models.CharField(max_length=8, choices=Outcome)
    reply = models.TextField(blank=True)
    key = models.CharField(max_length=100, blank=True)

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["answered", "to_case", "left"]),
                name="what_was_heard_has_a_known_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"{self.inbound_id} {self.outcome}"
