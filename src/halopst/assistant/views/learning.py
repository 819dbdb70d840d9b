"""The queue of questions that AIDA did not answer, or not well, and what officers do about them."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from halopst.assistant import permissions, services
from halopst.assistant.addressed import unit_of
from halopst.assistant.forms import AsideForm
from halopst.assistant.models import QuestionGroup
from halopst.assistant.queries import groups as queries
from halopst.assistant.views.group_page import TONES, group_page
from halopst.assistant.views.learning_frame import PAGE, choice_of, frame, group_in
from halopst.core.errors import NotPermitted
from halopst.core.forms import attempt
from halopst.core.http import Request, respond
from halopst.core.pages import LongPaginator


@never_cache
@login_required
@require_GET
def home(request: Request) -> HttpResponse:
    """The queue of who works in one office; else the offices to choose from."""
    offices = queries.learning_offices(request.actor)
    if not offices:
        raise NotPermitted
    if len(offices) == 1:
        return redirect("assistant:queue", offices[0].slug)
    context = {"offices": queries.with_open_groups(offices), "active": "pertanyaan"}
    return respond(request, "assistant/learning_offices.html", context)


@never_cache
@login_required
@require_GET
def queue(request: Request, satker: str) -> HttpResponse:
    unit, now = unit_of(request, satker), timezone.now()
    choice, state = choice_of(request), request.GET.get("keadaan", QuestionGroup.State.OPEN)
    rows = queries.groups(unit, choice, state=state, now=now)
    page = LongPaginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, unit, "antrean"),
        "page": page,
        "rows": [(row, TONES[row.state]) for row in page],
        "choice": choice,
        "state": state,
        "states": QuestionGroup.State.choices,
        "kept": ["keadaan", "jawaban", "hari"],
        "unreadable": queries.unreadable(unit, now=now),
    }
    return respond(request, "assistant/queue.html", context, partial="daftar")


@never_cache
@login_required
@require_GET
def group(request: Request, satker: str, pk: int) -> HttpResponse:
    unit = unit_of(request, satker)
    return group_page(request, unit, group_in(unit, pk))


@login_required
@require_POST
def set_aside(request: Request, satker: str, pk: int) -> HttpResponse:
    unit = unit_of(request, satker, permissions.IMPROVE)
    found, form = group_in(unit, pk), AsideForm(request.POST)
    status = attempt(
        form, lambda: services.set_aside(request.actor, found, **form.cleaned_data, now=timezone.now())
    )
    if status != HTTPStatus.OK:
        return group_page(request, unit, found, aside=form, status=status)
    messages.success(request, _("Disisihkan. Pertanyaan yang sama tidak masuk antrean lagi."))
    return redirect("assistant:queue", satker)


@login_required
@require_POST
def reopen(request: Request, satker: str, pk: int) -> HttpResponse:
    unit = unit_of(request, satker, permissions.IMPROVE)
    services.reopen(request.actor, group_in(unit, pk))
    messages.success(request, _("Kembali ke antrean."))
    return redirect("assistant:group", satker, pk)
