"""The text inside a file: `python -m halopst.knowledge.reading pdf < file > text`.

The first line is the title in the file's own data, often empty or none; what follows is the text.

Run as a process of its own with little time and memory: a file made to do harm ends it, and nothing else.
It needs no Django and touches neither network nor disk. Each reader loads its library itself: a process reads
one file, and workers, which only know this module's numbers, keep a sixth of their memory free.
"""

# ruff: noqa: PLC0415

import re
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

if TYPE_CHECKING:
    from docx.document import Document

SECONDS, MEGABYTES = 20, 768
MOST_CHARACTERS = 1_000_000
MOST_PAGES = 2_000
MOST_OF_A_TITLE = 1_000
MOST_UNPACKED = 200 * 1024 * 1024
_MEGABYTE = 1024 * 1024
LOCKED, TOO_LONG = 3, 4  # exit codes for a known reason why there is no text


class Unread(Exception):
    """Why a file that is not broken has no text to read: `LOCKED` or `TOO_LONG`."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


class Inside(NamedTuple):
    """The title in the file's own data, and its text piece by piece."""

    title: str
    parts: Iterator[str]


def pdf(content: bytes) -> Inside:
    import pypdf
    import pypdf.errors

    reader = pypdf.PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unread(LOCKED)
    if len(reader.pages) > MOST_PAGES:
        raise Unread(TOO_LONG)
    title = ""
    with suppress(pypdf.errors.PyPdfError):  # its pages can be read even if the data about the file is broken
        title = str(reader.metadata.title or "") if reader.metadata else ""
    return Inside(title, (page.extract_text() for page in reader.pages))


def word(content: bytes) -> Inside:
    import docx

    with ZipFile(BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise ValueError
    document = docx.Document(BytesIO(content))
    for hidden in document.element.body.xpath(".//w:r[w:rPr/w:vanish[not(@w:val='0' or @w:val='false')]]"):
        hidden.getparent().remove(hidden)
    return Inside(document.core_properties.title, _blocks(document))


def _blocks(document: "Document") -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield "\n".join(" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows)
        elif block.text.strip():
            heading = ((block.style and block.style.name) or "").startswith(("Heading", "Title"))
            yield f"## {block.text.strip()}" if heading else block.text.strip()


def html(content: bytes) -> Inside:
    reader = _HtmlReader()
    reader.feed(_decoded(content))
    reader.close()
    return Inside(reader.title, reader.paragraphs())


class _HtmlReader(HTMLParser):
    """Headings, paragraphs and items; scripts, styles, navigation and what a page hides are not read."""

    SILENT = frozenset({"script", "style", "nav", "footer", "title", "noscript", "template", "svg"})
    BREAKS = frozenset(
        {"p", "div", "br", "tr", "table", "ul", "ol", "section", "article", "blockquote", "dd", "dt"}
    )
    HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
    EMPTY = frozenset({"br", "img", "input", "hr", "meta", "link", "col", "wbr", "area", "source", "embed"})
    ENDS_ITSELF = frozenset({"p", "li", "td", "th", "tr", "dd", "dt", "option"})
    HIDES = re.compile(
        r"(?:display:none|visibility:hidden|(?:font-size|opacity):0(?:[.]0*)?(?:px|pt|em|%)?)(?:;|!|$)"
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._silent: list[str] = []
        self._said: list[str] = [""]
        self.title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.ENDS_ITSELF and self._silent[-1:] == [tag]:
            self._silent.pop()
        within = self._silent[-1:] == [tag]
        if tag not in self.EMPTY and (tag in self.SILENT or within or self._hides(attrs)):
            self._silent.append(tag)
        elif tag in self.HEADINGS:
            self._said.append("## ")
        elif tag == "li":
            self._said.append("- ")
        elif tag in {"td", "th"}:
            self._said[-1] += " "
        elif tag in self.BREAKS:
            self._said.append("")

    def _hides(self, attrs: list[tuple[str, str | None]]) -> bool:
        given = dict(attrs)
        style = "".join((given.get("style") or "").lower().split())
        return "hidden" in given or bool(self.HIDES.search(style))

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in self.BREAKS | self.HEADINGS | {"li"}:
            self._said.append("")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._said[-1] += data
        elif self._silent == ["title"]:
            self.title += data

    def paragraphs(self) -> Iterator[str]:
        for said in self._said:
            text = " ".join(said.split())
            if text not in {"", "##", "-"}:
                yield text


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


READERS: dict[str, Callable[[bytes], Inside]] = {"pdf": pdf, "docx": word, "html": html}


def _text(parts: Iterator[str]) -> str:
    kept, size = [], 0
    for part in parts:
        kept.append(part)
        size += len(part)
        if size > MOST_CHARACTERS:
            raise Unread(TOO_LONG)
    return "\n\n".join(kept)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * _MEGABYTE, MEGABYTES * _MEGABYTE))
    try:
        inside = READERS[sys.argv[1]](sys.stdin.buffer.read())
        text = _text(inside.parts)
    except Unread as why:
        return why.code
    title = " ".join(inside.title[:MOST_OF_A_TITLE].split())
    sys.stdout.buffer.write(f"{title}\n{text}".encode(errors="replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
