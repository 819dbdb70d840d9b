from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from halopst.core.models import Model
from halopst.letters.models.batches import Batch
from halopst.letters.models.numbers import LetterNumber
from halopst.letters.models.templates import Template
from halopst.letters.rules import BY_VALUES, ENDED
from halopst.units.models import Unit


class Letter(Model):
    """One letter: what it was made of, its number, its file and how far it has come.

    `about` is what its owner calls its subject (`partners.contract:12`), `data` the values as they were
    when it was made, private ones sealed (see `sealing`). Past draft, nothing that is on paper changes any
    more (a trigger says so). `parties` holds initials only: they are what the public page of verification
    shows.
    """

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        DRAFT = "draft", _("Disiapkan")
        FINAL = "final", _("Siap cetak")
        PRINTED = "printed", _("Dicetak")
        SIGNED = "signed", _("Ditandatangani")
        HANDED_OVER = "handed_over", _("Diserahterimakan")
        PAID = "paid", _("Dibayar")
        OUTDATED = "outdated", _("Usang")
        REPLACED = "replaced", _("Diganti")
        VOID = "void", pgettext_lazy("surat", "Batal")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("jenis surat"), max_length=80)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="letters")
    state = models.CharField(_("keadaan"), max_length=12, choices=State, default=State.DRAFT)
    title = models.CharField(_("perihal"), max_length=300)
    about = models.CharField(max_length=100)
    data = models.JSONField(default=dict)
    parties = ArrayField(models.CharField(max_length=40), default=list)
    number = models.OneToOneField(
        LetterNumber, on_delete=models.PROTECT, null=True, blank=True, related_name="letter"
    )
    dated_on = models.DateField(_("tanggal surat"))
    token = models.CharField(max_length=32)
    file = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("ukuran"), default=0)
    pages = models.PositiveSmallIntegerField(_("halaman"), default=0)
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters")
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    final_at = models.DateTimeField(_("diterbitkan"), null=True, blank=True)
    printed_at = models.DateTimeField(_("dicetak"), null=True, blank=True)
    signed_at = models.DateTimeField(_("ditandatangani"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("diserahterimakan"), null=True, blank=True)
    paid_at = models.DateTimeField(_("dibayar"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("pembayaran dikembalikan"), null=True, blank=True)
    signing_until = models.DateTimeField(_("sedang ditandatangani sampai"), null=True, blank=True)
    outdated_at = models.DateTimeField(_("usang sejak"), null=True, blank=True)
    ended_at = models.DateTimeField(_("berakhir"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["token"], name="one_letter_per_verification_token"),
            models.UniqueConstraint(
                fields=["unit", "kind", "about"],
                condition=~Q(state__in=["draft", *sorted(ENDED)]),
                name="one_living_letter_per_subject",
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "about"],
                condition=Q(state="draft"),
                name="one_letter_draft_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "void"])
                | (Q(number__isnull=False, final_at__isnull=False) & ~Q(sha256="") & ~Q(file="")),
                name="a_final_letter_has_its_number_and_file",
            ),
            models.CheckConstraint(
                condition=Q(state="replaced", replaced_by__isnull=False)
                | (~Q(state="replaced") & Q(replaced_by__isnull=True)),
                name="a_replaced_letter_names_the_new_one",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["void", "outdated"]) | ~Q(reason=""),
                name="a_void_letter_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "kind", "-id"], name="letters_by_unit_and_kind"),
            models.Index(fields=["about"], name="letters_by_subject"),
        ]

    def __str__(self) -> str:
        return str(self.number or self.title)

    @property
    def is_by_values(self) -> bool:
        """Whether a program gave its values, so that no domain has anything to say of it."""
        return self.about.startswith(BY_VALUES)


class Signing(Model):
    """How a letter came to be signed: on paper, with its scan, or electronically, with the signed file.

    A seal is no signature: it says that what was signed comes whole from the office, and moves no letter on.

    `checked_at` is when BSrE found the signed file whole, `certified_name` whose certificate it then named.
    """

    unit_path: ClassVar[str | None] = "letter__unit"

    class Method(models.TextChoices):
        WET = "wet", _("Tanda tangan basah")
        ELECTRONIC = "bsre", _("Tanda tangan elektronik (BSrE)")
        SEAL = "seal", _("Segel elektronik instansi (BSrE)")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="signings")
    method = models.CharField(_("cara"), max_length=4, choices=Method)
    file = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(_("halaman"))
    number_was_read = models.BooleanField(_("kode QR terbaca"), default=False)
    signer = models.CharField(_("penanda tangan"), max_length=150)
    signed_at = models.DateTimeField(_("waktu"))
    checked_at = models.DateTimeField(_("diperiksa"), null=True, blank=True)
    certified_name = models.CharField(_("atas nama sertifikat"), max_length=150, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["signed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["file"], name="no_two_signings_share_a_file"),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(method="seal"), name="a_letter_is_sealed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.method}"
