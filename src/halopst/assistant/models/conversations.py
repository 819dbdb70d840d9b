import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models.groups import QuestionGroup
from halopst.assistant.permissions import VIEW
from halopst.assistant.rules.learning.low_confidence import LOW
from halopst.cases.models import Case
from halopst.cases.permissions import VIEW as CASES
from halopst.core.actors import Actor
from halopst.core.models import M_co, Model, TenantQuerySet
from halopst.units.models import Unit

FORGOTTEN_AFTER = timedelta(hours=24)
"""After its last word, where its visitor did not allow the office to keep it."""


class ConversationQuerySet(TenantQuerySet["Conversation"]):
    def visible_to(self, actor: Actor) -> Self:
        """Conversations their visitors allowed the office to keep, and those handed over with a request."""
        if actor.is_system:
            return self
        kept = Q(unit__in=actor.units(VIEW), kept=True)
        mine = Q(case__visitor=actor.user_id) if actor.user_id is not None else Q(pk__in=())
        return self.filter(kept | mine | Q(case__unit__in=actor.units(CASES)))

    def opened_with(self, secrets: Sequence[str]) -> Self:
        """The conversations these secrets open, each with its first question as `title`."""
        return self.filter(secret__in=secrets).titled()

    def titled(self) -> Self:
        first = Turn.objects.filter(conversation=OuterRef("pk")).order_by("pk").values("question")[:1]
        return self.annotate(title=Subquery(first))


def new_secret() -> str:
    return secrets.token_urlsafe(24)


class Conversation(Model):
    """What one browser, telephone or program and AIDA said to each other at one office. It names no person.

    `secret` is kept in the visitor's session and opens it; without `kept`, which the visitor gives, it is
    forgotten a day after its last word. `case` is the request it was handed over as, and part of. `sender`
    is a keyed hash of who writes over WhatsApp: enough to go on with, not to find the person. `asked_why` is
    the answer called wrong there whose reason we asked for last.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("situs")
        WIDGET = "widget", _("situs satker")
        WHATSAPP = "whatsapp", "WhatsApp"
        API = "api", "API"

    unit_path: ClassVar[str | None] = "unit"

    secret = models.CharField(max_length=40, unique=True, default=new_secret)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("saluran"), max_length=8, choices=Channel, default=Channel.WEB)
    sender = models.CharField(max_length=32, blank=True)
    kept = models.BooleanField(_("Boleh disimpan untuk memperbaiki jawaban"), default=False)
    last_at = models.DateTimeField(db_index=True)
    case = models.OneToOneField(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_why = models.ForeignKey("Turn", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    title: str | None  # only on rows of `titled`
    objects: ClassVar = models.Manager.from_queryset(ConversationQuerySet)()

    class Meta:
        indexes = [
            models.Index(
                fields=["sender", "-last_at"], condition=~Q(sender=""), name="conversation_of_sender"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["web", "widget", "whatsapp", "api"]),
                name="a_conversation_has_a_known_channel",
            ),
            models.CheckConstraint(
                condition=Q(channel="whatsapp") ^ Q(sender=""), name="who_writes_over_whatsapp_has_a_sender"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.last_at:%F %H:%M}"


class TurnQuerySet(TenantQuerySet["Turn"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(conversation__in=Conversation.objects.visible_to(actor))

    def wanting(self) -> Self:
        """Turns not answered, called wrong by the asker, or answered with little confidence."""
        low = Q(outcome=Turn.Outcome.ANSWERED, confidence__lt=LOW) & ~Q(verdict=Turn.Verdict.HELPED)
        unknown = Q(outcome=Turn.Outcome.UNKNOWN) & ~Q(known=True, verdict=Turn.Verdict.HELPED)
        return self.filter(unknown | Q(verdict=Turn.Verdict.WRONG) | low)


class OfTurnQuerySet(TenantQuerySet[M_co]):
    def visible_to(self, actor: Actor) -> Self:
        """The turns of conversations `actor` may read."""
        return self.filter(turn__in=Turn.objects.visible_to(actor))


class Turn(Model):
    """A question and its answer as it was shown, so that it can be looked at again as it was.

    `answer` holds the words, figures and sources, and what a question after this one builds on.
    Numbers of persons are masked in `question` and `remark` before they are stored (`rules.privacy.masking`).
    `engine` is the version of what answered it without a model; of a model's words see `Wording`.
    `reason` and `remark` say what was wrong; `group` gathers it with questions alike, if it wants a remedy.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("Terjawab")
        UNKNOWN = "unknown", _("Belum terjawab")
        ASKED_BACK = "asked_back", _("Ditanya balik")
        DECLINED = "declined", _("Memang tidak dijawab")

    class Reason(models.TextChoices):
        OFF = "off", _("Tidak menjawab pertanyaan")
        FIGURE = "figure", _("Angkanya keliru")
        SLOT = "slot", _("Wilayah atau waktunya lain")
        OLD = "old", _("Sudah lama")
        UNCLEAR = "unclear", _("Sulit dipahami")
        OTHER = "other", _("Lainnya")

    class Verdict(models.TextChoices):
        HELPED = "helped", _("Membantu")
        WRONG = "wrong", _("Kurang tepat")

    unit_path: ClassVar[str | None] = "conversation__unit"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    question = models.CharField(max_length=500)
    answer = models.JSONField(encoder=DjangoJSONEncoder)
    known = models.BooleanField()
    asked_at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    engine = models.CharField(max_length=40, blank=True, default="")
    verdict = models.CharField(max_length=6, choices=Verdict.choices, blank=True, default="")
    reason = models.CharField(max_length=8, choices=Reason.choices, blank=True, default="")
    remark = models.CharField(max_length=300, blank=True, default="")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.ANSWERED)
    confidence = models.FloatField(default=0)
    group = models.ForeignKey(
        QuestionGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="turns"
    )

    objects: ClassVar = models.Manager.from_queryset(TurnQuerySet)()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["", "helped", "wrong"]), name="a_verdict_is_one_of_two"
            ),
            models.CheckConstraint(
                condition=Q(verdict="wrong") | Q(reason="", remark=""),
                name="a_reason_is_one_for_a_wrong_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(group=None)
                & (~Q(outcome="answered") | Q(verdict="wrong") | Q(confidence__lt=LOW)),
                name="turns_to_gather",
            )
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_sure(self) -> bool:
        """Whether the answer is asserted, rather than what comes nearest quoted, or nothing."""
        return self.known and not self.answer.get("tentative")

    @property
    def possible_reasons(self) -> list[tuple[str, str]]:
        """The reasons offered for this answer; "the figure is wrong" only if it shows figures."""
        has_figures = bool(self.answer.get("figures"))
        choices = [(value, str(label)) for value, label in Turn.Reason.choices]
        return [one for one in choices if has_figures or one[0] != Turn.Reason.FIGURE]
