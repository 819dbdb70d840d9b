"""What a model may say, and from what: numbered sources, sentences with citations, a draft of sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

PLACEHOLDER = re.compile(r"\{S(\d{1,3})\}")


class SourceKind(StrEnum):
    TEXT = "tulisan"
    FIGURE = "angka"
    COMPUTED = "hitungan"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A numbered source; the `text` of a figure names indicator, region and period, never the value.

    `shown` is what its placeholder `{S1}` becomes. Words such as `naik` are checked against `value` and
    `order` (the period's place in time). A computed number has the signed difference as `value`, and the
    numbers of its figures as `parts`.

    `says` are the names it bears, as words. `tops`: it may be called the highest or lowest of all; in a
    ranking that is cut off only the first may. `weak`: a passage that shares words with the question but may
    not answer it; it may be read, not cited.
    """

    number: int
    kind: SourceKind
    title: str
    text: str
    shown: str = ""
    measure: str = ""
    about: str = ""
    value: Decimal | None = None
    order: int = 0
    region: str = ""
    parts: frozenset[int] = frozenset()
    says: frozenset[tuple[str, ...]] = frozenset()
    tops: bool = True
    published: int | None = None
    weak: bool = False

    @property
    def placeholder(self) -> str:
        return f"{{S{self.number}}}"


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote; `known` is its own claim that the sources answer."""

    sentences: tuple[Sentence, ...]
    known: bool


def placeholders(text: str) -> list[int]:
    return [int(number) for number in PLACEHOLDER.findall(text)]


def filled(text: str, sources: Sequence[Source]) -> str:
    """`text` with each placeholder replaced by its figure; a unit is not written twice."""
    by_number = {source.number: source for source in sources}

    def figure(match: re.Match[str]) -> str:
        source = by_number[int(match[1])]
        return source.shown

    for source in sources:
        if source.measure:
            again = rf"({re.escape(source.placeholder)})\s+{re.escape(source.measure)}\b"
            text = re.sub(again, r"\1", text, flags=re.IGNORECASE)
    return PLACEHOLDER.sub(figure, text)
