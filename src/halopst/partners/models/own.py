"""The mitra's own page: the links and codes that lead to it, and what mitra say there."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.models import M_co, Model, TenantQuerySet
from halopst.letters.models import Letter
from halopst.partners.models.assignments import Assignment
from halopst.partners.models.people import OfPersonManager, Person
from halopst.units.models import Unit


class SecretQuerySet(TenantQuerySet[M_co]):
    def visible_to(self, actor: Actor) -> Self:
        """Nothing: no person may see these rows, only the platform itself reads them."""
        return self if actor.is_system else self.none()


SecretManager = models.Manager.from_queryset(SecretQuerySet)


class OwnLink(Model):
    """An address an office sent to one mitra. It names whom a code is sent to, and opens nothing by itself.

    `round` keeps one sending to many from reaching the same mitra twice.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="own_links")
    round = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)

    class Meta:
        ordering = ["-round", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "person", "round"], name="one_own_link_per_round")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.round:%F %T}"


class OwnCode(Model):
    """A code somebody asked for. Until a worker finds whose it is, known and unknown look the same.

    `key` stands for the address or link asked with, `client` for the network asked from: limits count
    by them. The address itself is sealed, the code kept as a keyed digest, empty until it is sent.
    """

    unit_path: ClassVar[str | None] = None

    key = models.CharField(max_length=64)
    client = models.CharField(max_length=32)
    address_locked = models.CharField(max_length=400, blank=True)
    link = models.ForeignKey(OwnLink, on_delete=models.CASCADE, null=True, blank=True, related_name="codes")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="own_codes"
    )
    language = models.CharField(max_length=2, default="id")
    digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = SecretManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest="") | Q(person__isnull=False), name="a_sent_own_code_is_somebodys"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | ~Q(digest=""), name="only_a_sent_own_code_is_used"
            ),
        ]
        indexes = [
            models.Index(fields=["key", "asked_at"], name="own_codes_by_address"),
            models.Index(fields=["client", "asked_at"], name="own_codes_by_network"),
            models.Index(fields=["person", "asked_at"], name="own_codes_by_person"),
        ]

    def __str__(self) -> str:
        return f"own code {self.pk}"


class OwnSession(Model):
    """One browser in which a mitra has answered a code. The browser holds the secret, we its digest."""

    unit_path: ClassVar[str | None] = None

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="own_sessions")
    digest = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = SecretManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="one_own_session_per_secret")]

    def __str__(self) -> str:
        return f"own session {self.pk}"


class OfferAnswer(Model):
    """What a mitra says to an assignment: whether they will do it, as it was when they said so.

    It counts while the assignment still has this volume and honor; a changed offer is answered anew.
    """

    unit_path: ClassVar[str | None] = "assignment__registration__unit"

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="answer")
    accepted = models.BooleanField(_("bersedia"))
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    volume = models.PositiveIntegerField()
    value = models.PositiveBigIntegerField()
    answered_at = models.DateTimeField(_("dijawab"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(reason=""), name="a_declined_offer_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.accepted}"


class AccountRemark(Model):
    """A mitra's remark that their account is recorded wrongly; open until the office has dealt with it."""

    unit_path: ClassVar[str | None] = None

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="account_remarks")
    note = models.CharField(_("yang perlu dibetulkan"), max_length=300)
    said_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = OfPersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(settled_at__isnull=True),
                name="one_open_account_remark_per_mitra",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="an_account_remark_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.said_at:%F}"


class SentScan(Model):
    """The scan of a signed letter as its mitra sent it: sealed, and nothing more until an officer takes it.

    Its file is dropped when it is decided; a scan taken lives on with the letter. One whose letter was signed
    otherwise, or no longer is what it was, is needed by nobody.
    """

    unit_path: ClassVar[str | None] = "letter__unit"

    class State(models.TextChoices):
        WAITING = "menunggu", _("Menunggu petugas")
        TAKEN = "diterima", _("Diterima")
        RETURNED = "dikembalikan", _("Dikembalikan")
        UNNEEDED = "gugur", _("Tidak diperlukan lagi")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="sent_scans")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sent_scans")
    stored_as = models.CharField(max_length=120)
    pages = models.PositiveSmallIntegerField(_("halaman"))
    code_was_read = models.BooleanField(_("kode QR terbaca"))
    sent_at = models.DateTimeField(_("dikirim"))
    state = models.CharField(_("keadaan"), max_length=12, choices=State, default=State.WAITING)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(state="menunggu"), name="one_waiting_scan_per_letter"
            ),
            models.UniqueConstraint(fields=["stored_as"], name="no_two_sent_scans_share_a_file"),
            models.CheckConstraint(
                condition=~Q(state="dikembalikan") | ~Q(reason=""), name="a_returned_scan_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state="menunggu", decided_at__isnull=True)
                | (~Q(state="menunggu") & Q(decided_at__isnull=False)),
                name="a_decided_scan_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.state}"
