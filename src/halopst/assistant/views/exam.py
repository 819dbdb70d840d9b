"""The questions an office tests AIDA with."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.assistant import permissions
from halopst.assistant.addressed import exam_question_of, unit_of
from halopst.assistant.exam_forms import ExamFileForm, ExamForm
from halopst.assistant.models import EvaluationQuestion
from halopst.assistant.queries import evaluations
from halopst.assistant.services.evaluation import exam_editing
from halopst.assistant.views.exam_frame import PER_PAGE, frame
from halopst.core.forms import attempt, plain, posted
from halopst.core.http import Request, respond
from halopst.units.models import Unit

FAULTS_SHOWN = 50


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def exam(request: Request, satker: str) -> HttpResponse:
    """The list of questions; a POST brings a file of them."""
    unit = unit_of(request, satker, permissions.CONFIGURE if request.method == "POST" else permissions.VIEW)
    scope, text = evaluations.scope_of(unit), plain(request.GET.get("q", ""))
    form = ExamFileForm(posted(request), request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        lines = form.cleaned_data["file"].read().splitlines()
        report = exam_editing.import_questions(request.actor, unit=scope, lines=lines)
    page = Paginator(evaluations.own_questions(scope, text), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, unit, "soal"),
        "page": page,
        "text": text,
        "form": form,
        "report": report,
        "faults": report.faults[:FAULTS_SHOWN] if report else [],
    }
    status = 422 if form.errors or (report and report.faults) else 200
    return respond(request, "assistant/exam.html", context, partial="daftar", status=status)


@never_cache
@login_required
@require_GET
def export(request: Request, satker: str) -> HttpResponse:
    unit = unit_of(request, satker)
    lines = "".join(f"{line}\n" for line in exam_editing.export_questions(evaluations.scope_of(unit)))
    answer = HttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    name = content_disposition_header(as_attachment=True, filename=f"soal-aida-{unit.code}.jsonl")
    answer.headers["Content-Disposition"] = name or ""
    return answer


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request, satker: str) -> HttpResponse:
    return _edited(request, unit_of(request, satker, permissions.CONFIGURE), None)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: Request, satker: str, pk: int) -> HttpResponse:
    unit = unit_of(request, satker, permissions.CONFIGURE)
    return _edited(request, unit, exam_question_of(unit, pk))


@login_required
@require_POST
def remove(request: Request, satker: str, pk: int) -> HttpResponse:
    unit = unit_of(request, satker, permissions.CONFIGURE)
    exam_editing.remove_question(request.actor, exam_question_of(unit, pk))
    messages.success(request, _("Soal dihapus."))
    return redirect("assistant:exam", satker)


def _edited(request: Request, unit: Unit, row: EvaluationQuestion | None) -> HttpResponse:
    form = ExamForm(posted(request), initial=_initial(row))
    status = 200
    if request.method == "POST":
        status = _saved(request, unit, form, row)
        if status == HTTPStatus.OK:
            messages.success(request, _("Soal tersimpan."))
            return redirect("assistant:exam", unit.slug)
    context = {**frame(request, unit, "soal"), "form": form, "question": row}
    return respond(request, "assistant/question.html", context, status=status)


def _saved(request: Request, unit: Unit, form: ExamForm, row: EvaluationQuestion | None) -> int:
    scope, pk = evaluations.scope_of(unit), row.pk if row else None
    return attempt(
        form, lambda: exam_editing.write_question(request.actor, unit=scope, exam=form.exam(), pk=pk)
    )


def _initial(row: EvaluationQuestion | None) -> dict[str, str]:
    if row is None:
        return {}
    values = {name: getattr(row, name) for name in ("question", "before", "topic", "expects", "language")}
    return {**values, "expected": "\n".join(row.expected)}
