"""Questions to begin with, which AIDA can answer for the office, as it has the figures and texts."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from halopst.assistant.queries.figures import offices
from halopst.knowledge.models import Cell, Document, Indicator
from halopst.units.models import Unit

INFLATION = "inflasi"
SPOKEN = {"persentase penduduk miskin": "Persentase penduduk miskin", "indeks pembangunan manusia": "IPM"}
"""What people ask for most, and what they call it."""
FIGURES = 2


def examples(unit: Unit, *, today: date) -> list[str]:
    """Questions for a text, a figure and a trend, if there are any; in Indonesian, as the texts are."""
    figures = _measured(unit)
    asked = [f"{name} {unit.region}" for name in figures[:1]]
    asked += [f"Tren {name} {unit.region} lima tahun terakhir" for name in figures[1:]]
    return [*_explained(unit, today), *asked]


def _measured(unit: Unit) -> list[str]:
    """What people call two indicators that have a figure of the whole region, the most asked first."""
    here = Cell.objects.filter(indicator=OuterRef("pk"), region__code=unit.code, breakdown__label="")
    known = Indicator.objects.filter(Exists(here), unit__in=offices(unit, []))
    names: list[str] = []
    for name, said in SPOKEN.items():
        names += [said] * known.filter(name__icontains=name).exists()
    if len(names) < FIGURES:
        usual = Q(*(("name__icontains", name) for name in SPOKEN), _connector=Q.OR)
        names += known.exclude(usual).order_by("pk").values_list("name", flat=True)[:FIGURES]
    return list(dict.fromkeys(names))[:FIGURES]


def _explained(unit: Unit, today: date) -> list[str]:
    """A question that a text of this office, or of all offices, answers."""
    texts = Document.objects.filter(
        Q(unit=unit) | Q(unit=None),
        Q(review_by=None) | Q(review_by__gte=today),
        state=Document.State.PUBLISHED,
        audience=Document.Audience.EVERYONE,
    )
    called = Q(title__iexact=INFLATION) | Q(title__istartswith=f"apa itu {INFLATION}")
    if texts.filter(called).exists():
        return ["Apa arti inflasi?"]
    return list(texts.order_by("-pk").values_list("title", flat=True)[:1])
