from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.scheduling.models.experts import Expert
from halopst.scheduling.rules import Policy
from halopst.units.models import Unit

DAYS = [
    (0, _("Senin")),
    (1, _("Selasa")),
    (2, _("Rabu")),
    (3, _("Kamis")),
    (4, _("Jumat")),
    (5, _("Sabtu")),
    (6, _("Minggu")),
]


class BookingPolicy(Model):
    """How an office gives out time; a row that names an expert replaces the office's for that expert."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="booking_policies")
    expert = models.OneToOneField(
        Expert, on_delete=models.CASCADE, related_name="policy", null=True, blank=True
    )
    lead_minutes = models.PositiveIntegerField(
        _("paling lambat dipesan (menit sebelumnya)"), default=180, validators=[MaxValueValidator(20_160)]
    )
    duration_minutes = models.PositiveSmallIntegerField(
        _("lama pertemuan (menit)"),
        default=45,
        validators=[MinValueValidator(10), MaxValueValidator(240)],
    )
    buffer_minutes = models.PositiveSmallIntegerField(
        _("jeda sesudahnya (menit)"), default=0, validators=[MaxValueValidator(120)]
    )
    horizon_days = models.PositiveSmallIntegerField(
        _("dibuka untuk berapa hari ke depan"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
    )
    daily_maximum = models.PositiveSmallIntegerField(
        _("paling banyak pertemuan per ahli per hari"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("Kosongkan bila hanya jam kerja yang membatasi."),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(expert__isnull=True), name="one_booking_policy_per_office"
            ),
            models.CheckConstraint(
                condition=Q(duration_minutes__range=(10, 240)),
                name="a_meeting_lasts_ten_minutes_to_four_hours",
            ),
            models.CheckConstraint(
                condition=Q(horizon_days__range=(1, 180)), name="the_horizon_is_a_day_to_half_a_year"
            ),
            models.CheckConstraint(
                condition=Q(lead_minutes__lte=20_160, buffer_minutes__lte=120),
                name="lead_and_buffer_stay_within_reason",
            ),
            models.CheckConstraint(
                condition=Q(daily_maximum__isnull=True) | Q(daily_maximum__range=(1, 50)),
                name="a_daily_maximum_is_one_to_fifty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert or self.unit}: {self.duration_minutes}'"

    @property
    def values(self) -> Policy:
        return Policy(
            lead_minutes=self.lead_minutes,
            duration_minutes=self.duration_minutes,
            buffer_minutes=self.buffer_minutes,
            horizon_days=self.horizon_days,
            daily_maximum=self.daily_maximum,
        )


class Availability(Model):
    """Hours of one weekday in which an expert meets visitors; a day may have several."""

    unit_path: ClassVar[str | None] = "expert__unit"

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="availabilities")
    weekday = models.PositiveSmallIntegerField(_("hari"), choices=DAYS)
    starts_at = models.TimeField(_("mulai"))
    ends_at = models.TimeField(_("selesai"))
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        ordering = ["weekday", "starts_at", "pk"]
        verbose_name_plural = "availabilities"
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="available_hours_fall_on_a_weekday"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="available_hours_end_after_they_start"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lte=F("valid_until")),
                name="available_hours_stop_applying_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts_at:%H.%M}-{self.ends_at:%H.%M}"


class AvailabilityException(Model):
    """Once only: hours an expert adds, or hours in which something else has taken the expert's time."""

    unit_path: ClassVar[str | None] = "expert__unit"

    class Kind(models.TextChoices):
        EXTRA = "extra", _("Jam tambahan")
        BLOCKED = "blocked", _("Tidak bisa")

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="exceptions")
    kind = models.CharField(_("jenis"), max_length=7, choices=Kind)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    note = models.CharField(_("catatan untuk diri sendiri"), max_length=120, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="an_exception_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["expert", "ends_at"], name="exceptions_by_expert")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_at:%F %R}"


class Leave(Model):
    """Whole days on which an expert meets nobody. The public sees only that the expert is away."""

    unit_path: ClassVar[str | None] = "expert__unit"

    class Kind(models.TextChoices):
        LEAVE = "cuti", _("Cuti")
        DUTY = "dinas", _("Dinas luar")
        TRAINING = "pelatihan", _("Pelatihan")
        OTHER = "lainnya", _("Lainnya")

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="leaves")
    kind = models.CharField(_("keperluan"), max_length=10, choices=Kind, default=Kind.LEAVE)
    first_day = models.DateField(_("hari pertama"))
    last_day = models.DateField(_("hari terakhir"))

    class Meta:
        ordering = ["first_day", "pk"]
        verbose_name_plural = "leaves"
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="leave_ends_on_or_after_its_first_day"
            ),
        ]
        indexes = [models.Index(fields=["expert", "last_day"], name="leave_by_expert")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.first_day:%F}"
