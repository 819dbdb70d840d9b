"""The office in an address of AIDA's administration, for pages and API alike."""

from django.shortcuts import get_object_or_404

from halopst.assistant import permissions
from halopst.assistant.models import EvaluationQuestion
from halopst.assistant.queries import evaluations
from halopst.core.http import Request
from halopst.units.models import Unit
from halopst.units.queries import office_of


def unit_of(request: Request, slug: str, permission: str = permissions.VIEW) -> Unit:
    """The office of the address; 404 if the actor may not look at AIDA there, 403 if not change her."""
    return office_of(request.actor, slug, read=permissions.VIEW, need=permission)


def exam_question_of(unit: Unit, pk: int) -> EvaluationQuestion:
    """A question the office keeps itself, or 404; the national ones are the head office's."""
    return get_object_or_404(evaluations.own_questions(evaluations.scope_of(unit)), pk=pk)
