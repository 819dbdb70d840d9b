from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.units.models import Unit


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """A person who signs in: a visitor, or someone with roles in a unit."""

    unit_path: ClassVar[str | None] = None

    email = models.EmailField(_("surel"), max_length=254, unique=True)
    name = models.CharField(_("nama"), max_length=150, blank=True)
    phone = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    language = models.CharField(
        _("bahasa"), max_length=2, choices=[("id", "Indonesia"), ("en", "English")], default="id"
    )
    is_active = models.BooleanField(_("aktif"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]  # django-stubs types the base manager

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.name or self.email


class Membership(Model):
    """A role held in a unit, and through it in every unit below."""

    unit_path: ClassVar[str | None] = "unit"

    class Role(models.TextChoices):
        ADMIN = "admin", _("Admin satker")
        HEAD = "kepala", _("Kepala satker")
        TEAM_LEAD = "ketua_tim", _("Ketua tim")
        OFFICER = "petugas", _("Petugas")
        FRONT_OFFICE = "front_office", _("Front office")
        AUDITOR = "auditor", _("Auditor")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("peran"), max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role"], name="one_membership_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.unit}"
