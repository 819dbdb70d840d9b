"""Positions, caps, prices, budget and tax: rows with their basis and the day they begin, never constants.

A row with a later `valid_from` replaces the earlier from that day on; what rested on the earlier keeps it.
"""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.models import M_co, Model, TenantQuerySet
from halopst.core.validity import Held, alone, alone_word
from halopst.partners import permissions
from halopst.units.models import Unit

LARGEST_AMOUNT = 1_000_000_000_000
RUPIAH = [MinValueValidator(1), MaxValueValidator(LARGEST_AMOUNT)]
YEAR = [MinValueValidator(2000), MaxValueValidator(2100)]


class ActivityKind(models.TextChoices):
    SURVEY = "survei", _("Survei")
    CENSUS = "sensus", _("Sensus")


class Employment(models.TextChoices):
    MITRA = "non_organik", _("Non-organik (mitra)")
    STAFF = "organik", _("Organik (pegawai)")


class HandedDownQuerySet(TenantQuerySet[M_co]):
    """Rows an office keeps for itself and for the offices below it."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the offices `actor` reads, and of the provinces and the head office above them."""
        if actor.is_system:
            return self
        path = self.model.unit_path  # type: ignore[attr-defined]  # every tenant model has one
        return self.filter(**{f"{path}__in": with_those_above(actor.units(permissions.VIEW))})

    def holding_in(self, unit: Unit) -> Self:
        """Rows kept by `unit` itself or by an office above it."""
        path = self.model.unit_path  # type: ignore[attr-defined]  # every tenant model has one
        return self.filter(**{f"{path}__in": with_those_above(frozenset({unit.pk}))})


def with_those_above(unit_ids: frozenset[int]) -> models.QuerySet[Unit]:
    own = Q(pk__in=unit_ids)
    return Unit.objects.filter(
        own
        | Q(pk__in=Unit.objects.filter(own).values("parent"))
        | Q(pk__in=Unit.objects.filter(own).values("parent__parent"))
    )


HandedDownManager = models.Manager.from_queryset(HandedDownQuerySet)


