from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet


class UnitQuerySet(TenantQuerySet["Unit"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everyone may know which offices exist: their address is a public fact."""
        return self.filter(is_active=True) if not actor.is_system else self

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

    code = models.CharField(_("kode BPS"), max_length=4, unique=True)
    home_affairs_code = models.CharField(_("kode Kemendagri"), max_length=4, blank=True)
    name = models.CharField(_("nama satker"), max_length=200)
    region = models.CharField(_("nama wilayah"), max_length=200)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    zone = models.CharField(_("zona waktu"), max_length=20, choices=Zone)
    slug = models.SlugField(_("alamat pendek"), max_length=60, unique=True)
    case_prefix = models.CharField(_("awalan nomor lacak"), max_length=6, unique=True)
    address = models.TextField(_("alamat"), blank=True, max_length=500)
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
            models.CheckConstraint(condition=Q(code__regex=r"^\d{4}$"), name="unit_code_has_four_digits"),
            models.CheckConstraint(
                condition=(Q(kind="pusat") & Q(parent__isnull=True))
                | (~Q(kind="pusat") & Q(parent__isnull=False)),
                name="only_the_head_office_has_no_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)
