"""What AIDA is tested with, how she did, and which language model, if any, words her answers."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halopst.assistant import permissions
from halopst.core.actors import Actor
from halopst.core.models import M_co, Model, TenantQuerySet
from halopst.units.models import Unit


class OfOfficesQuerySet(TenantQuerySet[M_co]):
    def visible_to(self, actor: Actor) -> Self:
        """Rows of offices where `actor` may look at AIDA; the national ones for whoever may anywhere."""
        if actor.is_system:
            return self
        units = actor.units(permissions.VIEW)
        shared = Q(unit=None) if units else Q(pk__in=())
        return self.filter(Q(unit__in=units) | shared)

    def of(self, unit: Unit | None) -> Self:
        """The rows of one office alone; without an office, the national ones."""
        return self.filter(unit=unit)


OfOfficesManager = models.Manager.from_queryset(OfOfficesQuerySet)


class EvaluationQuestion(Model):
    """A question and what is to come of it. Without a unit it is asked for every office.

    `language` is that of the pages it is asked on.
    `before` are questions asked first, one a line. Of a figure `expected` names its cells, each as
    `indikator@wilayah@periode` or with `@rincian` behind; the period may be `terbaru`, or `terbaru*3` for the
    three newest. Of a text it names those that answer, by external id or title. Nothing named: any will do.
    """

    class Expects(models.TextChoices):
        FIGURE = "figure", _("Dijawab dengan angka")
        TEXT = "text", _("Dijawab dengan kutipan")
        CLARIFY = "clarify", _("Ditanya balik")
        REFUSE = "refuse", _("Dijawab tidak tahu")

    class Language(models.TextChoices):
        INDONESIAN = "id", _("Bahasa Indonesia")
        ENGLISH = "en", _("Inggris")

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    question = models.CharField(_("pertanyaan"), max_length=500)
    before = models.TextField(_("didahului"), blank=True, max_length=2_000)
    topic = models.CharField(_("golongan"), max_length=40, blank=True)
    language = models.CharField(
        _("bahasa"), max_length=2, choices=Language, default=Language.INDONESIAN, db_default="id"
    )
    expects = models.CharField(_("yang diharapkan"), max_length=7, choices=Expects)
    expected = models.JSONField(_("sel atau tulisan"), default=list, blank=True)

    objects: ClassVar = OfOfficesManager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "question", "before", "language"],
                name="a_question_is_tested_once_per_office",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(expects__in=["figure", "text", "clarify", "refuse"]),
                name="a_tested_question_expects_something_known",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["id", "en"]),
                name="a_tested_question_is_asked_in_a_language_of_ours",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Setup(Model):
    """What may word the answers of an office, or of all: no model, or one with a version of its instructions.

    At most one of an office is in use. An office without one uses the national one; without that, no model.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    model = models.CharField(_("model"), max_length=120, blank=True)
    prompt = models.CharField(_("versi petunjuk"), max_length=40, blank=True)
    is_active = models.BooleanField(_("dipakai"), default=False)
    activated_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = OfOfficesManager()

    class Meta:
        ordering = ("model", "prompt")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "model", "prompt"], name="a_setup_is_listed_once", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(is_active=True),
                name="one_setup_of_an_office_is_in_use",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return _setup(self.model, self.prompt)


def _setup(model: str, prompt: str) -> str:
    return f"{model} · {prompt}" if model else str(_("Tanpa model"))


class Evaluation(Model):
    """One run over the questions of an office and the national ones, with one setup.

    `was_in_use` says that visitors were answered with this setup then; `questions` is a digest of what was
    asked. `missed` are the questions that did not go as expected, each with what came instead.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Berjalan")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Gagal")

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    model = models.CharField(max_length=120, blank=True)
    prompt = models.CharField(max_length=40, blank=True)
    engine = models.CharField(_("versi HaloPST"), max_length=40)
    was_in_use = models.BooleanField()
    questions = models.CharField(max_length=16)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    began_at = models.DateTimeField()
    asked = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)
    recall_1 = models.FloatField(null=True)
    recall_5 = models.FloatField(null=True)
    mrr = models.FloatField(null=True)
    grounded = models.FloatField(null=True)
    right = models.FloatField(null=True)
    right_of_answers = models.FloatField(null=True)
    refusal_precision = models.FloatField(null=True)
    refusal_recall = models.FloatField(null=True)
    p50_ms = models.FloatField(null=True)
    p95_ms = models.FloatField(null=True)
    missed = models.JSONField(default=list)

    objects: ClassVar = OfOfficesManager()

    class Meta:
        ordering = ("-began_at", "-pk")
        indexes = [models.Index(fields=["unit", "-began_at"], name="evaluation_of_office")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]),
                name="an_evaluation_is_in_a_known_state",
            ),
            models.CheckConstraint(condition=Q(asked__lte=F("whole")), name="no_more_is_asked_than_there_is"),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%F %H:%M} {self.model}"

    @property
    def is_going(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def setup_label(self) -> str:
        return _setup(self.model, self.prompt)
