"""Figures from files: the file, what is in it, and putting it into cells."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.core.spreadsheets import XLSX_TYPE
from halopst.knowledge import permissions
from halopst.knowledge.addressed import figures_file_of, unit_of
from halopst.knowledge.data_forms import FiguresFileForm
from halopst.knowledge.queries import figure_keeping
from halopst.knowledge.services import figure_import
from halopst.knowledge.views.data_frame import PER_PAGE, frame
from halopst.knowledge.wording import told_doubts, told_faults


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def files(request: Request, slug: str) -> HttpResponse:
    unit = unit_of(request, slug, permissions.DATA)
    form = FiguresFileForm(posted(request), request.FILES or None)
    status, uploaded = 200, []
    if request.method == "POST":
        status = attempt(
            form,
            lambda: uploaded.append(
                figure_import.upload_figures(request.actor, unit=unit, file=form.cleaned_data["file"])
            ),
            field="file",
        )
    if uploaded:
        return redirect("figures:file", slug, uploaded[0].pk)
    page = Paginator(figure_keeping.imports_of(unit), PER_PAGE).get_page(request.GET.get("page"))
    context = {**frame(request, unit, "berkas"), "form": form, "page": page}
    return respond(request, "knowledge/figure_files.html", context, status=status)


@never_cache
@login_required
@require_GET
def file(request: Request, slug: str, pk: int) -> HttpResponse:
    run = figures_file_of(request, slug, pk)
    context = {
        **frame(request, run.unit, "berkas"),
        "run": run,
        "told": told_faults(run),
        "doubts": told_doubts(run),
    }
    return respond(request, "knowledge/figure_file.html", context)


@login_required
@require_POST
def take_in(request: Request, slug: str, pk: int) -> HttpResponse:
    sure = request.POST.get("meragukan") == "ya"
    run = figures_file_of(request, slug, pk)
    figure_import.take_in_figures(request.actor, run, now=timezone.now(), with_doubtful=sure)
    return redirect("figures:file", slug, pk)


@login_required
@require_POST
def cancel(request: Request, slug: str, pk: int) -> HttpResponse:
    figure_import.cancel_figures(request.actor, figures_file_of(request, slug, pk), now=timezone.now())
    messages.success(request, _("Berkas dibatalkan. Tidak ada angka yang berubah."))
    return redirect("figures:files", slug)


@login_required
@require_GET
def template(request: Request, slug: str) -> HttpResponse:
    unit_of(request, slug, permissions.DATA)
    response = HttpResponse(figure_import.template(), content_type=XLSX_TYPE)
    as_file = content_disposition_header(as_attachment=True, filename="templat-angka.xlsx")
    response.headers["Content-Disposition"] = as_file or "attachment"
    return response
