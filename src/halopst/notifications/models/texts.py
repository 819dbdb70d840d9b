from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.core.models import Model
from halopst.units.models import Unit


class Text(Model):
    """One version of an office's own wording of a kind of notice; published versions are never changed."""

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        PUBLISHED = "terbit", _("Terbit")
        WITHDRAWN = "ditarik", _("Ditarik")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="notice_texts")
    kind = models.CharField(_("jenis"), max_length=80)
    language = models.CharField(
        _("bahasa"), max_length=2, choices=[("id", "Indonesia"), ("en", "English")], default="id"
    )
    version = models.PositiveIntegerField(_("versi"))
    subject = models.CharField(_("judul"), max_length=150)
    body = models.TextField(_("isi"), max_length=4000)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(_("terbit"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "language", "version"], name="one_text_per_version"
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "language"], condition=Q(state="draft"), name="one_draft_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "language"], condition=Q(state="terbit"), name="one_text_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False), name="published_text_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} v{self.version}"
