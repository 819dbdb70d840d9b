from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.units.models import Unit


class Batch(Model):
    """Many letters of one kind, made in the background; its items say how each of them fared."""

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        RUNNING = "running", _("Berjalan")
        BINDING = "binding", _("Menyusun berkas")
        DONE = "done", _("Selesai")
        CANCELLED = "cancelled", _("Dihentikan")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letter_batches")
    kind = models.CharField(_("jenis surat"), max_length=80)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.RUNNING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    total = models.PositiveIntegerField(_("jumlah"))
    done = models.PositiveIntegerField(_("jadi"), default=0)
    failed = models.PositiveIntegerField(_("gagal"), default=0)
    stopped = models.PositiveIntegerField(_("tidak dibuat"), default=0)
    started_at = models.DateTimeField(_("mulai"))
    ended_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    merged = models.CharField(max_length=120, blank=True)
    archive = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gte=F("done") + F("failed") + F("stopped")),
                name="a_batch_does_not_outgrow_its_total",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"

    @property
    def settled(self) -> int:
        return self.done + self.failed + self.stopped

    @property
    def end(self) -> State:
        """The state the batch ends in: cancelled if somebody stopped it before every letter was made."""
        return self.State.CANCELLED if self.stopped else self.State.DONE


class BatchItem(Model):
    """One letter of a batch. `numbered` means: its number is taken and its letter is still being printed."""

    unit_path: ClassVar[str | None] = "batch__unit"

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        NUMBERED = "numbered", _("Bernomor")
        DONE = "done", _("Jadi")
        FAILED = "failed", _("Gagal")
        STOPPED = "stopped", _("Tidak dibuat")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(_("urutan"))
    about = models.CharField(max_length=100)
    label = models.CharField(_("untuk"), max_length=200, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.WAITING)
    error = models.CharField(_("sebab"), max_length=500, blank=True)
    repair_url = models.CharField(max_length=300, blank=True)
    letter = models.OneToOneField(
        "letters.Letter", on_delete=models.SET_NULL, null=True, blank=True, related_name="item"
    )

    class Meta:
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "about"], name="one_item_per_subject_and_batch"),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""), name="a_failed_item_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "failed", "stopped"]) | Q(letter__isnull=False),
                name="a_numbered_item_has_its_letter",
            ),
        ]
        indexes = [
            models.Index(
                fields=["batch", "state", "position"],
                condition=Q(state__in=["waiting", "numbered"]),
                name="items_to_be_made",
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.position} {self.state}"
