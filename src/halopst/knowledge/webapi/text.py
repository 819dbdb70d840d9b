"""Text of the WebAPI as plain text: it comes escaped twice, with the tags of the program that wrote it."""

import re
from html import unescape
from html.parser import HTMLParser

from halopst.core.visible import visible

DEEPEST = 4
BREAKING = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table"}
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
SILENT = {"script", "style", "template", "iframe", "object"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's
        self._silent += tag in SILENT
        if tag in BREAKING:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in SILENT))
        if tag in BREAKING:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


def clean(value: object, longest: int = 300) -> str:
    """One line of plain text."""
    return " ".join(clean_lines(value, longest * 4).split())[:longest].strip()


def clean_lines(value: object, longest: int = 20_000) -> str:
    """Plain text with its paragraphs, without scripts, tags and invisible characters."""
    reader = _Reader()
    reader.feed(unescaped(value, longest * 8))
    reader.close()
    lines = (" ".join(line.split()) for line in visible("".join(reader.pieces)).splitlines())
    return "\n".join(line for line in lines if line)[:longest]


def unescaped(value: object, longest: int) -> str:
    """The HTML that was meant, however often it was escaped on its way, without what no database keeps.

    The slash of a closing tag may still have the backslash that JSON put before it.
    """
    text = "" if value is None else _UNSTORABLE.sub(" ", str(value)[:longest])
    for _again in range(DEEPEST):
        if (once := unescape(text).replace("<\\/", "</")) == text:
            break
        text = once
    return text
