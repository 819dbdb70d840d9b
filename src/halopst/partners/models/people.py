"""The register: one person for the whole country, behind the years of many offices."""

from datetime import date, timedelta
from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Lower, TruncMonth, Upper
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.models import M_co, Model, TenantQuerySet
from halopst.partners import permissions
from halopst.partners.rules.identity import masked
from halopst.partners.secrecy import Unreadable, fingerprint, seal, unseal
from halopst.units.models import Unit


class PersonQuerySet(TenantQuerySet["Person"]):
    def visible_to(self, actor: Actor) -> Self:
        """Mitra registered, in any year, in an office whose register `actor` may read."""
        return self.registered_where(actor, permissions.VIEW)

    def registered_where(self, actor: Actor, permission: str) -> Self:
        if actor.is_system:
            return self
        registered = Registration.objects.filter(unit__in=actor.units(permission))
        return self.filter(pk__in=registered.values("person"))

    def with_nik(self, nik: str) -> Self:
        return self.filter(nik_hash=fingerprint(nik))


class Person(Model):
    """A mitra statistik. NIK and NPWP are sealed; what a list shows of them is masked.

    One known by the SOBAT id alone is in the register, but no letter is made before the NIK is known.
    """

    unit_path: ClassVar[str | None] = None

    class Sex(models.TextChoices):
        MALE = "L", _("Laki-laki")
        FEMALE = "P", _("Perempuan")

    class Education(models.TextChoices):
        PRIMARY = "sd", _("SD atau sederajat")
        LOWER_SECONDARY = "smp", _("SMP atau sederajat")
        UPPER_SECONDARY = "sma", _("SMA atau sederajat")
        DIPLOMA = "diploma", _("Diploma I, II, atau III")
        BACHELOR = "sarjana", _("Diploma IV atau sarjana")
        MASTER = "magister", _("Magister")
        DOCTOR = "doktor", _("Doktor")

    nik_locked = models.CharField(max_length=80, blank=True)
    nik_hash = models.CharField(max_length=64, blank=True)
    id_sobat = models.CharField(_("ID SOBAT"), max_length=12, blank=True)
    name = models.CharField(_("nama"), max_length=150)
    birth_date = models.DateField(_("tanggal lahir"), null=True, blank=True)
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex, blank=True)
    email = models.EmailField(_("surel"), max_length=254, blank=True)
    phone = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    npwp_locked = models.CharField(max_length=80, blank=True)
    npwp_hash = models.CharField(max_length=64, blank=True)
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    district = models.CharField(_("kecamatan"), max_length=100, blank=True)
    village = models.CharField(_("desa atau kelurahan"), max_length=100, blank=True)
    education = models.CharField(_("pendidikan"), max_length=10, choices=Education, blank=True)
    occupation = models.CharField(_("pekerjaan"), max_length=100, blank=True)
    other_employment = models.CharField(_("ikatan kerja lain"), max_length=150, blank=True)
    capi_experience = models.BooleanField(_("pernah memakai CAPI"), default=False)

    objects: ClassVar = models.Manager.from_queryset(PersonQuerySet)()

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nik_hash"], condition=~Q(nik_hash=""), name="one_person_per_nik"
            ),
            models.UniqueConstraint(
                fields=["id_sobat"], condition=~Q(id_sobat=""), name="one_person_per_sobat_id"
            ),
            models.CheckConstraint(
                condition=Q(id_sobat="") | Q(id_sobat__regex=r"^\d{12}$"), name="a_sobat_id_has_twelve_digits"
            ),
            models.CheckConstraint(
                condition=~Q(nik_hash="") | ~Q(id_sobat=""), name="a_mitra_has_a_nik_or_a_sobat_id"
            ),
            models.CheckConstraint(
                condition=Q(nik_hash="", nik_locked="") | (~Q(nik_hash="") & ~Q(nik_locked="")),
                name="a_nik_is_sealed_and_findable",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_mitra_has_a_name"),
        ]
        indexes = [
            models.Index(Lower("name"), "id", name="mitra_by_name"),
            models.Index(Upper("email"), name="mitra_by_email"),
            models.Index(fields=["phone"], name="mitra_by_phone"),
        ]

    def __str__(self) -> str:
        return self.name

    def keep_nik(self, nik: str) -> None:
        """Set the number, sealed and findable; the caller has checked it."""
        self.nik_locked, self.nik_hash = seal(nik), fingerprint(nik) if nik else ""

    def keep_npwp(self, npwp: str) -> None:
        self.npwp_locked, self.npwp_hash = seal(npwp), fingerprint(npwp) if npwp else ""

    @property
    def nik(self) -> str:
        """The whole number, for a letter or a reader on record; `Unreadable` if the key has changed."""
        return unseal(self.nik_locked)

    @property
    def npwp(self) -> str:
        return unseal(self.npwp_locked)

    @property
    def masked_nik(self) -> str:
        """`3515••••••••0001`; nothing where the NIK is not known yet."""
        try:
            return masked(self.nik)
        except Unreadable:
            return "•" * 16


