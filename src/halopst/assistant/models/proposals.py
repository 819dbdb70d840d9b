from typing import ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.cases.models import Case, Message
from halopst.cases.permissions import VIEW as CASES
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet


class ProposalQuerySet(TenantQuerySet["Proposal"]):
    def visible_to(self, actor: Actor) -> Self:
        """Proposals for officers of the office: a visitor sees only what was sent."""
        return self if actor.is_system else self.filter(case__unit__in=actor.units(CASES))


class Proposal(Model):
    """A reply AIDA proposed to one officer, and what became of it. It is sent by nobody but the officer.

    `typed` stood in the box before, `text` was put below it; both are words everyone may read. `for_staff`
    are the sources only officers may read, shown beside. `share` is how much of `text` the sent message kept.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", _("Menunggu petugas")
        KEPT = "kept", _("Dikirim apa adanya")
        CHANGED = "changed", _("Dikirim setelah diubah")
        UNUSED = "unused", _("Tidak dipakai")
        DISMISSED = "dismissed", _("Diabaikan")

    unit_path: ClassVar[str | None] = "case__unit"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=500)
    answer = models.JSONField(encoder=DjangoJSONEncoder)
    known = models.BooleanField()
    for_staff = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    typed = models.TextField(blank=True)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    outcome = models.CharField(_("hasil"), max_length=9, choices=Outcome, default=Outcome.OPEN)
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    share = models.PositiveSmallIntegerField(_("bagian yang dipakai (%)"), null=True, blank=True)

    objects: ClassVar = models.Manager.from_queryset(ProposalQuerySet)()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["case", "officer", "-id"], name="proposal_of_officer")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "officer"],
                condition=Q(outcome="open"),
                name="one_open_proposal_per_case_and_officer",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["open", "kept", "changed", "unused", "dismissed"]),
                name="a_proposal_has_a_known_outcome",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__lte=100), name="a_share_is_at_most_the_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"

    @property
    def words(self) -> str:
        """The text in the reply box: what the officer had typed, and the proposal below it."""
        return "\n\n".join(filter(None, (self.typed, self.text)))
