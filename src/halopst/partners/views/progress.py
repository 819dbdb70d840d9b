"""How far the papers of a month have come, beside the sheet where the next month is allocated."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from halopst.core.http import Request, respond
from halopst.partners.addressed import unit_of
from halopst.partners.queries.monitoring.following import FollowLine, month_under_way, papers_under_way
from halopst.partners.views.months import month_in, month_name
from halopst.units.models import Unit

PART: Final = "partners/sheet.html#dokumen"


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    done: int
    percent: int


def under_way(unit: Unit, month: date) -> dict[str, str]:
    """The month whose papers stand beside the sheet, if any; their figures are asked for by themselves."""
    found = month_under_way(unit, month)
    return {"papers_month": f"{found:%Y-%m}", "papers_name": month_name(found)} if found else {}


@never_cache
@login_required
@require_GET
def papers(request: Request, slug: str) -> HttpResponse:
    """Asked for once the sheet stands there: nobody waits for the counting of thousands."""
    unit = unit_of(request, slug)
    line = papers_under_way(unit, month_in(request, unit))
    return respond(request, PART, {"office": unit, "papers": line, "steps": _steps(line)})


def _steps(line: FollowLine) -> list[Step]:
    counts = (
        (_("Perjanjian kerja"), line.contracted),
        (_("Ditandatangani"), line.signed),
        (_("Serah terima"), line.handed_over),
        (_("Dibayar"), line.paid),
    )
    return [Step(label, done, 100 * done // (line.approved or 1)) for label, done in counts]
