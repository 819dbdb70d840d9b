"""The search index. It is written together with the passages, in one transaction, and by nobody else.

Ten million postings are checked against no foreign key: `services.indexing` writes and removes them
with their passage, and `tests/knowledge/test_indexing.py` compares what stands here with the texts.
"""

from typing import ClassVar

from django.db import models

from halopst.knowledge.models.passages import Passage


class Term(models.Model):
    """A word of the corpus, or a stem, and in how many passages it stands.

    The one row of kind `CORPUS` counts the passages themselves.
    """

    unit_path: ClassVar[str | None] = None

    class Kind(models.IntegerChoices):
        CORPUS = 0
        WORD = 1
        STEM = 2

    id = models.AutoField(primary_key=True)
    kind = models.PositiveSmallIntegerField(choices=Kind)
    text = models.CharField(max_length=40)
    df = models.IntegerField()

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "text"], name="a_term_is_counted_once"),
            models.CheckConstraint(condition=models.Q(df__gte=0), name="a_term_stands_in_no_fewer_than_none"),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.df})"


class Posting(models.Model):
    """How much a term weighs in a passage: tf / (tf + K), see `rules.search.ranking`."""

    unit_path: ClassVar[str | None] = None

    pk = models.CompositePrimaryKey("term_id", "passage_id")
    term = models.ForeignKey(
        Term, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    passage = models.ForeignKey(
        Passage, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    weight = models.FloatField()

    objects: ClassVar = models.Manager()

    def __str__(self) -> str:
        return f"{self.term_id} in {self.passage_id}"


class Deletion(models.Model):
    """A word of the corpus under the key of a spelling of it less a letter, see `rules.words.spelling`."""

    unit_path: ClassVar[str | None] = None

    pk = models.CompositePrimaryKey("key", "term_id")
    key = models.IntegerField()
    term = models.ForeignKey(
        Term, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )

    objects: ClassVar = models.Manager()

    def __str__(self) -> str:
        return f"{self.key}: {self.term_id}"
