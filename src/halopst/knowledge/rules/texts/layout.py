"""A text as blocks: `## ` begins a section, `- ` or `1. ` an item, an empty line a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

HEADING = re.compile(r"^#{1,4}\s+(.+?)\s*#*$")
_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+(.+)$")
_NUMBERED = re.compile(r"^\s*\d{1,3}[.)]\s")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph with one line, or a list with its items."""

    kind: Literal["heading", "paragraph", "list", "steps"]
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def blocks(text: str) -> list[Block]:
    """The blocks with plain text: who shows them has to escape them."""
    return [block for group in re.split(r"\n\s*\n", text.replace("\r", "")) for block in _blocks(group)]


def _blocks(group: str) -> Iterator[Block]:
    said: list[str] = []
    items: list[str] = []
    kind: Literal["list", "steps"] = "list"
    for line in filter(str.strip, group.split("\n")):
        heading, item = HEADING.match(line), _ITEM.match(line)
        if (said and (heading or item)) or (items and not item):
            yield from _closed(said, items, kind)
            said, items = [], []
        if heading:
            yield Block("heading", (heading[1],))
        elif item:
            kind = "steps" if _NUMBERED.match(line) else "list"
            items.append(item[1])
        else:
            said.append(line.strip())
    yield from _closed(said, items, kind)


def _closed(said: list[str], items: list[str], kind: Literal["list", "steps"]) -> Iterator[Block]:
    if said:
        yield Block("paragraph", tuple(said))
    if items:
        yield Block(kind, tuple(items))
