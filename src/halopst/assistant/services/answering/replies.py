"""What an answer consists of, whether its words come from a text or its figures from cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from halopst.assistant.rules.figures.answers import Chart, Table
from halopst.assistant.services.answering.next_steps import Suggestion


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A source, and those of its words that the answer rests on."""

    external_id: str
    source: str
    title: str
    heading: str
    url: str
    text: str
    unit: str | None
    date: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Exhibit:
    """The title, table and chart of a further part of the question; `text` describes what they show."""

    title: str
    text: str
    table: Table | None
    chart: Chart | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What is answered, and what it rests on.

    `known`: a source says so. `tentative`: the sources quoted likely hold the answer, and the text says that
    none surely does. `declined`: not answered for a good reason, so nothing is missing here.

    `figures` are values of cells; `title` names their indicator, `table` and `chart` show them. `computed`
    are our own numbers with the cells they come from. `further` shows the figures of other parts of the
    question, and `parts` is what `text` says of each part, with the places in `citations` it rests on.

    `follow` is the token that the next question sends to refer to this answer. `wordable`: a language model
    may put it into better words; `sentences` are those words, also with their places in `citations`.
    """

    text: str
    known: bool
    tentative: bool = False
    confidence: float = 0.0
    citations: Sequence[Citation] = ()
    title: str = ""
    figures: Sequence[dict[str, Any]] = ()
    computed: Sequence[dict[str, Any]] = ()
    table: Table | None = None
    chart: Chart | None = None
    further: Sequence[Exhibit] = ()
    parts: Sequence[dict[str, Any]] = ()
    notes: Sequence[str] = ()
    follow: str = ""
    declined: bool = False
    suggestions: Sequence[Suggestion] = field(default_factory=list)
    wordable: bool = False
    sentences: Sequence[dict[str, Any]] = ()

    @property
    def settles(self) -> bool:
        """Whether a source surely answers, so that no person needs to be asked."""
        return self.known and not self.tentative and bool(self.citations)

    @property
    def asks_back(self) -> bool:
        """Whether it offers choices of what may be meant."""
        return any(step.kind == "question" for step in self.suggestions)
