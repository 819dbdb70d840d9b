from pathlib import Path
from typing import ClassVar, Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.scheduling import permissions
from halopst.units.models import Unit


class FieldQuerySet(TenantQuerySet["Field"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everyone may see what an office advises on; hidden fields only its staff."""
        if actor.is_system:
            return self
        shown = Q(is_active=True, unit__is_active=True)
        return self.filter(shown | Q(unit__in=actor.units(permissions.VIEW)))


class Field(Model):
    """A subject an office gives advice on, named and ordered as that office likes."""

    unit_path: ClassVar[str | None] = "unit"
    public: ClassVar[bool] = True

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="fields")
    name = models.CharField(_("nama bidang"), max_length=60)
    slug = models.SlugField(_("alamat pendek"), max_length=70)
    icon = models.CharField(_("ikon"), max_length=40, default="circle-question-mark")
    synonyms = models.CharField(
        _("kata lain"),
        max_length=300,
        blank=True,
        help_text=_("Kata yang biasa diketik orang, dipisah koma. Contoh: inflasi, IHK, harga konsumen"),
    )
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_active = models.BooleanField(_("ditampilkan"), default=True)

    objects: ClassVar = models.Manager.from_queryset(FieldQuerySet)()

    class Meta:
        ordering = ["position", Lower("name")]
        constraints = [
            models.UniqueConstraint("unit", Lower("name"), name="one_field_per_name_and_office"),
            models.UniqueConstraint(fields=["unit", "slug"], name="one_field_per_address_and_office"),
        ]

    def __str__(self) -> str:
        return self.name


class ExpertQuerySet(TenantQuerySet["Expert"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everyone may see the experts an office shows; the rest only its staff and the person."""
        if actor.is_system:
            return self
        own = Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        shown = Q(is_public=True, is_active=True, unit__is_active=True)
        return self.filter(shown | own | Q(unit__in=actor.units(permissions.VIEW)))

    def bookable(self) -> Self:
        return self.filter(is_active=True, is_public=True, unit__is_active=True)

    def by_name(self) -> Self:
        """In the order of a telephone book, whatever the case of the letters."""
        return self.order_by(Lower("display_name"), "pk")


class Expert(Model):
    """A person of an office whom visitors may book, with what they need to choose."""

    unit_path: ClassVar[str | None] = "unit"
    public: ClassVar[bool] = True

    class Language(models.TextChoices):
        INDONESIAN = "id", _("Indonesia")
        ENGLISH = "en", _("Inggris")
        SIGN = "ins", _("Bahasa isyarat (Bisindo)")
        ACEHNESE = "ace", _("Aceh")
        BALINESE = "ban", _("Bali")
        BATAK = "btk", _("Batak")
        BUGINESE = "bug", _("Bugis")
        GORONTALO = "gor", _("Gorontalo")
        JAVANESE = "jv", _("Jawa")
        LAMPUNG = "ljp", _("Lampung")
        MADURESE = "mad", _("Madura")
        MALAY = "ms", _("Melayu")
        MINANGKABAU = "min", _("Minangkabau")
        SUNDANESE = "su", _("Sunda")

    def photo_path(self, _filename: str) -> str:
        """Where a photo is stored: the name a person's file had on their machine is not kept."""
        return f"ahli/{self.unit_id}/{uuid4().hex}.jpg"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="experts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="experts")
    display_name = models.CharField(
        _("nama tampilan"), max_length=80, help_text=_("Nama panggilan yang dilihat pengunjung.")
    )
    title = models.CharField(_("jabatan"), max_length=120, blank=True)
    bio = models.TextField(_("tentang saya"), max_length=600, blank=True)
    photo = models.ImageField(_("foto"), upload_to=photo_path, max_length=120, blank=True)
    languages = ArrayField(
        models.CharField(max_length=3, choices=Language), verbose_name=_("bahasa"), default=list, blank=True
    )
    fields = models.ManyToManyField(Field, related_name="experts", blank=True, verbose_name=_("bidang"))
    is_public = models.BooleanField(_("dapat dipilih pengunjung"), default=True)
    is_active = models.BooleanField(_("masih bertugas"), default=True)

    objects: ClassVar = models.Manager.from_queryset(ExpertQuerySet)()

    class Meta:
        ordering = [Lower("display_name"), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "user"], name="one_expert_per_person_and_office"),
        ]
        indexes = [
            models.Index("unit", Lower("display_name"), name="experts_by_name"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def photo_url(self) -> str:
        """Where pages find the photo, or nothing; a new photo has a new address."""
        if not self.photo:
            return ""
        return f"{reverse('scheduling:show-photo', args=[self.pk])}?v={Path(self.photo.name).stem[:8]}"
