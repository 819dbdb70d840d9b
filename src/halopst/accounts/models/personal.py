"""What we know about a visitor, by what right, and how they take it back."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models.people import User
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.units.models import Unit


class OwnQuerySet(TenantQuerySet["Profile"]):
    def visible_to(self, actor: Actor) -> Self:
        """Only the person's own row."""
        return self if actor.is_system else self.filter(user=actor.user_id)


class Profile(Model):
    """Block I of BPS's data-needs survey (SKD), asked only when it is needed; never the NIK."""

    unit_path: ClassVar[str | None] = None

    class Sex(models.TextChoices):
        MALE = "l", _("Laki-laki")
        FEMALE = "p", _("Perempuan")

    class Education(models.TextChoices):
        SCHOOL = "slta", _("SLTA atau lebih rendah")
        DIPLOMA = "d1-d3", _("D1/D2/D3")
        BACHELOR = "d4-s1", _("D4/S1")
        MASTER = "s2", _("S2")
        DOCTOR = "s3", _("S3")

    class Occupation(models.TextChoices):
        STUDENT = "pelajar", _("Pelajar/Mahasiswa")
        RESEARCHER = "peneliti", _("Peneliti/Dosen")
        CIVIL_SERVANT = "asn", _("ASN/TNI/Polri")
        STATE_COMPANY = "bumn", _("Pegawai BUMN/BUMD")
        EMPLOYEE = "swasta", _("Pegawai swasta")
        ENTREPRENEUR = "wiraswasta", _("Wiraswasta")
        OTHER = "lainnya", _("Lainnya")

    class Institution(models.TextChoices):
        STATE_BODY = "lembaga-negara", _("Lembaga negara")
        MINISTRY = "kementerian", _("Kementerian dan lembaga pemerintah")
        SECURITY = "tni-polri", _("TNI/Polri/BIN/Kejaksaan")
        LOCAL_GOVERNMENT = "pemda", _("Pemerintah daerah")
        INTERNATIONAL = "internasional", _("Lembaga internasional")
        RESEARCH = "pendidikan", _("Lembaga penelitian dan pendidikan")
        STATE_COMPANY = "bumn", _("BUMN/BUMD")
        PRIVATE = "swasta", _("Swasta")
        OTHER = "lainnya", _("Lainnya")

    class MainUse(models.TextChoices):
        SCHOOLWORK = "tugas", _("Tugas sekolah/kuliah")
        GOVERNMENT = "pemerintahan", _("Pemerintah")
        COMMERCIAL = "komersial", _("Komersial")
        RESEARCH = "penelitian", _("Penelitian")
        OTHER = "lainnya", _("Lainnya")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    sex = models.CharField(_("jenis kelamin"), max_length=10, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(
        _("tahun lahir"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    education = models.CharField(_("pendidikan tertinggi"), max_length=10, choices=Education, blank=True)
    occupation = models.CharField(_("pekerjaan utama"), max_length=20, choices=Occupation, blank=True)
    occupation_other = models.CharField(_("pekerjaan lainnya"), max_length=100, blank=True)
    institution = models.CharField(_("kategori instansi"), max_length=20, choices=Institution, blank=True)
    institution_name = models.CharField(_("nama instansi"), max_length=150, blank=True)
    main_use = models.CharField(_("pemanfaatan utama"), max_length=20, choices=MainUse, blank=True)

    objects: ClassVar = models.Manager.from_queryset(OwnQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1900, 2100)),
                name="birth_year_is_plausible",
            )
        ]

    def __str__(self) -> str:
        return f"profile of user {self.user_id}"


class SharedQuerySet(TenantQuerySet["ConsentText"]):
    def visible_to(self, actor: Actor) -> Self:  # noqa: ARG002  # anyone may read what is asked of them
        return self


class ConsentText(Model):
    """One version of what a person agrees to; a newer version asks again, an old one stays on record."""

    unit_path: ClassVar[str | None] = None

    class Subject(models.TextChoices):
        PRIVACY = "privasi", _("Pemrosesan data pribadi")
        ASSISTANT = "aida", _("Percakapan dengan AIDA disimpan untuk perbaikan")
        NEWS = "kabar", _("Kabar rilis data dan panduan")

    subject = models.CharField(_("perihal"), max_length=20, choices=Subject)
    version = models.PositiveSmallIntegerField(_("versi"))
    body_id = models.TextField(_("teks"), max_length=2000)
    body_en = models.TextField(_("teks bahasa Inggris"), max_length=2000)
    legal_basis = models.CharField(_("dasar hukum"), max_length=200)
    valid_from = models.DateField(_("berlaku sejak"))

    objects: ClassVar = models.Manager.from_queryset(SharedQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="one_consent_text_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} v{self.version}"

    @property
    def body(self) -> str:
        return self.body_en if get_language() == "en" else self.body_id


class Consent(Model):
    """That a person agreed to one version of a text: when, through what, and until when."""

    unit_path: ClassVar[str | None] = None

    class Channel(models.TextChoices):
        WEB = "web", _("situs")
        DESK = "loket", _("loket")
        API = "api", _("API")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    channel = models.CharField(_("lewat"), max_length=10, choices=Channel)
    given_at = models.DateTimeField(_("diberikan"))
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "text"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_consent_per_text",
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.text_id} of user {self.user_id}"


class ErasureQuerySet(TenantQuerySet["ErasureRequest"]):
    def visible_to(self, actor: Actor) -> Self:
        """What the people of the unit that decides must do, and one's own."""
        if actor.is_system:
            return self
        return self.filter(Q(unit__in=actor.units("accounts.manage")) | Q(user=actor.user_id))


class ErasureRequest(Model):
    """A person's request to be forgotten, with the hour by which the law wants it done."""

    unit_path: ClassVar[str | None] = "unit"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="erasure_requests")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="erasure_requests")
    requested_at = models.DateTimeField(_("diminta"))
    due_at = models.DateTimeField(_("tenggat"))
    done_at = models.DateTimeField(_("selesai"), null=True)
    withdrawn_at = models.DateTimeField(_("dibatalkan"), null=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar = models.Manager.from_queryset(ErasureQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_erasure_request_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk} of user {self.user_id}"
