"""The page on which a visitor and AIDA talk: plain forms, with scripts that save a reload."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.assistant import services
from halopst.assistant.forms import QuestionForm
from halopst.assistant.models import Conversation
from halopst.assistant.queries import conversations as queries
from halopst.assistant.queries.channels import chat_address
from halopst.assistant.rules.question.understanding import LONGEST_QUESTION
from halopst.assistant.views.consent import allowed
from halopst.cases.models import Case
from halopst.core.clients import client_key
from halopst.core.errors import Refused
from halopst.core.forms import attempt, plain, posted
from halopst.core.http import Request, respond
from halopst.units.models import Unit
from halopst.units.queries import HEAD_OFFICE

HELD = "aida"
MOST_HELD = 8
NEWEST = "#terbaru"


@require_GET
def national(_request: Request) -> HttpResponse:
    """Who names no office asks the national one."""
    return redirect("assistant:talk", HEAD_OFFICE)


@require_http_methods(["GET", "POST"])
def talk(request: Request, slug: str) -> HttpResponse:
    unit = office(request, slug)
    asked = plain(request.GET.get("tanya", ""), LONGEST_QUESTION)
    form = QuestionForm(posted(request), initial={"question": asked})
    status = _answer(request, unit, form) if form.is_bound else HTTPStatus.OK
    if form.is_bound and status == HTTPStatus.OK:
        if not request.htmx:
            return redirect(address(unit) + NEWEST)
        form = QuestionForm()
    held = held_by(request, unit)
    current = held[0] if held else None
    context = {
        "unit": unit,
        "active": "aida",
        "form": form,
        "worded_by": services.worded_by(unit),
        "conversation": current,
        "turns": queries.turns(current) if current else [],
        "allowed": allowed(request),
        "awaited": queries.awaited(request.actor, current) if current else set(),
        "chat_address": chat_address(unit),
        "others": [one for one in held[1:] if one.title],
        **_left(request, unit, current),
    }
    return respond(request, "assistant/talk.html", context, partial="percakapan", status=status)


def _left(request: Request, unit: Unit, current: Conversation | None) -> dict[str, Any]:
    """What the visitor may return to: requests that conversations became, and pages of other offices."""
    if request.htmx:  # the part of the page that is sent shows neither of the two
        return {}
    return {
        "handed_over": [one for one in queries.handed_over(request.actor) if one != current],
        "elsewhere": queries.offices_asked(request.session.get(HELD, []), but=unit),
    }


def _answer(request: Request, unit: Unit, form: QuestionForm) -> int:
    """Answer a valid form's question and return the status; a refusal is put on the form."""
    now = timezone.now()
    later = bool(request.htmx)  # the page then asks for better words by itself, where a model can find them

    def say() -> None:
        held = held_by(request, unit)
        conversation = held[0] if held else _begun(request, unit)
        question = form.cleaned_data["question"]
        services.say(
            request.actor, conversation, question=question, client=client_key(request), now=now, later=later
        )

    return attempt(form, say)


@require_POST
def another(request: Request, slug: str) -> HttpResponse:
    """Make another conversation the current one: a new one, or an older one of this browser."""
    unit = office(request, slug)
    held, wanted = held_by(request, unit), request.POST.get("percakapan", "")
    for conversation in [one for one in held if str(one.pk) == wanted]:
        hold(request, conversation)
    if not wanted and held and held[0].title:
        _begun(request, unit)
    return redirect(address(unit))


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: Request, slug: str) -> HttpResponse:
    """Make the conversation a request. Whoever had to sign in first comes back to a page that asks again."""
    unit = office(request, slug)
    held = held_by(request, unit)
    if not held:
        return redirect(address(unit))
    problem = ""
    if request.method == "POST":
        try:
            case = services.hand_over(request.actor, held[0], now=timezone.now())
        except Refused as refusal:
            problem = str(refusal.message)
        else:
            if request.POST.get("kabari"):
                services.wait_for_all(request.actor, held[0])
            messages.success(request, _handed_to(case))
            return redirect("cases:my-case", number=case.number)
    context = {
        "unit": unit,
        "active": "aida",
        "problem": problem,
        "conversation": held[0],
        "turns": list(held[0].turns.all()),
    }
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return respond(request, "assistant/hand_over.html", context, status=status)


def _handed_to(case: Case) -> str:
    if case.officer is None:
        return _("Percakapan diteruskan. Petugas menjawab di sini.")
    said = {"name": case.officer}
    return _("Percakapan diteruskan kepada %(name)s, yang menjawabnya di sini.") % said


def office(request: Request, slug: str) -> Unit:
    unit: Unit = get_object_or_404(Unit.objects.visible_to(request.actor), slug=slug)
    return unit


def address(unit: Unit) -> str:
    return reverse("assistant:talk", args=[unit.slug])


def held_by(request: Request, unit: Unit) -> list[Conversation]:
    """The conversations of this browser at the office, the current one first."""
    return queries.held(unit, request.session.get(HELD, []))


def _begun(request: Request, unit: Unit) -> Conversation:
    conversation = services.begin(unit, kept=allowed(request) is True, now=timezone.now())
    hold(request, conversation)
    return conversation


def hold(request: Request, conversation: Conversation) -> None:
    """Let this browser open the conversation, and make it the current one."""
    others = [secret for secret in request.session.get(HELD, []) if secret != conversation.secret]
    request.session[HELD] = [conversation.secret, *others][:MOST_HELD]
