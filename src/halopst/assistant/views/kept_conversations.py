"""The conversations their visitors allowed the office to keep, and what officers put right in them."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from halopst.assistant import permissions, services
from halopst.assistant.addressed import unit_of
from halopst.assistant.forms import CorrectionForm
from halopst.assistant.queries import conversations as spoken
from halopst.assistant.queries import groups as queries
from halopst.assistant.views.learning_frame import PAGE, choice_of, frame
from halopst.core.forms import attempt
from halopst.core.http import Request, respond
from halopst.core.pages import LongPaginator
from halopst.units.models import Unit


@never_cache
@login_required
@require_GET
def conversations(request: Request, satker: str) -> HttpResponse:
    unit, choice = unit_of(request, satker), choice_of(request)
    rows = queries.kept_conversations(unit, choice, now=timezone.now())
    page = LongPaginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, unit, "percakapan"),
        "page": page,
        "choice": choice,
        "kept": ["jawaban", "hari"],
    }
    return respond(request, "assistant/conversations.html", context, partial="daftar")


@never_cache
@login_required
@require_GET
def conversation(request: Request, satker: str, pk: int) -> HttpResponse:
    unit = unit_of(request, satker)
    return _page(request, unit, pk, CorrectionForm())


@login_required
@require_POST
def correct(request: Request, satker: str, pk: int) -> HttpResponse:
    """Attach the right answer to the one of this turn."""
    unit = unit_of(request, satker, permissions.IMPROVE)
    try:
        turn = queries.kept_turn(unit, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    form = CorrectionForm(request.POST)
    status = attempt(
        form, lambda: services.correct(request.actor, turn, **form.cleaned_data, now=timezone.now())
    )
    if status != HTTPStatus.OK:
        return _page(request, unit, turn.conversation_id, form, corrected=pk, status=status)
    messages.success(request, _("Koreksi tersimpan di bawah jawabannya."))
    address = reverse("assistant:conversation", args=[satker, turn.conversation_id])
    return redirect(f"{address}#jawaban-{turn.pk}")


def _page(
    request: Request, unit: Unit, pk: int, form: CorrectionForm, *, corrected: int = 0, status: int = 200
) -> HttpResponse:
    try:
        found = queries.conversation_of(unit, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    context = {
        **frame(request, unit, "percakapan"),
        "conversation": found,
        "turns": spoken.turns(found),
        "form": form,
        "corrected": corrected,
    }
    return respond(request, "assistant/conversation.html", context, status=status)
