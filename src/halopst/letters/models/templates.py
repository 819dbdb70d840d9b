from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.letters.models.shared import InheritedQuerySet
from halopst.units.models import Unit


class Template(Model):
    """One version of the text of a kind of letter; without a unit it is everyone's default.

    A published version never changes (a trigger says so): letters name the version they were made from.
    """

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        DRAFT = "draft", _("Konsep")
        PUBLISHED = "published", _("Terbit")
        WITHDRAWN = "withdrawn", _("Ditarik")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="letter_templates"
    )
    kind = models.CharField(_("jenis surat"), max_length=80)
    version = models.PositiveIntegerField(_("versi"))
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    valid_from = models.DateField(_("berlaku mulai"), null=True, blank=True)
    body = models.TextField(_("naskah"), max_length=60_000)
    word = models.BinaryField(_("templat Word"), blank=True, default=b"")
    note = models.CharField(_("catatan perubahan"), max_length=300, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("terbit"), null=True, blank=True)

    objects: ClassVar = models.Manager.from_queryset(InheritedQuerySet)()

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "version"], nulls_distinct=False, name="one_template_per_version"
            ),
            models.UniqueConstraint(
                fields=["unit", "kind"],
                nulls_distinct=False,
                condition=Q(state="draft"),
                name="one_template_draft_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "valid_from"],
                nulls_distinct=False,
                condition=Q(state="published"),
                name="one_template_begins_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(valid_from__isnull=False, published_at__isnull=False),
                name="a_published_template_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"
