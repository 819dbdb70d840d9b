"""Approvals of a mitra's month as it stood that day, and exceptions allowed beyond the cap."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model, TenantQuerySet
from halopst.partners.models.people import Person, Registration
from halopst.partners.models.reference import HonorCap
from halopst.units.models import Unit

if TYPE_CHECKING:
    from halopst.partners.models.handovers import Handover


class ApprovalQuerySet(TenantQuerySet["Approval"]):
    def in_force(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def in_turn(self) -> Self:
        """Ordered by name, the one order in which several approvals are locked and their letters written."""
        return self.order_by("registration__person__name", "pk")

    def held_in_turn(self) -> Self:
        """Lock the rows until the transaction ends, always in the same order, so that two cannot deadlock."""
        return self.select_for_update(of=("self",)).in_turn()

    def hold(self) -> None:
        """Lock these approvals: wait for letters being made of them, and make later ones wait."""
        list(self.in_force().held_in_turn().values_list("pk"))


class Approval(Model):
    """One mitra's month in one office, approved: prices, volumes and the cap as they were that day.

    The database lets nobody rewrite it; all that can happen to it is being withdrawn, once. A share of an
    approved month changes only after that. `total` is the office's own part, `person_total` all offices'.
    `lines` are the assignments as JSON: assignment, activity, duty, volume, volume_unit, price, value,
    amount, budget.
    """

    unit_path: ClassVar[str | None] = "registration__unit"

    handover: "Handover"
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="approvals")
    month = models.DateField(_("bulan"))
    total = models.PositiveBigIntegerField(_("honor"))
    person_total = models.PositiveBigIntegerField()
    cap = models.PositiveBigIntegerField(_("batas"))
    cap_row = models.ForeignKey(HonorCap, on_delete=models.PROTECT, related_name="+")
    cap_basis = models.CharField(_("dasar batas"), max_length=200)
    lines = models.JSONField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("disetujui"))
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar = models.Manager.from_queryset(ApprovalQuerySet)()

    class Meta:
        ordering = ["-approved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "month"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_approval_in_force_per_mitra_and_month",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="an_approval_is_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(total__lte=F("person_total")) & Q(person_total__lte=F("cap")),
                name="only_what_fits_the_cap_is_approved",
            ),
        ]
        indexes = [models.Index(fields=["month", "registration"], name="approvals_of_a_month")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.month:%Y-%m}"


STANDINGS: Mapping[str, Q] = {
    "waiting": Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
    "granted": Q(confirmed_at__isnull=False, withdrawn_at__isnull=True),
    "declined": Q(confirmed_at__isnull=True, withdrawn_at__isnull=False),
    "withdrawn": Q(confirmed_at__isnull=False, withdrawn_at__isnull=False),
}
"""Of an exception; only what is granted lifts a cap."""


class CapOverrideQuerySet(TenantQuerySet["CapOverride"]):
    def in_force(self) -> Self:
        return self.filter(STANDINGS["granted"])


class CapOverride(Model):
    """An exception: one person may receive up to `amount` in one month.

    Asked for by one person with a reason and a document, granted by another who may. Lifts nothing before
    it is granted and after it is withdrawn, which declines it or takes it back with a reason of its own.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("bulan"))
    amount = models.PositiveBigIntegerField(_("batas yang diminta"))
    reason = models.TextField(_("alasan"), max_length=1000)
    document = models.CharField(max_length=120)
    document_name = models.CharField(_("dokumen"), max_length=150)
    document_type = models.CharField(max_length=100)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(_("alasan ditolak atau ditarik"), max_length=1000, blank=True)

    objects: ClassVar = models.Manager.from_queryset(CapOverrideQuerySet)()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "month"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_exception_per_person_and_month",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="an_exception_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="a_granted_exception_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(document="") & Q(amount__gt=0),
                name="an_exception_gives_its_reason_and_document",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="an_exception_is_for_a_whole_month"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month:%Y-%m}: {self.amount}"

    @property
    def standing(self) -> str:
        """One of `STANDINGS`."""
        if self.withdrawn_at is None:
            return "waiting" if self.confirmed_at is None else "granted"
        return "declined" if self.confirmed_at is None else "withdrawn"
