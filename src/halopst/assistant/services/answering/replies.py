"""What an answer consists of, whether its words come from a text or its figures from cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from halopst.assistant.rules.figures.answers import Chart, Table
from halopst.assistant.services.answering.next_steps import Suggestion


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A source and the words of it the answer rests on."""

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
    """What shows the figures of a further part of the question; `text` says what is to be seen."""

    title: str
    text: str
    table: Table | None
    chart: Chart | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """`known` only when a source says so; `figures` are values of cells, of which texts hold none.

    `title` names the indicator, `table` and `chart` show the figures, `further` those of other parts of the
    question, and `parts` what `text` says of each, with the places in `citations` it rests on. `computed` are
    numbers of ours with the cells they come from; `follow` is what the next question, sent with it, may
    lean on. `wordable` is an answer a language model may put into better words; `sentences` are those words,
    with their places in `citations` too.
    `tentative`: sources are quoted of which one likely answers, and the text says that none does for sure.
    `declined`: not answered for a good reason, so that nothing is missing here.
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
        """Whether a source surely answers, so that no person need be asked."""
        return self.known and not self.tentative and bool(self.citations)

    @property
    def asks_back(self) -> bool:
        """Whether it offers meanings to pick from."""
        return any(step.kind == "question" for step in self.suggestions)
