"""What changed between two versions of a text, paragraph by paragraph and word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOST_WORDS = 4_000  # in one change; more are shown as a whole, as comparing takes quadratic time
Kind = Literal["same", "gone", "new", "left-out"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one kind; for `left-out` paragraphs `count` says how many are unchanged."""

    kind: Kind
    text: str = ""
    count: int = 0


def changes(before: str, after: str) -> list[list[Piece]]:
    """The changed paragraphs, each with an unchanged one on either side; empty when nothing changed."""
    old, new = _paragraphs(before), _paragraphs(after)
    if old == new:
        return []
    found: list[list[Piece]] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            found += _unchanged(old[i1:i2], first=i1 == 0, last=i2 == len(old))
        else:
            found.append(list(_changed("\n".join(old[i1:i2]), "\n".join(new[j1:j2]))))
    return found


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _unchanged(lines: Sequence[str], *, first: bool, last: bool) -> Iterator[list[Piece]]:
    """The paragraphs beside a change, and the number of the others."""
    head, tail = lines[: 0 if first else 1], lines[len(lines) - (0 if last else 1) :]
    if len(lines) <= len(head) + len(tail):
        yield from ([Piece("same", line)] for line in lines)
        return
    yield from ([Piece("same", line)] for line in head)
    yield [Piece("left-out", count=len(lines) - len(head) - len(tail))]
    yield from ([Piece("same", line)] for line in tail)


def _changed(before: str, after: str) -> Iterator[Piece]:
    old, new = re.findall(r"\s*\S+", before), re.findall(r"\s*\S+", after)
    if len(old) + len(new) > MOST_WORDS:
        yield from (Piece("gone", before), Piece("new", after))
        return
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("gone", "".join(old[i1:i2]))
        if j2 > j1:
            yield Piece("new", "".join(new[j1:j2]))
