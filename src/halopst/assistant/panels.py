"""Panels on a case's page: the conversation it came from, and help with the reply."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import Conversation, Proposal, PublicAnswer
from halopst.assistant.queries.proposals import at_hand
from halopst.assistant.services import check_sources, is_answered_by, sources_gone
from halopst.assistant.services.answering.asking import figures_told_of
from halopst.cases.models import Case
from halopst.cases.panels import Panel, ReplyAid, close_with, help_reply, open_with
from halopst.cases.permissions import WORK
from halopst.cases.rules import State
from halopst.cases.services import check_replies
from halopst.core.actors import Actor
from halopst.knowledge.models import Document
from halopst.knowledge.panels import FiguresFound, Origin, find_figures, tell_origin
from halopst.knowledge.permissions import WRITE
from halopst.knowledge.services import look_for_data
from halopst.units.models import Unit


def conversation(actor: Actor, case: Case, now: datetime) -> Panel | None:  # noqa: ARG001  # a panel is told the time
    """Each question with its answer and sources as they were shown, for both sides of the request."""
    found = Conversation.objects.visible_to(actor).filter(case=case).prefetch_related("turns").first()
    if found is None:
        return None
    return Panel("assistant/handed_over.html", {"case": case, "turns": list(found.turns.all())})


def draft(actor: Actor, case: Case, now: datetime) -> ReplyAid | None:
    if not actor.may(WORK, case.unit_id) or not case.is_living:
        return None
    proposal = at_hand(actor, case)
    shown = proposal if proposal and proposal.outcome == Proposal.Outcome.OPEN else None
    return ReplyAid(
        "assistant/draft.html",
        {"case": case, "proposal": shown, "gone": sources_gone(shown, now=now) if shown else []},
        _("Usulkan jawaban"),
        reverse("assistant:propose", kwargs={"number": case.number}),
        words=_words(proposal),
    )


def _words(proposal: Proposal | None) -> str:
    """The words of the proposal; of one that was put away, only what the officer had typed."""
    if proposal is None:
        return ""
    return proposal.words if proposal.outcome == Proposal.Outcome.OPEN else proposal.typed


def public_answer(actor: Actor, case: Case, now: datetime) -> Panel | None:  # noqa: ARG001  # a panel is told the time
    """On a finished request: a link to make its answer public, or the public answer there is."""
    if case.state != State.FINISHED or not actor.may(WORK, case.unit_id):
        return None
    kept = PublicAnswer.objects.visible_to(actor).filter(case=case).select_related("document").first()
    if kept is None and not actor.may(WRITE, case.unit_id):
        return None
    return Panel("assistant/made_public.html", {"case": case, "answer": kept})


def came_from(actor: Actor, document: Document) -> Origin | None:
    """The request a public answer was made of, for those who may see it."""
    kept = PublicAnswer.objects.visible_to(actor).filter(document=document).select_related("case").first()
    if kept is None:
        return None
    return Origin(
        _("Permintaan %(number)s") % {"number": kept.case.number},
        reverse("cases:case-detail", kwargs={"number": kept.case.number}),
    )


def figures_found(text: str, unit: Unit | None, now: datetime) -> FiguresFound | None:
    """The answer from cells, or the choices where a search may mean several figures; else None."""
    office = unit or Unit.objects.filter(kind=Unit.Kind.HEAD_OFFICE).first()
    if office is None:
        return None
    told = figures_told_of(text, unit=unit, today=timezone.localdate(now, office.tz))
    if told is None:
        return None
    ask_at = reverse("assistant:talk", args=[office.slug])
    if told.figures and told.known:
        sources = dict.fromkeys((cited.title, cited.url) for cited in told.citations)
        return FiguresFound(told.text, ask_at, tuple(sources), tuple(told.notes))
    choices = tuple((one.title, one.url) for one in told.suggestions if one.kind == "question")
    return FiguresFound(told.text, ask_at, choices=choices) if choices and not told.figures else None


open_with(conversation)
close_with(public_answer)
tell_origin(came_from)
help_reply(draft)
find_figures(figures_found)
check_replies(check_sources)
look_for_data(is_answered_by)
