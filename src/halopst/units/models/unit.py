from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.units import permissions
from halopst.units.rules import seat_of


class UnitQuerySet(TenantQuerySet["Unit"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everyone may know which offices exist; a closed one is seen only by who may reopen it."""
        if actor.is_system:
            return self
        return self.filter(Q(is_active=True) | Q(pk__in=actor.units(permissions.MANAGE)))

    def in_units(self, actor: Actor, permission: str) -> Self:
        """The offices in which `actor` holds `permission`; the system holds it in all."""
        return self if actor.is_system else self.filter(pk__in=actor.units(permission))

    def below(self, unit: "Unit") -> Self:
        """`unit` itself and every office it leads, down to the regencies."""
        return self.filter(Q(pk=unit.pk) | Q(parent=unit) | Q(parent__parent=unit))


UnitManager = models.Manager.from_queryset(UnitQuerySet)


class Unit(Model):
    """One satker of BPS: the tenant every row of work belongs to."""

    unit_path: ClassVar[str | None] = None

    class Kind(models.TextChoices):
        HEAD_OFFICE = "pusat", _("Pusat")
        PROVINCE = "provinsi", _("Provinsi")
        REGENCY = "kabupaten", _("Kabupaten")
        CITY = "kota", _("Kota")

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    code = models.CharField(_("kode BPS"), max_length=4)
    home_affairs_code = models.CharField(_("kode Kemendagri"), max_length=4, blank=True)
    name = models.CharField(_("nama satker"), max_length=200)
    region = models.CharField(_("nama wilayah"), max_length=200)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    zone = models.CharField(_("zona waktu"), max_length=20, choices=Zone)
    slug = models.SlugField(_("alamat pendek"), max_length=60, db_index=False)
    case_prefix = models.CharField(_("awalan nomor lacak"), max_length=6)
    address = models.TextField(_("alamat"), blank=True, max_length=500)
    city = models.CharField(_("kota tempat surat ditandatangani"), max_length=60, blank=True)
    phone = models.CharField(_("telepon"), max_length=40, blank=True)
    whatsapp = models.CharField(_("WhatsApp"), max_length=20, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    website = models.URLField(_("situs"), blank=True)
    letterhead = models.TextField(_("kop surat"), blank=True, max_length=500)
    is_active = models.BooleanField(_("aktif"), default=True)

    objects: ClassVar = UnitManager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_unit_per_code"),
            models.UniqueConstraint(fields=["slug"], name="one_unit_per_slug"),
            models.UniqueConstraint(fields=["case_prefix"], name="one_unit_per_case_prefix"),
            models.CheckConstraint(condition=Q(code__regex=r"^\d{4}$"), name="unit_code_has_four_digits"),
            models.CheckConstraint(
                condition=(Q(kind="pusat") & Q(parent__isnull=True))
                | (~Q(kind="pusat") & Q(parent__isnull=False)),
                name="only_the_head_office_has_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(case_prefix__regex=r"^[A-Z][A-Z0-9]{1,5}$"),
                name="case_prefix_is_short_capitals",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def province_id(self) -> int | None:
        """The province whose hours, holidays and texts this office falls back to, if it has one."""
        return self.parent_id if self.kind in {self.Kind.REGENCY, self.Kind.CITY} else None

    @property
    def seat(self) -> str:
        """Where its letters are signed: the city it named, else the one its region is called after."""
        return self.city or seat_of(self.region)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)
