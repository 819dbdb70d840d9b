from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model, TenantManager
from halopst.knowledge.models.figures import Indicator, Region
from halopst.units.models import Unit


class DataRequest(Model):
    """A figure people ask for and the office lacks, passed to whoever keeps its figures.

    `topic` says in words what is wanted; `indicator`, `region` and `period` as far as they are known.
    """

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        OPEN = "open", _("Terbuka")
        FILLED = "filled", _("Sudah ada")
        DECLINED = "declined", _("Tidak akan ada")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(_("data yang dicari"), max_length=300)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    period = models.CharField(_("periode"), max_length=60, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.OPEN)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("diminta"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("ditutup"), null=True, blank=True)

    objects: ClassVar = TenantManager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | Q(state__in=["filled", "declined"], closed_at__isnull=False),
                name="a_data_request_is_open_or_closed_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["unit", "state", "-asked_at"], name="data_requests_of_unit")]

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.topic, self.region.name if self.region else "", self.period)))
