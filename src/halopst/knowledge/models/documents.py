from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.core.models import M_co, Model, TenantQuerySet
from halopst.knowledge import permissions
from halopst.units.models import Unit


def held_by(actor: Actor, permission: str, *, through: str = "") -> Q:
    """Rows of the offices where `actor` holds `permission`; the head office's people hold the shared ones."""
    units = actor.units(permission)
    head = Unit.objects.filter(kind=Unit.Kind.HEAD_OFFICE, pk__in=units)
    shared = Q(**{f"{through}unit__isnull": True}) & Q(models.Exists(head))
    return Q(**{f"{through}unit__in": units}) | shared


class DocumentQuerySet(TenantQuerySet["Document"]):
    def visible_to(self, actor: Actor) -> Self:
        """Published texts for everyone; drafts, withdrawn texts and those for staff only to their office.

        What all offices share for their staff, every officer may read.
        """
        if actor.is_system:
            return self
        public = Q(state=Document.State.PUBLISHED, audience=Document.Audience.EVERYONE)
        if not actor.units(permissions.VIEW):
            return self.filter(public)
        shared = Q(state=Document.State.PUBLISHED, unit=None)
        return self.filter(public | shared | held_by(actor, permissions.VIEW))

    def taken_back(self) -> Self:
        """Texts everyone could read until the office withdrew them."""
        return self.filter(state=Document.State.WITHDRAWN, audience=Document.Audience.EVERYONE)

    def published(self) -> Self:
        return self.filter(state=Document.State.PUBLISHED)

    def for_office(self, unit: Unit | None) -> Self:
        """The texts of one office together with those of all offices; without an office, all texts."""
        return self if unit is None else self.filter(Q(unit=unit) | Q(unit=None))


class Document(Model):
    """A text people may find and answers may quote. Without a unit it speaks for all offices.

    `source` and `external_id` say where it came from and what it is called there. What it said before
    each change is kept in `DocumentVersion`; its published text is in the search index, and no other.
    With `by_two` whoever wrote figures in it does not publish them.
    """

    unit_path: ClassVar[str | None] = "unit"

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Artikel")
        CONCEPT = "concept", _("Konsep dan definisi")
        PROCEDURE = "procedure", _("Prosedur dan standar")
        FAQ = "faq", _("Tanya jawab")
        PUBLICATION = "publication", _("Publikasi")
        PRESS_RELEASE = "press_release", _("Berita resmi statistik")
        CASE_ANSWER = "case_answer", _("Jawaban permintaan")

    class State(models.TextChoices):
        DRAFT = "draft", _("Konsep")
        PUBLISHED = "published", _("Terbit")
        WITHDRAWN = "withdrawn", _("Ditarik")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("Semua orang")
        STAFF = "staff", _("Petugas saja")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField(_("jenis"), max_length=20, choices=Kind, default=Kind.ARTICLE)
    source = models.CharField(_("sumber"), max_length=200, blank=True)
    external_id = models.CharField(max_length=200)
    title = models.CharField(_("judul"), max_length=300, blank=True)
    text = models.TextField(_("isi"))
    language = models.CharField(_("bahasa"), max_length=10, default="id")
    url = models.CharField(_("tautan"), max_length=1000, blank=True)
    published_on = models.DateField(_("tanggal sumber"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_by = models.DateField(_("ditinjau paling lambat"), null=True, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    audience = models.CharField(_("untuk"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    by_two = models.BooleanField(_("angkanya diperiksa dua orang"), default=False)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(_("terakhir diubah"))
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar = models.Manager.from_queryset(DocumentQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="an_external_id_names_one_document_of_a_source"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "withdrawn"]),
                name="a_document_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=["everyone", "staff"]), name="a_document_is_for_known_readers"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(text=""), name="what_is_published_says_something"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-edited_at", "-id"], name="document_of_unit"),
            models.Index(fields=["review_by"], condition=Q(state="published"), name="document_to_review"),
            models.Index(fields=["id"], condition=Q(audience="staff"), name="document_for_staff"),
        ]

    def __str__(self) -> str:
        return self.title or Truncator(self.text).words(8)

    @property
    def collection(self) -> str:
        """The name of its `source` for readers."""
        return str(_("WebAPI BPS")) if self.source.startswith("webapi-") else self.source

    @property
    def address(self) -> str:
        """Where to read it: at its source, if it has an address there, else here."""
        if self.url.startswith(("https://", "http://")):
            return self.url
        return reverse("knowledge:document", args=[self.pk])

    def is_stale(self, today: date) -> bool:
        """Whether its review date has passed."""
        return self.review_by is not None and self.review_by < today


class OfDocumentQuerySet(TenantQuerySet[M_co]):
    def visible_to(self, actor: Actor) -> Self:
        """The passages of documents `actor` may read."""
        return self.filter(document__in=Document.objects.visible_to(actor))


OfDocumentManager = models.Manager.from_queryset(OfDocumentQuerySet)


class VersionQuerySet(TenantQuerySet["DocumentVersion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Earlier versions, only for the office's own people."""
        if actor.is_system:
            return self
        return self.filter(held_by(actor, permissions.VIEW, through="document__"))


class DocumentVersion(Model):
    """What a document said before a change, and who wrote that."""

    unit_path: ClassVar[str | None] = "document__unit"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()

    objects: ClassVar = models.Manager.from_queryset(VersionQuerySet)()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="a_version_of_a_document_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
