"""Published figures, each with what it is about and where it was read."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.models import M_co, Model, TenantQuerySet
from halopst.knowledge.rules.figures import values
from halopst.knowledge.rules.figures.other_names import english_name, other_names
from halopst.knowledge.rules.figures.periods import Period
from halopst.knowledge.rules.figures.regions import CITY, DISTRICT, NATION, PROVINCE, REGENCY
from halopst.units.models import Unit


class ExactDecimalField(models.DecimalField):  # type: ignore[type-arg]  # Django's own class takes none
    """A number with as many decimals as it was published with: `5.10` stays `5.10`."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002  # Django asks per database
        return "numeric"


class EveryonesQuerySet(TenantQuerySet[M_co]):
    """Rows that anyone may read, and only some may change."""

    def visible_to(self, actor: Actor) -> Self:  # noqa: ARG002  # published statistics are public
        return self


EveryonesManager = models.Manager.from_queryset(EveryonesQuerySet)


class Region(Model):
    """A region that figures are about: that of an office, or a smaller one that tables name."""

    unit_path: ClassVar[str | None] = None

    class Kind(models.TextChoices):
        NATION = NATION, _("Indonesia")
        PROVINCE = PROVINCE, _("Provinsi")
        REGENCY = REGENCY, _("Kabupaten")
        CITY = CITY, _("Kota")
        DISTRICT = DISTRICT, _("Kecamatan")

    id = models.AutoField(primary_key=True)
    code = models.CharField(_("kode"), max_length=10)
    name = models.CharField(_("nama"), max_length=150)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    parent_code = models.CharField(_("kode induk"), max_length=10, blank=True)

    objects: ClassVar = EveryonesManager()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code"], name="one_region_per_code")]

    def __str__(self) -> str:
        return self.name


class Breakdown(Model):
    """What narrows a figure beside region and period (`Laki-laki`); the empty one is the whole."""

    unit_path: ClassVar[str | None] = None

    id = models.AutoField(primary_key=True)
    label = models.CharField(_("rincian"), max_length=310, blank=True)

    objects: ClassVar = EveryonesManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label"], name="one_breakdown_per_label")]

    def __str__(self) -> str:
        return self.label


class DataSource(Model):
    """Where figures were read: the title of a table or publication, and its page."""

    unit_path: ClassVar[str | None] = "unit"
    public: ClassVar[bool] = True

    id = models.AutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("sumber"), max_length=300)
    link = models.CharField(_("tautan"), max_length=500, blank=True)

    objects: ClassVar = EveryonesManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "title", "link"], name="a_source_is_kept_once")
        ]

    def __str__(self) -> str:
        return self.title


class Indicator(Model):
    """Something that is measured, as one office publishes it; two offices have a row each."""

    unit_path: ClassVar[str | None] = "unit"
    public: ClassVar[bool] = True

    class Origin(models.TextChoices):
        VARIABLE = "variable", _("Tabel dinamis WebAPI")
        STRATEGIC = "strategic", _("Indikator strategis WebAPI")
        STATIC = "static", _("Tabel statis WebAPI")
        FILE = "file", _("Berkas")
        EXAMPLE = "example", _("Contoh, bukan angka resmi")

    id = models.AutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="indicators")
    origin = models.CharField(_("asal"), max_length=10, choices=Origin)
    external_id = models.CharField(max_length=300)
    name = models.CharField(_("nama"), max_length=300)
    measure = models.CharField(_("satuan"), max_length=60, blank=True)
    subject = models.CharField(_("subjek"), max_length=150, blank=True)
    definition = models.TextField(_("definisi"), blank=True)
    notes = models.TextField(_("catatan"), blank=True)
    aliases = models.TextField(_("nama lain"), blank=True, max_length=1000)
    checked_at = models.DateTimeField(_("terakhir diperiksa"), null=True, blank=True)

    objects: ClassVar = EveryonesManager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "origin", "external_id"], name="an_indicator_is_kept_once_per_office"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="an_indicator_has_a_name"),
        ]
        indexes = [models.Index(fields=["unit", "updated_at"], name="indicators_by_change")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_example(self) -> bool:
        return self.origin == self.Origin.EXAMPLE

    @property
    def other_names(self) -> tuple[str, ...]:
        return other_names(self.aliases)

    @property
    def english_name(self) -> str:
        return english_name(self.aliases)


class Figure(models.Model):
    """What a cell says, or once said."""

    published = models.CharField(_("nilai terbit"), max_length=values.LONGEST)
    value = ExactDecimalField(_("nilai"), max_digits=40, decimal_places=20)
    status = models.CharField(_("status angka"), max_length=16, blank=True)
    source = models.ForeignKey(DataSource, on_delete=models.PROTECT, related_name="+", db_index=False)
    retrieved_at = models.DateTimeField(_("diambil"))

    class Meta:
        abstract = True

    @property
    def shown(self) -> str:
        """As Indonesian readers write it, with the decimals it was published with."""
        return values.shown(self.value)


class Cell(Figure):
    """One published figure: the newest known. `retrieved_at` is when this value was first read.

    `period` is `rules.periods.Period.code`. Written by `services.cells` only, in sets.
    """

    unit_path: ClassVar[str | None] = "indicator__unit"
    public: ClassVar[bool] = True

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="cells", db_index=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    breakdown = models.ForeignKey(Breakdown, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.IntegerField(_("periode"))

    objects: ClassVar = EveryonesManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region", "breakdown", "period"], name="one_cell_per_place_in_a_table"
            )
        ]
        indexes = [models.Index(fields=["indicator", "period", "region"], name="cells_by_period")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.region_id} {self.period}: {self.published}"

    @property
    def when(self) -> Period:
        return Period.of_code(self.period)


class CellRevision(Figure):
    """What a cell said before it changed."""

    unit_path: ClassVar[str | None] = "cell__indicator__unit"
    public: ClassVar[bool] = True

    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, related_name="revisions")
    replaced_at = models.DateTimeField(_("diganti"))

    objects: ClassVar = EveryonesManager()

    class Meta:
        ordering = ["-replaced_at", "-id"]

    def __str__(self) -> str:
        return f"{self.cell_id}: {self.published}"
