from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model
from halopst.core.validity import Held, alone, alone_word
from halopst.letters.models.shared import InheritedQuerySet
from halopst.units.models import Unit


class Classification(Held, Model):
    """A code of the archive classification that numbers of letters carry, from one day to another.

    A row is ended, never rewritten: a new meaning is a new row of the same code. Without a unit it is
    everyone's, kept by the head office.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="classifications"
    )
    code = models.CharField(_("kode"), max_length=10)
    title = models.CharField(_("uraian"), max_length=300)
    period = DateRangeField(_("masa berlaku"))
    basis = models.CharField(_("dasar hukum"), max_length=200)

    objects: ClassVar = models.Manager.from_queryset(InheritedQuerySet)()

    class Meta:
        ordering = ["code", "-period", "pk"]
        constraints = [
            ExclusionConstraint(
                name="one_classification_per_code_at_a_time",
                expressions=[
                    (alone(Coalesce(F("unit"), Value(0), output_field=models.BigIntegerField())), "&&"),
                    (alone_word("code"), "&&"),
                    ("period", "&&"),
                ],
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{2}(\.[0-9]{3,4})?$"), name="a_classification_has_a_code"
            ),
            models.CheckConstraint(
                condition=Q(title__regex=r"\S", basis__regex=r"\S"),
                name="a_classification_names_itself_and_its_basis",
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__isempty=False),
                name="a_classification_begins_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
