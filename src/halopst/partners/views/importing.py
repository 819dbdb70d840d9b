"""Import a file of mitra, and take the register out as one."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.forms import attempt, posted
from halopst.core.http import Request, download, respond
from halopst.core.spreadsheets import XLSX_TYPE, NoTable
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import import_of, unit_of
from halopst.partners.forms import ColumnsForm, UploadForm
from halopst.partners.models import ImportRun, Registration
from halopst.partners.rules.columns import TITLES, layout
from halopst.partners.rules.tables import Look
from halopst.partners.spreadsheets import Sheet
from halopst.partners.views.frame import PER_PAGE, frame
from halopst.partners.views.register import choice_of
from halopst.partners.wording.faults import said_of
from halopst.units.models import Unit

CSV = "text/csv; charset=utf-8"
State = ImportRun.State


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def imports(request: Request, slug: str) -> HttpResponse:
    """Upload a file; the files before it."""
    unit = unit_of(request, slug, permissions.MANAGE)
    initial = {"year": timezone.localdate().year}
    form = UploadForm(posted(request), request.FILES or None, initial=initial)
    status, uploaded = 200, []
    if request.method == "POST":
        status = attempt(
            form, lambda: uploaded.append(services.upload(request.actor, unit=unit, **form.cleaned_data))
        )
    if uploaded:
        return redirect("partners:import", slug, uploaded[0].pk)
    page = Paginator(queries.imports(request.actor, unit), PER_PAGE).get_page(request.GET.get("page"))
    context = {**frame(request, unit, "daftar"), "form": form, "page": page}
    return respond(request, "partners/imports.html", context, status=status)


@never_cache
@login_required
@require_GET
def run(request: Request, slug: str, pk: int) -> HttpResponse:
    """Where an import stands: what the columns hold, how far it is, what is wrong, what it did."""
    unit = unit_of(request, slug, permissions.MANAGE)
    found = import_of(request, unit, pk)
    context = _context(request, unit, found)
    if found.state == State.UPLOADED or "kolom" in request.GET:
        form = ColumnsForm(tables=found.tables, initial=_initial(found))
        return _columns_page(request, context, form)
    return respond(request, "partners/import.html", context, partial="keadaan")


@never_cache
@login_required
@require_POST
def check(request: Request, slug: str, pk: int) -> HttpResponse:
    """Say what the columns hold, and have the rows checked."""
    unit = unit_of(request, slug, permissions.MANAGE)
    found = import_of(request, unit, pk)
    form = ColumnsForm(request.POST, tables=found.tables)

    def act() -> None:
        chosen = {name: form.cleaned_data[name] for name in ("position", "status")}
        services.check_import(request.actor, found, mappings=form.mappings, **chosen, now=timezone.now())

    status = attempt(form, act)
    if status == HTTPStatus.OK:
        return redirect("partners:import", slug, pk)
    return _columns_page(request, _context(request, unit, found), form, status=status)


@login_required
@require_POST
def start(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    services.start_import(request.actor, import_of(request, unit, pk), now=timezone.now())
    return redirect("partners:import", slug, pk)


@login_required
@require_POST
def resume(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    services.resume_import(request.actor, import_of(request, unit, pk), now=timezone.now())
    messages.success(request, _("Pekerjaan dilanjutkan."))
    return redirect("partners:import", slug, pk)


@login_required
@require_POST
def cancel(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    services.cancel_import(request.actor, import_of(request, unit, pk), now=timezone.now())
    messages.success(request, _("Impor dihentikan. Baris yang sudah masuk tetap ada."))
    return redirect("partners:import", slug, pk)


@never_cache
@login_required
@require_POST
def bad_rows(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    content = services.bad_rows(request.actor, import_of(request, unit, pk))
    return download(content, _("mitra-perlu-diperbaiki.xlsx"), XLSX_TYPE)


@never_cache
@login_required
@require_POST
def export(request: Request, slug: str) -> HttpResponse:
    """The rows the list shows, as a file; a POST, because it goes on record."""
    unit = unit_of(request, slug, permissions.MANAGE)
    choice = choice_of(request.POST)
    rows = queries.registrations(unit, choice, today=timezone.localdate(timezone=unit.tz))
    as_csv = request.POST.get("bentuk") == "csv"
    content = services.export(request.actor, unit=unit, rows=rows, as_csv=as_csv)
    name = f"mitra-{unit.code}-{choice.year}.{'csv' if as_csv else 'xlsx'}"
    return download(content, name, CSV if as_csv else XLSX_TYPE)


@login_required
@require_GET
def template(request: Request, slug: str) -> HttpResponse:
    unit_of(request, slug, permissions.MANAGE)
    return download(services.template(), "templat-mitra.xlsx", XLSX_TYPE)


def _initial(found: ImportRun) -> dict[str, str]:
    return {
        "position": found.position or Registration.Position.FIELD,
        "status": found.status or Registration.Status.ACTIVE,
    }


def _columns_page(
    request: Request, context: dict[str, Any], form: ColumnsForm, *, status: int = 200
) -> HttpResponse:
    run = context["run"]
    try:
        sheets = dict(services.open_run(run, [group[0] for group in form.groups]))
    except (FileNotFoundError, NoTable):
        return respond(request, "partners/import.html", context)
    parts = [_part(run.tables, group, sheets[group[0]], form) for group in form.groups]
    context |= {"form": form, "parts": parts, "several": len(run.tables) > 1}
    return respond(request, "partners/import_columns.html", context, status=status)


def _part(tables: Sequence[Look], group: Sequence[int], sheet: Sheet, form: ColumnsForm) -> dict[str, Any]:
    """What is asked about the columns of the sheets that share their heads."""
    columns = zip(queries.columns(sheet), form.columns(group), strict=True)
    return {
        "table": tables[group[0]],
        "names": [tables[number]["name"] for number in group],
        "columns": [(column, bound) for column, (_at, bound) in columns],
        "layout": layout(tables[group[0]]["heads"]),
        "is_read": form.is_read(group),
    }


def _context(request: Request, unit: Unit, found: ImportRun) -> dict[str, Any]:
    warnings = request.GET.get("lihat") == "peringatan"
    page = Paginator(queries.faults(found, warnings=warnings), PER_PAGE).get_page(request.GET.get("page"))
    told = [
        {"cell": queries.cell_of(found, fault), "title": TITLES.get(fault.field, "")}
        | {"said": said_of(found, fault)}
        for fault in page
    ]
    return {
        **frame(request, unit, "daftar"),
        "run": found,
        "running": found.state in {State.CHECKING, State.IMPORTING},
        "stopping": services.is_stopping(found, now=timezone.now()),
        "stuck": services.is_stuck(found, now=timezone.now()),
        "can_resume": services.can_resume(found, now=timezone.now()),
        "page": page,
        "told": told,
        "warnings": warnings,
        "warning_count": queries.faults(found, warnings=True).count(),
    }
