from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models.conversations import Conversation, Turn
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet


class WordingQuerySet(TenantQuerySet["Wording"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(turn__conversation__in=Conversation.objects.visible_to(actor))


class Wording(Model):
    """How a model worded the answer of a turn, or why its answer stayed as it was.

    `sentences` are those checked and shown while the rest is being written. `sent` is what was sent and what
    came back, `offences` what the checker found: with `prompt`, the version of our instructions, and the
    `language` that was to be written, all that it takes to look at it again. Forgotten with its conversation.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        WRITING = "writing", _("Sedang disusun")
        DONE = "done", _("Tersusun")
        LEFT = "left", _("Tetap seperti semula")

    class Verdict(models.TextChoices):
        """What the checker said of the draft, or why there was none to check."""

        PASSED = "passed", _("Lolos pemeriksaan")
        MENDED = "mended", _("Lolos setelah diperbaiki")
        REJECTED = "rejected", _("Tidak lolos pemeriksaan")
        UNKNOWN = "unknown", _("Sumber tidak menjawab")
        UNAVAILABLE = "unavailable", _("Model tidak menjawab")
        SPENT = "spent", _("Jatah habis")

    unit_path: ClassVar[str | None] = "turn__conversation__unit"

    turn = models.OneToOneField(Turn, on_delete=models.CASCADE, related_name="wording")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    verdict = models.CharField(max_length=11, choices=Verdict.choices, blank=True, default="")
    reason = models.CharField(max_length=20, blank=True, default="")
    model = models.CharField(max_length=120, blank=True, default="")
    prompt = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=2, default="id")
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True, blank=True)
    sentences = models.JSONField(default=list)
    offences = models.JSONField(default=list)
    sent = models.TextField(blank=True, default="")

    objects: ClassVar = models.Manager.from_queryset(WordingQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "writing"], verdict="")
                | Q(state="done", verdict__in=["passed", "mended"])
                | Q(state="left", verdict__in=["rejected", "unknown", "unavailable", "spent"]),
                name="a_wording_ends_with_a_verdict",
            )
        ]

    def __str__(self) -> str:
        return f"{self.turn}: {self.state}"
