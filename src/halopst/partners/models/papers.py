"""What an office orders or decrees about its people: assignment letters and decrees of the KPA."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.partners.models.activities import Activity
from halopst.units.models import Unit

LONGEST_ITEM = 1000


class Paper(Model):
    """The text of one assignment letter or decree, before and after it became a letter.

    `people` are those typed: a list of `{name, number, title}`. With an `activity`, the mitra approved for
    it stand after them, read anew whenever the letter is made.
    """

    unit_path: ClassVar[str | None] = "unit"

    class Kind(models.TextChoices):
        ORDER = "surat-tugas", _("Surat tugas")
        DECREE = "sk-kpa", _("SK Kuasa Pengguna Anggaran")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind)
    subject = models.CharField(_("tentang"), max_length=300)
    considerations = ArrayField(models.CharField(max_length=LONGEST_ITEM), verbose_name=_("menimbang"))
    bases = ArrayField(models.CharField(max_length=LONGEST_ITEM), verbose_name=_("dasar"))
    points = ArrayField(models.CharField(max_length=LONGEST_ITEM), verbose_name=_("isi"))
    first_day = models.DateField(_("mulai"))
    last_day = models.DateField(_("sampai"))
    place = models.CharField(_("tempat"), max_length=200, blank=True)
    cost = models.CharField(_("biaya"), max_length=300, blank=True)
    people = models.JSONField(_("orang"), default=list, blank=True)
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("mitra dari kegiatan"),
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_paper_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(subject="") & Q(points__len__gt=0), name="a_paper_says_what_it_is_about"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="papers_of_an_office")]

    def __str__(self) -> str:
        return self.subject
