"""What an office does in a year: teams, activities, and the duties people take in them."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.partners.models.reference import YEAR, ActivityKind, BudgetLine, Position, UnitPrice
from halopst.units.models import Unit


class Team(Model):
    """A working team (tim kerja) of an office."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(_("nama tim"), max_length=100)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ketua tim"),
    )
    is_active = models.BooleanField(_("aktif"), default=True)

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint("unit", Lower("name"), name="one_team_per_name_and_office"),
        ]

    def __str__(self) -> str:
        return self.name


class Activity(Model):
    """A survey or census an office carries out in a period (first day included, last day excluded)."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities")
    name = models.CharField(_("nama kegiatan"), max_length=200)
    short_name = models.CharField(
        _("nama pendek"), max_length=24, help_text=_("Kepala kolom di lembar alokasi. Contoh: Sakernas Agt")
    )
    kind = models.CharField(_("jenis"), max_length=6, choices=ActivityKind, default=ActivityKind.SURVEY)
    team = models.ForeignKey(
        Team,
        on_delete=models.PROTECT,
        related_name="activities",
        null=True,
        blank=True,
        verbose_name=_("tim"),
    )
    period = DateRangeField(_("masa kegiatan"))
    is_open = models.BooleanField(_("masih dialokasikan"), default=True)

    class Meta:
        ordering = ["period", "short_name", "pk"]
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False),
                name="an_activity_has_a_first_and_a_last_day",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(short_name=""), name="an_activity_has_a_name_and_a_short_one"
            ),
        ]
        indexes = [models.Index(fields=["unit", "is_open"], name="activities_of_an_office")]

    def __str__(self) -> str:
        return self.name

    @property
    def first_day(self) -> date:
        first: date = self.period.lower
        return first

    @property
    def last_day(self) -> date:
        """The last day it holds, included."""
        after: date = self.period.upper
        return after - timedelta(days=1)

    @property
    def crosses_years(self) -> bool:
        return self.first_day.year != self.last_day.year

    @property
    def years(self) -> range:
        """The budget years it touches."""
        return range(self.first_day.year, self.last_day.year + 1)

    def line_of(self, year: int) -> BudgetLine | None:
        """The budget line that pays the months of `year`, if one is chosen; prefetch `parts__budget_line`."""
        return next((part.budget_line for part in self.parts.all() if part.year == year), None)

    def within(self, year: int) -> tuple[date, date]:
        """The part of it that lies in `year`, the second day excluded: what that year's mitra do of it."""
        return max(self.first_day, date(year, 1, 1)), min(self.period.upper, date(year + 1, 1, 1))


class ActivityPart(Model):
    """The part of an activity in one year, and the budget line of that year that pays it."""

    unit_path: ClassVar[str | None] = "activity__unit"

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="parts")
    year = models.PositiveSmallIntegerField(_("tahun anggaran"), validators=YEAR)
    budget_line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, related_name="parts", verbose_name=_("MAK")
    )

    class Meta:
        ordering = ["activity", "year"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "year"], name="one_budget_line_per_activity_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.year}"


class ActivityDuty(Model):
    """A position people can be given in an activity, and the price it pays per unit of volume.

    It is of the year of its price: an activity over New Year has its duties once for each year.
    """

    unit_path: ClassVar[str | None] = "activity__unit"

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="duties")
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="duties", verbose_name=_("jabatan")
    )
    unit_price = models.ForeignKey(
        UnitPrice, on_delete=models.PROTECT, related_name="+", verbose_name=_("harga satuan")
    )

    class Meta:
        ordering = ["activity", "position__code", "pk"]
        verbose_name_plural = "activity duties"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "position", "unit_price"], name="one_duty_per_activity_and_price"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.position.code}"
