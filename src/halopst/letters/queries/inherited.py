"""What is in force in an office on a day: its own row, else its province's, else everyone's."""

from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from halopst.letters.models import Classification, NumberPattern, Signatory, Template
from halopst.units.models import Unit


def template_in_force(unit: Unit, kind: str, on: date) -> Template | None:
    rows = Template.objects.reaching(unit).filter(
        kind=kind, state=Template.State.PUBLISHED, valid_from__lte=on
    )
    found: Template | None = _nearest(rows, unit).order_by("nearness", "-valid_from").first()
    return found


def pattern_in_force(unit: Unit, kind: str, on: date) -> NumberPattern | None:
    rows = NumberPattern.objects.reaching(unit).filter(kind=kind, valid_from__lte=on)
    found: NumberPattern | None = _nearest(rows, unit).order_by("nearness", "-valid_from").first()
    return found


def patterns_in_force(unit: Unit, on: date) -> dict[str, NumberPattern]:
    """As `pattern_in_force`, of every kind at once."""
    rows = NumberPattern.objects.reaching(unit).filter(valid_from__lte=on)
    nearest = _nearest(rows, unit).order_by("kind", "nearness", "-valid_from").distinct("kind")
    return {row.kind: row for row in nearest}


def signatory(unit: Unit, role: str, on: date) -> Signatory | None:
    """Who signs for `unit` in `role` on that day; for the domains that compose letters."""
    return Signatory.objects.filter(unit=unit, role=role, period__contains=on).first()


def scope_of(unit: Unit) -> Unit | None:
    """The unit of the rows `unit` keeps: its own, or none for the head office, which keeps everyone's."""
    return None if unit.kind == Unit.Kind.HEAD_OFFICE else unit


def classifications_of(unit: Unit, text: str = "") -> QuerySet[Classification]:
    """The codes of the office and everyone's, ended ones too; `text` begins the code or is in its title."""
    rows: QuerySet[Classification] = Classification.objects.reaching(unit)
    found = Q(code__istartswith=text) | Q(title__icontains=text) | Q(basis__icontains=text)
    return rows.filter(found).select_related("unit").order_by("code", "-period", "pk")


def classifications_on(unit: Unit, day: date) -> QuerySet[Classification]:
    """Of each code the nearest row that holds on `day`: what a letter of that day may carry."""
    held = _nearest(Classification.objects.reaching(unit).filter(period__contains=day), unit)
    return held.order_by("code", "nearness").distinct("code")


def own_templates(unit: Unit) -> dict[str, list[Template]]:
    """The versions an office made itself, newest first, by kind; without their texts."""
    found: dict[str, list[Template]] = {}
    rows = Template.objects.filter(unit=unit).defer("body", "word").select_related("author")
    for row in rows.order_by("kind", "-version"):
        found.setdefault(row.kind, []).append(row)
    return found


def template_to_edit(unit: Unit, kind: str, today: date) -> Template | None:
    """What an editor begins with: the office's draft, else its newest text, else the text in force.

    The newest may begin later than `today`: whoever began with the text before it would undo it.
    """
    draft: Template | None = Template.objects.filter(unit=unit, kind=kind, state=Template.State.DRAFT).first()
    return draft or newest_published(unit, kind) or template_in_force(unit, kind, today)


def draft_of(unit: Unit, shown: Template | None) -> Template | None:
    """The text to go on from, where it is the office's own draft."""
    return shown if shown and shown.unit_id == unit.pk and shown.state == Template.State.DRAFT else None


def newest_published(unit: Unit, kind: str) -> Template | None:
    """The office's own text that begins last, which is what withdrawing takes back."""
    rows = Template.objects.filter(unit=unit, kind=kind, state=Template.State.PUBLISHED)
    found: Template | None = rows.order_by("-valid_from").first()
    return found


def own_patterns(unit: Unit) -> list[NumberPattern]:
    return list(NumberPattern.objects.filter(unit=unit).order_by("kind", "-valid_from"))


def _nearest(rows: QuerySet[Any], unit: Unit) -> QuerySet[Any]:
    whens = [When(unit=unit, then=Value(0)), When(unit=None, then=Value(2))]
    ranked: QuerySet[Any] = rows.annotate(
        nearness=Case(*whens, default=Value(1), output_field=IntegerField())
    )
    return ranked
