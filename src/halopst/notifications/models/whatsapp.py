"""What WhatsApp needs remembered: who agreed, who wrote, which templates work, what its errors mean."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.core.actors import Actor
from halopst.core.models import M_co, Model, TenantQuerySet
from halopst.units.models import Unit


class SystemOnly(TenantQuerySet[M_co]):
    def visible_to(self, actor: Actor) -> Self:
        """Only the platform itself reads these rows."""
        return self if actor.is_system else self.none()


class Shared(TenantQuerySet[M_co]):
    def visible_to(self, actor: Actor) -> Self:
        """Facts about the provider, the same for every office's staff."""
        return self if actor.is_staff else self.none()


class Contact(Model):
    """A WhatsApp correspondent. The provider may know them by an id of its own and hide the number."""

    unit_path: ClassVar[str | None] = None

    phone = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="whatsapp_contacts")
    name = models.CharField(_("nama"), max_length=200, blank=True)
    opted_in_at = models.DateTimeField(_("setuju"), null=True, blank=True)
    opted_in_how = models.CharField(max_length=40, blank=True)
    opted_out_at = models.DateTimeField(_("berhenti"), null=True, blank=True)
    last_inbound_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = models.Manager.from_queryset(SystemOnly)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone"], condition=~Q(phone=""), name="one_contact_per_phone"),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="one_contact_per_external_id"
            ),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(external_id=""), name="contact_is_known_by_something"
            ),
            models.CheckConstraint(
                condition=Q(opted_in_at__isnull=True) | ~Q(opted_in_how=""), name="consent_says_how"
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def agrees(self) -> bool:
        """True while the last thing they said about it was yes."""
        return self.opted_in_at is not None and self.opted_out_at is None


class Inbound(Model):
    """A message someone sent us. `at` is the provider's time: the order in which they wrote.

    `refers_to` is the provider's id of the message it reacts to or quotes; `text` of a reaction is its sign.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="messages")
    provider_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    refers_to = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider_id"], name="one_inbound_message_per_provider_id")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.provider_id}"


class WebhookReceipt(Model):
    """A signed call from the provider exactly as it came, kept until it is worked off and a week after."""

    unit_path: ClassVar[str | None] = None

    digest = models.CharField(max_length=64, unique=True)
    payload = models.JSONField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)

    objects: ClassVar = models.Manager.from_queryset(SystemOnly)()

    def __str__(self) -> str:
        return self.digest


class ProviderError(Model):
    """What to do about an error of a provider: its documentation, as data an administrator can correct."""

    unit_path: ClassVar[str | None] = None

    class Action(models.TextChoices):
        RETRY = "retry", _("Coba lagi nanti")
        TEMPLATE = "template", _("Kirim ulang memakai templat")
        FALLBACK = "fallback", _("Pindah ke saluran berikut")
        BROKEN_TEMPLATE = "broken", _("Tandai templat, lalu pindah ke saluran berikut")
        OPT_OUT = "opt-out", _("Anggap berhenti berlangganan, lalu pindah ke saluran berikut")

    channel = models.CharField(max_length=10)
    code = models.CharField(_("kode"), max_length=40)
    action = models.CharField(_("tindakan"), max_length=10, choices=Action)
    sentence = models.CharField(_("penjelasan"), max_length=300)
    source = models.CharField(_("sumber"), max_length=200)

    objects: ClassVar = models.Manager.from_queryset(Shared)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "code"], name="one_meaning_per_error_code")]

    def __str__(self) -> str:
        return f"{self.channel} {self.code}"


class WhatsAppTemplate(Model):
    """Whether a template of ours is usable at the provider: assumed so until it says no."""

    unit_path: ClassVar[str | None] = None

    name = models.CharField(_("nama templat"), max_length=512)
    language = models.CharField(max_length=10)
    is_usable = models.BooleanField(_("dapat dipakai"), default=True)
    error_code = models.CharField(max_length=40, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = models.Manager.from_queryset(Shared)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "language"], name="one_template_per_language")]

    def __str__(self) -> str:
        return f"{self.name} {self.language}"
