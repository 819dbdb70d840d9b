"""A file of mitra on its way into the register."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.units.models import Unit


class ImportRun(Model):
    """One file, from upload to its last good row. The file is kept sealed, and a week at most.

    `tables` are its sheets that could hold mitra (`rules.tables.Look`), one for a CSV file.
    """

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Menunggu pemetaan kolom")
        CHECKING = "checking", _("Sedang diperiksa")
        CHECKED = "checked", _("Siap diimpor")
        IMPORTING = "importing", _("Sedang diimpor")
        DONE = "done", _("Selesai")
        CANCELLED = "cancelled", _("Dibatalkan")
        FAILED = "failed", _("Gagal")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="partner_imports")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("tahun"))
    name = models.CharField(_("nama berkas"), max_length=150)
    stored_as = models.CharField(max_length=120, blank=True)
    tables = models.JSONField(default=list)
    position = models.CharField(_("posisi"), max_length=10, blank=True)
    status = models.CharField(_("status mitra"), max_length=8, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.UPLOADED)
    total = models.PositiveIntegerField(_("baris"), default=0)
    done = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=models.F("total")), name="no_import_outruns_its_file"
            ),
            models.CheckConstraint(condition=Q(year__range=(2000, 2100)), name="an_import_is_for_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def mappings(self) -> dict[int, dict[str, int]]:
        """Of every table that is read, by its number, which column holds which field."""
        return {number: table["mapping"] for number, table in enumerate(self.tables) if table["taken"]}


class ImportFault(Model):
    """Why one cell keeps its row out (or, as a warning, does not). What the cell held is not kept.

    `row` says the table too (`rules.tables.place`); a row's number is that of its sheet.
    """

    unit_path: ClassVar[str | None] = "run__unit"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="faults")
    row = models.PositiveIntegerField(_("baris"))
    column = models.CharField(_("kolom"), max_length=4, blank=True)
    field = models.CharField(max_length=30)
    code = models.CharField(max_length=40)
    detail = models.CharField(max_length=120, blank=True)
    is_warning = models.BooleanField(default=False)

    class Meta:
        ordering = ["row", "pk"]
        indexes = [models.Index(fields=["run", "is_warning", "row"], name="faults_of_an_import")]

    def __str__(self) -> str:
        return f"{self.column}{self.row} {self.code}"


class ImportPiece(Model):
    """Rows of a file that were found good, sealed and ready for the register; gone as soon as they are in it.

    `rows` counts the bad ones too: how far the run has come when this piece is done.
    """

    unit_path: ClassVar[str | None] = "run__unit"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField(_("baris"))
    content = models.BinaryField()

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="a_piece_of_an_import_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.number}"
