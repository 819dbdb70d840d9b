import uuid
from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import Profile, User
from halopst.cases.models import Case
from halopst.consultations.rules import State
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.scheduling.models import Expert, Field, Reservation
from halopst.units.models import Unit

APPROVED_STATES = [State.APPROVED, State.CHECKED_IN, State.ONGOING, State.FINISHED, State.VISITOR_ABSENT]


class Mode(models.TextChoices):
    ONLINE = "zoom", _("Daring")
    ON_SITE = "ruang_pst", _("Di ruang PST")
    PHONE = "telepon", _("Telepon")


Purpose = Profile.MainUse


class Result(models.TextChoices):
    """What came of a consultation; the same words as the case it finishes."""

    FOUND = Case.Result.FOUND.value, _("Data ditemukan")
    NOT_AVAILABLE = Case.Result.NOT_AVAILABLE.value, _("Data tidak tersedia")
    REFERRED = Case.Result.REFERRED.value, _("Dirujuk ke pihak lain")


class ConsultationQuerySet(TenantQuerySet["Consultation"]):
    def visible_to(self, actor: Actor) -> Self:
        """Visitors see their own; staff see those of their units."""
        own = Q(case__visitor_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(own) | super().visible_to(actor)

    def whole(self) -> Self:
        """With everything a page, a mail or a calendar says about it."""
        return self.select_related(
            "case__unit", "case__visitor", "expert__user", "expert__unit", "reservation", "field"
        )


ConsultationManager = models.Manager.from_queryset(ConsultationQuerySet)


class Consultation(Model):
    """An appointment of a visitor with an expert, about one case. Moved only by `services`."""

    unit_path: ClassVar[str | None] = "case__unit"

    class Status(models.TextChoices):
        REQUESTED = State.REQUESTED.value, _("Menunggu persetujuan")
        PROPOSED = State.PROPOSED.value, _("Waktu lain diusulkan")
        APPROVED = State.APPROVED.value, _("Disetujui")
        CHECKED_IN = State.CHECKED_IN.value, _("Sudah hadir")
        ONGOING = State.ONGOING.value, _("Sedang berlangsung")
        FINISHED = State.FINISHED.value, _("Selesai")
        CANCELLED = State.CANCELLED.value, _("Dibatalkan")
        DECLINED = State.DECLINED.value, _("Belum dapat dilayani")
        VISITOR_ABSENT = State.VISITOR_ABSENT.value, _("Pemohon tidak hadir")
        OFFICER_ABSENT = State.OFFICER_ABSENT.value, _("Petugas tidak hadir")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="consultation")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="consultations")
    field = models.ForeignKey(
        Field, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    reservation = models.OneToOneField(Reservation, on_delete=models.PROTECT, related_name="consultation")
    mode = models.CharField(_("cara bertemu"), max_length=10, choices=Mode)
    topic = models.CharField(_("topik"), max_length=150)
    need = models.TextField(_("kebutuhan"), max_length=2000)
    purpose = models.CharField(_("keperluan"), max_length=20, choices=Purpose)
    phone = models.CharField(_("nomor yang dapat dihubungi"), max_length=20, blank=True)
    state = models.CharField(_("status"), max_length=24, choices=Status, default=Status.REQUESTED)
    version = models.PositiveIntegerField(default=1)
    meeting_link = models.CharField(_("tautan pertemuan"), max_length=500, blank=True)
    proposal_note = models.CharField(_("pesan usulan"), max_length=500, blank=True)
    reason = models.CharField(_("alasan"), max_length=500, blank=True)
    result = models.CharField(_("hasil"), max_length=16, choices=Result, blank=True)
    summary = models.TextField(_("ringkasan"), max_length=4000, blank=True)
    result_note = models.CharField(_("sebab atau rujukan"), max_length=300, blank=True)
    ics_uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    ics_sequence = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ConsultationManager()

    class Meta:
        indexes = [models.Index(fields=["state"], name="consultations_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="consultation_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[s.value for s in APPROVED_STATES]) | Q(approved_at__isnull=False),
                name="held_consultation_was_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FINISHED.value)
                | (Q(started_at__isnull=False) & Q(finished_at__isnull=False) & ~Q(result="")),
                name="finished_consultation_has_times_and_result",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECLINED.value) | ~Q(reason=""),
                name="declined_consultation_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(meeting_link="") | Q(meeting_link__startswith="https://"),
                name="meeting_link_is_https",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} {self.topic}"


class DraftQuerySet(TenantQuerySet["Draft"]):
    def visible_to(self, actor: Actor) -> Self:
        """A draft belongs to a browser, not to a person or an office: `queries.draft_of` finds it."""
        return self if actor.is_system else self.none()


class Draft(Model):
    """What a visitor has filled in so far, bound to their browser's session until it is sent.

    Holds personal data; `services.forget_old_drafts` deletes it after seven days.
    """

    unit_path: ClassVar[str | None] = None

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    holder = models.CharField(max_length=64)
    reservation = models.ForeignKey(
        Reservation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    field = models.ForeignKey(Field, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.ONLINE)
    topic = models.CharField(max_length=150, blank=True)
    need = models.TextField(max_length=2000, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose, blank=True)
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    wants_whatsapp = models.BooleanField(default=False)
    agreed = models.BooleanField(default=False)
    code_id = models.BigIntegerField(null=True, blank=True)
    sent = models.ForeignKey(Consultation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    objects: ClassVar = models.Manager.from_queryset(DraftQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "holder"], name="one_draft_per_browser_and_unit")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.updated_at:%F %T}"


class DraftFileQuerySet(TenantQuerySet["DraftFile"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_system else self.none()


class DraftFile(Model):
    """A file waiting to be sent with the draft; checked when it came in."""

    unit_path: ClassVar[str | None] = None

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(upload_to="konsultasi/draf/%Y/%m")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()

    objects: ClassVar = models.Manager.from_queryset(DraftFileQuerySet)()

    def __str__(self) -> str:
        return self.name


class Policy(Model):
    """How an office keeps its appointments; without a row the defaults below apply."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="+")
    change_notice_minutes = models.PositiveIntegerField(
        _("batas ubah atau batal sebelum mulai (menit)"), default=120
    )
    check_in_minutes = models.PositiveIntegerField(_("tanda hadir dibuka sebelum mulai (menit)"), default=30)
    grace_minutes = models.PositiveIntegerField(
        _("tenggang sebelum dinyatakan tidak hadir (menit)"), default=15
    )
    most_unanswered = models.PositiveSmallIntegerField(
        _("permintaan satu pemohon yang boleh menunggu jawaban sekaligus"), default=3
    )

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def change_notice(self) -> timedelta:
        return timedelta(minutes=self.change_notice_minutes)

    @property
    def check_in_opens(self) -> timedelta:
        return timedelta(minutes=self.check_in_minutes)

    @property
    def grace(self) -> timedelta:
        return timedelta(minutes=self.grace_minutes)


class CalendarFeed(Model):
    """The secret address of an officer's calendar; only its hash is kept, so it can be shown once."""

    unit_path: ClassVar[str | None] = None

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.user_id}"
