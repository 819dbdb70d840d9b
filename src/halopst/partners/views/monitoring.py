"""Monitoring: how far the month has come, per office and per activity, on the page and as a file."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from halopst.core.http import Request, respond
from halopst.partners import monitoring_tables
from halopst.partners.addressed import unit_of
from halopst.partners.downloads import spreadsheet
from halopst.partners.queries.monitoring import following
from halopst.partners.queries.monitoring import progress as queries
from halopst.partners.queries.monitoring.provinces import Line, by_province
from halopst.partners.views.frame import frame
from halopst.partners.views.months import month_in, months_around
from halopst.units.models import Unit

FEWEST_FOLDED = 3
MOST_LISTED = 100


@never_cache
@login_required
@require_GET
def monitoring(request: Request, slug: str) -> HttpResponse:
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    offices = by_province(queries.office_lines(request.actor, unit, month), unit, queries.total)
    lines = following.follow_lines(request.actor, unit, month, today=_today(unit))
    followed = by_province(lines, unit, following.follow_total)
    context = {
        **frame(request, unit, "pantauan"),
        **months_around(month),
        "nation": unit.kind == Unit.Kind.HEAD_OFFICE,
        "offices": _at_work_first(offices, unit),
        "total": queries.total(offices, unit),
        "followed": _at_work_first(sorted(followed, key=lambda line: -(line.late or 0)), unit),
        "followed_total": following.follow_total(followed, unit),
        "exceptions": list(queries.exceptions_in_force(request.actor, unit, month)[:MOST_LISTED]),
        "activities": queries.activity_lines(unit, month),
    }
    return respond(request, "partners/monitoring.html", context)


@never_cache
@login_required
@require_GET
def monitoring_file(request: Request, slug: str, table: str, kind: str) -> HttpResponse:
    """One of the tables: `kantor`, `kegiatan`, `pembayaran` or `pengecualian`, as `csv` or `xlsx`."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    if table == "kantor":
        rows = monitoring_tables.office_table(queries.office_lines(request.actor, unit, month))
    elif table == "pengecualian":
        found = queries.exceptions_in_force(request.actor, unit, month)
        rows = monitoring_tables.exception_table(found)
    elif table == "kegiatan":
        rows = monitoring_tables.activity_table(queries.activity_lines(unit, month))
    elif table == "pembayaran":
        lines = following.follow_lines(request.actor, unit, month, today=_today(unit))
        rows = monitoring_tables.follow_table(lines)
    else:
        raise Http404
    name = f"alokasi-mitra-{table}-{unit.slug}-{month:%Y-%m}"
    return spreadsheet(kind, name, lambda: rows, sheet=_("Pantauan"))


def _at_work_first(lines: Sequence[Line], unit: Unit) -> dict[str, list[Line]]:
    """`all` of them, `busy` those at work first; `idle` ones, where they are several, fold into one line.

    The office itself always has its line.
    """
    idle = [line for line in lines if line.is_idle and line.unit != unit]
    if len(idle) < FEWEST_FOLDED:
        idle = []
    busy = sorted((line for line in lines if line not in idle), key=lambda line: line.is_idle)
    return {"all": list(lines), "busy": busy, "idle": idle}


def _today(unit: Unit) -> date:
    return timezone.localdate(timezone=unit.tz)
