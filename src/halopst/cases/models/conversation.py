from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.cases.models.case import Case
from halopst.core.actors import Actor
from halopst.core.models import M_co, Model, TenantQuerySet

HAPPENED = {
    "assign": _("Diserahkan kepada %(body)s"),
    "complete": _("Permintaan dinyatakan lengkap, jam layanan mulai berjalan"),
    "ask": _("Menunggu jawaban pemohon, jam layanan dijeda"),
    "resume": _("Jam layanan berjalan lagi"),
    "finish": _("Permintaan selesai"),
    "cancel": _("Permintaan dibatalkan"),
    "close_silent": _("Ditutup karena tidak ada balasan"),
    "reopen": _("Permintaan dibuka kembali"),
}
TOLD_IN_ONE_LINE = {"assign", "note"}


class ConversationQuerySet(TenantQuerySet[M_co]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever may read the case may read its conversation."""
        if actor.is_system:
            return self
        mine = Q(case__visitor=actor.user_id) if actor.user_id is not None else Q(pk__in=())
        return self.filter(Q(case__unit__in=actor.units("cases.view")) | mine)


ConversationManager = models.Manager.from_queryset(ConversationQuerySet)


class Message(Model):
    """One line of a conversation. A system line has a `verb`: what happened; `body` then says more.

    `body` is plain text and is escaped wherever it is shown.
    """

    unit_path: ClassVar[str | None] = "case__unit"

    class Sender(models.TextChoices):
        VISITOR = "visitor", _("pemohon")
        OFFICER = "officer", _("petugas")
        SYSTEM = "system", _("sistem")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    sender = models.CharField(max_length=10, choices=Sender)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=10, choices=Case.Channel, default=Case.Channel.WEB)
    verb = models.CharField(max_length=20, blank=True)
    body = models.TextField(_("isi"), max_length=5000, blank=True)
    sent_at = models.DateTimeField(_("waktu"))

    objects: ClassVar = ConversationManager()

    class Meta:
        ordering = ["sent_at", "id"]
        indexes = [models.Index(fields=["case", "sent_at", "id"], name="message_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sender="system") | Q(author__isnull=False), name="a_person_signs_their_message"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.sent_at:%F %T} {self.sender}"

    @property
    def happened(self) -> str:
        """What a line with a verb says about the case; empty for mere words."""
        if not self.verb:
            return ""
        return str(HAPPENED.get(self.verb, "%(body)s")) % {"body": self.body}

    @property
    def words(self) -> str:
        """What somebody wrote, apart from what happened."""
        return "" if self.verb in TOLD_IN_ONE_LINE else self.body


class Attachment(Model):
    """A file given with a case. Kept under a random name, shown to nobody but as a download.

    `content_type` is what the content proved to be, never what the browser said.
    """

    unit_path: ClassVar[str | None] = "case__unit"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attachments")
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    name = models.CharField(_("nama berkas"), max_length=150)
    stored_as = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("ukuran"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar = ConversationManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["stored_as"], name="no_two_attachments_share_a_file"),
            models.CheckConstraint(condition=Q(size__gt=0), name="an_attachment_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class Presence(Model):
    """Who has a case open, and when they last typed: a courtesy between colleagues, not a lock."""

    unit_path: ClassVar[str | None] = "case__unit"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    typed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ConversationManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="one_presence_per_person_and_case")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.case_id}"
