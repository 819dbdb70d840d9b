"""Contracts that ended before their month did."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.letters.models import Letter
from halopst.partners.models.activities import Activity
from halopst.partners.models.people import Registration


class Termination(Model):
    """One mitra's contract, ended early in `month`: what had been done of it by then and what that pays.

    Of a monthly contract, or of one of an `activity`, whose months before keep what they pay. By article of
    the contract: neglect and leaving pay nothing and may ask the training back, while who could not go on is
    paid for what was done. `lines` are what its letter lists, as JSON, each with
    the duty (`tugas`) it was.
    """

    unit_path: ClassVar[str | None] = "registration__unit"

    class Reason(models.TextChoices):
        DISMISSED = "pasal8", _("Pasal 8: diputus karena kewajiban dilalaikan")
        RESIGNED = "pasal9", _("Pasal 9: mitra mengundurkan diri")
        PREVENTED = "pasal10", _("Pasal 10: meninggal, dirawat, kecelakaan, atau sebab lain yang disetujui")

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="terminations")
    month = models.DateField(_("bulan"))
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="terminations"
    )
    contract = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("alasan"), max_length=8, choices=Reason)
    explanation = models.CharField(_("uraian"), max_length=500)
    effective_on = models.DateField(_("berlaku"))
    lines = models.JSONField()
    honor = models.PositiveBigIntegerField(_("honor"))
    training_cost = models.PositiveBigIntegerField(_("biaya pelatihan yang dikembalikan"))
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("dicatat"))

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "month"],
                condition=Q(activity__isnull=True),
                name="one_termination_per_mitra_and_month",
            ),
            models.UniqueConstraint(
                fields=["registration", "activity"], name="one_termination_per_mitra_and_activity"
            ),
            models.CheckConstraint(
                condition=Q(reason="pasal10", training_cost=0) | (~Q(reason="pasal10") & Q(honor=0)),
                name="a_termination_pays_or_asks_back_by_its_article",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_termination_is_of_a_whole_month"),
            models.CheckConstraint(condition=~Q(explanation=""), name="a_termination_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.month:%Y-%m}: {self.reason}"
