"""The questions an office tests AIDA with, for programs: one by one, or as a file of JSON lines."""

from typing import Annotated, Final, Literal

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import FileEx, P, Router, Schema, Status, UploadedFile
from pydantic import Field

from halopst.assistant import permissions
from halopst.assistant.addressed import exam_question_of, unit_of
from halopst.assistant.exam_forms import ExamFileForm, ExamForm
from halopst.assistant.models import EvaluationQuestion
from halopst.assistant.queries import evaluations
from halopst.assistant.services.evaluation import exam_editing
from halopst.core.forms import cleaned, filed, plain
from halopst.core.http import Request, download, example, gives
from halopst.core.idempotency import idempotent
from halopst.units.models import Unit

router = Router()
EXAM, ONE = "/units/{slug}/exam", "/units/{slug}/exam/{int:pk}"
MOST_QUESTIONS, FAULTS_SHOWN = 200, 50
LINES_TYPE: Final = "application/x-ndjson; charset=utf-8"
Lines = FileEx[UploadedFile | None, P(example="soal-aida.jsonl")]
Line = Annotated[str, Field(max_length=300)]
THE_QUESTION: Final = {
    "question": "IPM Surabaya 2024",
    "before": [],
    "expects": "figure",
    "expected": ["Indeks Pembangunan Manusia@3578@2024"],
    "topic": "angka",
    "language": "id",
}


class ExamQuestionIn(Schema):
    """`before` are questions asked first; `expected` names cells (`indikator@wilayah@periode`) or texts."""

    model_config = example(**THE_QUESTION)

    question: str
    before: Annotated[list[Line], Field(max_length=10)] = []
    expects: Literal["figure", "text", "clarify", "refuse"]
    expected: Annotated[list[Line], Field(max_length=exam_editing.MOST_EXPECTED)] = []
    topic: str = ""
    language: Literal["id", "en"] = "id"


class ExamQuestionOut(ExamQuestionIn):
    model_config = example(id=101, **THE_QUESTION)

    id: int

    @staticmethod
    def resolve_before(row: EvaluationQuestion) -> list[str]:
        return row.before.splitlines()


class ExamFaultOut(Schema):
    line: int
    said: str


class ExamReportOut(Schema):
    """What became of the lines of the file; `faults` are the first 50."""

    model_config = example(
        added=118,
        changed=2,
        unchanged=0,
        bad=1,
        faults=[{"line": 7, "said": "expects harus salah satu dari figure, text, clarify, refuse."}],
    )

    added: int
    changed: int
    unchanged: int
    bad: int
    faults: list[ExamFaultOut]


@router.get(EXAM, response=list[ExamQuestionOut], url_name="assistant-exam")
def exam_questions(
    request: Request, slug: str, q: str = "", after: Annotated[int, Field(ge=0, lt=2**63)] = 0
) -> QuerySet[EvaluationQuestion]:
    """List the office's own questions, by id, at most 200; the next ones with `after` = the last id."""
    rows = evaluations.own_questions(evaluations.scope_of(unit_of(request, slug)), plain(q))
    return rows.filter(pk__gt=after).order_by("pk")[:MOST_QUESTIONS]


@router.post(EXAM, response={201: ExamQuestionOut}, url_name="assistant-exam")
@idempotent
def add_exam_question(request: Request, slug: str, body: ExamQuestionIn) -> Status[EvaluationQuestion]:
    """Add a question; 409 where it is asked already."""
    return Status(201, _written(request, unit_of(request, slug, permissions.CONFIGURE), body))


@router.put(ONE, response=ExamQuestionOut, url_name="assistant-exam-question")
@idempotent
def change_exam_question(request: Request, slug: str, pk: int, body: ExamQuestionIn) -> EvaluationQuestion:
    """Change a question and what it expects."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    return _written(request, unit, body, exam_question_of(unit, pk).pk)


@router.delete(ONE, response={204: None}, url_name="assistant-exam-question")
@idempotent
def remove_exam_question(request: Request, slug: str, pk: int) -> Status[None]:
    """Remove a question; earlier runs keep what they measured."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    exam_editing.remove_question(request.actor, exam_question_of(unit, pk))
    return Status(204, None)


@router.post("/units/{slug}/exam-file", response=ExamReportOut, url_name="assistant-exam-file")
@idempotent
def import_exam(request: Request, slug: str, file: Lines = None) -> ExamReportOut:
    """Import one `file` of JSON lines (multipart form data, at most 5 MB); the good lines are taken in."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    lines = cleaned(ExamFileForm({}, filed(file)))["file"].read().splitlines()
    report = exam_editing.import_questions(request.actor, unit=evaluations.scope_of(unit), lines=lines)
    faults = [ExamFaultOut(line=line, said=said) for line, said in report.faults]
    return ExamReportOut(
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
        bad=len(faults),
        faults=faults[:FAULTS_SHOWN],
    )


@router.get("/units/{slug}/exam-file", url_name="assistant-exam-file", openapi_extra=gives(LINES_TYPE))
def export_exam(request: Request, slug: str) -> HttpResponse:
    """Export all questions of the office as JSON lines that can be imported again."""
    unit = unit_of(request, slug)
    lines = "".join(f"{line}\n" for line in exam_editing.export_questions(evaluations.scope_of(unit)))
    return download(lines.encode(), f"soal-aida-{unit.code}.jsonl", LINES_TYPE)


def _written(request: Request, unit: Unit, body: ExamQuestionIn, pk: int | None = None) -> EvaluationQuestion:
    """As the form of the page takes it, a line each."""
    lines = {name: "\n".join(getattr(body, name)) for name in ("before", "expected")}
    form = ExamForm({**body.dict(), **lines})
    cleaned(form)
    return exam_editing.write_question(
        request.actor, unit=evaluations.scope_of(unit), exam=form.exam(), pk=pk
    )
