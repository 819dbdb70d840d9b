"""A question for several figures, answered part by part; each part goes on from the one before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from halopst.assistant.rules.question.several_figures import split_question
from halopst.assistant.rules.question.thresholds import two
from halopst.assistant.services.answering.figure_replies import FigureReply, figure_reply
from halopst.assistant.services.answering.replies import Answer, Exhibit
from halopst.assistant.services.figures.several_indicators import one_for_each_indicator
from halopst.units.models import Unit


def figures_told(question: str, *, unit: Unit | None, today: date, follow: str) -> FigureReply | None:
    """As `figure_reply`; part by part where figures settle each of several parts."""
    parts = (
        []
        if two(question)
        else one_for_each_indicator(question, unit=unit, today=today) or split_question(question)
    )
    together = _several(parts, unit, today, follow)
    if together:
        return FigureReply(together, settles=True)
    return figure_reply(question, unit=unit, today=today, follow=follow)


def _parts(question: str, unit: Unit | None, today: date) -> Sequence[str]:
    if two(question):
        return ()
    return one_for_each_indicator(question, unit=unit, today=today) or split_question(question)


def _several(parts: Sequence[str], unit: Unit | None, today: date, follow: str) -> Answer | None:
    answers: list[Answer] = []
    for part in parts if len(parts) > 1 else ():
        reply = figure_reply(part, unit=unit, today=today, follow=follow, joined=bool(answers))
        if reply is None or not reply.settles or not reply.answer.figures:
            return None
        answers.append(reply.answer)
        follow = reply.answer.follow
    return _together(answers) if answers and _differ(answers) else None


def _differ(answers: Sequence[Answer]) -> bool:
    """Whether no part only repeats figures of another part."""
    cells = [frozenset(figure["cell"] for figure in one.figures) for one in answers]
    return not any(one <= other for at, one in enumerate(cells) for other in cells[:at] + cells[at + 1 :])


def _together(answers: Sequence[Answer]) -> Answer:
    """The first answer, with what the others say below it; the next question goes on from the last."""
    figures = {figure["cell"]: figure for one in answers for figure in one.figures}
    citations = {cited.external_id: cited for one in answers for cited in one.citations}
    places = {key: place for place, key in enumerate(citations)}
    return replace(
        answers[0],
        parts=[
            {"text": one.text, "cites": [places[cited.external_id] for cited in one.citations]}
            for one in answers
        ],
        text="\n".join(one.text for one in answers),
        wordable=all(one.wordable for one in answers),
        figures=list(figures.values()),
        citations=list(citations.values()),
        computed=[computed for one in answers for computed in one.computed],
        notes=list(dict.fromkeys(note for one in answers for note in one.notes)),
        further=[Exhibit(one.title, one.text, one.table, one.chart) for one in answers[1:]],
        follow=answers[-1].follow,
        suggestions=answers[-1].suggestions,
    )
