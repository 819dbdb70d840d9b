"""What offices publish beside figures, and when more is due."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.knowledge.models.figures import EveryonesManager, Indicator
from halopst.knowledge.rules.figures.periods import Period
from halopst.knowledge.webapi import rows
from halopst.units.models import Unit


class CatalogueItem(Model):
    """A publication, press release, news item, static table or glossary entry of an office's site.

    Of a static table `why` is the code of why it stayed text (`wording.STATIC`), with a place in it.
    """

    unit_path: ClassVar[str | None] = "unit"
    public: ClassVar[bool] = True

    class Kind(models.TextChoices):
        PUBLICATION = rows.PUBLICATION, _("Publikasi")
        PRESS_RELEASE = rows.PRESS_RELEASE, _("Berita resmi statistik")
        NEWS = rows.NEWS, _("Berita")
        STATIC_TABLE = rows.STATIC_TABLE, _("Tabel statis")
        GLOSSARY = rows.GLOSSARY, _("Glosarium")

    class ReadAs(models.TextChoices):
        """What became of the content of a static table; empty until it is looked at."""

        CELLS = "cells", _("Jadi angka")
        TEXT = "text", _("Tetap teks")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="catalogue")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind)
    external_id = models.CharField(max_length=60)
    title = models.CharField(_("judul"), max_length=300)
    body = models.TextField(_("isi"), blank=True)
    subject = models.CharField(_("subjek"), max_length=150, blank=True)
    link = models.CharField(_("tautan"), max_length=500, blank=True)
    released_on = models.DateField(_("tanggal rilis"), null=True, blank=True)
    scheduled_on = models.DateField(_("jadwal rilis"), null=True, blank=True)
    changed_on = models.DateField(_("tanggal perubahan"), null=True, blank=True)
    retrieved_at = models.DateTimeField(_("diambil"))
    read_as = models.CharField(_("dibaca sebagai"), max_length=5, choices=ReadAs, blank=True)
    figures = models.PositiveIntegerField(_("angka"), default=0)
    why = models.CharField(max_length=20, blank=True)
    why_detail = models.CharField(max_length=100, blank=True)

    objects: ClassVar = EveryonesManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "external_id"], name="a_catalogue_item_is_kept_once"
            ),
            models.CheckConstraint(
                condition=~Q(read_as="text") | ~Q(why=""), name="a_table_that_stays_text_says_why"
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind", "-released_on"], name="catalogue_by_release")]

    def __str__(self) -> str:
        return self.title


class ReleaseDate(Model):
    """A figure that is due: of an indicator, for a period, on a day."""

    unit_path: ClassVar[str | None] = "indicator__unit"
    public: ClassVar[bool] = True

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="releases")
    period = models.IntegerField(_("periode"))
    due_on = models.DateField(_("dijadwalkan rilis"))
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    objects: ClassVar = EveryonesManager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"], name="one_release_date_per_indicator_and_period"
            ),
            models.CheckConstraint(condition=Q(period__gte=190000), name="a_release_is_for_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period} {self.due_on}"

    @property
    def when(self) -> Period:
        return Period.of_code(self.period)
