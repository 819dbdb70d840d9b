"""Who does how much of what, and what it pays in which month."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.partners.models.activities import ActivityDuty
from halopst.partners.models.people import Person, Registration
from halopst.partners.models.reference import BudgetLine
from halopst.partners.rules.volumes import MOST_VOLUME


class Assignment(Model):
    """One mitra's volume in one duty of an activity, over its days in the year they are registered for.

    0 when it was taken back. The part of the activity in another year is that year's registration's.

    `price` is the rupiah per unit of the day the volume was last set. The database lets it stand only
    where the office of the activity has registered the mitra.
    """

    unit_path: ClassVar[str | None] = "registration__unit"

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="assignments")
    duty = models.ForeignKey(ActivityDuty, on_delete=models.PROTECT, related_name="assignments")
    volume = models.PositiveIntegerField(_("volume"))
    price = models.PositiveBigIntegerField(_("harga satuan"))
    value = models.PositiveBigIntegerField(_("honor"))

    class Meta:
        ordering = ["registration", "duty"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "duty"], name="one_assignment_per_mitra_and_duty"
            ),
            models.CheckConstraint(
                condition=Q(value=F("price") * F("volume")), name="honor_is_price_times_volume"
            ),
            models.CheckConstraint(
                condition=Q(volume__lte=MOST_VOLUME), name="a_volume_is_at_most_a_million"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.duty_id}: {self.volume}"

    @property
    def first_day(self) -> date:
        return self.duty.activity.within(self.registration.year)[0]

    @property
    def last_day(self) -> date:
        """The last day of it, included."""
        return self.duty.activity.within(self.registration.year)[1] - timedelta(days=1)


class Share(Model):
    """What an assignment pays in one month (its first day). Replaced, never edited; shares sum to the value.

    `person` is set by the database from the registration: the cap looks across offices by it; so is
    `budget_line`, that of its activity in the year of the month.
    """

    unit_path: ClassVar[str | None] = "assignment__registration__unit"

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("bulan"))
    amount = models.PositiveBigIntegerField(_("honor"))
    budget_line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("MAK")
    )

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "month"], name="one_share_per_assignment_and_month"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_share_pays_something"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_share_belongs_to_a_whole_month"),
        ]
        indexes = [models.Index(fields=["person", "month"], name="shares_of_a_person_and_month")]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.month:%Y-%m}: {self.amount}"


class MonthTotal(Model):
    """One row per person and month, over all offices: who changes that month locks it first.

    Kept by the database. `cap` is the limit in force when the row was last weighed; null when nothing is
    paid.
    """

    unit_path: ClassVar[str | None] = None

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    total = models.PositiveBigIntegerField(default=0, db_default=0)
    cap = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "month"], name="one_total_per_person_and_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_total_belongs_to_a_whole_month"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month:%Y-%m}: {self.total}"


class Excess(Model):
    """A volume somebody typed and the cap or the budget refused. It counts for nothing.

    Kept so that nothing typed is lost, until someone types one that fits, hands the rest on, or drops it.
    """

    unit_path: ClassVar[str | None] = "registration__unit"

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="excesses")
    duty = models.ForeignKey(ActivityDuty, on_delete=models.CASCADE, related_name="excesses")
    volume = models.PositiveIntegerField(_("volume yang diminta"))
    reason = models.CharField(max_length=20)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "excesses"
        constraints = [
            models.UniqueConstraint(fields=["registration", "duty"], name="one_excess_per_mitra_and_duty"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.duty_id}: {self.volume} {self.reason}"


class Change(Model):
    """What one act on the grid changed, so that it can be undone as one.

    `cells` is a list of [registration, duty, volume before, volume after].
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey("units.Unit", on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    cells = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["made_by", "unit", "month", "-id"],
                condition=Q(undone_at__isnull=True),
                name="changes_to_undo",
            ),
            models.Index(
                fields=["made_by", "unit", "month", "-undone_at"],
                condition=Q(undone_at__isnull=False),
                name="changes_to_redo",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m} {self.made_at:%F %T}"
