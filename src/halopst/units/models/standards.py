"""Standar pelayanan with its 14 components, and maklumat pelayanan (UU 25/2009; PermenPANRB 15/2014)."""

from datetime import date, timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.units.models.services import PublicManager, ServiceKind
from halopst.units.models.unit import Unit

# Service delivery: these six must be published. Manufacturing: the eight behind the counter.
DELIVERY = ("requirements", "procedure", "duration", "fee", "product", "complaints")
MANUFACTURING = (
    "legal_basis",
    "facilities",
    "competence",
    "supervision",
    "staffing",
    "service_guarantee",
    "safety_guarantee",
    "evaluation",
)
COMPONENTS = (*DELIVERY, *MANUFACTURING)


def only(column: str) -> Func:
    """`column` as a range of one value, so that GiST compares it without an extension."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


class PromiseUnit(models.TextChoices):
    WORKING_DAYS = "hari_kerja", _("hari kerja")
    WORKING_HOURS = "jam_kerja", _("jam kerja")
    MINUTES = "menit", _("menit")


class PublishState(models.TextChoices):
    DRAFT = "draft", _("Konsep")
    PUBLISHED = "published", _("Terbit")


class StandardText(Model):
    """The 14 components and the time promised: what a standard and a template of one have in common."""

    unit_path: ClassVar[str | None] = None

    requirements = models.TextField(_("Persyaratan"), max_length=5000, blank=True)
    procedure = models.TextField(_("Sistem, mekanisme, dan prosedur"), max_length=5000, blank=True)
    duration = models.TextField(_("Jangka waktu pelayanan"), max_length=5000, blank=True)
    fee = models.TextField(_("Biaya atau tarif"), max_length=5000, blank=True)
    product = models.TextField(_("Produk pelayanan"), max_length=5000, blank=True)
    complaints = models.TextField(_("Penanganan pengaduan, saran, dan masukan"), max_length=5000, blank=True)
    legal_basis = models.TextField(_("Dasar hukum"), max_length=5000, blank=True)
    facilities = models.TextField(_("Sarana, prasarana, dan fasilitas"), max_length=5000, blank=True)
    competence = models.TextField(_("Kompetensi pelaksana"), max_length=5000, blank=True)
    supervision = models.TextField(_("Pengawasan internal"), max_length=5000, blank=True)
    staffing = models.TextField(_("Jumlah pelaksana"), max_length=5000, blank=True)
    service_guarantee = models.TextField(_("Jaminan pelayanan"), max_length=5000, blank=True)
    safety_guarantee = models.TextField(_("Jaminan keamanan dan keselamatan"), max_length=5000, blank=True)
    evaluation = models.TextField(_("Evaluasi kinerja pelaksana"), max_length=5000, blank=True)
    promise_value = models.PositiveSmallIntegerField(
        _("janji selesai"), validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    promise_unit = models.CharField(_("satuan"), max_length=12, choices=PromiseUnit)
    first_reply_value = models.PositiveSmallIntegerField(
        _("janji jawaban pertama"), validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    first_reply_unit = models.CharField(_("satuan jawaban pertama"), max_length=12, choices=PromiseUnit)

    class Meta:
        abstract = True


class StandardTemplate(StandardText):
    """The platform's neutral wording per kind of service, for an office to adopt and adapt."""

    unit_path: ClassVar[str | None] = None

    kind = models.OneToOneField(ServiceKind, on_delete=models.PROTECT, related_name="template")

    objects: ClassVar = PublicManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(promise_value__gte=1, first_reply_value__gte=1),
                name="template_promises_some_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.kind)


class Decided(Model):
    """What an office decided, with the days on which it holds: known once it is published."""

    unit_path: ClassVar[str | None] = "unit"

    valid = DateRangeField(_("masa berlaku"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def last_day(self) -> date | None:
        """The last day it holds, included; None while it has no end."""
        after = self.valid and self.valid.upper
        return after - timedelta(days=1) if after else None


class ServiceStandard(Decided, StandardText):
    """What an office promises for one kind of service, decided by its head, from a day until replaced."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="standards")
    kind = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("versi"))
    state = models.CharField(_("status"), max_length=10, choices=PublishState, default=PublishState.DRAFT)
    decree_number = models.CharField(_("nomor SK"), max_length=100, blank=True)
    decided_on = models.DateField(_("tanggal penetapan"), null=True, blank=True)

    class Meta:
        ordering = ["kind__position", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "version"], name="one_standard_per_version"),
            models.UniqueConstraint(
                fields=["unit", "kind"], condition=Q(state="draft"), name="one_draft_per_service"
            ),
            ExclusionConstraint(
                name="one_published_standard_at_a_time",
                expressions=[(only("unit"), "&&"), (only("kind"), "&&"), ("valid", "&&")],
                condition=Q(state="published"),
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (Q(valid__isnull=False, decided_on__isnull=False) & ~Q(decree_number="")),
                name="a_published_standard_names_its_decree",
            ),
            models.CheckConstraint(
                condition=Q(promise_value__gte=1, first_reply_value__gte=1),
                name="standard_promises_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version} {self.unit}"

    def in_force(self, day: date) -> bool:
        return self.state == PublishState.PUBLISHED and self.valid is not None and day in self.valid


class Maklumat(Decided):
    """An office's public statement that it keeps its standards and accepts the consequence if not (ps 22)."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="maklumat")
    state = models.CharField(_("status"), max_length=10, choices=PublishState, default=PublishState.DRAFT)
    text = models.TextField(_("isi maklumat"), max_length=5000)
    signatory_name = models.CharField(_("nama penanda tangan"), max_length=150)
    signatory_title = models.CharField(_("jabatan penanda tangan"), max_length=150)
    decree_number = models.CharField(_("nomor"), max_length=100, blank=True)
    decided_on = models.DateField(_("tanggal penetapan"))

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state="draft"), name="one_maklumat_draft_per_unit"
            ),
            ExclusionConstraint(
                name="one_published_maklumat_at_a_time",
                expressions=[(only("unit"), "&&"), ("valid", "&&")],
                condition=Q(state="published"),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(valid__isnull=False), name="a_published_maklumat_has_its_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.decided_on}"


class PlatformText(Model):
    """A default text of the platform (such as the maklumat) with the rule it rests on."""

    unit_path: ClassVar[str | None] = None

    code = models.SlugField(_("kode"), max_length=40, db_index=False)
    title = models.CharField(_("judul"), max_length=150)
    body = models.TextField(_("isi"), max_length=5000)
    legal_basis = models.CharField(_("dasar hukum"), max_length=300, blank=True)

    objects: ClassVar = PublicManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code"], name="one_platform_text_per_code")]

    def __str__(self) -> str:
        return self.title
