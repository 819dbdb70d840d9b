"""Transfers a bank sent back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.partners.models.payments import PaymentLine


class TransferReturn(Model):
    """The bank sent the money of one paid line back: it no longer counts, and may be paid on another list.

    The list and its letter stay as they were signed. The database takes the line out of what counts, and
    lets nobody take the return back.
    """

    unit_path: ClassVar[str | None] = "line__payment_list__unit"

    line = models.OneToOneField(PaymentLine, on_delete=models.PROTECT, related_name="returned")
    returned_on = models.DateField(_("tanggal retur"))
    reason = models.CharField(_("alasan"), max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("dicatat"))

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_returned_transfer_says_why")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.returned_on}"
