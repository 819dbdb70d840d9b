from typing import ClassVar, Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.models import M_co, Model, TenantQuerySet
from halopst.units.models.unit import Unit


class PublicQuerySet(TenantQuerySet[M_co]):
    """Reference rows of the platform, which anyone may read."""

    def visible_to(self, actor: Actor) -> Self:  # noqa: ARG002  # the same for everyone
        return self


PublicManager = models.Manager.from_queryset(PublicQuerySet)


class ServiceKind(Model):
    """One kind of service of the desk, the same list for every office (consultation, library, ...)."""

    unit_path: ClassVar[str | None] = None

    code = models.SlugField(_("kode"), max_length=30, db_index=False)
    name = models.CharField(_("nama"), max_length=100)
    name_en = models.CharField(_("nama dalam bahasa Inggris"), max_length=100)
    description = models.CharField(_("keterangan"), max_length=300)
    description_en = models.CharField(_("keterangan dalam bahasa Inggris"), max_length=300)
    icon = models.CharField(_("ikon"), max_length=40)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_offered_by_default = models.BooleanField(_("dibuka di semua satker"), default=True)
    is_active = models.BooleanField(_("aktif"), default=True)

    objects: ClassVar = PublicManager()

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["code"], name="one_service_kind_per_code")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name

    @property
    def summary(self) -> str:
        """The description in the reader's language."""
        return self.description_en if get_language() == "en" else self.description


class OfferedService(Model):
    """An office's own choice to open or close a kind of service; without it the default of the kind holds."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="offered_services")
    kind = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="+")
    is_offered = models.BooleanField(_("dibuka"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind"], name="one_choice_per_unit_and_service")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.kind}"
