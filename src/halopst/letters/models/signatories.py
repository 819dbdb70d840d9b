from typing import ClassVar, Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.core.validity import Held, alone, alone_word
from halopst.units.models import Unit

ACTING: Final = ("Plt.", "Plh.")


class Signatory(Held, Model):
    """Who signs for an office in a role, from one day to another; acting ones say so on paper."""

    unit_path: ClassVar[str | None] = "unit"

    class Role(models.TextChoices):
        COMMITMENT = "ppk", _("Pejabat Pembuat Komitmen")
        BUDGET = "kpa", _("Kuasa Pengguna Anggaran")
        HEAD = "kepala", _("Kepala kantor")
        TREASURER = "bendahara", _("Bendahara Pengeluaran")
        CLERK = "pembuat_daftar", _("Pembuat daftar")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="signatories")
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    name = models.CharField(_("nama dan gelar"), max_length=150)
    nip = models.CharField(_("NIP"), max_length=18, help_text=_("18 angka tanpa spasi."))
    title = models.CharField(_("jabatan"), max_length=200)
    is_acting = models.BooleanField(_("pelaksana tugas atau harian (Plt./Plh.)"), default=False)
    period = DateRangeField(_("masa jabatan"))
    basis = models.CharField(
        _("dasar penetapan"), max_length=200, help_text=_("Nomor SK atau surat perintah.")
    )

    class Meta:
        ordering = ["role", "-period"]
        constraints = [
            ExclusionConstraint(
                name="one_signatory_per_role_at_a_time",
                expressions=[(alone(F("unit")), "&&"), (alone_word("role"), "&&"), ("period", "&&")],
            ),
            models.CheckConstraint(condition=Q(nip__regex=r"^\d{18}$"), name="a_nip_has_eighteen_digits"),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__isempty=False),
                name="a_signatory_begins_on_a_day",
            ),
            models.CheckConstraint(condition=Q(basis__regex=r"\S"), name="a_signatory_names_its_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display()})"

    @property
    def printed_title(self) -> str:
        """`Plt. Kepala` of who acts for another, unless the title says so itself."""
        said = self.title.startswith(ACTING)
        return f"{ACTING[0]} {self.title}" if self.is_acting and not said else self.title
