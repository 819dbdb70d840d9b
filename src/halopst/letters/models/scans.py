from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.letters.models.letters import Letter
from halopst.units.models import Unit


class ScanStack(Model):
    """One scan of many signed letters, sorted in the background by the codes on their pages.

    `settled` counts the pages that have been dealt with, from the first on. The file is kept until then: each
    letter has its own pages afterwards.
    """

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        READING = "reading", _("Sedang dibaca")
        DONE = "done", _("Selesai")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="scan_stacks")
    signer = models.CharField(_("penanda tangan"), max_length=150)
    file = models.CharField(max_length=120, blank=True)
    state = models.CharField(_("keadaan"), max_length=7, choices=State, default=State.READING)
    pages = models.PositiveIntegerField(_("halaman"))
    settled = models.PositiveIntegerField(default=0)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(_("diunggah"))

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled__lte=F("pages")), name="a_stack_is_settled_page_by_page"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.settled}/{self.pages}"


class ScanFinding(Model):
    """What became of pages of a stack, from `first_page` (counted from 1): a letter signed, or why not."""

    unit_path: ClassVar[str | None] = "stack__unit"

    stack = models.ForeignKey(ScanStack, on_delete=models.CASCADE, related_name="findings")
    first_page = models.PositiveIntegerField(_("halaman"))
    page_count = models.PositiveIntegerField(_("jumlah halaman"))
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fault = models.CharField(_("sebab"), max_length=300, blank=True)

    class Meta:
        ordering = ["stack", "first_page"]
        constraints = [
            models.UniqueConstraint(fields=["stack", "first_page"], name="pages_are_settled_once"),
            models.CheckConstraint(
                condition=Q(letter__isnull=False) | ~Q(fault=""), name="pages_without_a_letter_say_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stack_id}:{self.first_page} {self.fault}"

    @property
    def last_page(self) -> int:
        return self.first_page + self.page_count - 1
