from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from halopst.cases import rules
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.units.models import PromiseUnit, ServiceKind, Unit

STATES = {
    rules.State.OPEN.value: _("Dikerjakan"),
    rules.State.WAITING.value: _("Menunggu pemohon"),
    rules.State.FINISHED.value: _("Selesai"),
    rules.State.CLOSED_SILENT.value: _("Ditutup karena tidak ada balasan"),
    rules.State.CANCELLED.value: _("Dibatalkan"),
}
LIVING = Q(state__in=sorted(rules.LIVING))


class CaseQuerySet(TenantQuerySet["Case"]):
    def visible_to(self, actor: Actor) -> Self:
        """The office's own, and for a visitor what they asked for."""
        if actor.is_system:
            return self
        mine = Q(visitor=actor.user_id) if actor.user_id is not None else Q(pk__in=())
        return self.filter(Q(unit__in=actor.units("cases.view")) | mine)

    def living(self) -> Self:
        return self.filter(LIVING)


CaseManager = models.Manager.from_queryset(CaseQuerySet)


class Case(Model):
    """One request for service, whatever channel it came by: one clock, one conversation.

    `state` moves only through `cases.services`, by the table in `cases.rules`. Every time is the server's.
    `act_by` is the next promise to keep: the first reply, then the answer.
    """

    unit_path: ClassVar[str | None] = "unit"

    class Channel(models.TextChoices):
        WEB = "web", _("situs")
        WHATSAPP = "whatsapp", _("WhatsApp")
        EMAIL = "email", _("surel")
        PHONE = "phone", _("telepon")
        WALK_IN = "walk_in", _("datang langsung")
        FORUM = "forum", _("forum")

    class Result(models.TextChoices):
        FOUND = "found", _("Data tersedia")
        NOT_AVAILABLE = "not_available", _("Data tidak tersedia")
        REFERRED = "referred", _("Dirujuk ke tempat lain")
        ADVISED = "advised", _("Konsultasi selesai")
        NO_SHOW = "no_show", _("Pemohon tidak hadir")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases")
    number = models.CharField(_("nomor lacak"), max_length=20)
    service = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("saluran"), max_length=10, choices=Channel, default=Channel.WEB)
    subject = models.CharField(_("pokok permintaan"), max_length=200)
    visitor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    state = models.CharField(_("keadaan"), max_length=20, choices=STATES, default=rules.State.OPEN.value)
    result = models.CharField(_("hasil"), max_length=20, choices=Result, blank=True)
    version = models.PositiveIntegerField(default=1)

    submitted_at = models.DateTimeField(_("diterima"))
    complete_at = models.DateTimeField(_("lengkap"), null=True, blank=True)
    first_reply_at = models.DateTimeField(_("respons pertama"), null=True, blank=True)
    finished_at = models.DateTimeField(_("berakhir"), null=True, blank=True)

    # The promise of the standard in force when the request came in: a later standard does not change it.
    promise_value = models.PositiveSmallIntegerField()
    promise_unit = models.CharField(max_length=12, choices=PromiseUnit)
    first_reply_value = models.PositiveSmallIntegerField()
    first_reply_unit = models.CharField(max_length=12, choices=PromiseUnit)
    due_at = models.DateTimeField(_("batas selesai"), null=True, blank=True)
    first_reply_due_at = models.DateTimeField(_("batas respons pertama"), null=True, blank=True)
    act_by = models.GeneratedField(
        expression=models.Case(
            models.When(first_reply_at=None, then=Least("first_reply_due_at", "due_at")),
            default=Coalesce("due_at", "first_reply_due_at"),
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    warned_at = models.DateTimeField(_("diperingatkan"), null=True, blank=True)
    late_at = models.DateTimeField(_("tercatat lewat batas"), null=True, blank=True)
    unanswered_at = models.DateTimeField(_("tercatat belum ditanggapi"), null=True, blank=True)
    search = SearchVectorField(null=True, editable=False)

    objects: ClassVar = CaseManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="no_tracking_number_is_used_twice"),
            models.CheckConstraint(
                condition=LIVING & Q(finished_at=None) | ~LIVING & Q(finished_at__isnull=False),
                name="a_case_has_an_end_exactly_when_it_ended",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(rules.State)), name="a_case_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("submitted_at")),
                name="a_case_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "act_by", "id"], condition=Q(state="open"), name="case_unit_todo"),
            models.Index(
                fields=["officer", "act_by", "id"], condition=Q(state="open"), name="case_officer_todo"
            ),
            models.Index(fields=["act_by", "id"], condition=Q(state="open"), name="case_todo"),
            models.Index(
                fields=["unit", "act_by", "id"],
                condition=Q(state="waiting_visitor"),
                name="case_unit_waiting",
            ),
            models.Index(fields=["unit", "-finished_at", "-id"], name="case_unit_ended"),
            models.Index(fields=["-finished_at", "-id"], condition=~LIVING, name="case_ended"),
            models.Index(fields=["visitor", "-submitted_at"], name="case_of_visitor"),
            models.Index(fields=["due_at"], condition=LIVING, name="case_due"),
            GinIndex(fields=["search"], name="case_search"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def is_living(self) -> bool:
        return self.state in rules.LIVING


class CaseCounter(Model):
    """The last number given out in a unit and month; its row is the lock that keeps numbers gapless."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=4)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="one_counter_per_unit_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.month}: {self.last}"


class CasePause(Model):
    """A time in which the promise does not run. `asked_at` is when the visitor was last asked."""

    unit_path: ClassVar[str | None] = "case__unit"

    class Reason(models.TextChoices):
        WAITING = "waiting_visitor", _("menunggu pemohon")
        ENDED = "ended", _("sempat ditutup")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=Reason)
    asked_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ends_at=None), name="one_open_pause_per_case"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("begins_at")), name="a_pause_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(ends_at=None), name="pause_open_by_age")]

    def __str__(self) -> str:
        return f"{self.case} {self.begins_at:%F %T} {self.reason}"
