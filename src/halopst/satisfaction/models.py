from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.cases.models import Case
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantManager, TenantQuerySet
from halopst.satisfaction import permissions
from halopst.units.models import Unit


class Instrument(Model):
    """A dated version of the questions and their scale; ratings of different scales never mix."""

    unit_path: ClassVar[str | None] = None

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    scale = models.PositiveSmallIntegerField(validators=[MinValueValidator(2), MaxValueValidator(10)])
    minimum_published = models.PositiveSmallIntegerField(
        help_text=_("Nilai baru ditampilkan setelah sebanyak ini penilaian.")
    )
    legal_basis = models.CharField(max_length=300)
    valid_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_instrument_per_version")]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class Invitation(Model):
    """One finished case asks once: the visitor rates the officer who served."""

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="rating_invitation")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = TenantManager()

    def __str__(self) -> str:
        return f"penilaian {self.case}"


class RatingQuerySet(TenantQuerySet["Rating"]):
    def visible_to(self, actor: Actor) -> Self:
        """Leads see their units' ratings, officers the ratings given to them."""
        own = Q(officer_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self if actor.is_system else self.filter(own | self._units(actor))

    def _units(self, actor: Actor) -> Q:
        return Q(unit__in=actor.units(permissions.VIEW))


RatingManager = models.Manager.from_queryset(RatingQuerySet)


class Rating(Model):
    """The answer. It names the officer, never the visitor."""

    unit_path: ClassVar[str | None] = "unit"

    class NeedMet(models.TextChoices):
        YES = "ya", _("Ya, terjawab")
        PARTLY = "sebagian", _("Sebagian")
        NO = "tidak", _("Belum terjawab")

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="rating")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    need_met = models.CharField(max_length=10, choices=NeedMet)
    comment = models.TextField(blank=True, max_length=1000)
    rated_at = models.DateTimeField()

    objects: ClassVar = RatingManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=1) & Q(score__lte=10), name="score_is_on_a_scale")
        ]
        indexes = [
            models.Index(F("unit"), F("rated_at").desc(), name="rating_by_unit"),
            models.Index(F("officer"), F("rated_at").desc(), name="rating_by_officer"),
            models.Index(fields=["-rated_at", "-id"], name="rating_newest"),  # those of many offices at once
        ]

    def __str__(self) -> str:
        return f"{self.score} untuk {self.officer_id}"
