from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from halopst.assistant.downloads import figures_file
from halopst.assistant.queries import conversations as queries
from halopst.assistant.views.talk import held_by, office
from halopst.core.http import Request
from halopst.core.spreadsheets import XLSX_TYPE


@require_GET
def figures(request: Request, slug: str, pk: int) -> HttpResponse:
    """The figures of an answer this browser was given, to work on."""
    turn = queries.turn_in(held_by(request, office(request, slug)), pk)
    if turn is None or not turn.answer.get("figures"):
        raise Http404
    response = HttpResponse(figures_file(turn.answer), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="angka-aida-{turn.pk}.xlsx"'
    return response
