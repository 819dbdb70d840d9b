from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.units.models import Unit

NOWHERE = "whatsapp.invalid"  # RFC 2606: no mail ever arrives there


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, actor: Actor) -> Self:
        """Oneself, and the people who work in the units whose people `actor` may see."""
        if actor.is_system:
            return self
        colleagues = Membership.objects.filter(unit__in=actor.units("accounts.view")).values("user")
        return self.filter(Q(pk=actor.user_id) | Q(pk__in=colleagues))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)["User"]):  # type: ignore[misc]  # a class made at run time
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.get(email__iexact=username or "")
        return user


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

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.name or self.mail or self.phone

    @property
    def mail(self) -> str:
        """Where mail reaches them; empty for a guest known by telephone alone."""
        return "" if self.email.endswith(f"@{NOWHERE}") else self.email


class MembershipQuerySet(TenantQuerySet["Membership"]):
    def visible_to(self, actor: Actor) -> Self:
        """The roles in the actor's units, and the actor's own wherever they are."""
        if actor.is_system:
            return self
        return self.filter(Q(unit__in=actor.units("accounts.view")) | Q(user=actor.user_id))


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

    class Source(models.TextChoices):
        PERSON = "orang", _("diberikan admin")
        SSO = "sso", _("dari SSO pegawai")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    source = models.CharField(_("asal"), max_length=10, choices=Source, default=Source.PERSON)

    objects: ClassVar = models.Manager.from_queryset(MembershipQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role"], name="one_membership_per_role"),
            models.CheckConstraint(
                condition=~Q(source="sso", role="admin"), name="single_sign_on_makes_nobody_admin"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.unit}"


class StaffIdentity(Model):
    """What the staff directory (Keycloak realm `pegawai-bps`) last said about a person."""

    unit_path: ClassVar[str | None] = None

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="staff_identity")
    username = models.CharField(_("nama pengguna"), max_length=100, blank=True)
    nip = models.CharField(_("NIP"), max_length=18, blank=True)
    nip_lama = models.CharField(_("NIP lama"), max_length=9, blank=True)
    organisation = models.CharField(_("organisasi"), max_length=20, blank=True)
    regency = models.CharField(_("kabupaten/kota"), max_length=100, blank=True)
    rank = models.CharField(_("golongan"), max_length=20, blank=True)
    position = models.CharField(_("jabatan"), max_length=150, blank=True)
    echelon = models.CharField(_("eselon"), max_length=20, blank=True)
    seen_at = models.DateTimeField(_("terakhir masuk lewat SSO"))

    def __str__(self) -> str:
        return f"{self.username} ({self.organisation})"


class OrganisationMapping(Model):
    """Which role single sign-on gives to people of an organisation code. Without a row it gives none."""

    unit_path: ClassVar[str | None] = "unit"

    organisation = models.CharField(_("kode organisasi"), max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="organisation_mappings")
    role = models.CharField(_("peran"), max_length=20, choices=Membership.Role)
    legal_basis = models.CharField(_("dasar"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "unit", "role"], name="one_mapping_per_organisation_and_role"
            ),
            models.CheckConstraint(condition=~Q(role="admin"), name="no_organisation_is_mapped_to_admin"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} -> {self.get_role_display()} {self.unit}"
