"""What an answer made of figures consists of; every number is a cell's or computed from named cells."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from halopst.knowledge.rules.figures.periods import Period

Context = dict[str, Any]
NOT_RELEASED, NO_INDICATOR, NO_DATA, NO_REGION = "not-released", "no-indicator", "no-data", "no-region"


def within_sentence(measure: str) -> str:
    """A unit as it stands within a sentence: `persen`, `juta rupiah`, but `US$` and `GWh`."""
    words = (word.lower() if word.istitle() and word.isalpha() else word for word in measure.split())
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Shown:
    """A published figure as it is shown; `text` is the number alone."""

    cell_id: int
    text: str
    value: Decimal
    measure: str
    region: str
    region_code: str
    period: Period
    period_label: str
    breakdown: str
    status: str
    source: int

    @property
    def spoken(self) -> str:
        """The number with its unit, as within a sentence: `4,91 persen`, `12,4 juta rupiah`, but `7 US$`."""
        return f"{self.text} {within_sentence(self.measure)}".strip()


@dataclass(frozen=True, slots=True)
class Computed:
    """A number that we computed, and the cells it was computed from."""

    label: str
    text: str
    cell_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read; `checked_on` is when it was last seen there."""

    title: str
    link: str
    publisher: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Table:
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines or bars (`kind`); each series has a value for each label, None where there is no figure.

    `period` is the period of all figures, where there is a single one.
    """

    kind: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    measure: str
    decimals: int
    period: str = ""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """When figures are due, by the rows of `publisher`'s release calendar."""

    sentence: str
    release_ids: tuple[int, ...]
    publisher: str
    context: Context = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """An answer made of cells.

    `known` is false when the figure asked for is not there, and the nearest one is shown instead. `wordable`
    is false where the answer is a number we computed, which no model may word. `no_text`: no text can answer
    better, as the figure is there in another unit or beside what was shown before. `due`: the entries of the
    release calendar whose days the sentence names.
    """

    indicator: str
    sentence: str
    figures: tuple[Shown, ...]
    sources: tuple[Source, ...]
    context: Context
    computed: tuple[Computed, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    notes: tuple[str, ...] = ()
    known: bool = True
    wordable: bool = True
    no_text: bool = False
    due: tuple[Scheduled, ...] = ()

    @property
    def cell_ids(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(figure.cell_id for figure in self.figures))


@dataclass(frozen=True, slots=True)
class Option:
    """One possible meaning, and the `question` that asks for it alone."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Clarify:
    """One question back."""

    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Declined:
    """A question that no figure answers; `options` ask for what is there instead.

    `code`: `microdata`, `recommendation`, `no-data`, `no-region`, `no-indicator`, `not-released`, `another`.
    """

    code: str
    sentence: str
    link: str = ""
    context: Context = field(default_factory=dict)
    options: tuple[Option, ...] = ()


Answer = FigureAnswer | Scheduled | Clarify | Declined
