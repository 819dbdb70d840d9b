"""What of an approved month was done and handed over, and what that pays."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.partners.models.approvals import Approval
from halopst.partners.models.assignments import Assignment
from halopst.partners.rules.volumes import MOST_VOLUME


class Handover(Model):
    """One mitra's month, handed over: `due` is what its deliveries pay together, in rupiah.

    Recorded for an approval in force and kept with it when that is withdrawn. The database lets `due`
    be nothing but the sum of the deliveries, and changes nothing of a month no longer approved.
    """

    unit_path: ClassVar[str | None] = "approval__registration__unit"

    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="handover")
    handed_on = models.DateField(_("diserahkan"))
    due = models.PositiveBigIntegerField(_("honor yang dibayar"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("dicatat"))

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.approval_id}: {self.due}"


class Delivery(Model):
    """What was handed over of one assignment in one month, in the volume unit of its price.

    `planned` and `amount` are of that month; `deadline` is the last day of the work in it. `due` never
    exceeds what the realised part of `amount` comes to: more than planned pays no more.
    """

    unit_path: ClassVar[str | None] = "handover__approval__registration__unit"

    class Status(models.TextChoices):
        AS_PLANNED = "sesuai", _("Selesai sesuai target")
        SHORT = "kurang", _("Tidak sesuai target")
        BEYOND = "lebih", _("Melebihi target")

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="deliveries")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="deliveries")
    planned = models.PositiveIntegerField(_("target"))
    realised = models.PositiveIntegerField(_("realisasi"))
    amount = models.PositiveBigIntegerField(_("honor yang disetujui"))
    due = models.PositiveBigIntegerField(_("honor yang dibayar"))
    deadline = models.DateField(_("batas akhir"))
    finished_on = models.DateField(_("selesai"), null=True, blank=True)
    quality = models.PositiveSmallIntegerField(_("mutu"), null=True, blank=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "assignment"], name="one_delivery_per_handover_and_assignment"
            ),
            models.CheckConstraint(
                condition=Q(planned__gt=0, planned__lte=MOST_VOLUME, realised__lte=MOST_VOLUME),
                name="a_delivery_is_measured_against_a_plan",
            ),
            models.CheckConstraint(
                condition=Q(due__lte=F("amount")) & Q(due__lte=F("amount") * F("realised") / F("planned")),
                name="a_delivery_pays_at_most_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(realised__lte=F("planned")) | ~Q(note=""),
                name="more_than_planned_has_a_note",
            ),
            models.CheckConstraint(
                condition=Q(quality__isnull=True) | Q(quality__gte=1, quality__lte=5),
                name="quality_is_from_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.realised}/{self.planned}"

    @property
    def status(self) -> "Delivery.Status":
        if self.realised == self.planned:
            return self.Status.AS_PLANNED
        return self.Status.SHORT if self.realised < self.planned else self.Status.BEYOND

    @property
    def is_on_time(self) -> bool | None:
        """Whether it was finished by the last day of its work; None when nobody wrote down when."""
        return None if self.finished_on is None else self.finished_on <= self.deadline
