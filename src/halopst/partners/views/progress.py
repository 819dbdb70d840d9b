"""How far the papers of a month have come, beside the sheet where the next month is allocated."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from halopst.partners.queries.following import papers_under_way
from halopst.partners.views.sheet import month_name
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    done: int
    percent: int


@dataclass(frozen=True, slots=True)
class Progress:
    """`month` is as addresses name it; `outdated` are letters that no longer say what is so."""

    month: str
    month_name: str
    approved: int
    steps: list[Step]
    outdated: int


def progress(unit: Unit, month: date) -> Progress | None:
    """None while nothing is approved, in that month or the one before."""
    if (found := papers_under_way(unit, month)) is None:
        return None
    of, line = found
    counts = (
        (_("Perjanjian kerja"), line.contracted),
        (_("Ditandatangani"), line.signed),
        (_("Serah terima"), line.handed_over),
        (_("Dibayar"), line.paid),
    )
    steps = [Step(label, done, 100 * done // line.approved) for label, done in counts]
    return Progress(f"{of:%Y-%m}", month_name(of), line.approved, steps, line.outdated)