class OfPersonQuerySet(TenantQuerySet[M_co]):
    def visible_to(self, actor: Actor) -> Self:
        """The rows about mitra whom `actor` may read."""
        if actor.is_system:
            return self
        return self.filter(person__in=Person.objects.visible_to(actor))


OfPersonManager = models.Manager.from_queryset(OfPersonQuerySet)


class Registration(Model):
    """One year of a mitra in one office: what makes them assignable there."""

    unit_path: ClassVar[str | None] = "unit"

    class Position(models.TextChoices):
        FIELD = "pendataan", _("Mitra pendataan")
        PROCESSING = "pengolahan", _("Mitra pengolahan")
        BOTH = "keduanya", _("Pendataan dan pengolahan")

    class Status(models.TextChoices):
        ACTIVE = "aktif", _("Aktif")
        CANDIDATE = "calon", _("Calon")
        INACTIVE = "nonaktif", _("Nonaktif")

    # Either has an index that begins with it below: another would only slow the import.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="registrations", db_index=False)
    year = models.PositiveSmallIntegerField(_("tahun"))
    position = models.CharField(_("posisi"), max_length=10, choices=Position)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.ACTIVE)
    decree = models.CharField(_("SK penetapan"), max_length=150, blank=True)

    class Meta:
        ordering = ["-year", "unit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "year"], name="one_registration_per_person_office_and_year"
            ),
            models.CheckConstraint(condition=Q(year__range=(2000, 2100)), name="a_registration_has_a_year"),
        ]
        indexes = [models.Index(fields=["unit", "year", "status"], name="mitra_of_an_office")]

    def __str__(self) -> str:
        return f"{self.person} {self.unit} {self.year}"


class BankAccount(Model):
    """Where a mitra's honor goes. The number is sealed; `tail` is enough to recognise it.

    `number_hash` tells whether two mitra name the same account, which happens in families and in fraud.
    """

    unit_path: ClassVar[str | None] = None

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="bank_account")
    bank = models.CharField(_("bank"), max_length=80)
    number_locked = models.CharField(max_length=80)
    number_hash = models.CharField(max_length=64)
    tail = models.CharField(max_length=4)
    holder = models.CharField(_("atas nama"), max_length=150)
    confirmed_at = models.DateTimeField(_("dibenarkan mitra"), null=True, blank=True)

    objects: ClassVar = OfPersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tail__regex=r"^\d{4}$") & ~Q(bank="") & ~Q(holder="") & ~Q(number_locked=""),
                name="an_account_names_its_bank_number_and_holder",
            )
        ]
        indexes = [models.Index(fields=["number_hash"], name="accounts_by_number")]

    def __str__(self) -> str:
        return f"{self.bank} ••••{self.tail}"

    def keep_number(self, number: str) -> None:
        self.number_locked, self.number_hash, self.tail = seal(number), fingerprint(number), number[-4:]

    @property
    def number(self) -> str:
        return unseal(self.number_locked)

    @property
    def mark(self) -> str:
        """A digest that changes with bank, number or holder, and reveals none of them."""
        return fingerprint(f"account:{self.number_hash}:{self.bank}:{self.holder}")[:20]


