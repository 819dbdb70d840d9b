from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halopst.core.errors import NotPermitted
from halopst.core.http import Request, respond
from halopst.core.spreadsheets import XLSX_TYPE
from halopst.core.tables import csv_file, xlsx_file
from halopst.reporting import exports, presentation
from halopst.reporting.queries import PERIODS, Dashboard, dashboard, reportable_units
from halopst.units.models import Unit


@require_GET
@login_required
def dashboard_page(request: Request) -> HttpResponse:
    report, weeks = _report(request)
    context = presentation.context(report, weeks, list(reportable_units(request.actor)))
    return respond(request, "reporting/dashboard.html", {**context, "active": "laporan"})


@require_GET
@login_required
def export(request: Request, kind: str) -> HttpResponse:
    report, weeks = _report(request)
    rows = exports.rows(report)
    content = xlsx_file(rows, _("Pelayanan")) if kind == "xlsx" else csv_file(rows)
    response = HttpResponse(content, content_type=XLSX_TYPE if kind == "xlsx" else "text/csv")
    name = f"pelayanan-{report.unit.slug}-{weeks}-minggu-{report.last}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _report(request: Request) -> tuple[Dashboard, int]:
    units = list(reportable_units(request.actor))
    if not units:
        raise NotPermitted
    unit = _chosen(units, request.GET.get("satker", ""))
    wanted = request.GET.get("minggu", "")
    weeks = int(wanted) if wanted in map(str, PERIODS) else PERIODS[0]
    today = timezone.now().astimezone(unit.tz).date()
    return dashboard(request.actor, unit, weeks=weeks, today=today), weeks


def _chosen(units: list[Unit], slug: str) -> Unit:
    """The office asked for, else the highest the reader may see."""
    if not slug:
        return units[0]
    for unit in units:
        if unit.slug == slug:
            return unit
    raise Http404
