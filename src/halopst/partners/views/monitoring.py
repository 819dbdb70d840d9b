"""Monitoring: how far the month has come, per office and per activity, on the page and as a file."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from halopst.core.http import Request, respond
from halopst.partners import exporting
from halopst.partners.queries import monitoring as queries
from halopst.partners.views.frame import frame, unit_of
from halopst.partners.views.sheet import month_in, months_around

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_GET
def monitoring(request: Request, slug: str) -> HttpResponse:
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    offices = queries.office_lines(request.actor, unit, month)
    context = {
        **frame(request, unit, "pantauan"),
        **months_around(month),
        "offices": offices,
        "total": queries.total(offices, unit),
        "activities": queries.activity_lines(unit, month),
    }
    return respond(request, "partners/monitoring.html", context)


@never_cache
@login_required
@require_GET
def monitoring_file(request: Request, slug: str, table: str, kind: str) -> HttpResponse:
    """One of the two tables: `kantor` or `kegiatan`, as `csv` or `xlsx`."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    if table == "kantor":
        rows = exporting.office_table(queries.office_lines(request.actor, unit, month))
    elif table == "kegiatan":
        rows = exporting.activity_table(queries.activity_lines(unit, month))
    else:
        raise Http404
    makers = {"csv": (exporting.csv_file, "text/csv"), "xlsx": (exporting.xlsx_file, XLSX)}
    if kind not in makers:
        raise Http404
    make, content_type = makers[kind]
    response = HttpResponse(make(rows), content_type=content_type)
    name = f"alokasi-mitra-{table}-{unit.slug}-{month:%Y-%m}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