class Position(Held, Model):
    """What a mitra is in an activity (PCL/PPL, PML, Koseka), from one day to another.

    A row is ended, never rewritten: a new name is a new row of the same code. What was done under a row
    keeps it. Caps are found by code, that of `counts_as` where honor is counted under another position.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    code = models.CharField(_("kode"), max_length=20)
    name = models.CharField(_("nama jabatan"), max_length=100)
    name_en = models.CharField(_("nama dalam bahasa Inggris"), max_length=100, blank=True)
    for_survey = models.BooleanField(_("untuk survei"), default=True)
    for_census = models.BooleanField(_("untuk sensus"), default=True)
    counts_as = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="counted",
        verbose_name=_("memakai batas honor"),
    )
    period = DateRangeField(_("masa berlaku"))
    basis = models.CharField(_("dasar hukum"), max_length=200)

    objects: ClassVar = HandedDownManager()

    class Meta:
        ordering = ["code", "-period", "pk"]
        constraints = [
            ExclusionConstraint(
                name="one_position_per_code_at_a_time",
                expressions=[(alone(F("unit")), "&&"), (alone_word("code"), "&&"), ("period", "&&")],
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z][a-z0-9_]*$"), name="a_position_has_a_code"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(basis=""), name="a_position_names_itself_and_its_basis"
            ),
            models.CheckConstraint(
                condition=Q(for_survey=True) | Q(for_census=True), name="a_position_is_for_some_work"
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__isempty=False),
                name="a_position_begins_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.code}"

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def kinds(self) -> list[ActivityKind]:
        known = ((ActivityKind.SURVEY, self.for_survey), (ActivityKind.CENSUS, self.for_census))
        return [kind for kind, counts in known if counts]


class HonorCap(Model):
    """The most one person may receive in a month (SBML), per year, province, kind, employment, position."""

    unit_path: ClassVar[str | None] = "province"

    province = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="honor_caps", verbose_name=_("provinsi")
    )
    year = models.PositiveSmallIntegerField(_("tahun anggaran"), validators=YEAR)
    activity_kind = models.CharField(_("jenis kegiatan"), max_length=6, choices=ActivityKind)
    employment = models.CharField(
        _("kepegawaian"), max_length=11, choices=Employment, default=Employment.MITRA
    )
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="caps", verbose_name=_("jabatan")
    )
    amount = models.PositiveBigIntegerField(_("batas sebulan (rupiah)"), validators=RUPIAH)
    basis = models.CharField(_("dasar hukum"), max_length=200)
    valid_from = models.DateField(_("berlaku mulai"))

    objects: ClassVar = HandedDownManager()

    class Meta:
        ordering = ["-year", "activity_kind", "employment", "position__code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "activity_kind", "employment", "position", "valid_from"],
                name="one_cap_per_line_and_day",
            ),
            models.CheckConstraint(
                condition=Q(amount__range=(1, LARGEST_AMOUNT)), name="a_cap_is_a_sum_of_money"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="a_cap_names_its_basis"),
            models.CheckConstraint(
                condition=Q(valid_from__year=models.F("year")), name="a_cap_begins_within_its_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province} {self.year} {self.activity_kind} {self.position.code}"


class UnitPrice(Model):
    """What one unit of volume of a piece of work pays (SHKS)."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="unit_prices")
    year = models.PositiveSmallIntegerField(_("tahun anggaran"), validators=YEAR)
    name = models.CharField(_("pekerjaan"), max_length=200)
    volume_unit = models.CharField(
        _("satuan"), max_length=40, help_text=_("Contoh: dokumen, blok sensus, responden, O-B")
    )
    amount = models.PositiveBigIntegerField(_("harga satuan (rupiah)"), validators=RUPIAH)
    basis = models.CharField(_("dasar hukum"), max_length=200)
    valid_from = models.DateField(_("berlaku mulai"))

    objects: ClassVar = HandedDownManager()

    class Meta:
        ordering = ["-year", "name", "volume_unit", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name", "volume_unit", "valid_from"], name="one_price_per_work_and_day"
            ),
            models.CheckConstraint(
                condition=Q(amount__range=(1, LARGEST_AMOUNT)), name="a_price_is_a_sum_of_money"
            ),
            models.CheckConstraint(
                condition=~Q(basis="") & ~Q(name="") & ~Q(volume_unit=""),
                name="a_price_names_its_work_unit_and_basis",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__year=models.F("year")), name="a_price_begins_within_its_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.volume_unit})"


