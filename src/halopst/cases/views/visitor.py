"""What a visitor sees of their own requests, signed in or through the link we sent."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.cases import queries, services
from halopst.cases.forms import TrackForm
from halopst.cases.links import case_id_of
from halopst.cases.models import Case
from halopst.cases.panels import drawn, openings, panel_for
from halopst.cases.rules import State, verbs_for
from halopst.cases.services.moves import parties_of
from halopst.core.actors import Actor
from halopst.core.errors import Refused
from halopst.core.http import Request, refusal_status, respond
from halopst.core.live import latest_id

Act = Callable[[Request, Actor, Case], str]


@login_required
@require_GET
def my_cases(request: Request) -> HttpResponse:
    text, after = request.GET.get("q", "")[:100], request.GET.get("setelah", "")
    rows, following = queries.my_cases(request.actor, text=text, after=after)
    context = {
        "rows": rows,
        "following": following,
        "text": text,
        "now": timezone.now(),
        "active": "saya",
    }
    return respond(request, "cases/my_cases.html", context, partial="hasil")


@require_GET
def my_case(request: Request, number: str = "", token: str = "") -> HttpResponse:
    actor, case = _own(request, number, token)
    if case is None:
        return redirect_to_login(request.get_full_path())
    return _page(request, actor, case, token)


def entrance(request: Request, token: str) -> tuple[Actor, int | None]:
    """Who is at the door, and the one case their link opens; None when they are signed in."""
    if not token:
        return request.actor, None
    case_id = case_id_of(token)
    holder = queries.visitor_of(case_id) if case_id else None
    if holder is None:
        raise Http404
    return Actor(user_id=holder, label=f"tautan:{holder}"), case_id


def _own(request: Request, number: str, token: str) -> tuple[Actor, Case | None]:
    """The visitor's own case; None when someone must sign in first."""
    if not token and request.actor.user_id is None:
        return request.actor, None
    actor, only = entrance(request, token)
    cases = Case.objects.visible_to(actor).filter(visitor=actor.user_id)
    cases = cases.filter(pk=only) if only else cases.filter(number=number)
    return actor, get_object_or_404(cases.select_related("unit", "service", "visitor", "officer"))


def _page(
    request: Request, actor: Actor, case: Case, token: str, *, status: int = HTTPStatus.OK, **extra: Any
) -> HttpResponse:
    now = timezone.now()
    panel = panel_for(actor, case, now)
    context = {
        "case": case,
        "now": now,
        "unit": case.unit,
        "verbs": verbs_for(State(case.state), parties_of(actor, case))
        - (panel.replaces if panel else frozenset()),
        "panel": panel,
        "panel_html": drawn(panel, request),
        "openings": openings(actor, case, request, now),
        "me": actor.user_id,
        "lines": queries.conversation(actor, case),
        "files": queries.loose_files(actor, case),
        "journey": queries.journey(case, panel.moments if panel else ()),
        "silence_ends": queries.silence_ends(case) if case.state == State.WAITING else None,
        "here": _address(case, token),
        "token": token,
        "case_topic": f"case:{case.pk}",
        "since": latest_id(),
        "active": "saya",
    }
    return respond(request, "cases/my_case.html", context | extra, partial="langsung", status=status)


def _address(case: Case, token: str) -> str:
    if token:
        return reverse("cases:linked-case", kwargs={"token": token})
    return reverse("cases:my-case", kwargs={"number": case.number})


def own_act(do: Act) -> Callable[..., HttpResponse]:
    """A POST by the visitor of a case; a refusal shows the page again with what was typed."""

    @require_POST
    @wraps(do)
    def door(request: Request, number: str = "", token: str = "") -> HttpResponse:
        actor, case = _own(request, number, token)
        if case is None:
            return redirect_to_login(reverse("cases:my-case", kwargs={"number": number}))
        try:
            messages.success(request, do(request, actor, case))
        except Refused as refusal:
            _actor, now = _own(request, number, token)
            return _page(
                request,
                actor,
                now or case,
                token,
                status=refusal_status(refusal),
                refused=refusal.message,
                typed=request.POST,
            )
        return redirect(_address(case, token))

    return door


@own_act
def my_reply(request: Request, actor: Actor, case: Case) -> str:
    services.reply(
        actor,
        case,
        body=request.POST.get("body", ""),
        files=request.FILES.getlist("files"),
        now=timezone.now(),
    )
    return _("Pesan terkirim. Kami kabari lewat surel bila ada balasan.")


@own_act
def my_cancel(request: Request, actor: Actor, case: Case) -> str:
    services.cancel(actor, case, reason=request.POST.get("reason", ""), now=timezone.now())
    return _("Permintaan dibatalkan.")


@own_act
def my_reopen(request: Request, actor: Actor, case: Case) -> str:
    services.reopen(actor, case, reason=request.POST.get("reason", ""), now=timezone.now())
    return _("Permintaan dibuka kembali.")


@require_http_methods(["GET", "POST"])
def track(request: Request) -> HttpResponse:
    """The same answer whether the number exists or not: the link goes to the mailbox, never to the screen."""
    form = TrackForm(request.POST or None)
    context = {"form": form, "active": "lacak"}
    if request.method == "POST" and form.is_valid():
        services.ask_for_link(number=form.cleaned_data["number"], email=form.cleaned_data["email"])
        return respond(request, "cases/track.html", context | {"sent_to": form.cleaned_data["email"]})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return respond(request, "cases/track.html", context, status=status)
