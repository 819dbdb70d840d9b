"""Honor on its way to the mitra: lists an office pays from, and what became of them."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model, TenantQuerySet
from halopst.partners.models.handovers import Handover
from halopst.partners.models.people import Person
from halopst.partners.models.reference import TaxPolicy
from halopst.partners.secrecy import unseal
from halopst.units.models import Unit


class PaymentList(Model):
    """One list of honor (SPJ) of an office and month, under the tax policy of that month as it was then.

    Its totals are the sums of its lines and never change. A cancelled one lets its handovers go.
    """

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        DRAFT = "draft", _("Disiapkan")
        FINAL = "final", _("Diterbitkan")
        PAID = "paid", _("Dibayar")
        CANCELLED = "cancelled", _("Dibatalkan")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="payment_lists")
    month = models.DateField(_("bulan"))
    sequence = models.PositiveSmallIntegerField(_("daftar ke"))
    state = models.CharField(_("keadaan"), max_length=9, choices=State, default=State.DRAFT)
    policy = models.ForeignKey(TaxPolicy, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(_("cara"), max_length=13, choices=TaxPolicy.Method)
    parameters = models.JSONField(_("angka"))
    basis = models.CharField(_("dasar hukum"), max_length=200)
    people = models.PositiveIntegerField(_("mitra"))
    gross = models.PositiveBigIntegerField(_("bruto"))
    tax = models.PositiveBigIntegerField(_("PPh 21"))
    net = models.PositiveBigIntegerField(_("diterima"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("dibuat"))
    paid_on = models.DateField(_("dibayar"), null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("alasan batal"), max_length=300, blank=True)

    class Meta:
        ordering = ["-month", "-sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month", "sequence"], name="payment_lists_of_a_month_are_counted"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_payment_list_is_of_a_whole_month"),
            models.CheckConstraint(condition=Q(net=F("gross") - F("tax")), name="a_list_pays_gross_less_tax"),
            models.CheckConstraint(condition=~Q(basis=""), name="a_payment_list_names_its_tax_basis"),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False, paid_by__isnull=False)
                | (~Q(state="paid") & Q(paid_on__isnull=True, paid_by__isnull=True)),
                name="a_paid_list_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="a_cancelled_list_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m} #{self.sequence}"


class PaymentLineQuerySet(TenantQuerySet["PaymentLine"]):
    def standing(self) -> Self:
        """Lines that count: their list is not cancelled, and the bank did not send the transfer back."""
        return self.filter(stands=True)

    def binding(self) -> Self:
        """Lines that bind their handover: of lists not cancelled, even if the bank sent the transfer back."""
        return self.exclude(payment_list__state=PaymentList.State.CANCELLED)

    def paid(self) -> Self:
        """Lines whose money has reached its account, as far as anyone knows."""
        return self.standing().filter(payment_list__state=PaymentList.State.PAID)


class PaymentLine(Model):
    """What one mitra gets for one handover, and the account it goes to, as it was that day.

    `earlier_gross` and `earlier_tax` are what the person had in lists of any office for the same month
    before; `tax_base` is what the tax was reckoned on, and `is_raised` says that it is higher for want of an
    NPWP. `stands` until the list is cancelled or the bank sends the money back. The database sets the
    person, lets a line pay nothing but its handover's honor, and lets nobody rewrite it.
    """

    unit_path: ClassVar[str | None] = "payment_list__unit"

    payment_list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, related_name="lines")
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="payments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("nama"), max_length=150)
    gross = models.PositiveBigIntegerField(_("bruto"))
    earlier_gross = models.PositiveBigIntegerField(default=0)
    earlier_tax = models.PositiveBigIntegerField(default=0)
    tax_base = models.PositiveBigIntegerField(_("dikenai pajak"))
    tax = models.PositiveBigIntegerField(_("PPh 21"))
    is_raised = models.BooleanField(_("pajaknya ditambah karena tanpa NPWP"), default=False)
    net = models.PositiveBigIntegerField(_("diterima"))
    bank = models.CharField(_("bank"), max_length=80)
    account_locked = models.CharField(max_length=80)
    account_hash = models.CharField(max_length=64)
    tail = models.CharField(max_length=4)
    holder = models.CharField(_("atas nama"), max_length=150)
    stands = models.BooleanField(default=True)

    objects: ClassVar = models.Manager.from_queryset(PaymentLineQuerySet)()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["handover"], condition=Q(stands=True), name="a_handover_is_paid_once"
            ),
            models.CheckConstraint(
                condition=Q(net=F("gross") - F("tax")) & Q(gross__gt=0) & Q(tax__lte=F("gross")),
                name="a_payment_is_gross_less_tax",
            ),
            models.CheckConstraint(condition=Q(is_raised=False) | Q(tax__gt=0), name="only_tax_is_raised"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(bank="") & ~Q(holder="") & ~Q(account_locked=""),
                name="a_payment_names_its_account",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(stands=True), name="payments_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.payment_list_id} {self.handover_id}: {self.net}"

    @property
    def account(self) -> str:
        """The whole number, for the bank and the printed list; `Unreadable` if the key has changed."""
        return unseal(self.account_locked)
