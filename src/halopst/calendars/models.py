"""Service hours and holidays, as dated rows with their legal basis.

A row without a unit belongs to the whole platform; a province's rows also hold for its regencies and cities.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from halopst.calendars import permissions
from halopst.core.actors import Actor
from halopst.core.models import M_co, Model, TenantQuerySet
from halopst.units.models import Unit

if TYPE_CHECKING:
    from psycopg.types.range import DateRange


def only(column: str) -> Func:
    """`column` as a range of one value, so that GiST compares it without an extension; the platform is 0."""
    value = Coalesce(F(column), Value(0), output_field=models.BigIntegerField())
    return Func(value, value, Value("[]"), function="int8range")


def seconds(column: str) -> Func:
    return Func(F(column), template="EXTRACT(EPOCH FROM %(expressions)s)")


class CalendarQuerySet(TenantQuerySet[M_co]):
    def visible_to(self, actor: Actor) -> Self:
        """Rows of the actor's units, of the province above them, and of the whole platform."""
        if actor.is_system:
            return self
        units = actor.units(permissions.VIEW)
        if not units:
            return self.none()
        path = self.model.unit_path  # type: ignore[attr-defined]  # every model of ours has one
        provinces = Unit.objects.filter(pk__in=units, kind__in=[Unit.Kind.REGENCY, Unit.Kind.CITY]).values(
            "parent"
        )
        return self.filter(
            Q(**{f"{path}__in": units}) | Q(**{f"{path}__in": provinces}) | Q(**{f"{path}__isnull": True})
        )


CalendarManager = models.Manager.from_queryset(CalendarQuerySet)


class Schedule(Model):
    """The hours of a period: the regular week from a day on, or a special period such as Ramadan.

    One kind of schedule of one owner never overlaps itself in time. A special period goes before every
    regular week, and an office's own before its province's, before the platform's.
    """

    unit_path: ClassVar[str | None] = "unit"

    class Kind(models.TextChoices):
        REGULAR = "biasa", _("Jam biasa")
        SPECIAL = "khusus", _("Jam khusus")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="schedules")
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    title = models.CharField(_("nama"), max_length=120)
    legal_basis = models.CharField(_("dasar hukum"), max_length=300, blank=True)
    period = DateRangeField(_("masa berlaku"))

    objects: ClassVar = CalendarManager()

    class Meta:
        ordering = ["period"]
        constraints = [
            ExclusionConstraint(
                name="regular_hours_do_not_overlap",
                expressions=[(only("unit"), "&&"), ("period", "&&")],
                condition=Q(kind="biasa"),
            ),
            ExclusionConstraint(
                name="special_hours_do_not_overlap",
                expressions=[(only("unit"), "&&"), ("period", "&&")],
                condition=Q(kind="khusus"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def first_day(self) -> date | None:
        """The first day these hours hold; None when they always have."""
        return cast("DateRange", self.period).lower

    @property
    def last_day(self) -> date | None:
        """The last day these hours hold, included; None when they have no end."""
        after = cast("DateRange", self.period).upper
        return after and after - timedelta(days=1)


class Interval(Model):
    """Open from `opens` to `closes`, local time, every `weekday` (0 = Monday) of its schedule."""

    unit_path: ClassVar[str | None] = "schedule__unit"

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="intervals")
    weekday = models.PositiveSmallIntegerField(_("hari"))
    opens = models.TimeField(_("buka"))
    closes = models.TimeField(_("tutup"))

    objects: ClassVar = CalendarManager()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="hours_open_before_they_close"),
            ExclusionConstraint(
                name="hours_of_a_day_do_not_overlap",
                expressions=[
                    (only("schedule"), "&&"),
                    (Func(F("weekday"), F("weekday"), Value("[]"), function="int4range"), "&&"),
                    (Func(seconds("opens"), seconds("closes"), function="numrange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H.%M}-{self.closes:%H.%M}"


class JointLeave(Model):
    """Whether an office closes on cuti bersama; without a row its province decides, else it closes."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="joint_leave")
    is_closed = models.BooleanField(_("tutup pada cuti bersama"), default=True)

    def __str__(self) -> str:
        return f"{self.unit}: {self.is_closed}"


class HolidayDecree(Model):
    """A decision that makes days holidays: nationwide without a unit, else for the unit and those below."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="decrees")
    title = models.CharField(_("judul"), max_length=200)
    number = models.CharField(_("nomor"), max_length=150)
    decided_on = models.DateField(_("tanggal penetapan"))
    legal_basis = models.CharField(_("dasar hukum"), max_length=300, blank=True)

    objects: ClassVar = CalendarManager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"], name="one_decree_per_number", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.title


class Holiday(Model):
    """One day of a decree on which the offices it covers are closed."""

    unit_path: ClassVar[str | None] = "decree__unit"

    class Kind(models.TextChoices):
        NATIONAL = "libur_nasional", _("Libur nasional")
        JOINT_LEAVE = "cuti_bersama", _("Cuti bersama")
        LOCAL = "libur_lokal", _("Libur lokal")

    decree = models.ForeignKey(HolidayDecree, on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField(_("tanggal"))
    name = models.CharField(_("nama"), max_length=150)
    kind = models.CharField(_("jenis"), max_length=20, choices=Kind)

    objects: ClassVar = CalendarManager()

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decree", "date"], name="one_holiday_per_date_and_decree")
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
