"""AIDA in a frame on an office's own site.

Browsers keep cookies from frames of other sites, so this page knows none: what opens the conversation is a
signed token in its form. Whoever is signed in here is nobody there, and no CSRF token is needed or checked:
there is no session an attacker could act with.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from halopst.assistant import services
from halopst.assistant.forms import QuestionForm, ReasonForm, VerdictForm
from halopst.assistant.models import Conversation
from halopst.assistant.models.conversations import FORGOTTEN_AFTER
from halopst.assistant.queries import conversations as queries
from halopst.assistant.queries.channels import channels_of
from halopst.assistant.views.consent import YES
from halopst.assistant.views.talk import hold
from halopst.core import links
from halopst.core.actors import ANONYMOUS
from halopst.core.clients import client_key
from halopst.core.errors import Refused
from halopst.core.forms import attempt, posted
from halopst.core.http import Request
from halopst.units.models import Unit

PURPOSE = "assistant.widget"
LONG_ID = 19  # digits; no key of ours has so many


@require_GET
@cache_control(public=True, max_age=3600)
def script(request: Request) -> HttpResponse:
    """The script that the office's site loads in one line; it opens the frame and closes it again."""
    return render(request, "assistant/widget.js", content_type="text/javascript; charset=utf-8")


@csrf_exempt
@xframe_options_exempt
@require_http_methods(["GET", "POST"])
def widget(request: Request, slug: str) -> HttpResponseBase:
    """The conversation in a small frame; only the sites the office named may show it."""
    unit = get_object_or_404(Unit.objects.visible_to(ANONYMOUS), slug=slug)
    allowed = channels_of(unit).origins
    if not allowed:
        raise Http404
    conversation, consent = _carried(request, unit)
    if conversation and "boleh" in request.POST:
        consent = request.POST["boleh"] == YES
        services.keep([conversation], kept=consent)
        return _framed(request, _page(request, unit, conversation, QuestionForm(), consent=consent), allowed)
    if conversation and "jawaban" in request.POST:
        judged = _judge(request, conversation)
        page = _page(request, unit, conversation, QuestionForm(), consent=consent, judged=judged)
        return _framed(request, page, allowed)
    form, status = QuestionForm(posted(request)), HTTPStatus.OK.value
    if form.is_valid():
        conversation = conversation or services.begin(
            unit, channel=Conversation.Channel.WIDGET, now=timezone.now()
        )
    if form.is_bound:
        status = _answer(request, conversation, form) if conversation else HTTPStatus.UNPROCESSABLE_ENTITY
    page = _page(request, unit, conversation, form, consent=consent, status=status)
    return _framed(request, page, allowed)


def _framed(request: Request, page: HttpResponse, allowed: Sequence[str]) -> HttpResponseBase:
    return csp_replace({"frame-ancestors": allowed})(lambda _request: page)(request)


def _page(
    request: Request,
    unit: Unit,
    conversation: Conversation | None,
    form: QuestionForm,
    *,
    consent: bool | None,
    status: int = HTTPStatus.OK,
    judged: tuple[int, str] = (0, ""),
) -> HttpResponse:
    """The page of the frame.

    `consent` is what was said to being kept, None when it was not asked yet. `judged` is the answer that the
    visitor has just judged, with what was wrong.
    """
    context: dict[str, Any] = {
        "unit": unit,
        "form": QuestionForm() if status == HTTPStatus.OK else form,
        "turns": list(conversation.turns.all()) if conversation else [],
        "token": _token(conversation, consent=consent) if conversation else "",
        "consent": consent,
        "worded_by": services.worded_by(unit),
        "judged": judged[0],
        "problem": judged[1],
    }
    return render(request, "assistant/widget.html", context, status=status)


def _judge(request: Request, conversation: Conversation) -> tuple[int, str]:
    """Keep the verdict on an answer, or its reason; the id of the answer, and what was refused."""
    given = request.POST["jawaban"]
    turn = queries.turn_in([conversation], int(given)) if given.isdecimal() and len(given) < LONG_ID else None
    if turn is None:
        raise Http404
    verdict, reason = VerdictForm(request.POST), ReasonForm(request.POST)
    if verdict.is_valid():
        services.judge(turn, verdict=verdict.cleaned_data["verdict"])
    elif not reason.is_valid():
        return turn.pk, _("Pilih satu alasan; keterangan paling panjang 300 huruf.")
    else:
        try:
            services.explain(turn, **reason.cleaned_data)
        except Refused as refusal:
            return turn.pk, str(refusal.message)
    return turn.pk, ""


def _answer(request: Request, conversation: Conversation, form: QuestionForm) -> int:
    """Answer a valid form's question and return the status; a refusal is put on the form."""

    def say() -> None:
        question, client = form.cleaned_data["question"], client_key(request)
        services.say(ANONYMOUS, conversation, question=question, client=client, now=timezone.now())

    return attempt(form, say)


@require_http_methods(["GET", "POST"])
def carry_on(request: Request, slug: str, token: str) -> HttpResponse:
    """From the frame to our own page, which continues the conversation under a new secret."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), slug=slug)
    conversation = _opened(token, unit)
    if conversation is None:
        return redirect("assistant:talk", slug=unit.slug)
    if request.method == "POST":
        hold(request, services.rekey(conversation))
        return redirect(f"{reverse('assistant:talk', args=[unit.slug])}#terbaru")
    context = {"unit": unit, "active": "aida", "turns": list(conversation.turns.all())}
    return render(request, "assistant/carry_on.html", context)


def _carried(request: Request, unit: Unit) -> tuple[Conversation | None, bool | None]:
    """The conversation to continue, and what was said to keeping it; both None at the beginning."""
    token = request.POST.get("percakapan", "")
    conversation = _opened(token, unit)
    return conversation, _said(token).get("kept") if conversation else None


def _opened(token: str, unit: Unit) -> Conversation | None:
    """The conversation of this office that the token opens.

    None when the token is not ours or too old, or the conversation was handed over.
    """
    secret = _said(token).get("secret")
    return next(iter(queries.held(unit, [secret])), None) if secret else None


def _said(token: str) -> dict[str, Any]:
    """What a token with our own signature says; empty without one."""
    try:
        return links.read(PURPOSE, token, max_age=FORGOTTEN_AFTER)
    except links.BadLink:
        return {}


def _token(conversation: Conversation, *, consent: bool | None) -> str:
    return links.sign(PURPOSE, {"secret": conversation.secret, "kept": consent})
