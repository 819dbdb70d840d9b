"""One group of questions, with what was drafted for it and the forms to draft more."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone

from halopst.assistant import services
from halopst.assistant.forms import AsideForm, PhraseForm, ShortAnswerForm, WantedForm
from halopst.assistant.models import QuestionGroup, Remedy
from halopst.assistant.queries import groups as queries
from halopst.assistant.queries.group_subjects import Wish, wish_of
from halopst.assistant.views.learning_frame import frame
from halopst.core.http import Request, respond
from halopst.units.models import Unit

TONES = {"open": "warn", "answered": "ok", "dismissed": ""}
SHOWN = 20  # questions of a group


def group_page(
    request: Request, unit: Unit, found: QuestionGroup, *, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    """The page; `bound` are forms that were sent and refused, by their name on the page."""
    wish = wish_of(found)
    turns = Paginator(queries.turns_of(found), SHOWN).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        **frame(request, unit, "antrean"),
        "group": found,
        "tone": TONES[found.state],
        "wish": wish,
        "page": turns,
        "remedies": _remedies(found),
        **_forms(found, wish),
        "aside": AsideForm(),
        **bound,
        "sent": next(iter(bound), ""),
    }
    context["form"] = bound[context["sent"]] if bound else None
    return respond(request, "assistant/group.html", context, status=status)


def _remedies(group: QuestionGroup) -> list[tuple[Remedy, services.Contradiction | None]]:
    """Each draft, with the figures of the cells where they differ."""
    rows = group.remedies.select_related("document", "synonym", "request__region", "drafted_by")
    now = timezone.now()
    return [
        (one, services.contradiction(group, one.document, now=now) if one.document else None) for one in rows
    ]


def _forms(group: QuestionGroup, wish: Wish) -> dict[str, forms.Form]:
    """The forms of the page, filled in from the questions."""
    region = wish.regions[0].code if len(wish.regions) == 1 else ""
    today = timezone.localdate(timezone=group.unit.tz)
    question: str = group.question  # type: ignore[attr-defined]  # of `with_questions`
    topic = wish.topic or services.thing_asked(question, unit=group.unit, today=today)
    wanted = {"topic": topic, "region": region, "period": wish.period}
    return {
        "answer": ShortAnswerForm(initial={"text": queries.corrected_text(group)}),
        "phrase": PhraseForm(initial={"means": wish.topic}),
        "wanted": WantedForm(initial=wanted, regions=wish.regions),
    }
