import secrets
from collections.abc import Sequence
from typing import ClassVar, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from halopst.assistant.permissions import VIEW
from halopst.cases.models import Case
from halopst.cases.permissions import VIEW as CASES
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.units.models import Unit


class ConversationQuerySet(TenantQuerySet["Conversation"]):
    def visible_to(self, actor: Actor) -> Self:
        """What its visitor allowed the office to keep, and what was handed over with a request."""
        if actor.is_system:
            return self
        kept = Q(unit__in=actor.units(VIEW), kept=True)
        mine = Q(case__visitor=actor.user_id) if actor.user_id is not None else Q(pk__in=())
        return self.filter(kept | mine | Q(case__unit__in=actor.units(CASES)))

    def opened_with(self, secrets: Sequence[str]) -> Self:
        """Those a browser holds the secrets of, each with its first question as `title`."""
        first = Turn.objects.filter(conversation=OuterRef("pk")).order_by("pk").values("question")[:1]
        return self.filter(secret__in=secrets).annotate(title=Subquery(first))


def new_secret() -> str:
    return secrets.token_urlsafe(24)


class Conversation(Model):
    """What one browser, or one telephone, and AIDA said to each other at one office. It names no person.

    `secret` is kept in the visitor's session and opens it; without `kept`, which the visitor gives, it is
    forgotten a day after its last word. `case` is the request it was handed over as, and part of. `sender`
    is a keyed hash of who writes over WhatsApp: enough to go on with, not to find the person.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("situs")
        WIDGET = "widget", _("situs satker")
        WHATSAPP = "whatsapp", "WhatsApp"

    unit_path: ClassVar[str | None] = "unit"

    secret = models.CharField(max_length=40, unique=True, default=new_secret)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("saluran"), max_length=8, choices=Channel, default=Channel.WEB)
    sender = models.CharField(max_length=32, blank=True)
    kept = models.BooleanField(_("Boleh disimpan untuk memperbaiki jawaban"), default=False)
    last_at = models.DateTimeField(db_index=True)
    case = models.OneToOneField(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    title: str | None  # of those `opened_with` finds
    objects: ClassVar = models.Manager.from_queryset(ConversationQuerySet)()

    class Meta:
        indexes = [
            models.Index(
                fields=["sender", "-last_at"], condition=~Q(sender=""), name="conversation_of_sender"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["web", "widget", "whatsapp"]),
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


class Turn(Model):
    """A question and its answer as it was shown, so that it can be looked at again as it was.

    `answer` holds the words, figures and sources, and what a question after this one builds on.
    Numbers of persons are masked in `question` before it is stored (`rules.masking`).
    """

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
    verdict = models.CharField(max_length=6, choices=Verdict.choices, blank=True, default="")

    objects: ClassVar = models.Manager.from_queryset(TurnQuerySet)()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["", "helped", "wrong"]), name="a_verdict_is_one_of_two"
            )
        ]

    def __str__(self) -> str:
        return self.question
