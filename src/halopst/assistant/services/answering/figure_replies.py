"""Figures as an answer: the sentence, each figure with its cell and source, and what to ask next."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.conversation.option_choice import chosen
from halopst.assistant.rules.figures.answers import (
    NO_INDICATOR,
    NOT_RELEASED,
    Clarify,
    Context,
    Declined,
    FigureAnswer,
    Scheduled,
    Shown,
)
from halopst.assistant.rules.figures.answers import Answer as Found
from halopst.assistant.rules.privacy.individuals import asks_for_individuals
from halopst.assistant.rules.question.intents import (
    MICRODATA,
    RANKING,
    RECOMMENDATION,
    asks_for_amount,
    asks_for_terms,
)
from halopst.assistant.services import figures
from halopst.assistant.services.answering.next_questions import next_questions
from halopst.assistant.services.answering.next_steps import Suggestion, next_steps
from halopst.assistant.services.answering.replies import Answer, Citation
from halopst.assistant.services.figures.follow_up import SHOWN, SPAN
from halopst.assistant.services.figures.regions import JOINED
from halopst.core import links
from halopst.core.spelling import words as plain
from halopst.units.models import Unit

OPTIONS = "options"
"""Key in a context: the choices we offered, each with its label and its question."""
DEFINED = "defined"
"""Key in a context: the things whose definitions were quoted, the latest at the end."""
MOST_DEFINED = 2
_SHOWN = frozenset([SHOWN, SPAN])
PURPOSE = "assistant.follow"
FOLLOWED_FOR = timedelta(hours=2)
ELSEWHERE = frozenset({MICRODATA, RECOMMENDATION})
NOTHING_MISSING = ELSEWHERE | {NOT_RELEASED, NO_INDICATOR}


class FigureReply(NamedTuple):
    """An answer from figures. Where it does not settle the question, a text may know better."""

    answer: Answer
    settles: bool


def figure_reply(
    question: str, *, unit: Unit | None, today: date, follow: str, joined: bool = False
) -> FigureReply | None:
    """None when the question is not about a figure an office could have.

    A reply to our choices comes `as_picked`. `joined`: it goes on from another part of the same question.
    """
    context = _context(follow)
    context.pop(OPTIONS, None)
    before = dict(context)
    context[JOINED] = joined
    found = figures.answer(question, unit=unit, today=today, context=context)
    if found is None:
        return None
    settles = (_settles(found) or _asks_amount_of_which(found, question)) and not _asks_for_terms(
        found, question
    )
    return FigureReply(_reply(found, unit, before), settles)


def _settles(found: Found) -> bool:
    if isinstance(found, FigureAnswer):
        return found.known or found.no_text
    if isinstance(found, Scheduled):
        return True
    return isinstance(found, Declined) and found.code in ELSEWHERE


def _asks_amount_of_which(found: Found, question: str) -> bool:
    """`Berapa inflasi?` wants a figure, only which one is open: a text about inflation is no answer."""
    return isinstance(found, Clarify) and asks_for_amount(plain(question))


def _asks_for_terms(found: Found, question: str) -> bool:
    """Whether it asks not for the data but for the way to it, its price or its conditions."""
    is_elsewhere = isinstance(found, Declined) and found.code in ELSEWHERE
    words = plain(question)
    return is_elsewhere and asks_for_terms(words) and not asks_for_individuals(f" {' '.join(words)} ")


def _reply(found: Found, unit: Unit | None, before: Context) -> Answer:
    if isinstance(found, Clarify):
        return _asked_back(found, unit, before)
    if isinstance(found, Scheduled):
        return _scheduled(found, unit)
    if isinstance(found, Declined):
        return _declined(found, unit)
    return Answer(
        text=found.sentence,
        known=found.known,
        confidence=float(found.known),
        wordable=found.known and found.wordable,
        citations=[*(_citation(found, figure) for figure in found.figures), *map(_release, found.due)],
        figures=[_figure(found, figure) for figure in found.figures],
        title=found.indicator,
        computed=[asdict(one) for one in found.computed],
        table=found.table,
        chart=found.chart,
        notes=found.notes,
        follow=_follow(found.context),
        suggestions=[*next_questions(found), *next_steps([], unit)],
    )


def _asked_back(found: Clarify, unit: Unit | None, before: Context) -> Answer:
    """One question back; what was asked before still holds, and the choices are remembered."""
    options = [Suggestion("question", option.label, option.question) for option in found.options]
    meanings = [[option.label, option.question] for option in found.options]
    follow = _follow({**before, OPTIONS: meanings})
    return Answer(
        text=found.question, known=False, follow=follow, suggestions=[*options, *next_steps([], unit)]
    )


def asking_still(answer: Answer, tail: str, follow: str) -> Answer:
    """One question back, with `tail` added to the question of each choice."""
    steps = [
        replace(step, url=f"{step.url}{tail}") if step.kind == "question" else step
        for step in answer.suggestions
    ]
    meanings = [[step.title, step.url] for step in steps if step.kind == "question"]
    return replace(answer, suggestions=steps, follow=_follow({**_context(follow), OPTIONS: meanings}))


def as_picked(question: str, follow: str, today: date) -> str:
    """The question that a reply to our choices picks; any other question as it is."""
    return chosen(question, _context(follow).get(OPTIONS, []), today)


def _scheduled(found: Scheduled, unit: Unit | None) -> Answer:
    return Answer(
        text=found.sentence, known=True, confidence=1.0, citations=[_release(found)],
        follow=_follow(found.context), suggestions=next_steps([], unit),
    )  # fmt: skip


def _release(found: Scheduled) -> Citation:
    """The release calendar as a source."""
    return Citation(
        external_id=f"release:{found.release_ids[0]}",
        source=found.publisher,
        title=_("Jadwal rilis %(kantor)s") % {"kantor": found.publisher},
        heading="",
        url="",
        text=found.sentence,
        unit=None,
        date=None,
        score=1.0,
    )


def _declined(found: Declined, unit: Unit | None) -> Answer:
    there = [Suggestion("source", found.link.removeprefix("https://"), found.link)] if found.link else []
    there += [Suggestion("onward", one.label, one.question) for one in found.options]
    return Answer(
        text=found.sentence,
        known=False,
        follow=_follow(found.context),
        suggestions=[*there, *next_steps([], unit)],
        declined=found.code in NOTHING_MISSING,
    )


def _figure(found: FigureAnswer, figure: Shown) -> dict[str, Any]:
    source = found.sources[figure.source]
    return {
        "cell": figure.cell_id,
        "indicator": found.indicator,
        "value": figure.text,
        "number": str(figure.value),
        "measure": figure.measure,
        "region": figure.region,
        "region_code": figure.region_code,
        "period": figure.period_label,
        "breakdown": figure.breakdown,
        "status": figure.status,
        "source": source.title,
        "url": source.link,
        "as_of": source.checked_on.isoformat() if source.checked_on else None,
    }


def _citation(found: FigureAnswer, figure: Shown) -> Citation:
    source = found.sources[figure.source]
    where = f"{found.indicator}, {figure.region}, {figure.period_label}"
    return Citation(
        external_id=f"cell:{figure.cell_id}",
        source=source.publisher,
        title=source.title,
        heading=found.indicator,
        url=source.link,
        text=f"{where}: {figure.spoken}",
        unit=None,
        date=source.checked_on.isoformat() if source.checked_on else None,
        score=1.0,
    )


def _follow(context: Context) -> str:
    return links.sign(PURPOSE, context) if context else ""


def follow_of(name: str, *, unit: Unit | None, today: date, follow: str) -> str:
    """The token to go on from what `name` is: `apa itu TPT`, then `di Gresik berapa?` or `kalau TPAK?`.

    `follow` is the token of the answer before: figures shown can still be referred to.
    """
    if not name:
        return renewed(follow)
    context = _context(follow)
    if not _SHOWN.intersection(context):
        context |= figures.context_of_name(name, unit=unit, today=today)
    things = [one for one in context.get(DEFINED, []) if one.casefold() != name.casefold()]
    return _follow({**context, DEFINED: [*things, name][-MOST_DEFINED:]})


def things_defined(follow: str) -> tuple[str, ...]:
    """What was defined last, the latest at the end, if no figures were shown since."""
    return tuple(_context(follow).get(DEFINED, ()))


def renewed(follow: str) -> str:
    """A fresh token for an old answer, so that the next question can go on from it."""
    try:
        return _follow(links.read(PURPOSE, follow)) if follow else ""
    except links.BadLink:
        return ""


def going_on(answer: Answer, follow: str) -> Answer:
    """An answer that is not about figures, after which a question may still refer to those before it."""
    return replace(answer, follow=renewed(follow))


def indicator_before(follow: str) -> str:
    """What the figures shown before are called; empty if there were none."""
    named = there.indicators([int(pk) for pk in _context(follow).get("indicator", ())][:1])
    return next((one.name for one in named.values()), "")


def is_ranking(follow: str) -> bool:
    """Whether the answer with this token shows a ranking."""
    try:
        return bool(follow) and links.read(PURPOSE, follow).get("kind") == RANKING
    except links.BadLink:
        return False


def _context(follow: str) -> Context:
    """What the token holds; empty when it is not ours or too old, so that the question stands alone."""
    if not follow:
        return {}
    try:
        return links.read(PURPOSE, follow, max_age=FOLLOWED_FOR)
    except links.BadLink:
        return {}
