"""A long text split into passages that can answer alone: at headings, paragraphs, then sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from halopst.knowledge.rules.texts.layout import HEADING
from halopst.knowledge.rules.words.tokens import sentences

MOST_WORDS = 350  # enough for a section of an article to stay whole
_LONGEST_HEADING = 300


@dataclass(frozen=True, slots=True)
class Piece:
    heading: str
    text: str


def split(text: str) -> list[Piece]:
    """The passages in order, with nothing left out; `## Judul` begins a section."""
    pieces: list[Piece] = []
    for heading, body in _sections(text):
        pieces += [Piece(heading[:_LONGEST_HEADING], part) for part in _packed(_small(body))]
    return pieces


def _sections(text: str) -> Iterator[tuple[str, str]]:
    heading, lines = "", list[str]()
    for line in text.splitlines():
        if found := HEADING.match(line):
            if "".join(lines).strip():
                yield heading, "\n".join(lines).strip()
            heading, lines = found[1], []
        else:
            lines.append(line)
    if "".join(lines).strip():
        yield heading, "\n".join(lines).strip()
    elif heading:
        yield heading, heading


def _small(body: str) -> Iterator[str]:
    """The parts of a body: paragraphs, of too long ones the sentences, of too long sentences the words."""
    for paragraph in re.split(r"\n\s*\n", body):
        if _size(paragraph) <= MOST_WORDS:
            yield paragraph.strip()
            continue
        for sentence in sentences(paragraph):
            words = sentence.split()
            for first in range(0, len(words), MOST_WORDS):
                yield " ".join(words[first : first + MOST_WORDS])


def _packed(parts: Iterator[str]) -> Iterator[str]:
    held: list[str] = []
    for part in parts:
        if held and _size("\n\n".join(held)) + _size(part) > MOST_WORDS:
            yield "\n\n".join(held)
            held = []
        if part:
            held.append(part)
    if held:
        yield "\n\n".join(held)


def _size(text: str) -> int:
    return len(text.split())
