from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from halopst.cases.models import Case
from halopst.cases.permissions import VIEW as CASES
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.knowledge.models import Document


class PublicAnswerQuerySet(TenantQuerySet["PublicAnswer"]):
    def visible_to(self, actor: Actor) -> Self:
        """Rows for those who work with the office's requests: the text is everyone's, its origin is not."""
        return self if actor.is_system else self.filter(case__unit__in=actor.units(CASES))


class PublicAnswer(Model):
    """Which request a public answer came from. The answer is a text like any other, and lives as one."""

    unit_path: ClassVar[str | None] = "case__unit"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="+")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = models.Manager.from_queryset(PublicAnswerQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="one_public_answer_per_request")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.document_id}"
