from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models.groups import QuestionGroup
from halopst.core.models import Model, TenantManager
from halopst.knowledge.models import DataRequest, Document, Synonym


class Remedy(Model):
    """What an officer drafted so that a group of questions is answered next time.

    `tried_at` is when the questions were last asked again after it came into force; while the group is
    open, that was in vain.
    """

    unit_path: ClassVar[str | None] = "group__unit"

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Artikel")
        FAQ = "faq", _("Jawaban singkat")
        SYNONYM = "synonym", _("Padanan kata")
        DATA = "data", _("Permintaan data")

    group = models.ForeignKey(QuestionGroup, on_delete=models.CASCADE, related_name="remedies")
    kind = models.CharField(max_length=8, choices=Kind)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    synonym = models.ForeignKey(Synonym, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    request = models.ForeignKey(
        DataRequest, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = TenantManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["article", "faq"], document__isnull=False, synonym=None, request=None)
                | Q(kind="synonym", document=None, synonym__isnull=False, request=None)
                | Q(kind="data", document=None, synonym=None, request__isnull=False),
                name="a_remedy_is_what_it_says",
            ),
            models.UniqueConstraint(
                fields=["group", "kind"],
                condition=Q(kind__in=["article", "faq", "data"]),
                name="a_group_of_questions_has_one_draft_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.kind}"

    @property
    def what(self) -> str:
        """The draft in words."""
        return str(self.document or self.synonym or self.request)
