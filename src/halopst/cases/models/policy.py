from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.cases.rules import Silence
from halopst.core.models import Model
from halopst.units.models import Unit


class FollowUpPolicy(Model):
    """When an office warns and closes: reference data with its legal basis. Without a unit, for all."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("berlaku mulai"))
    silence_warn_days = models.PositiveSmallIntegerField(_("peringatan setelah hari tanpa balasan"))
    silence_close_days = models.PositiveSmallIntegerField(_("ditutup setelah hari tanpa balasan"))
    late_warning_hours = models.PositiveSmallIntegerField(_("peringatan jam sebelum batas"))
    basis = models.CharField(_("dasar"), max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "valid_from"],
                nulls_distinct=False,
                name="one_follow_up_policy_per_unit_and_date",
            ),
            models.CheckConstraint(
                condition=Q(silence_close_days__gt=F("silence_warn_days")) & Q(silence_warn_days__gte=1),
                name="a_visitor_is_warned_before_the_case_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or 'nasional'} {self.valid_from}"

    @property
    def silence(self) -> Silence:
        return Silence(warn_days=self.silence_warn_days, close_days=self.silence_close_days)