class BudgetLine(Model):
    """One line of an office's budget (MAK/POK). `used` is kept by the database from the assignments.

    Ceiling, basis and date are those of its last revision; the database keeps every one (`revisions`).
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="budget_lines")
    year = models.PositiveSmallIntegerField(_("tahun anggaran"), validators=YEAR)
    code = models.CharField(
        _("MAK"), max_length=60, help_text=_("Contoh: 054.01.GG.2900.BMA.004.005.A.521213")
    )
    name = models.CharField(_("uraian"), max_length=200)
    ceiling = models.PositiveBigIntegerField(
        _("pagu (rupiah)"), validators=[MaxValueValidator(LARGEST_AMOUNT)]
    )
    used = models.PositiveBigIntegerField(_("terpakai"), default=0, editable=False)
    revision = models.PositiveSmallIntegerField(_("revisi ke"), default=0)
    valid_from = models.DateField(_("tanggal dokumen"))
    basis = models.CharField(_("dasar hukum"), max_length=200, help_text=_("Contoh: DIPA 2026 revisi 1"))

    class Meta:
        ordering = ["-year", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "code"], name="one_budget_line_per_code_and_year"
            ),
            models.CheckConstraint(
                condition=Q(used__gte=0, used__lte=models.F("ceiling")), name="a_budget_line_is_not_overspent"
            ),
            models.CheckConstraint(
                condition=~Q(basis="") & ~Q(code="") & ~Q(name=""), name="a_budget_line_names_its_basis"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def left(self) -> int:
        return self.ceiling - self.used


class CeilingRevision(Model):
    """A budget line as one revision of the budget set it; 0 is how it began. Written by the database."""

    unit_path: ClassVar[str | None] = "line__unit"

    line = models.ForeignKey(BudgetLine, on_delete=models.DO_NOTHING, related_name="revisions")
    revision = models.PositiveSmallIntegerField(_("revisi ke"))
    ceiling = models.PositiveBigIntegerField(
        _("pagu (rupiah)"), validators=[MaxValueValidator(LARGEST_AMOUNT)]
    )
    basis = models.CharField(_("dasar hukum"), max_length=200)
    valid_from = models.DateField(_("tanggal dokumen"))

    class Meta:
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(fields=["line", "revision"], name="one_ceiling_per_line_and_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.revision}"


class TaxPolicy(Model):
    """How an office takes PPh 21 from a mitra's honor; `parameters` holds the method's own figures."""

    unit_path: ClassVar[str | None] = "unit"

    class Method(models.TextChoices):
        ALLOWANCE = "bebas_ptkp", _("Tidak dipotong sampai PTKP sebulan")
        EFFECTIVE_RATE = "ter", _("Tarif efektif rata-rata (TER) bulanan")
        NOT_AN_EMPLOYEE = "bukan_pegawai", _("Bukan pegawai: 50% bruto × tarif pasal 17")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tax_policies")
    year = models.PositiveSmallIntegerField(_("tahun anggaran"), validators=YEAR)
    method = models.CharField(_("cara"), max_length=13, choices=Method)
    parameters = models.JSONField(_("angka"), default=dict)
    basis = models.CharField(_("dasar hukum"), max_length=200)
    valid_from = models.DateField(_("berlaku mulai"))

    objects: ClassVar = HandedDownManager()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name_plural = "tax policies"
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="one_tax_policy_per_office_and_day"),
            models.CheckConstraint(condition=~Q(basis=""), name="a_tax_policy_names_its_basis"),
            models.CheckConstraint(
                condition=Q(valid_from__year=models.F("year")), name="a_tax_policy_begins_within_its_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.method}"


class OfficeRules(Model):
    """What an office decides for itself about assigning; without a row the defaults hold."""

    unit_path: ClassVar[str | None] = "unit"

    class ContractKind(models.TextChoices):
        MONTH = "bulan", _("Sebulan: semua kegiatan seorang mitra")
        ACTIVITY = "kegiatan", _("Satu kegiatan: semua bulannya")

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="partner_rules")
    census_is_exclusive = models.BooleanField(
        _("sensus tidak dirangkap"),
        default=False,
        help_text=_(
            "Mitra yang bertugas sensus pada suatu bulan tidak menerima kegiatan lain pada bulan itu."
        ),
    )
    contract_kind = models.CharField(
        _("satu perjanjian untuk"), max_length=8, choices=ContractKind, default=ContractKind.MONTH
    )
    payment_days = models.PositiveSmallIntegerField(
        _("batas hari pembayaran"),
        null=True,
        blank=True,
        help_text=_(
            "Honor dibayar paling lambat sekian hari sesudah bulannya berakhir. Kosong: tidak dipantau."
        ),
    )
    basis = models.CharField(_("dasar"), max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "office rules"

    def __str__(self) -> str:
        return f"{self.unit}"


def in_force(rows: models.QuerySet[M_co], day: date) -> models.QuerySet[M_co]:
    """Of versioned `rows`, those begun by `day` in the same budget year, newest first."""
    return rows.filter(year=day.year, valid_from__lte=day).order_by("-valid_from", "-pk")
