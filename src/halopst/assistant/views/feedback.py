"""What a visitor says of the conversation: whether it may be kept, what helped, what was wrong."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halopst.assistant import services
from halopst.assistant.forms import ReasonForm, VerdictForm
from halopst.assistant.models import Turn
from halopst.assistant.queries import conversations as queries
from halopst.assistant.views.consent import YES, remember
from halopst.assistant.views.talk import HELD, address, held_by, office
from halopst.core.errors import Refused
from halopst.core.http import Request, refusal_status, respond
from halopst.units.models import Unit


@require_POST
def keep(request: Request, slug: str) -> HttpResponse:
    """The answer to whether the office may keep it holds for all that this browser says and has said."""
    unit = office(request, slug)
    kept = request.POST.get("boleh") == YES
    services.keep(queries.opened_with(request.session.get(HELD, [])), kept=kept)
    messages.success(
        request,
        _("Terima kasih. Percakapan Anda disimpan tanpa nama.")
        if kept
        else _("Baik. Percakapan Anda terhapus sendiri setelah 24 jam dan tidak dibaca siapa pun."),
    )
    response = redirect(address(unit))
    remember(response, kept=kept)
    return response


@require_POST
def judge(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = office(request, slug)
    turn = _turn(request, unit, pk)
    form = VerdictForm(request.POST)
    if form.is_valid():
        services.judge(turn, verdict=form.cleaned_data["verdict"])
        messages.success(request, _("Penilaian Anda tercatat. Terima kasih."))
    return redirect(f"{address(unit)}#jawaban-{turn.pk}")


@require_POST
def explain(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = office(request, slug)
    turn = _turn(request, unit, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih satu alasan; keterangan paling panjang 300 huruf."))
    else:
        try:
            services.explain(turn, **form.cleaned_data)
            messages.success(request, _("Terima kasih. Alasan Anda membantu kami memperbaiki jawaban."))
        except Refused as refusal:
            messages.error(request, str(refusal.message))
    return redirect(f"{address(unit)}#jawaban-{turn.pk}")


@login_required
@require_http_methods(["GET", "POST"])
def wait(request: Request, slug: str, pk: int) -> HttpResponse:
    """Ask to be told once. Whoever had to sign in first comes back to a page that asks again."""
    unit = office(request, slug)
    turn = _turn(request, unit, pk)
    context = {"unit": unit, "active": "aida", "turn": turn}
    if request.method == "POST":
        try:
            services.wait_for(request.actor, turn)
        except Refused as refusal:
            context["problem"] = str(refusal.message)
            return respond(request, "assistant/wait.html", context, status=refusal_status(refusal))
        messages.success(request, _("Baik. Kami kabari sekali, begitu pertanyaan ini dapat dijawab."))
        return redirect(f"{address(unit)}#jawaban-{turn.pk}")
    return respond(request, "assistant/wait.html", context)


def _turn(request: Request, unit: Unit, pk: int) -> Turn:
    turn = queries.turn_in(held_by(request, unit), pk)
    if turn is None:
        raise Http404
    return turn
