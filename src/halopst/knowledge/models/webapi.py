"""Where an office's data is fetched from, and how far the fetching has come."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.units.models import Unit


class WebApiAccess(Model):
    """The address and key of one office; that of the head office serves all that have none of their own.

    The key is sealed (`services.webapi_access`). Nothing is asked of the network while `is_on` is false.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="webapi_access")
    address = models.CharField(_("alamat WebAPI"), max_length=200)
    sealed_key = models.CharField(max_length=500)
    per_second = models.PositiveSmallIntegerField(
        _("permintaan per detik"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    is_on = models.BooleanField(_("dipakai"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(per_second__range=(1, 10)), name="the_webapi_is_asked_politely"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.address}"


class Sync(Model):
    """The fetching of one kind of data for one office; `position` is where a new worker continues."""

    unit_path: ClassVar[str | None] = "unit"

    class Kind(models.TextChoices):
        VARIABLES = "variables", _("Daftar tabel dinamis")
        FIGURES = "figures", _("Angka tabel dinamis")
        INDICATORS = "indicators", _("Indikator strategis")
        PUBLICATIONS = "publication", _("Publikasi")
        PRESS_RELEASES = "pressrelease", _("Berita resmi statistik")
        NEWS = "news", _("Berita")
        STATIC_TABLES = "statictable", _("Tabel statis")
        GLOSSARY = "glosarium", _("Glosarium")

    class State(models.TextChoices):
        RESTING = "resting", _("Menunggu jadwal")
        RUNNING = "running", _("Sedang mengambil")
        STOPPED = "stopped", _("Dihentikan")
        FAILED = "failed", _("Gagal")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="syncs")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.RESTING)
    position = models.JSONField(default=dict)
    steps_done = models.PositiveIntegerField(default=0)
    steps_in_all = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=20, blank=True)
    error_detail = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    last_good_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["unit_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind"], name="one_sync_per_office_and_kind"),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state__in=["resting", "failed"]), name="syncs_due")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.state}"
