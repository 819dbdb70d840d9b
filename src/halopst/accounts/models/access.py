"""How a person proves who they are, besides what allauth keeps."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models.people import Membership, User
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.units.models import Unit


class SignInCode(models.Model):
    """One six-digit code sent to an address; known or unknown, the row is the same.

    The code itself is not kept: `digest` is keyed with the installation's secret and this row.
    """

    unit_path: ClassVar[str | None] = None

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=2)
    client = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["email", "-created_at"], name="codes_by_address"),
            models.Index(fields=["client", "-created_at"], name="codes_by_client"),
        ]

    def __str__(self) -> str:
        return f"code {self.pk} of {self.created_at:%F %T}"


class ApiTokenQuerySet(TenantQuerySet["ApiToken"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own tokens only: nobody else's business, not even an admin's."""
        return self if actor.is_system else self.filter(user=actor.user_id)


class ApiToken(Model):
    """A key with which a program acts for a person. The secret is shown once and kept as a digest."""

    unit_path: ClassVar[str | None] = None

    class Scope(models.TextChoices):
        READ = "baca", _("Baca: melihat data")
        WRITE = "tulis", _("Tulis: mengubah data")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("nama"), max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope))
    expires_at = models.DateTimeField(_("berlaku sampai"))
    last_used_at = models.DateTimeField(_("terakhir dipakai"), null=True)
    revoked_at = models.DateTimeField(_("dicabut"), null=True)

    objects: ClassVar = models.Manager.from_queryset(ApiTokenQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="an_api_token_has_a_scope"),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=["baca", "tulis"]), name="api_token_scopes_are_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class Invitation(Model):
    """A role offered to an address; whoever opens the mailed link and accepts holds it."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("surel"), max_length=254)
    name = models.CharField(_("nama"), max_length=150)
    role = models.CharField(_("peran"), max_length=20, choices=Membership.Role)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(_("berlaku sampai"))
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "email", "role"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_per_address_and_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.unit} ({self.pk})"
