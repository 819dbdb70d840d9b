"""One group of questions, with what was drafted for it and the forms to draft more."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse

from halopst.assistant.forms import AsideForm, PhraseForm, ShortAnswerForm, WantedForm
from halopst.assistant.models import QuestionGroup
from halopst.assistant.queries import groups as queries
from halopst.assistant.queries.wishes import Wish, wish_of
from halopst.assistant.views.learning_frame import frame
from halopst.core.http import Request, respond
from halopst.units.models import Unit

TONES = {"open": "warn", "answered": "ok", "dismissed": ""}
SHOWN = 20  # questions of a group


def group_page(
    request: Request, unit: Unit, found: QuestionGroup, *, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    """`bound` are forms that were sent and could not be taken, by their name on the page."""
    wish = wish_of(found)
    turns = Paginator(queries.turns_of(found), SHOWN).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        **frame(request, unit, "antrean"),
        "group": found,
        "tone": TONES[found.state],
        "wish": wish,
        "page": turns,
        "remedies": found.remedies.select_related("document", "synonym", "request__region", "drafted_by"),
        **_forms(found, wish),
        "aside": AsideForm(),
        **bound,
        "sent": next(iter(bound), ""),
    }
    context["form"] = bound[context["sent"]] if bound else None
    return respond(request, "assistant/group.html", context, status=status)


def _forms(group: QuestionGroup, wish: Wish) -> dict[str, forms.Form]:
    """The forms of the page, filled with what the questions say."""
    region = wish.regions[0].code if len(wish.regions) == 1 else ""
    wanted = {"topic": wish.topic or group.question, "region": region, "period": wish.period}  # type: ignore[attr-defined]  # of `with_questions`
    return {
        "answer": ShortAnswerForm(),
        "phrase": PhraseForm(initial={"means": wish.topic}),
        "wanted": WantedForm(initial=wanted, regions=wish.regions),
    }
