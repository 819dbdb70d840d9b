"""The outbox: what is to be told to whom, written in the transaction of the fact it tells."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.notifications.permissions import VIEW
from halopst.units.models import Unit


class Channel(models.TextChoices):
    """The ways out of the house. The inbox in the app is the notice itself and needs no delivery."""

    EMAIL = "email", _("Surel")
    WHATSAPP = "whatsapp", "WhatsApp"


class NoticeQuerySet(TenantQuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own notices, and those of the units whose outbox one may look into."""
        if actor.is_system:
            return self
        own = Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
        return self.filter(own | Q(unit__in=actor.units(VIEW)))

    def addressed_to(self, actor: Actor) -> Self:
        return self.filter(user_id=actor.user_id) if actor.user_id is not None else self.none()


class Notice(Model):
    """One thing told to one person. The row is the in-app message and keeps what was said, word for word.

    `unit` is empty only for the platform's own mail, such as sign-in codes: no office may read those.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("jenis"), max_length=80)
    key = models.CharField(max_length=200)
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices")
    name = models.CharField(_("nama"), max_length=200, blank=True)
    email = models.EmailField(_("surel"), max_length=254, blank=True)
    phone = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    language = models.CharField(_("bahasa"), max_length=2, default="id")
    context = models.JSONField(default=dict)
    subject = models.CharField(_("judul"), max_length=200)
    body = models.TextField(_("isi"))
    text_version = models.PositiveIntegerField(null=True, blank=True)
    about = models.CharField(max_length=100, blank=True)
    link = models.CharField(_("tautan"), max_length=1000, blank=True)
    send_before = models.DateTimeField(_("paling lambat dikirim"), null=True, blank=True)
    at = models.DateTimeField(_("waktu"))
    read_at = models.DateTimeField(_("dibaca"), null=True, blank=True)

    objects: ClassVar = models.Manager.from_queryset(NoticeQuerySet)()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_notice_per_key"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(user__isnull=True), name="notice_to_an_account_has_a_unit"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-at"], name="notice_inbox"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["unit", "-at"], name="notice_outbox"),
            models.Index(fields=["-at", "-id"], name="notice_newest"),  # the outbox of many offices at once
            models.Index(fields=["about"], name="notice_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class AttachedFile(Model):
    """A small file that goes with the e-mail, such as a calendar entry."""

    unit_path: ClassVar[str | None] = "notice__unit"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class Delivery(Model):
    """One notice on its way out over one channel.

    `claim` counts the workers that took it; only the holder of the newest claim may hand it over. `sending`
    means exactly: offered to the provider, answer not yet recorded (docs/notices.md has the whole table).
    """

    unit_path: ClassVar[str | None] = "notice__unit"

    class State(models.TextChoices):
        QUEUED = "queued", _("Menunggu")
        SENDING = "sending", _("Sedang diserahkan")
        SENT = "sent", _("Terkirim")
        DELIVERED = "delivered", _("Sampai")
        READ = "read", _("Dibaca")
        FAILED = "failed", _("Gagal")
        SKIPPED = "skipped", _("Tidak dikirim")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("saluran"), max_length=10, choices=Channel)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.QUEUED)
    is_fallback = models.BooleanField(default=False)
    needs_template = models.BooleanField(default=False)
    next_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    claim = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    unknowns = models.PositiveIntegerField(default=0)
    provider_id = models.CharField(max_length=200, blank=True)
    error_code = models.CharField(max_length=40, blank=True)
    error = models.CharField(_("galat"), max_length=300, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_per_channel"),
            models.UniqueConstraint(
                fields=["provider_id"], condition=~Q(provider_id=""), name="one_delivery_per_provider_id"
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(offered_at__isnull=False),
                name="sending_delivery_was_offered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "delivered", "read"]) | Q(sent_at__isnull=False),
                name="sent_delivery_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "skipped"]) | (~Q(error="") & Q(ended_at__isnull=False)),
                name="ended_delivery_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="queued"), name="delivery_due"),
            models.Index(fields=["offered_at"], condition=Q(state="sending"), name="delivery_unknown"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"
