"""Where figures of a draft differ from those of the cells, which its approver must see."""

from dataclasses import dataclass
from datetime import datetime

from halopst.assistant.models import QuestionGroup
from halopst.assistant.services.answering.asking import ask
from halopst.core.actors import ANONYMOUS
from halopst.knowledge.models import Document
from halopst.knowledge.rules.texts.figures_in_texts import figures_in


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The answer from cells, and the figures `stated` in the draft that no cell of it holds."""

    stated: tuple[str, ...]
    answer: str


def contradiction(group: QuestionGroup, document: Document, *, now: datetime) -> Contradiction | None:
    """None when the draft states no figures, or the question is not answered from cells."""
    stated = figures_in(document.text) - figures_in(document.title)
    if not stated or document.state != Document.State.DRAFT:
        return None
    answer = ask(ANONYMOUS, question=document.title, unit=group.unit, client="", now=now)
    held = {figure for one in answer.figures for figure in figures_in(str(one["value"]))}
    others = tuple(sorted(stated - held))
    return Contradiction(others, answer.text) if held and others else None
