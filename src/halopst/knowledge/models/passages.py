from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from halopst.knowledge.models.documents import Document, OfDocumentManager


class Passage(models.Model):
    """A piece of a published document that can answer by itself, as the search index knows it.

    `terms` are the ids of its terms: what has to leave the index with it.
    """

    unit_path: ClassVar[str | None] = "document__unit"

    id = models.AutoField(primary_key=True)  # four bytes, as each is repeated in a hundred postings
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    terms = ArrayField(models.IntegerField(), default=list)

    objects: ClassVar = OfDocumentManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "position"], name="one_passage_per_place_in_a_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.position} {self.heading}"
