"""A file of figures on its way into cells."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.units.models import Unit


class FigureImport(Model):
    """A file of figures, looked at first and taken in when somebody says so.

    Only the beginning of each list is kept. `doubtful` rows are taken in only if that is said too. `without`
    rows say that there is no figure.
    """

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        CHECKED = "checked", _("Menunggu persetujuan")
        DONE = "done", _("Sudah masuk")
        CANCELLED = "cancelled", _("Dibatalkan")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="figure_imports")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("nama berkas"), max_length=150)
    stored_as = models.CharField(max_length=120, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.CHECKED)
    good = models.PositiveIntegerField(_("baris siap"), default=0)
    bad = models.PositiveIntegerField(_("baris bermasalah"), default=0)
    faults = models.JSONField(default=list)
    doubtful = models.PositiveIntegerField(_("angka meragukan"), default=0)
    doubts = models.JSONField(default=list)
    took_doubtful = models.BooleanField(default=False)
    without = models.PositiveIntegerField(_("baris tanpa angka"), default=0)
    preview = models.JSONField(default=list)
    corrections = models.JSONField(default=list)
    corrected = models.PositiveIntegerField(_("angka yang akan berubah"), default=0)
    added = models.PositiveIntegerField(_("angka baru"), default=0)
    changed = models.PositiveIntegerField(_("angka berubah"), default=0)
    same = models.PositiveIntegerField(_("angka sama"), default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"
