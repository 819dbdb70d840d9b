"""The questions AIDA is tested with, written by hand or read from a file of one JSON object a line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halopst.assistant.models import EvaluationQuestion
from halopst.assistant.rules.evaluation import expected as cells
from halopst.assistant.rules.evaluation.measures import FIGURE
from halopst.assistant.services.evaluation.evaluating import must_configure
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import Invalid, Refused
from halopst.core.forms import plain
from halopst.units.models import Unit

LONGEST_LINE = 20_000
MOST_EXPECTED = 60
LONGEST_NAME = 300
_TEXTS = {"question": 500, "topic": 40}
Language = EvaluationQuestion.Language
Name = tuple[str, str, str]


class BadCell(Invalid):
    message = gettext_lazy(
        "Tulis sel sebagai indikator@kode wilayah@periode, misalnya IPM@3578@2024; "
        "periodenya boleh terbaru atau terbaru*3."
    )


class AskedAlready(Refused):
    message = gettext_lazy("Pertanyaan ini sudah ada di antara soal.")


class Fault(Exception):
    """What is wrong with one line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Exam:
    """What a question asks and expects; see `EvaluationQuestion`."""

    question: str
    expects: str
    expected: list[str] = field(default_factory=list)
    before: str = ""
    topic: str = ""
    language: str = "id"


@dataclass
class Report:
    """What became of the lines; `faults` are pairs of a line's number and a sentence."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def write_question(
    actor: Actor, *, unit: Unit | None, exam: Exam, pk: int | None = None
) -> EvaluationQuestion:
    """Add a question, or replace what is known of it."""
    must_configure(actor, unit)
    row = EvaluationQuestion.objects.of(unit).locked(pk) if pk else EvaluationQuestion(unit=unit)
    if exam.expects == FIGURE:
        _must_be_cells(exam.expected)
    for name in ("question", "before", "topic", "language", "expects", "expected"):
        setattr(row, name, getattr(exam, name))
    with refuse_on("a_question_is_tested_once_per_office", AskedAlready):
        row.save()
    record(actor, "assistant.question-written", row)
    return row


@transaction.atomic
def remove_question(actor: Actor, question: EvaluationQuestion) -> None:
    must_configure(actor, question.unit)
    record(actor, "assistant.question-removed", question)
    question.delete()


@transaction.atomic
def import_questions(actor: Actor, *, unit: Unit | None, lines: Iterable[bytes]) -> Report:
    """Add and change questions, named by their words, language and those before; others stay."""
    must_configure(actor, unit)
    known = {_name(one): one for one in EvaluationQuestion.objects.of(unit)}
    report, last = Report(), None
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            last = _take(_read(raw), unit, known, report) or last
        except Fault as fault:
            report.faults.append((number, str(fault)))
    if last is not None:
        record(actor, "assistant.questions-imported", last, added=report.added, changed=report.changed)
    return report


def _take(
    exam: Exam, unit: Unit | None, known: dict[Name, EvaluationQuestion], report: Report
) -> EvaluationQuestion | None:
    """The row that was written; None if nothing changed."""
    row = known.get(_name(exam))
    values = {"topic": exam.topic, "expects": exam.expects, "expected": exam.expected}
    if row is None:
        row = EvaluationQuestion(
            unit=unit, question=exam.question, before=exam.before, language=exam.language
        )
        report.added += 1
    elif all(getattr(row, name) == value for name, value in values.items()):
        report.unchanged += 1
        return None
    else:
        report.changed += 1
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    known[_name(exam)] = row
    return row


def _name(one: Exam | EvaluationQuestion) -> Name:
    return one.question, one.before, one.language


def export_questions(unit: Unit | None) -> Iterator[str]:
    """One JSON object a line, as `import_questions` reads them."""
    for row in EvaluationQuestion.objects.of(unit):
        line: dict[str, Any] = {"question": row.question, "expects": row.expects}
        line |= {"expected": row.expected} if row.expected else {}
        line |= {"before": row.before.splitlines()} if row.before else {}
        line |= {"topic": row.topic} if row.topic else {}
        line |= {"lang": row.language} if row.language != Language.INDONESIAN else {}
        yield json.dumps(line, ensure_ascii=False)


def _read(raw: bytes) -> Exam:
    try:
        given = json.loads(raw.decode("utf-8-sig")) if len(raw) <= LONGEST_LINE else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Fault(_("Satu baris harus satu objek JSON dalam UTF-8."))
    texts = {name: plain(_text(given, name), most) for name, most in _TEXTS.items()}
    expects = given.get("expects")
    if not texts["question"]:
        raise Fault(_("question wajib diisi."))
    if expects not in EvaluationQuestion.Expects.values:
        raise Fault(_("expects harus salah satu dari figure, text, clarify, refuse."))
    language = given.get("lang", Language.INDONESIAN)
    if language not in Language.values:
        raise Fault(_("lang harus id atau en."))
    expected = _texts(given, "expected")
    if expects == FIGURE:
        try:
            _must_be_cells(expected)
        except BadCell as bad:
            raise Fault(str(bad.message)) from None
    before = "\n".join(_texts(given, "before"))
    return Exam(expects=expects, expected=expected, before=before, language=language, **texts)


def _must_be_cells(texts: Iterable[str]) -> None:
    for text in texts:
        try:
            cells.read(text)
        except ValueError:
            raise BadCell from None


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise Fault(_("%(nama)s harus berupa teks.") % {"nama": name})
    return value


def _texts(given: dict[str, Any], name: str) -> list[str]:
    value = given.get(name, [])
    if not isinstance(value, list) or len(value) > MOST_EXPECTED:
        raise Fault(_("%(nama)s harus berupa daftar teks.") % {"nama": name})
    if not all(isinstance(one, str) for one in value):
        raise Fault(_("%(nama)s harus berupa daftar teks.") % {"nama": name})
    return [kept for one in value if (kept := plain(one, LONGEST_NAME))]