class PersonDocument(Model):
    """A file an office keeps of a mitra. Under a random name, shown to nobody but as a download."""

    unit_path: ClassVar[str | None] = "unit"

    class Kind(models.TextChoices):
        IDENTITY = "ktp", _("KTP")
        DIPLOMA = "ijazah", _("Ijazah")
        TAX = "npwp", _("NPWP")
        BANK = "rekening", _("Buku rekening")
        INTEGRITY = "pakta", _("Pakta integritas")
        OTHER = "lain", _("Lainnya")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="documents")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    name = models.CharField(_("nama berkas"), max_length=150)
    stored_as = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("ukuran"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["stored_as"], name="no_two_mitra_documents_share_a_file"),
            models.CheckConstraint(condition=Q(size__gt=0), name="a_mitra_document_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def new_place(unit_id: int) -> str:
        return f"mitra/{unit_id}/{uuid4().hex}"


class BlacklistingQuerySet(TenantQuerySet["Blacklisting"]):
    def visible_to(self, actor: Actor) -> Self:
        """Blacklistings of offices `actor` reads, and of mitra registered in such an office."""
        if actor.is_system:
            return self
        people = Person.objects.visible_to(actor)
        return self.filter(Q(unit__in=actor.units(permissions.VIEW)) | Q(person__in=people))

    def in_force(self, day: date) -> Self:
        """Those that keep a mitra from being assigned on `day`, in every office."""
        ends = Q(until__isnull=True) | Q(until__gt=day)
        return self.filter(ends, since__lte=day).exclude(decision=Blacklisting.Decision.GRANTED)

    def touching(self, month: date | OuterRef) -> Self:
        """Those that keep a mitra from being assigned on any day of that month, given by its first day."""
        ends = Q(until__isnull=True) | Q(until__gt=month)
        begun = self.alias(first_month=TruncMonth("since")).filter(ends, first_month__lte=month)
        return begun.exclude(decision=Blacklisting.Decision.GRANTED)

    def appealed(self) -> Self:
        """Blacklistings with an appeal that is not decided yet."""
        return self.exclude(appeal="").filter(decision=Blacklisting.Decision.NONE)


class Blacklisting(Model):
    """Why an office will not work with a mitra, from a day until another (half-open), and their appeal."""

    unit_path: ClassVar[str | None] = "unit"

    class Decision(models.TextChoices):
        NONE = "", _("Belum diputuskan")
        GRANTED = "diterima", _("Keberatan diterima")
        REJECTED = "ditolak", _("Keberatan ditolak")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="blacklistings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("alasan"), max_length=2000)
    since = models.DateField(_("sejak"))
    until = models.DateField(_("sampai"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    appeal = models.TextField(_("keberatan mitra"), max_length=2000, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("putusan"), max_length=8, choices=Decision, blank=True)
    decision_note = models.TextField(_("pertimbangan"), max_length=2000, blank=True)
    appeal_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    appeal_decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = models.Manager.from_queryset(BlacklistingQuerySet)()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
                name="a_blacklisting_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_blacklisting_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(decision="") | (~Q(appeal="") & Q(appeal_decided_at__isnull=False)),
                name="only_an_appeal_is_decided",
            ),
        ]
        indexes = [models.Index(fields=["person", "since"], name="blacklistings_of_a_mitra")]

    def __str__(self) -> str:
        return f"{self.person} {self.since}"

    @property
    def last_day(self) -> date | None:
        """The last day it holds, included; None while it has no end."""
        return self.until - timedelta(days=1) if self.until else None
