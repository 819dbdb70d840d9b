"""What the demonstration's AIDA is tested with, and a first evaluation, which a worker runs."""

from datetime import datetime
from importlib.resources import files

from halopst.assistant.rules.evaluation.setups import NO_MODEL
from halopst.assistant.services.evaluation.evaluating import begin_evaluation
from halopst.assistant.services.evaluation.exam_editing import Report, import_questions
from halopst.core.actors import SYSTEM
from halopst.units.models import Unit

OFFICE = "3578"


def build_exam(*, now: datetime) -> Report:
    unit = Unit.objects.get(code=OFFICE)
    report = take_questions(unit)
    begin_evaluation(SYSTEM, unit=unit, using=NO_MODEL, now=now)
    return report


def take_questions(unit: Unit) -> Report:
    lines = (files("halopst.demo") / "soal-aida.jsonl").read_bytes().splitlines()
    return import_questions(SYSTEM, unit=unit, lines=lines)
