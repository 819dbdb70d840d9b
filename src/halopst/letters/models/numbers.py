from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from halopst.core.models import Model
from halopst.letters.models.shared import InheritedQuerySet
from halopst.units.models import Unit


class NumberPattern(Model):
    """How an office writes the numbers of a kind of letter, from a day on; without a unit, how all do.

    Kinds of one `counter` share one sequence. With `keeps_dates` numbers follow the dates of the letters: one
    dated before the last gets a back-dated insert (`B-005.01`).
    """

    unit_path: ClassVar[str | None] = "unit"

    class Reset(models.TextChoices):
        YEARLY = "yearly", _("Tiap tahun")
        MONTHLY = "monthly", _("Tiap bulan")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="number_patterns"
    )
    kind = models.CharField(_("jenis surat"), max_length=80)
    counter = models.CharField(
        _("urutan nomor"),
        max_length=20,
        help_text=_("Jenis surat dengan urutan yang sama berbagi satu deret nomor. Contoh: B, SPK, BAST"),
    )
    pattern = models.CharField(
        _("pola"),
        max_length=120,
        help_text=_(
            "Isian: {urut:03} {sisip} {derajat} {unit} {klasifikasi} {bulan} {bulan_romawi} {tahun}. "
            "{sisip} ditulis tepat setelah {urut}."
        ),
    )
    grade = models.CharField(_("derajat"), max_length=4, default="B", help_text=_("B, T, R, atau SR."))
    classification = models.CharField(_("klasifikasi arsip"), max_length=10, blank=True)
    resets = models.CharField(_("mulai dari satu"), max_length=10, choices=Reset, default=Reset.YEARLY)
    keeps_dates = models.BooleanField(_("nomor mengikuti urutan tanggal surat"), default=True)
    valid_from = models.DateField(_("berlaku mulai"))
    basis = models.CharField(_("dasar hukum"), max_length=200)

    objects: ClassVar = models.Manager.from_queryset(InheritedQuerySet)()

    class Meta:
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "valid_from"],
                nulls_distinct=False,
                name="one_number_pattern_begins_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(pattern__contains="{sisip}") & Q(pattern__contains="{urut"),
                name="a_number_pattern_counts_and_inserts",
            ),
            models.CheckConstraint(condition=Q(basis__regex=r"\S"), name="a_number_pattern_names_its_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.pattern}"


class NumberSeries(Model):
    """One counter of an office in one year or month. Its row is locked while a number is taken."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="number_series")
    counter = models.CharField(_("urutan nomor"), max_length=20)
    period = models.CharField(_("masa"), max_length=7)
    last = models.PositiveIntegerField(_("nomor terakhir"), default=0)
    last_dated_on = models.DateField(_("tanggal nomor terakhir"), null=True, blank=True)

    class Meta:
        verbose_name = _("deret nomor")
        ordering = ["-period", "counter"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "counter", "period"], name="one_series_per_counter_and_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.counter} {self.period}: {self.last}"


class LetterNumber(Model):
    """A number once given. It is never given again, never changed and never deleted (triggers say so)."""

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        USED = "used", _("Dipakai")
        VOID = "void", pgettext_lazy("surat", "Batal")
        IMPORTED = "imported", _("Dari catatan lama")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letter_numbers")
    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="numbers")
    sequence = models.PositiveIntegerField(_("urut"))
    segment = models.PositiveSmallIntegerField(_("sisipan"), default=0)
    text = models.CharField(_("nomor"), max_length=150)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.USED)
    dated_on = models.DateField(_("tanggal surat"))
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        ordering = ["series", "sequence", "segment"]
        constraints = [
            models.UniqueConstraint(fields=["series", "sequence", "segment"], name="a_number_is_given_once"),
            models.UniqueConstraint(fields=["unit", "text"], name="no_two_letters_share_a_number"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="numbers_begin_at_one"),
            models.CheckConstraint(
                condition=Q(segment__lte=99), name="ninety_nine_inserts_per_number_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.text
